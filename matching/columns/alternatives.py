"""Conditions that ask for any of several words, as conditions on one word each, every one judged but once.

Called by `pieces`. On places, trades, choices and titles a condition of several words is met where one of
them is, and what NOT_HAS asks is the denial of that; a word that many conditions name is one condition here.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.judging.keys import verdict_form, words_of
from policy_corpus.model import Condition, Operator

Int8 = npt.NDArray[np.int8]


class Alternatives:
    """The distinct conditions on one attribute taken apart. singles: what must be judged."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self.singles: list[Condition] = []
        self._numbers: dict[Hashable, int] = {}
        parts = [self._parts(condition) for condition in conditions]
        self._parts_of = np.array([number for numbers, _ in parts for number in numbers], np.int64)
        sizes = np.array([len(numbers) for numbers, _ in parts], np.int64)
        self._starts = np.cumsum(sizes) - sizes
        self._denied = np.array([denied for _, denied in parts], bool)

    def join(self, verdicts: Int8) -> Int8:
        """The verdicts on the conditions, from those on the singles."""
        found = np.maximum.reduceat(verdicts[self._parts_of], self._starts)
        return np.where(self._denied, 2 - found, found).astype(np.int8)

    def _parts(self, condition: Condition) -> tuple[list[int], bool]:
        words = words_of(condition)
        if not words:
            return [self._number(condition)], False
        singles = (replace(condition, op=Operator.HAS, value=word, negated=False) for word in words)
        return [self._number(single) for single in singles], condition.op is Operator.NOT_HAS

    def _number(self, single: Condition) -> int:
        form = verdict_form(single)
        if form not in self._numbers:
            self._numbers[form] = len(self.singles)
            self.singles.append(single)
        return self._numbers[form]
