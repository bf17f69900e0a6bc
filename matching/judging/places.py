"""Judge conditions on where an enterprise is registered and what trade it is in.

Both are trees, and both may be known less finely than the condition asks: an enterprise known only by its
city may or may not be in the county asked for, so that is unknown, not a no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from matching.comparisons import MET, NOT_MET, UNKNOWN, any_of, of_bool
from matching.judging.judgement import Asked, Judgement, not_stated, undecided
from matching.model import Verdict
from policy_corpus.additions import forgets
from policy_corpus.codes.industries import codes_for, get_industry, within
from policy_corpus.codes.regions import Region, covers, find_region, get_region
from policy_corpus.errors import AmbiguousRegion, CorpusError
from policy_corpus.facts import FactDefinition
from policy_corpus.folding import fold
from policy_corpus.model import Condition, Operator

_NATION = {
    "全国",
    "中国",
    "我国",
    "国内",
    "境内",
    "中国境内",
    "中华人民共和国",
    "中华人民共和国境内",
    "中国大陆",
}
# What follows a place's name without changing the place: 九江市行政区域内.
_TAILS = re.compile(r"(?:(?:所辖)?行政(?:管辖)?区域?|行政辖区|辖区|区域|范围|境)?(?:之?内|以内)?$")
_OPERATORS = (Operator.EQ, Operator.IN, Operator.HAS, Operator.NOT_HAS)


def judge_region(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Is the enterprise registered in the region, or one of the regions, named by the condition?"""
    names = words_asked(condition)
    if not names or condition.op not in _OPERATORS:
        return undecided("条件中的地域无法识别")
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    code = str(fact.value)
    if _known_region(code) is None:
        return undecided(f"企业{row.label}的代码“{code}”无法识别", fact)
    verdict = any_of(_inside(name, code) for name in names)
    note = _region_note(names) if verdict is UNKNOWN else None
    return Judgement(verdict, fact, note)


def judge_industry(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Does the enterprise's industry code lie in what the words of the condition cover?"""
    words = words_asked(condition)
    if not words or condition.op not in _OPERATORS:
        return undecided("条件中的行业无法识别")
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    code = str(fact.value)
    if not _is_industry(code):
        return undecided(f"企业{row.label}的代码“{code}”无法识别", fact)
    verdict = any_of(_in_trade(word, code) for word in words)
    note = f"企业所属行业是否属于“{'、'.join(words)}”，请自行核对" if verdict is UNKNOWN else None
    return Judgement(verdict, fact, note)


def words_asked(condition: Condition) -> tuple[str, ...]:
    """The names of places, or the words for trades, of a condition."""
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return tuple(value.strip() for value in values if isinstance(value, str) and value.strip())


def places_meant(names: Iterable[str]) -> tuple[str, ...]:
    """What decides whether a code lies in any of the places named: their codes, "a|b" for a name of several.

    The whole nation is "*", a name that stands for no place is "". Sorted, without repetition.
    """
    meant = ("*" if _is_nation(n) else "|".join(sorted({r.code for r in _named_regions(n)})) for n in names)
    return tuple(sorted(set(meant)))


def trades_meant(words: Iterable[str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """What decides whether a code lies in any of the trades: what each word surely and possibly covers."""
    scopes = map(_scope, words)
    return tuple(sorted({(tuple(sorted(s.certain)), tuple(sorted(s.possible))) for s in scopes}))


def _region_note(names: tuple[str, ...]) -> str:
    unresolved = [name for name in names if not _is_nation(name) and len(_named_regions(name)) != 1]
    if unresolved:
        return f"条件中的地域“{'、'.join(unresolved)}”无法确定是哪里，请自行核对"
    return f"企业注册地不够具体，无法判断是否在{'、'.join(names)}"


def _is_nation(name: str) -> bool:
    return fold(name) in _NATION


@forgets
@lru_cache(maxsize=8192)
def _named_regions(name: str) -> tuple[Region, ...]:
    """What a name can stand for: one region, several for an ambiguous name, none for an unknown one."""
    found = _regions_called(name)
    shorter = _TAILS.sub("", name, count=1)
    return found or (_regions_called(shorter) if shorter and shorter != name else ())


def _regions_called(name: str) -> tuple[Region, ...]:
    try:
        return (find_region(name),)
    except AmbiguousRegion as error:
        found = [_named_regions(full_name) for full_name in error.candidates if full_name != name]
        return tuple(regions[0] for regions in found) if all(len(one) == 1 for one in found) else ()
    except CorpusError:
        return ()


@forgets
@lru_cache(maxsize=8192)
def _known_region(code: str) -> Region | None:
    try:
        return get_region(code)
    except CorpusError:
        return None


def _inside(name: str, code: str) -> Verdict:
    if _is_nation(name):
        return MET  # whoever has a 统一社会信用代码 is registered in China
    # An ambiguous name still excludes whoever is in none of the places it can mean.
    verdicts = {_lies_in(region.code, code) for region in _named_regions(name)}
    return verdicts.pop() if len(verdicts) == 1 else UNKNOWN


@forgets
@lru_cache(maxsize=65536)
def _lies_in(outer: str, code: str) -> Verdict:
    covered = covers(outer, code)
    return UNKNOWN if covered is None else of_bool(covered)


@lru_cache(maxsize=8192)
def _is_industry(code: str) -> bool:
    try:
        return bool(get_industry(code))
    except CorpusError:
        return False


_scope = lru_cache(maxsize=8192)(codes_for)


@lru_cache(maxsize=65536)
def _in_trade(word: str, code: str) -> Verdict:
    scope = _scope(word)
    if not (scope.certain or scope.possible):
        return UNKNOWN
    if any(within(code, covered) for covered in scope.certain):
        return MET
    maybe = any(within(code, covered) or within(covered, code) for covered in scope.possible)
    coarse = any(within(covered, code) for covered in scope.certain)
    return UNKNOWN if maybe or coarse else NOT_MET
