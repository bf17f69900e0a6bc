"""Titles of the table joined by 、或 and the like -> one condition, with the names among them that the table does not know.

To keep the known names alone would shut out the holders of the others. Called by holdings.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.title_names import SPLIT, Title, completed, find_titles
from policy_corpus.extraction.lexicon.titles import HOLDING_VERBS
from policy_corpus.model import Operator

VERB = "|".join(sorted(HOLDING_VERBS, key=len, reverse=True))
JOINED = re.compile(
    r"(?:企业|（[^）]{0,10}）|证书|认定|称号|资质|产品){0,2}(?:、|或者?|和|及|以及|与)(?:评价入库的?|符合条件的|新?认定的?|新?备案(?:入库)?的?|首次)?"
)
# A name of the list that the table does not know, between, before or behind those it does.
_THROUGH = re.compile(
    r"(?:企业|称号|资质)?(?:、|或者?|和|及|以及)(?P<name>[\u4e00-\u9fffA-Za-z0-9“”]{2,10})(?:、|或者?|和|及|以及)"
)
_AHEAD = re.compile(
    rf"(?:{VERB})(?:过|了|的)?(?P<names>[\u4e00-\u9fffA-Za-z0-9“”、]{{2,30}}?)(?:、|或者?|和|及|以及)$"
)
_BEHIND = re.compile(
    r"(?:企业|称号|资质)?(?:、|或者?|和|及|以及)(?P<name>(?!评价入库|新?认定|新?备案)[\u4e00-\u9fffA-Za-z0-9“”]{2,10}?)(?=的|$)"
)
_VERB_BEFORE = re.compile(rf"(?:{VERB}|首次通过|首次认定为|新认定的?)(?:了|过|的|国家|当年|首次)?$")
_TERM = re.compile(r"满.?年|\d年")  # a name held for so long stands by itself


# A form of organisation is no title, though it stands in one list with titles.
_IS_FORM = re.compile(
    "家庭农场|农民专业合作社|农民合作社|专业合作社|合作社|个体工商户|社会组织|事业单位|种养大户"
)


def find_listed_titles(clause: str) -> list[Found]:
    """Titles of the table; those joined by 、或 and the like as one condition, with unknown names among them."""
    found: list[Found] = []
    group: list[Title] = []
    for title in find_titles(clause):
        if group:
            between = clause[group[-1][1] : title[0]]
            through = _THROUGH.fullmatch(between)
            if through:
                start = group[-1][1] + through.start("name")
                group.append((start, start + len(through["name"]), (through["name"],)))
            elif not JOINED.fullmatch(between):
                found.append(_one_of(clause, _with_edges(clause, group)))
                group = []
        group.append(title)
    return [*found, _one_of(clause, _with_edges(clause, group))] if group else found


def _with_edges(clause: str, group: list[Title]) -> list[Title]:
    """The list with the names before and behind that the table does not know."""
    begin, end = group[0][0], group[-1][1]
    ahead = _AHEAD.search(clause[max(0, begin - 36) : begin])
    if ahead and not _TERM.search(ahead["names"]):
        start = begin - len(ahead[0]) + ahead.start("names")
        names = tuple(name for name in SPLIT.split(ahead["names"]) if len(name) >= 2)
        group = [(start, begin, names), *group] if names else group
    behind = _BEHIND.match(clause, end)
    if behind and not _IS_FORM.fullmatch(behind["name"]):
        group = [*group, (behind.start("name"), behind.end("name"), (behind["name"],))]
    return group


def _one_of(clause: str, group: list[Title]) -> Found:
    names = completed(tuple(name for _, _, several in group for name in several))
    begin, end = group[0][0], group[-1][1]
    verb = _VERB_BEFORE.search(clause[max(0, begin - 12) : begin])
    start = begin - (len(verb[0]) if verb else 0)
    if len(names) == 1:
        return Found("qualification", Operator.HAS, names[0], start, end)
    return Found("qualification", Operator.IN, names, start, end)
