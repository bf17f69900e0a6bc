"""The catalogue on one day: which items are listed, whether one can apply, until when.

Made once for a day and a state of the libraries and then asked for every enterprise. The rules of one window
stand in `matching.openness`; here they are applied to all windows at once, and yearly rounds once for each pair of days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.catalogue.catalogue import Catalogue
from matching.catalogue.sheet import ALWAYS, HAS_WINDOW, YEARLY
from matching.model import Openness
from matching.openness import this_round, window_on
from matching.ranking import NO_DEADLINE
from policy_corpus.model import ApplicationWindow, PolicyItem, Span

OPENNESS = tuple(Openness)
_CODE = {state: code for code, state in enumerate(OPENNESS)}
CLOSED = _CODE[Openness.CLOSED]
_NOWHERE = Span("", 0, 0, "")


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a document matters to its items on a day. listed: whether its items can be shown at all.

    not_before: when it takes effect, for a document that is not yet in force.
    """

    listed: bool
    not_before: date | None = None


@dataclass(frozen=True)
class Day:
    """One entry a position. state: place in OPENNESS; deadline: ordinal day, NO_DEADLINE without one."""

    catalogue: Catalogue
    as_of: date
    state: npt.NDArray[np.int8]
    deadline: npt.NDArray[np.int32]
    listed: npt.NDArray[np.bool_]
    standings: Mapping[str, Standing]

    @classmethod
    def of(cls, catalogue: Catalogue, as_of: date, standings: Mapping[str, Standing]) -> Day:
        """The day's view; standings: of every document that has items in the catalogue, by id."""
        known = [standings.get(id_, Standing(listed=False)) for id_ in catalogue.document_ids()]
        documents = catalogue.column("documents")
        listed = np.array([one.listed for one in known], np.bool_)[documents] & catalogue.live
        not_before = np.array(
            [one.not_before.toordinal() if one.not_before else 0 for one in known], np.int32
        )
        state, deadline = _windows(catalogue, as_of, not_before[documents])
        return cls(catalogue, as_of, state, deadline, listed, standings)

    def item(self, position: int) -> PolicyItem:
        """The item at a position, its window as it stands on the day."""
        return self.shown(self.catalogue.item(position))

    def shown(self, item: PolicyItem) -> PolicyItem:
        """An item with its window as it stands on the day."""
        not_before = self.standings.get(item.document_id, Standing(listed=False)).not_before
        window = window_on(item, self.as_of, not_before)
        return item if window is item.window else replace(item, window=window)

    def openness(self, position: int) -> Openness:
        """Whether one can apply."""
        return OPENNESS[int(self.state[position])]

    @cached_property
    def offered(self) -> npt.NDArray[np.bool_]:
        """Which positions are listed and not closed."""
        offered: npt.NDArray[np.bool_] = self.listed & (self.state != CLOSED)
        return offered

    def is_in(self, states: Iterable[Openness]) -> npt.NDArray[np.bool_]:
        """Which positions are in one of the states."""
        wanted = set(states)
        found: npt.NDArray[np.bool_] = np.array([state in wanted for state in OPENNESS])[self.state]
        return found


def _windows(
    catalogue: Catalogue, as_of: date, not_before: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int32]]:
    opens, closes = catalogue.column("opens_on").copy(), catalogue.column("closes_on").copy()
    marks, today = catalogue.column("marks"), as_of.toordinal()
    yearly = np.flatnonzero((marks & YEARLY > 0) & (closes > 0))
    pairs, which = np.unique(np.stack([opens[yearly], closes[yearly]]), axis=1, return_inverse=True)
    rounds = np.array([_round(first, last, as_of) for first, last in pairs.T.tolist()], np.int32).reshape(
        -1, 2
    )
    opens[yearly], closes[yearly] = rounds[which].T
    early = not_before > 0
    opens = np.maximum(opens, not_before)
    has_window = (marks & HAS_WINDOW > 0) | early
    state = np.full(len(marks), _CODE[Openness.UNKNOWN], np.int8)
    state[has_window & (closes > 0)] = _CODE[Openness.OPEN]
    state[has_window & (marks & ALWAYS > 0) & ~early] = _CODE[Openness.ALWAYS]
    state[has_window & (opens > today)] = _CODE[Openness.UPCOMING]
    state[has_window & (closes > 0) & (closes < today)] = CLOSED
    return state, np.where(has_window & (closes > 0), closes, NO_DEADLINE).astype(np.int32)


def _round(opens: int, closes: int, as_of: date) -> tuple[int, int]:
    start = date.fromordinal(opens) if opens else None
    window = ApplicationWindow(_NOWHERE, start, date.fromordinal(closes), yearly=True)
    found = this_round(window, as_of) or window
    begins, ends = found.opens_on, found.closes_on
    return begins.toordinal() if begins else 0, ends.toordinal() if ends else 0
