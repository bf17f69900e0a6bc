"""A clause or sentence -> the conditions in it, in the order of its words; called by passages and items.

Each rule takes the words it understands; what is left of a clause and still says something becomes a condition
the company confirms itself, so that no word of a requirement is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_corpus.extraction.conditions.asides import asks_nothing, defines, eases, leads_to_list
from policy_corpus.extraction.conditions.beside import (
    is_of_others,
    trade_behind_place,
    with_place_before,
    with_whole_denials,
)
from policy_corpus.extraction.conditions.firsts import find_firsts, find_held_for
from policy_corpus.extraction.conditions.forms import forms_apart, without_open_forms
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.happenings import find_dated, make_free, make_parts
from policy_corpus.extraction.conditions.holdings import find_holdings
from policy_corpus.extraction.conditions.measures import find_measures
from policy_corpus.extraction.conditions.places import find_places
from policy_corpus.extraction.conditions.remains import remainder
from policy_corpus.extraction.conditions.rights import find_rights
from policy_corpus.extraction.conditions.runs import asks_apart
from policy_corpus.extraction.conditions.steadiness import find_steadiness
from policy_corpus.extraction.conditions.trade_lists import is_open_to_all
from policy_corpus.extraction.conditions.trades import find_trades
from policy_corpus.extraction.conditions.traits import find_traits
from policy_corpus.extraction.words.clauses import split_clauses
from policy_corpus.extraction.words.negation import is_denied
from policy_corpus.model import Operator


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a clause stands. required: in a list of requirements, so that every clause counts.

    speaking: full name of the region that speaks; background: words above and before; excluded: under 不予支持.
    """

    required: bool = False
    speaking: str | None = None
    background: str = ""
    excluded: bool = False


def read_sentence(sentence: str, setting: Setting) -> list[Found]:
    """The conditions of a sentence, neighbouring clauses that no rule knows joined to one.

    >>> s = "在本市注册，具有独立法人资格，上年度营业收入不低于2000万元，且拥有优秀的管理团队"
    >>> [(f.attribute, f.op.value) for f in read_sentence(s, Setting(required=True, speaking="示例市"))]
    [('region', 'eq'), ('independent_legal_person', 'has'), ('revenue', 'ge'), ('other', 'has')]
    """
    found: list[Found] = []
    run: tuple[int, int] | None = None
    last = 0
    before = setting.background
    for start, end in _asking(sentence):
        clause = sentence[start:end]
        here = Setting(setting.required, setting.speaking, before, setting.excluded)
        others = _MORE_APPLICANTS.fullmatch(clause) if found else None
        if others:
            found += [*_flush(sentence, run), _further(sentence, start + others.start("who"), end)]
            run = None
            continue
        typed = [one.moved(start) for one in read_clause(clause, here)]
        rest = remainder(sentence, start, end, typed) if setting.required else None
        if rest and not typed:
            if run and (asks_apart(sentence[last:start], clause)):
                found += _flush(sentence, run)
                run = None
            run = (run[0] if run else rest[0], rest[1])
            last = rest[0]
        else:
            found += _flush(sentence, run)
            run = None
            found += typed
            found += _flush(sentence, rest)
        before = (before + clause)[-80:]
    found += _flush(sentence, run)
    if setting.excluded:
        found = [one if _is_demanded(sentence, one) else _deny(sentence, one) for one in found]
    else:
        found = [_stays_out(sentence, one) for one in found]
    return sorted(found, key=lambda one: one.taken()[0])


# "国家高新技术企业，以及高等学校、科研机构和社会组织等创新主体": further applicants beside those before
_MORE_APPLICANTS = re.compile(
    r"(?:以及|及|和)(?P<who>(?!其)[^，；的]{2,20}、[^，；的]{2,40}?(?:等(?:各类)?(?:创新)?(?:主体|企业|单位|机构)|社会组织|科研机构|院所|单位|机构))"
)
_LEAST_KINDS = 2


def _further(sentence: str, start: int, end: int) -> Found:
    """Further applicants by their kinds ("高等学校、科研机构等创新主体")."""
    kinds = [kind for kind in re.split("、|和|及|以及|或", _AND_ALIKE.sub("", sentence[start:end])) if kind]
    if len(kinds) < _LEAST_KINDS or any(len(kind) > _LONGEST_KIND for kind in kinds):
        return make_free(sentence, start, end)
    return Found("industry", Operator.IN, tuple(kinds), start, end)


