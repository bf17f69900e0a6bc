"""Which enterprises one item fits: how many of each eligibility, and who, in the order of `ranking`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from matching.catalogue.day import Day
from matching.match import match_one
from matching.model import Eligibility, Enterprise, Match
from matching.ranking import rank_key
from policy_corpus.model import PolicyItem


@dataclass(frozen=True, slots=True)
class Audience:
    """The enterprises that an item fits. counts: over all asked; matches: not the ineligible, in order."""

    item: PolicyItem
    counts: Mapping[Eligibility, int]
    matches: tuple[tuple[Enterprise, Match], ...]


def audience(item: PolicyItem, enterprises: Iterable[Enterprise], day: Day) -> Audience:
    """Which enterprises an item fits: counts by eligibility, and the list in the order of `ranking`."""
    counts = dict.fromkeys(Eligibility, 0)
    fitting: list[tuple[Enterprise, Match]] = []
    for enterprise in enterprises:
        match = match_one(enterprise, item, day)
        counts[match.eligibility] += 1
        if match.eligibility is not Eligibility.INELIGIBLE:
            fitting.append((enterprise, match))
    fitting.sort(
        key=lambda one: rank_key(one[1].eligibility, one[1].score, one[1].relevance, None, one[0].uscc)
    )
    return Audience(
        item, counts, tuple((one, replace(match, rank=rank)) for rank, (one, match) in enumerate(fitting, 1))
    )
