"""Judge conditions that only the enterprise itself can confirm: events, activities, compliance, others.

Nothing here ever follows from silence: what the enterprise has not stated is unknown. A statement counts
when it is the condition's phrase, or clearly contains it without a word that turns or postpones it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matching.comparisons import MET, NOT_MET, UNKNOWN, any_of, negate
from matching.judging.incidents import read_incident, ruled_out
from matching.judging.judgement import Asked, Judgement, undecided
from matching.model import Fact, Verdict
from policy_corpus.facts import FactDefinition
from policy_corpus.folding import fold
from policy_corpus.model import Condition, Operator

_DENIALS = ("不存在", "没有", "从未", "未曾", "没", "无", "未")  # longest first
# Around the phrase these turn, postpone or question it.
_TURNS = re.compile(r"[无未不没非否拟将曾原停免除前]|计划|准备|正在|打算|争取|取消|终止|撤销|部分|如果|可能")
_FILLERS = re.compile(r"(?:过|有|受到|发生|出现|存在|被|列入|纳入|任何|记录|情况|情形|行为|问题|的|等)+")
_NOISE = re.compile(r"[\s，。；、：:,.;“”\"'‘’《》（）()]+")
_ASK = "企业尚未说明，请确认"
LONG_ENOUGH = 4  # characters a phrase needs before containment can be called clear


def judge_stated(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """MET or NOT_MET only by what the enterprise states of itself, otherwise unknown."""
    phrases = phrases_asked(condition)
    if not phrases or condition.op not in (Operator.HAS, Operator.NOT_HAS, Operator.EQ, Operator.IN):
        return undecided("该条件需企业自行核对")
    fact = asked.find(row.key)
    stated = fact.value if fact is not None and isinstance(fact.value, tuple) else ()
    verdict = any_of(_claimed(phrase, stated) for phrase in phrases)
    if verdict is UNKNOWN and row.key == "compliance" and len(phrases) == 1:
        return _by_incidents(condition, phrases[0], fact, stated)
    if verdict is UNKNOWN:
        return undecided(_ASK)
    decisive = tuple(one for one in stated if any(_claimed(phrase, (one,)) is verdict for phrase in phrases))
    return Judgement(verdict, fact, decisive=decisive)


def _by_incidents(condition: Condition, phrase: str, fact: Fact | None, stated: tuple[str, ...]) -> Judgement:
    """An accident or offence that the enterprise's denials rule out, by their years and grades."""
    denials = ruled_out(tuple(map(bare_phrase, stated)), phrase)
    if not denials:
        return undecided(_ASK)
    asks_for_none = condition.op is not Operator.NOT_HAS and _asks_for_none(phrase)
    decisive = tuple(one for one in stated if bare_phrase(one) in denials)
    return Judgement(MET if asks_for_none else NOT_MET, fact, decisive=decisive)


def _asks_for_none(phrase: str) -> bool:
    incident = read_incident(phrase)
    return incident is not None and incident.denied


def phrases_asked(condition: Condition) -> tuple[str, ...]:
    """The bare phrases that a condition names, each once."""
    if isinstance(condition.value, str):  # as a rule
        phrase = bare_phrase(condition.value)
        return (phrase,) if phrase else ()
    values = condition.value if isinstance(condition.value, tuple) else ()
    bare = (bare_phrase(value) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(phrase for phrase in bare if phrase))


@lru_cache(maxsize=65536)
def bare_phrase(phrase: str) -> str:
    """A phrase as it is compared: folded, in small letters, without spaces and punctuation."""
    return _NOISE.sub("", fold(phrase)).lower()


def _claimed(phrase: str, stated: tuple[str, ...]) -> Verdict:
    """Does the enterprise claim the phrase (MET), deny it (NOT_MET), or neither?"""
    for statement in map(bare_phrase, stated):
        if statement == phrase:
            return MET
        if _denies(statement, phrase):
            return NOT_MET
        if _denies(phrase, statement):  # asked "无X", stated "X"
            return negate(MET)
    return MET if any(_clearly_contains(bare_phrase(statement), phrase) for statement in stated) else UNKNOWN


def _denies(statement: str, phrase: str) -> bool:
    rest = denied_core(statement)
    return rest is not None and rest == core(phrase)


def denied_core(phrase: str) -> str | None:
    """What a bare phrase denies, without filling words; None where it denies nothing."""
    denial = next((word for word in _DENIALS if phrase.startswith(word)), None)
    return None if denial is None else core(phrase.removeprefix(denial)) or None


def core(phrase: str) -> str:
    """A bare phrase without the filling words that a denial may leave out or add."""
    return _FILLERS.sub("", phrase)


def _clearly_contains(statement: str, phrase: str) -> bool:
    if len(phrase) < LONG_ENOUGH or phrase not in statement:
        return False
    return not _TURNS.search(statement.replace(phrase, "", 1))
