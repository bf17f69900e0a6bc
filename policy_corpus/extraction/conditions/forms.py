"""Forms of organisation in a list of applicants: which of them limit who may apply; called by reading.

"企业、农民专业合作社" limits nobody: any company may apply, and a cooperative besides. "小微企业、个体工商户和律师事务所"
names all who may.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.kinds import APPLICANTS
from policy_corpus.model import Operator

_EDGE = re.compile(r"[，；。：]")
_JOIN = re.compile(r"、|以及|和|及|或者?|含")
_ANY_BODY = re.compile(r"(?:企业|单位|机构|公司|主体|院所|高校)$")


def forms_apart(clause: str, listed: Found) -> list[Found]:
    """The forms of a list each as a condition of its own."""
    names = listed.value if isinstance(listed.value, tuple) else ()
    op = listed.op if listed.negated else Operator.EQ
    apart = []
    for name in map(str, names):
        start = clause.find(name, listed.start, listed.end)
        apart += [Found("legal_form", op, name, start, start + len(name))] if start >= 0 else []
    return apart


def without_open_forms(clause: str, found: Sequence[Found]) -> list[Found]:
    """The finds without a form of organisation that stands in a list with any company or body."""
    return [
        one
        for one in found
        if one.attribute != "legal_form" or one.negated or not _is_open(clause, one, found)
    ]


def _is_open(clause: str, form: Found, found: Sequence[Found]) -> bool:
    edges = [0, *(edge.end() for edge in _EDGE.finditer(clause, 0, form.start))]
    last = _EDGE.search(clause, form.end)
    start, end = edges[-1], last.start() if last else len(clause)
    marks = [start, *(mark.end() for mark in _JOIN.finditer(clause, start, end)), end + 1]
    members = [(a, b - 1) for a, b in pairwise(marks)]
    others = [(a, b) for a, b in members if not (a < form.end and form.start < b)]
    known = [one for one in found if one.attribute in APPLICANTS - {"legal_form"}]
    if known and all(one.attribute == "industry" for one in known):
        return True  # "民宿企业、个体工商户": the trade is asked of every form
    return any(
        _ANY_BODY.search(clause[a:b]) and not any(one.start < b and a < one.end for one in known)
        for a, b in others
    )
