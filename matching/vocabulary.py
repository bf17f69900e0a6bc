"""The terms of an index and the column each has for good: a table on disk and, beside it, the late ones.

A column is never given to another term and never changes, so that what is stored by columns (the rows of
an index, the profile of an enterprise) stays valid while terms are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy.typing as npt

from matching.strings import StringTable

_REMEMBERED = 200_000  # looked-up terms kept in a dict, each way: about 20 MB


class Vocabulary:
    """Terms by column and columns by term; opening one reads nothing."""

    def __init__(self, table: StringTable) -> None:
        self._table = table
        self._late: list[str] = []
        self._late_columns: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._read: dict[int, str] = {}

    @classmethod
    def build(cls, terms: Sequence[str]) -> Self:
        """The terms in their order as columns 0, 1, … Raises ValueError for a term twice."""
        return cls(StringTable.build(terms))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The vocabulary whose `to_arrays` these are."""
        return cls(StringTable.from_arrays(arrays))

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The arrays to keep: one table of all terms, late ones included."""
        if not self._late:
            return self._table.to_arrays()
        return StringTable.build([*self._table, *self._late]).to_arrays()

    def __len__(self) -> int:
        return len(self._table) + len(self._late)

    def term(self, column: int) -> str:
        """The term of a column. Raises IndexError for a column that nobody has."""
        found = self._read.get(column)
        if found is None:
            early = len(self._table)
            found = self._table[column] if column < early else self._late[column - early]
            if len(self._read) < _REMEMBERED:
                self._read[column] = found
        return found

    def columns(self, terms: Iterable[str]) -> list[int]:
        """The column of each term, -1 for one that is unknown."""
        terms = list(terms)
        late = self._late_columns
        try:
            seen = self._seen
            return [column if (column := seen[term]) >= 0 else late.get(term, -1) for term in terms]
        except KeyError:
            seen = self._look_up(terms)
        return [column if (column := seen[term]) >= 0 else late.get(term, -1) for term in terms]

    def learn(self, terms: Iterable[str]) -> list[int]:
        """The column of each term; an unknown one gets the next free column. For one thread at a time."""
        terms = list(terms)
        columns = self.columns(terms)
        if -1 not in columns:
            return columns
        for term, column in zip(terms, columns, strict=True):
            if column < 0 and term not in self._late_columns:
                self._late_columns[term] = len(self)
                self._late.append(term)
        return self.columns(terms)

    def _look_up(self, terms: list[str]) -> dict[str, int]:
        """Remember where in the table the terms stand, if anywhere; returns what is remembered."""
        seen = self._seen
        missing = [term for term in dict.fromkeys(terms) if term not in seen]
        if len(seen) + len(missing) > _REMEMBERED:
            seen, missing = {}, list(dict.fromkeys(terms))  # another thread may be reading the old one
        seen.update(zip(missing, self._table.find_many(missing).tolist(), strict=True))
        self._seen = seen
        return seen
