"""What must have happened for the first time or anew ("首次", "新认定", "当年新增") -> event conditions; called by reading.

To hold a title is not enough where the text rewards its first award: the title is one condition, the first award
another that only the company can confirm (labelling guide: "首次获评 X" is written as two conditions).
"""

from __future__ import annotations

import re

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.model import Operator

_FIRST = re.compile(
    r"(?:(?:上|当|本|\d{4})年度?(?:内)?)?"
    r"(?:(?:在)?(?:省内|市内|国内|国际|全国|全省|全市))?(?:(?:首次|初次|首批|首度)(?:突破|达到|超过|实现|达)?|新近?(?:认定|获评?|评定?|入选|列入|纳入|晋升|增选|通过|取得|备案|入库|培育|引进|设立|注册|成立|增|建|招引|落户|迁入)|"
    r"近[一二两三四五\d]{1,2}年内?(?:获得|获评|通过|入选|取得)|重新(?:通过)?(?:认定|评定)|连续[一二三四五两\d]{1,2}年)"
)
_MEASURED = {"revenue", "output_value", "tax_paid", "export_value"}
_TOLD = {"qualification", "above_scale", "listing", "industry", *_MEASURED}
_NEAR = 14
_ENDS = re.compile(r"[，；。：]")


def find_firsts(clause: str, found: list[Found]) -> list[Found]:
    """An event for each typed condition that must be new; `found`: the typed conditions of the clause.

    >>> held = Found("qualification", Operator.HAS, "高新技术企业", 8, 14)
    >>> [f.value for f in find_firsts("对首次通过认定的高新技术企业，", [held])]
    ['首次通过认定的高新技术企业']
    """
    events: list[Found] = []
    for match in _FIRST.finditer(clause):
        if any(one.attribute in ("event", "activity", "other") and _covers(one, match) for one in found):
            continue
        target = _target(clause, match, found)
        if target is not None:
            start, end = _words(match, target)
            events.append(Found("event", Operator.HAS, clause[start:end], start, end, core=match.span()))
    return events


# "认定为市级企业技术中心满1年": the title alone is not what is asked.
_HELD_FOR = re.compile(
    r"(?:企业|称号|资格|资质|证书|认定|且|并)?(?:已?(?:满|达到?|超过))?(?:[一二两三四五]|\d{1,2})(?:个?(?:完整|会计|自然)?)?年(?:度|及)?(?:以上)?"
)
_LASTING = re.compile(r"满|达|超过|以上")


def find_held_for(clause: str, found: list[Found]) -> list[Found]:
    """How long a title must have been held, as a condition of its own; `found`: the typed conditions of the clause.

    >>> held = Found("qualification", Operator.HAS, "市级企业技术中心", 0, 11)
    >>> [f.value for f in find_held_for("认定为市级企业技术中心满1年的企业", [held])]
    ['认定为市级企业技术中心满1年']
    """
    terms: list[Found] = []
    for one in found:
        term = _HELD_FOR.match(clause, one.end) if one.attribute == "qualification" else None
        if term and _LASTING.search(term[0]):
            terms.append(
                Found(
                    "other",
                    Operator.HAS,
                    clause[one.start : term.end()],
                    one.start,
                    term.end(),
                    core=term.span(),
                )
            )
    return terms


def _covers(one: Found, match: re.Match[str]) -> bool:
    return one.start <= match.start() < one.end


def _words(match: re.Match[str], target: Found) -> tuple[int, int]:
    """The words that name the event; of a figure only what is measured, for several tiers share them."""
    if target.attribute in _MEASURED:
        return min(match.start(), target.start), match.end()
    return min(match.start(), target.start if target.end == match.start() else match.start()), max(
        target.end, match.end()
    )


def _target(clause: str, match: re.Match[str], found: list[Found]) -> Found | None:
    """The typed condition that the word "first" belongs to: around it, or close behind it."""
    for one in sorted(found, key=lambda f: f.end):
        if one.attribute not in _TOLD or one.negated or one.end < match.start():
            continue
        if one.end == match.start():  # 通过高新技术企业重新认定
            if one.attribute == "qualification" and match[0].startswith("重新"):
                return one
            continue
        near = one.start < match.end() + _NEAR and not _ENDS.search(
            clause[match.end() : max(one.start, match.end())]
        )
        if near:
            return one
    return None
