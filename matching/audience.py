"""Which of very many companies one item fits: exact counts of each eligibility, and who, in the order of `ranking`.

The reverse of `match`: the item's conditions are judged over the columns of a roster, its relevance is computed from
the profiles kept there. What it says of a company is what the company's own list says of the item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalogue.day import Day
from matching.columns.roster import Roster
from matching.match import group_of, match_one
from matching.model import Eligibility, Enterprise, Match
from matching.profile_rows import ProfileRows
from matching.ranking import (
    GROUPS,
    NO_DEADLINE,
    first_by_key,
    packed_keys,
    relevance_millionths,
    score_millionths,
)
from policy_corpus.model import PolicyItem

_INELIGIBLE = GROUPS.index(Eligibility.INELIGIBLE)


@dataclass(frozen=True)
class Audience:
    """An item and the companies it fits. counts: over all; the rest: one entry a company that is not ineligible.

    group: place in GROUPS; score, relevance: in millionths; in the order of `ranking`.
    """

    item: PolicyItem
    day: Day
    counts: Mapping[Eligibility, int]
    usccs: tuple[str, ...]
    group: npt.NDArray[np.int8]
    score: npt.NDArray[np.int64]
    relevance: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.usccs)

    def matches(
        self, enterprise_of: Callable[[str], Enterprise], top: int | None = None
    ) -> tuple[tuple[Enterprise, Match], ...]:
        """The first `top` companies with the findings in words. enterprise_of: credit code -> company."""
        found: list[tuple[Enterprise, Match]] = []
        for uscc in self.usccs[:top]:
            enterprise = enterprise_of(uscc)
            found.append((enterprise, match_one(enterprise, self.item, self.day, rank=len(found) + 1)))
        return tuple(found)


def find_audience(item: PolicyItem, roster: Roster, profiles: ProfileRows, day: Day) -> Audience:
    """Who of the roster an item fits on a day; an item that is not in the day's catalogue has relevance 0."""
    verdicts = roster.judge_item(item.conditions, day.as_of)
    group = group_of(verdicts.verdict)
    counted = np.bincount(group[roster.present], minlength=len(GROUPS))
    rows = np.flatnonzero(roster.present & (group != _INELIGIBLE))
    score = score_millionths(verdicts.met[rows], verdicts.leaves[rows])
    relevance = _relevance(item, profiles, rows, day)
    never = np.full(len(rows), NO_DEADLINE, np.int32)  # the deadline is the same for all
    keys = packed_keys(group[rows], score, relevance, never)
    order = first_by_key(keys, roster.code_ranks[rows], None)
    usccs = tuple(roster.usccs[int(row)] for row in rows[order])
    counts = {kind: int(counted[at]) for at, kind in enumerate(GROUPS)}
    return Audience(item, day, counts, usccs, group[rows][order], score[order], relevance[order])


def _relevance(
    item: PolicyItem, profiles: ProfileRows, rows: npt.NDArray[np.int64], day: Day
) -> npt.NDArray[np.int64]:
    at = day.catalogue.find(item.id)
    if at is None:
        return np.zeros(len(rows), np.int64)
    text = day.catalogue.text
    return relevance_millionths(text.scores_of_many(profiles.for_index(text, rows), at))
