"""What the judges of conditions hand back, and what they may ask of an enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matching.comparisons import UNKNOWN
from matching.derived_facts import find_fact
from matching.model import Enterprise, Fact, Verdict
from policy_corpus.facts import FACTS, FactDefinition


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one condition. actual: the fact it rests on. note: why, where the figures do not say it.

    missing: the label of the fact that nobody has stated yet. decisive: of a fact with many parts, those it rests on.
    """

    verdict: Verdict
    actual: Fact | None = None
    note: str | None = None
    missing: str | None = None
    decisive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The enterprise on the day asked about: what a judge looks facts up in."""

    enterprise: Enterprise
    as_of: date

    def find(self, key: str) -> Fact | None:
        """The fact stated or derived, None where unknown."""
        return find_fact(self.enterprise, key, self.as_of)


def answering_fact(row: FactDefinition) -> FactDefinition:
    """The row of the enterprise fact that answers a condition on this row (founded_years <- founded_on)."""
    return FACTS[row.fact] if row.fact else row


def undecided(note: str, actual: Fact | None = None) -> Judgement:
    """Unknown, with the reason for it."""
    return Judgement(UNKNOWN, actual, note)


def not_stated(row: FactDefinition) -> Judgement:
    """Unknown because the enterprise's fact is missing."""
    return Judgement(UNKNOWN, missing=answering_fact(row).label)
