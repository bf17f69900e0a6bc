"""Titles or statements of very many companies as a column: each title, each set of statements that count, is judged once.

Used by `roster`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.columns.pieces import code_of
from matching.columns.plain_bytes import as_bytes, extended, from_bytes
from matching.columns.statements import StatementFile
from matching.judging.keys import one_who_states
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import Condition, Operator

Array = npt.NDArray[Any]
Int8 = npt.NDArray[np.int8]
UNKNOWN = 1


class _Index(NamedTuple):
    """Where each name stands among the strings, and the number of each list."""

    places: dict[str, int]
    lists: dict[tuple[int, ...], int]


@dataclass(frozen=True)
class NamesColumn:
    """Titles or statements: for every company the number of its list, 0 for none.

    List n names `strings[i] for i in parts[starts[n]:starts[n + 1]]`.
    """

    attribute: str
    numbers: Array = field(default_factory=lambda: np.zeros(0, np.int32))
    starts: Array = field(default_factory=lambda: np.zeros(2, np.int64))
    parts: Array = field(default_factory=lambda: np.zeros(0, np.int32))
    strings: Sequence[str] = ()

    def changed(self, size: int, rows: Array, keys: Sequence[Any]) -> NamesColumn:
        """The column with new tuples of names, or None, at some rows, and as many rows as said."""
        numbers, strings = extended(self.numbers, size), list(self.strings)
        index = self.__dict__.pop("_index", None)  # only one of the columns that follow may go on with it
        index = self._new_index() if index is None else index
        new: list[tuple[int, ...]] = []
        for row, key in zip(rows.tolist(), keys, strict=True):
            if key is None:
                numbers[row] = 0
                continue
            strings += (one for one in dict.fromkeys(key) if one not in index.places)
            for one in key:
                index.places.setdefault(one, len(index.places))
            listed = tuple(index.places[one] for one in key)
            number = index.lists.get(listed)
            if number is None:
                number = index.lists[listed] = len(self.starts) - 1 + len(new)
                new.append(listed)
            numbers[row] = number
        ends = self.starts[-1] + np.cumsum([len(listed) for listed in new], dtype=np.int64)
        starts = np.concatenate((self.starts, ends))
        parts = np.concatenate((self.parts, np.array([part for one in new for part in one], np.int32)))
        column = NamesColumn(self.attribute, numbers, starts, parts, strings)
        column.__dict__["_index"] = index
        return column

    def _new_index(self) -> _Index:
        starts, parts = self.starts.tolist(), self.parts.tolist()
        lists = {tuple(parts[a:b]): n + 1 for n, (a, b) in enumerate(pairwise(starts[1:]))}
        return _Index({one: at for at, one in enumerate(self.strings)}, lists)

    def judge(self, condition: Condition) -> Int8:
        """The verdict on every company."""
        stated = FACTS[self.attribute].kind is FactKind.STATED
        verdicts = self._judge_statements(condition) if stated else self._judge_titles(condition)
        verdicts[0] = UNKNOWN
        return verdicts[self.numbers]

    def _judge_titles(self, condition: Condition) -> Int8:
        """For every list; the title that helps most decides (see `pieces.TitlePieces`)."""
        join = np.minimum if condition.op is Operator.NOT_HAS else np.maximum
        each = np.array([self._judged(condition, (one,)) for one in self.strings], np.int8)
        verdicts = np.full(len(self.starts) - 1, self._judged(condition, ()), np.int8)
        filled = np.flatnonzero(np.diff(self.starts))
        if filled.size:
            verdicts[filled] = join.reduceat(each[self.parts], self.starts[filled])
        return verdicts

    def _judge_statements(self, condition: Condition) -> Int8:
        """For every list, by those of its statements alone that may settle the condition."""
        verdicts = np.full(len(self.starts) - 1, UNKNOWN, np.int8)
        places = np.flatnonzero(self._file.relevant(condition)[self.parts])
        lists = np.searchsorted(self.starts, places, side="right") - 1
        relevant: dict[int, tuple[int, ...]] = {}
        for number, part in zip(lists.tolist(), self.parts[places].tolist(), strict=True):
            relevant[number] = (*relevant.get(number, ()), part)
        known: dict[tuple[int, ...], int] = {}
        for number, parts in relevant.items():
            if parts not in known:
                known[parts] = self._judged(condition, tuple(self.strings[part] for part in parts))
            verdicts[number] = known[parts]
        return verdicts

    def _judged(self, condition: Condition, names: tuple[str, ...]) -> int:
        return code_of(condition, one_who_states(self.attribute, names))

    @cached_property
    def _file(self) -> StatementFile:
        return StatementFile(self.attribute, self.strings)

    def to_arrays(self) -> dict[str, Array]:
        """What is kept."""
        return {"numbers": self.numbers, "starts": self.starts, "parts": self.parts,
                "strings": as_bytes(list(self.strings))}  # fmt: skip

    @classmethod
    def from_arrays(cls, attribute: str, arrays: Mapping[str, Array]) -> NamesColumn:
        """The inverse of `to_arrays`."""
        return cls(
            attribute, arrays["numbers"], arrays["starts"], arrays["parts"], from_bytes(arrays["strings"])
        )