_LONGEST_KIND = 10
_AND_ALIKE = re.compile(r"等(?:各类)?(?:创新)?(?:主体|企业|单位|机构|组织)?$")


def _asking(sentence: str) -> Iterator[tuple[int, int]]:
    """The clauses without those that only explain, allow or ease."""
    pieces = [] if defines(sentence) else list(split_clauses(sentence))
    skip = False
    for index, (start, end) in enumerate(pieces):
        clause = sentence[start:end]
        following = sentence[slice(*pieces[index + 1])] if index + 1 < len(pieces) else ""
        eased = eases(clause, following) or leads_to_list(clause, following)
        if not (skip or eased or asks_nothing(clause)):
            yield start, end
        skip = eased


def _flush(sentence: str, run: tuple[int, int] | None) -> list[Found]:
    return make_parts(sentence, *run) if run else []


_DEMANDED = re.compile(r"[^，；]{0,16}(?:应当?|须|需|必须)(?!收|缴|付|求|急)")
_OPPOSITE = {
    Operator.GE: Operator.LT,
    Operator.GT: Operator.LE,
    Operator.LE: Operator.GT,
    Operator.LT: Operator.GE,
}
_IN_WORDS = ("other", "event", "activity")


def _is_demanded(sentence: str, one: Found) -> bool:
    """ "项目须经备案，未批先建的不予支持": what must be done stands beside what is refused, and is not refused."""
    start = max(sentence.rfind("，", 0, one.start), sentence.rfind("；", 0, one.start)) + 1
    end = min((at for at in (sentence.find("，", one.start),) if at >= 0), default=len(sentence))
    return end < len(sentence) and bool(_DEMANDED.match(sentence[start:end]))


# "成立不满一年的除外", "营业收入不足1000万元的企业，不享受": who stays out
_STAYS_OUT = re.compile(
    r"(?:(?:的|的?(?:企业|单位|项目|机构|主体|公司|纳税人))，?(?:均|一律|暂|也|则)?(?:除外|不予(?!收|加收|征|处罚|追究)[^，；。]{0,2}|不享受|不再享受|不适用|不纳入|不(?:得|能)(?:申报|申请|享受)))|除外|以外(?=）)"
)


def _stays_out(sentence: str, one: Found) -> Found:
    """The find; a figure of who stays out as its opposite, with the words that say so (other finds are denied where read)."""
    out = _STAYS_OUT.match(sentence, one.end) if one.op in _OPPOSITE else None
    return replace(_deny(sentence, one), end=out.end()) if out else one


def _deny(sentence: str, one: Found) -> Found:
    """What a company must not be or have; of a figure the opposite ("负债率超过80%的不予支持" asks for 80% at the most)."""
    if one.op in (Operator.EQ, Operator.IN, Operator.HAS):
        return replace(one, op=Operator.NOT_HAS)
    if one.negated or (one.attribute == "event" and isinstance(one.value, str | tuple)):
        return one  # a day is no figure
    if one.attribute in _IN_WORDS:
        words = sentence[one.start : one.end]
        return Found(one.attribute, Operator.NOT_HAS, words, one.start, one.end)
    return replace(one, op=_OPPOSITE.get(one.op, one.op))


def read_clause(clause: str, setting: Setting) -> list[Found]:
    """What the rules know of one clause; the stronger rule keeps its words."""
    found: list[Found] = []
    traits = find_traits(clause)
    settled = any(one.attribute in ("credit", "compliance") for one in traits)
    for one in (
        *find_steadiness(clause),
        *find_measures(clause, setting.background),
        *(() if settled else find_dated(clause)),
        *find_places(clause, setting.speaking),
        *find_holdings(clause),
        *traits,
        *find_rights(clause),
        *find_trades(clause),
    ):
        if one.attribute == "industry":
            one = trade_behind_place(clause, one, found)
            found = [other for other in found if not _is_member(other, one)]
            one = _before_title(clause, one, found)
        told = _negated(clause, one)
        if told is None:
            continue
        if not _overlaps(one, found):
            found += with_place_before(clause, told)
        elif one.attribute == "legal_form":  # 示范性农民专业合作社、|家庭农场: the first is part of a title
            found += [form for form in forms_apart(clause, one) if not _overlaps(form, found)]
        elif one.attribute == "qualification":
            _add_title(clause, one, found)
    found = with_whole_denials(clause, found)
    found = without_open_forms(clause, [one for one in found if not is_of_others(clause, one)])
    found = [one for one in found if one.attribute != "qualification" or not is_open_to_all(clause, one)]
    return sorted(
        [*found, *find_firsts(clause, found), *find_held_for(clause, found)], key=lambda one: one.start
    )


