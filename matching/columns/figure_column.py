"""A figure of very many companies as a column, and one condition on figures judged against all of it; used by `roster`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.columns.pieces import code_of
from matching.columns.plain_bytes import as_bytes, extended, from_bytes
from matching.judging.keys import one_who_states
from policy_corpus.model import Condition

Array = npt.NDArray[Any]
Int8 = npt.NDArray[np.int8]
UNKNOWN = 1
_STATES = (None, "", "nan")  # of a figure: not stated, no number, compares with nothing
_NUMBER = len(_STATES)


@dataclass(frozen=True)
class FigureColumn:
    """A number of every company.

    states: which of the states, or that there is a number; numbers: it in floats; exact: by row the digits of
    those numbers that the shortest form of their float is not.
    """

    states: Array = field(default_factory=lambda: np.zeros(0, np.uint8))
    numbers: Array = field(default_factory=lambda: np.zeros(0, np.float64))
    exact: Mapping[int, str] = field(default_factory=dict)

    def changed(self, size: int, rows: Array, keys: Sequence[Any]) -> FigureColumn:
        """The column with new keys at some rows, and as many rows as said; a key is a Decimal or one of the states."""
        states, numbers = extended(self.states, size), extended(self.numbers, size)
        exact = dict(self.exact)
        for row, key in zip(rows.tolist(), keys, strict=True):
            exact.pop(row, None)
            if not isinstance(key, Decimal):
                states[row] = _STATES.index(key)
                continue
            states[row], numbers[row] = _NUMBER, float(key)
            if not _is_shortest(key):
                exact[row] = str(key)
        return FigureColumn(states, numbers, exact)

    def value(self, row: int) -> Decimal | str | None:
        """The number of one company, exactly, or its state."""
        if self.states[row] != _NUMBER:
            return _STATES[self.states[row]]
        return Decimal(self.exact.get(row) or repr(float(self.numbers[row])))

    def positions(self, bounds: Sequence[Decimal]) -> npt.NDArray[np.int64]:
        """For each company where its number stands among ascending bounds; other codes for the states."""
        near = np.array([float(bound) for bound in bounds], np.float64)
        below, upto = (np.searchsorted(near, self.numbers, side) for side in ("left", "right"))
        numbers = self.states == _NUMBER
        equal = (below < upto) & numbers  # in floats, perhaps not in digits
        if len(set(near.tolist())) == len(bounds) and all(map(_is_shortest, bounds)):
            equal &= np.isin(np.arange(len(equal)), list(self.exact))
        for row in np.flatnonzero(equal).tolist():
            value = self.value(row)
            below[row], upto[row] = bisect_left(bounds, value), bisect_right(bounds, value)  # type: ignore[type-var]
        return np.where(numbers, below + upto + _NUMBER, self.states)

    def to_arrays(self) -> dict[str, Array]:
        """What is kept."""
        exact = as_bytes({str(row): text for row, text in self.exact.items()})
        return {"states": self.states, "numbers": self.numbers, "exact": exact}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> FigureColumn:
        """The inverse of `to_arrays`."""
        exact = {int(row): text for row, text in from_bytes(arrays["exact"]).items()}
        return cls(arrays["states"], arrays["numbers"], exact)


def judge_figures(
    condition: Condition,
    columns: Sequence[FigureColumn],
    bounds: Sequence[Decimal],
    key_of: Callable[[int], Any],
) -> Int8:
    """A condition that compares the figures of the columns with its bounds; key_of: the key of a row."""
    codes = np.zeros(len(columns[0].states), np.int64)
    width = 2 * len(bounds) + _NUMBER + 1
    for column in columns:
        codes = codes * width + column.positions(bounds)
    examples = np.full(width ** len(columns), -1, np.int64)
    examples[codes[::-1]] = np.arange(len(codes))[::-1]
    verdicts = np.full(len(examples), UNKNOWN, np.int8)
    for code in np.flatnonzero(examples >= 0).tolist():
        if (key := key_of(int(examples[code]))) is not None:
            verdicts[code] = code_of(condition, one_who_states(condition.attribute, key))
    return verdicts[codes]


def _is_shortest(number: Decimal) -> bool:
    """Whether a number is just what the shortest form of its float says."""
    return Decimal(repr(float(number))) == number
