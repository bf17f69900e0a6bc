"""Figures, days and ages against many bounds: where a value stands among them, and the verdicts that follow.

A verdict on such a condition depends only on how the value lies to the condition's own bounds: above,
at or below each. So the judge is asked once for each such position, with the value at hand, and never again.
Called by `pieces` for one enterprise and by `roster` for one tree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.judging.figures import (
    age_asked,
    anniversary,
    date_asked,
    figure_asked,
    patents_asked,
    whole_months,
)
from matching.judging.keys import BROKEN, FIGURES, PATENTS
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import Condition

Int8 = npt.NDArray[np.int8]
Bound = Decimal | date | int
RANKED_KINDS = (*FIGURES, FactKind.YEARS, FactKind.DATE)
_STATES: tuple[object, ...] = (None, "", "nan")  # of a count: not stated, no number, compares with nothing


def own_bounds(condition: Condition) -> tuple[Bound, ...]:
    """The bounds to which the judge compares, ascending; () where it compares with none."""
    row = FACTS[condition.attribute]
    bounds: tuple[Bound, ...] | None
    try:
        if row.key in PATENTS:
            bounds = patents_asked(condition, row).bounds
        elif row.kind is FactKind.YEARS:
            years = age_asked(condition)[0] or ()
            months = [whole_months(bound) for bound in years]
            bounds = tuple(month for month in months if month is not None)
        elif row.kind is FactKind.DATE:
            bounds = date_asked(condition)
        else:
            bounds = figure_asked(condition, row).bounds
    except BROKEN:
        return ()
    return tuple(sorted(set(bounds or ())))


class RankedConditions:
    """The distinct conditions on one attribute, and what the judge said of each at each position of a value."""

    def __init__(self, attribute: str, conditions: Sequence[Condition]) -> None:
        self._attribute = attribute
        own = [own_bounds(condition) for condition in conditions]
        self._bounds: list[Any] = sorted({bound for bounds in own for bound in bounds})
        self._floats = [float(b) for b in self._bounds] if FACTS[attribute].kind in FIGURES else None
        number = {bound: at for at, bound in enumerate(self._bounds)}
        counts = np.array([len(bounds) for bounds in own], np.int64)
        self._which = np.array([number[bound] for bounds in own for bound in bounds], np.int64)
        self._ends = np.cumsum(counts)
        self._single = bool((counts == 1).all())
        self._several = attribute in PATENTS
        self._width = 2 * counts + 1 + (len(_STATES) if self._several else 0)
        sizes = self._width**2 if self._several else self._width
        self._offsets = np.cumsum(sizes) - sizes
        self._said = np.full(int(sizes.sum()), -1, np.int8)

    def positions(self, key: Any) -> Hashable:
        """Where the value or values of a key stand among all bounds: equal positions have equal verdicts."""
        if self._several:
            return tuple(state if state in _STATES else self._position(state) for state in key)
        if FACTS[self._attribute].kind is FactKind.YEARS:
            founded, as_of = key
            return self._position(as_of, lambda months: anniversary(founded, months))
        return self._position(key)

    def verdicts(self, positions: Any, judge: Callable[[int], int]) -> Int8:
        """The verdict on every condition; judge is asked by the condition's number for what is not known yet."""
        if self._several:
            one, other = map(self._codes, positions)
            places = self._offsets + one * self._width + other
        else:
            places = self._offsets + self._codes(positions)
        found = self._said[places]
        unknown = np.flatnonzero(found < 0)
        if unknown.size:
            found[unknown] = [judge(int(number)) for number in unknown]
            self._said[places[unknown]] = found[unknown]
        return found

    def _position(self, value: Any, of: Callable[[Any], Any] | None = None) -> tuple[int, int]:
        """How many bounds lie below the value, and how many not above it."""
        if self._floats is not None:
            near = float(value)  # rounding keeps the order, so only what is equal in floats is not settled
            at = bisect_left(self._floats, near)
            if at == len(self._floats) or self._floats[at] != near:
                return at, at
        return bisect_left(self._bounds, value, key=of), bisect_right(self._bounds, value, key=of)

    def _codes(self, position: Any) -> npt.NDArray[np.int64]:
        """For each condition how many steps its value stands above the lowest position among its own bounds."""
        if position in _STATES:
            return self._width - 1 - _STATES.index(position)
        steps = np.zeros(len(self._bounds), np.int64)
        steps[: position[1]] = 1
        steps[: position[0]] = 2
        if self._single:
            return steps[self._which]
        sums = np.concatenate(([0], np.cumsum(steps[self._which])))[np.concatenate(([0], self._ends))]
        return np.diff(sums)
