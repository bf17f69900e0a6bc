"""The words of very many companies' profiles, cut once and kept: what relevance to one item is computed from.

Rows stand beside the rows of a roster. Terms are numbered here and not by an index, so that they stay what they are
while indexes come and go; `for_index` says them in the columns of an index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from matching.array_files import under
from matching.model import Enterprise
from matching.postings import Rows
from matching.profile import enterprise_terms
from matching.strings import StringTable
from matching.text_index import TextIndex

_ANY_DAY = date(2000, 1, 1)  # no word of a profile depends on the day


@dataclass(frozen=True)
class ProfileRows:
    """The terms of each company by row, in ascending order of their strings, and how often each."""

    terms: StringTable
    rows: Rows
    _columns: WeakKeyDictionary[TextIndex, npt.NDArray[np.int32]] = field(
        default_factory=WeakKeyDictionary, compare=False
    )

    @classmethod
    def of(cls, enterprises: Iterable[Enterprise]) -> Self:
        """The rows of companies in their order."""
        return cls(StringTable.build(()), Rows.of((), (), (0,))).changed(
            np.empty(0, np.int64), 0, enterprises
        )

    def changed(self, rows: npt.NDArray[np.int64], size: int, enterprises: Iterable[Enterprise]) -> Self:
        """With the rows at `rows` (all behind, if it is empty) replaced by the companies, in their order.

        size: how many rows there are then; those that neither were nor are given stay empty.
        """
        numbers = {term: at for at, term in enumerate(self.terms)}
        new = _rows(enterprises, numbers)
        known = len(self.rows)
        if not len(rows):
            rows, size = known + np.arange(len(new)), known + len(new)
        source = np.full(size, known + len(new), np.int64)  # an empty row stands behind all
        source[:known] = np.arange(known)
        source[rows] = known + np.arange(len(new))
        together = self.rows.followed_by([new, Rows.of((), (), (0, 0))]).taken(source)
        terms = self.terms if len(numbers) == len(self.terms) else StringTable.build(list(numbers))
        return type(self)(terms, together)

    def for_index(self, text: TextIndex, rows: npt.NDArray[np.int64]) -> Rows:
        """Some of the rows in the columns of an index, -1 for terms that it does not know."""
        columns = self._columns.get(text)
        if columns is None:
            columns = self._columns[text] = text.column_ids(self.terms)
        taken = self.rows.taken(rows)
        return Rows(taken.starts, columns[taken.terms], taken.tf)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that is kept, by name."""
        table = {f"profile_terms/{name}": array for name, array in self.terms.to_arrays().items()}
        starts, terms, tf = self.rows.parts
        return {**table, "profile_starts": starts, "profile_rows": terms, "profile_tf": tf}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The inverse of `to_arrays`; the arrays may be mapped from disk."""
        rows = Rows(arrays["profile_starts"], arrays["profile_rows"], arrays["profile_tf"])
        return cls(StringTable.from_arrays(under(arrays, "profile_terms/")), rows)


def _rows(enterprises: Iterable[Enterprise], numbers: dict[str, int]) -> Rows:
    """The rows of companies; `numbers` grows by the terms that are new."""
    terms: list[int] = []
    counts: list[int] = []
    ends = [0]
    for enterprise in enterprises:
        counted = sorted(Counter(enterprise_terms(enterprise, _ANY_DAY)).items())
        terms.extend(numbers.setdefault(term, len(numbers)) for term, _ in counted)
        counts.extend(count for _, count in counted)
        ends.append(len(terms))
    return Rows.of(terms, counts, ends)
