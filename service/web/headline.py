"""A company's list in figures: what it can have now, later and perhaps, and the written sums of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matching.catalogue.sheet import NO_APPLICATION, sum_of
from matching.match import Ranking
from matching.model import Eligibility, Openness

NOW = (Openness.OPEN, Openness.ALWAYS)


@dataclass(frozen=True, slots=True)
class Headline:
    """The first screen in figures. total_yuan: the largest written sum of each item, added up."""

    eligible: int
    now: int
    later: int
    unsaid: int
    undetermined: int
    total_yuan: Decimal
    counted: int


def headline(ranking: Ranking) -> Headline:
    """The figures of the whole list, whatever it is narrowed to."""
    eligible = ranking.only(Eligibility.ELIGIBLE)
    catalogue = ranking.day.catalogue
    automatic = catalogue.column("marks")[eligible.positions] & NO_APPLICATION > 0

    def in_state(*states: Openness) -> Any:
        return ranking.day.is_in(states)[eligible.positions]

    total_yuan, counted = sum_of(catalogue.column("most")[eligible.positions])
    return Headline(
        eligible=len(eligible),
        now=int((in_state(*NOW) | automatic).sum()),
        later=int((in_state(Openness.UPCOMING) & ~automatic).sum()),
        unsaid=int((in_state(Openness.UNKNOWN) & ~automatic).sum()),
        undetermined=ranking.counts[Eligibility.UNDETERMINED],
        total_yuan=total_yuan,
        counted=counted,
    )
