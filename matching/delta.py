"""What changed for whom: when an item is published, changed or withdrawn, and when a company's facts change.

Only the pairs that the change touches are computed: one item against the companies, or one company against the items
that stand where it was or now is. The same answers "what if" for facts that are only supposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.catalogue.day import Day
from matching.columns.roster import Roster
from matching.match import group_of, rank_items
from matching.model import Eligibility, Enterprise, Fact, FactValue
from matching.ranking import GROUPS
from policy_corpus.model import PolicyItem

_NOT_OFFERED = len(GROUPS)  # there is no such item, or no such company
_STATES: tuple[Eligibility | None, ...] = (*GROUPS, None)
Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Change:
    """One company and one item. before, after: None where there was, or is, nothing to match."""

    key: str
    before: Eligibility | None
    after: Eligibility | None


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed. changes: by credit code or item id, in their order; counts: (before, after) -> how many.

    The counts hold the pairs that stayed what they are too.
    """

    changes: tuple[Change, ...]
    counts: Mapping[tuple[Eligibility | None, Eligibility | None], int]


def item_delta(before: PolicyItem | None, after: PolicyItem | None, roster: Roster, as_of: date) -> Delta:
    """For whom of the roster an item's coming, changing or going changes what it is to them."""
    old, new = (_on_roster(item, roster, as_of) for item in (before, after))
    rows = np.flatnonzero(roster.present)
    order = rows[np.argsort(roster.code_ranks[rows])]
    return _delta([roster.usccs[int(row)] for row in order], old[order], new[order])


def enterprise_delta(before: Enterprise | None, after: Enterprise | None, day: Day) -> Delta:
    """Which items change for a company that comes, goes or whose facts change; closed ones are left out."""
    catalogue = day.catalogue
    old, new = (np.full(catalogue.size, _NOT_OFFERED, np.int8) for _ in range(2))
    for codes, enterprise in ((old, before), (new, after)):
        if enterprise is not None:
            codes[:] = GROUPS.index(Eligibility.INELIGIBLE)
            ranking = rank_items(enterprise, day)
            codes[ranking.positions] = ranking.group
    positions = np.flatnonzero(day.offered)
    order = positions[np.argsort(catalogue.id_ranks[positions])]
    return _delta([catalogue.ids[int(at)] for at in order], old[order], new[order])


def supposing(enterprise: Enterprise, facts: Mapping[str, FactValue | None]) -> Enterprise:
    """The same company with other facts; None: a fact that it would not have stated."""
    known = {key: fact for key, fact in enterprise.facts.items() if key not in facts}
    supposed = {key: Fact(value, "假设") for key, value in facts.items() if value is not None}
    return Enterprise(enterprise.uscc, enterprise.name, {**known, **supposed})


def _on_roster(item: PolicyItem | None, roster: Roster, as_of: date) -> Codes:
    if item is None:
        return np.full(roster.size, _NOT_OFFERED, np.int8)
    return group_of(roster.judge_item(item.conditions, as_of).verdict)


def _delta(keys: Sequence[str], old: Codes, new: Codes) -> Delta:
    pairs, counts = np.unique(np.stack([old, new]), axis=1, return_counts=True)
    changed = np.flatnonzero(old != new)
    return Delta(
        tuple(Change(keys[at], _STATES[old[at]], _STATES[new[at]]) for at in changed.tolist()),
        {
            (_STATES[one], _STATES[other]): count
            for (one, other), count in zip(pairs.T.tolist(), counts.tolist(), strict=True)
        },
    )
