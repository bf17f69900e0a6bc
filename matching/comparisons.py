"""Three-valued logic and the comparisons under it. Pure and small; used by all of eligibility.

Three values by Kleene's strong logic: unknown never becomes a yes or a no by joining alone. What an
enterprise's figure is known to be is a `Range`: one exact number as a rule, only a floor or a ceiling
where the fact is wider or narrower than what the condition asks (paid-in capital is at most the registered).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from matching.model import Verdict
from policy_corpus.model import Operator

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
_OPPOSITE = {MET: NOT_MET, NOT_MET: MET, UNKNOWN: UNKNOWN}


def negate(verdict: Verdict) -> Verdict:
    """非: the opposite, unknown stays unknown."""
    return _OPPOSITE[verdict]


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """且: one no makes it no, else one unknown makes it unknown. Nothing to join says nothing: unknown.

    >>> all_of([MET, UNKNOWN]), all_of([NOT_MET, UNKNOWN]), all_of([])
    (<Verdict.UNKNOWN: 'unknown'>, <Verdict.NOT_MET: 'not_met'>, <Verdict.UNKNOWN: 'unknown'>)
    """
    joined = None
    for verdict in verdicts:
        if verdict is NOT_MET:
            return NOT_MET  # the rest cannot change it and is not computed
        if joined is not UNKNOWN:
            joined = verdict
    return joined or UNKNOWN


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """或: one yes makes it yes, else one unknown makes it unknown. Nothing to join: unknown."""
    joined = None
    for verdict in verdicts:
        if verdict is MET:
            return MET
        if joined is not UNKNOWN:
            joined = verdict
    return joined or UNKNOWN


def of_bool(claim: bool) -> Verdict:
    """A claim that is known to be true or false."""
    return MET if claim else NOT_MET


@dataclass(frozen=True, slots=True)
class Range:
    """What is known of a figure: it lies between low and high, both included; None: no such bound."""

    low: Decimal | None
    high: Decimal | None


def exactly(value: Decimal) -> Range:
    """A figure known exactly."""
    return Range(value, value)


def compare(known: Range, op: Operator, bounds: tuple[Decimal, ...]) -> Verdict:
    """Does the figure satisfy `op bounds`? Unknown where the range reaches over the bound.

    bounds: one number, two for BETWEEN (both ends included, in any order), any for IN. An operator that
    does not compare numbers, or a wrong count of bounds: unknown.
    """
    if not bounds or any(not bound.is_finite() for bound in bounds):
        return UNKNOWN
    if op in (Operator.EQ, Operator.IN):
        return any_of(_equals(known, bound) for bound in bounds)
    if op is Operator.BETWEEN and len(bounds) == 2:
        return all_of((_at_least(known, min(bounds)), _at_most(known, max(bounds))))
    if len(bounds) != 1:
        return UNKNOWN
    match op:
        case Operator.GE:
            return _at_least(known, bounds[0])
        case Operator.LE:
            return _at_most(known, bounds[0])
        case Operator.GT:
            return negate(_at_most(known, bounds[0]))
        case Operator.LT:
            return negate(_at_least(known, bounds[0]))
        case _:
            return UNKNOWN


def _at_least(known: Range, bound: Decimal) -> Verdict:
    if known.low is not None and known.low >= bound:
        return MET
    if known.high is not None and known.high < bound:
        return NOT_MET
    return UNKNOWN


def _at_most(known: Range, bound: Decimal) -> Verdict:
    if known.high is not None and known.high <= bound:
        return MET
    if known.low is not None and known.low > bound:
        return NOT_MET
    return UNKNOWN


def _equals(known: Range, bound: Decimal) -> Verdict:
    return all_of((_at_least(known, bound), _at_most(known, bound)))


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scope(Generic[_T]):
    """What a word covers: surely these, possibly those, nothing else."""

    certain: frozenset[_T]
    possible: frozenset[_T] = frozenset()

    def judge(self, member: _T) -> Verdict:
        """Is the member covered?"""
        if member in self.certain:
            return MET
        return UNKNOWN if member in self.possible else NOT_MET