def _before_title(clause: str, trades: Found, found: list[Found]) -> Found:
    """ "制造业小微企业、农业龙头企业": a list of trades that runs into a title ends before it."""
    titles = [
        other
        for other in found
        if other.attribute == "qualification" and trades.start < other.start < trades.end
    ]
    if not titles or not isinstance(trades.value, tuple):
        return trades
    end = titles[0].start
    named = (str(name) for name in trades.value)
    names = tuple(name for name in named if 0 <= clause.find(name, trades.start) < end)
    if not names or len(names) == len(trades.value):
        return trades
    kept = clause[trades.start : end].rstrip("、和及与")
    return replace(
        trades,
        op=Operator.IN if len(names) > 1 else Operator.EQ,
        value=names if len(names) > 1 else names[0],
        end=trades.start + len(kept),
        core=None,
    )


def _is_member(other: Found, trades: Found) -> bool:
    """Whether a form of organisation is one of a list of trades ("高等学校、科研机构、社会组织等创新主体")."""
    return (
        other.attribute == "legal_form"
        and isinstance(trades.value, tuple)
        and other.value in trades.value
        and trades.start < other.start
        and other.end <= trades.end
    )


def _add_title(clause: str, title: Found, found: list[Found]) -> None:
    """ "广州市高新技术企业" is a place and a title; the place of "中关村高新技术企业" belongs to the title alone."""
    places = [one for one in found if one.attribute == "region" and _overlaps(title, [one])]
    others = [one for one in found if one.attribute != "region"]
    if not places or _overlaps(title, others):
        return
    if not isinstance(title.value, str):  # "国家高新技术企业、中关村高新技术企业": the place is in a name
        found[:] = [one for one in found if one not in places]
        found.append(_negated(clause, title) or title)
        return
    (_, cut), place = places[0].taken(), places[0]
    if str(place.value) in title.value and not str(place.value).endswith(
        ("省", "市", "区", "县", "州", "旗")
    ):
        found.remove(place)
    elif title.start <= cut < title.end and title.value.endswith(clause[cut : title.end]):
        title = replace(title, value=clause[cut : title.end], start=cut)
    found.append(_negated(clause, title) or title)


def _overlaps(one: Found, found: list[Found]) -> bool:
    start, end = one.taken()
    shared = {
        ("independent_legal_person", "industry"),
        ("above_scale", "industry"),
        ("size_class", "industry"),
        ("ownership", "industry"),
    }
    for other in found:
        low, high = other.taken()
        if start < high and low < end and (other.attribute, one.attribute) not in shared:
            return True
    return False


# "未接入系统的民宿不享受": some of them are refused, not the trade
_SOME_OF = re.compile(r"[^，；]{2,40}的$")


_ITS_OWN = re.compile("自建|自用|自产|自营")  # 整车企业自建的零部件项目不予补助: not the trade


def _is_some_of(clause: str, one: Found) -> bool:
    if _ITS_OWN.match(clause, one.end):
        return True
    start = max(clause.rfind(mark, 0, one.start) for mark in "，；：（") + 1
    described = _SOME_OF.fullmatch(clause[start : one.start].strip("对"))
    return described is not None and not is_denied(clause[: one.end], one.start, one.end)


def _negated(clause: str, one: Found) -> Found | None:
    elsewhere = one.attribute == "region" and "不在" in clause[one.start : one.taken()[0]]
    denied = elsewhere or is_denied(clause, one.start, one.end)
    if one.attribute in {"industry", "qualification"} and denied and _is_some_of(clause, one):
        return None
    if one.attribute in {"region", "industry", "qualification"} and denied:
        return Found(one.attribute, Operator.NOT_HAS, one.value, one.start, one.end, one.unit, one.core)
    return one
