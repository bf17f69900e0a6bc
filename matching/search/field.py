"""Inverted lists of one field: which entry holds a term how often.

The lists hold counts only; weights are made when a question is asked, so that entries can be added without
touching what is there. A term is a number (a pair of characters, or the hash of a word): no vocabulary has
to be read to open a field. An entry is a position 0..n-1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Scores = npt.NDArray[np.float64]
MOST = (1 << 16) - 1  # a term that stands in an entry more often counts so often
_NAMES = ("keys", "starts", "entries", "counts", "lengths")


@dataclass(frozen=True)
class Field:
    """`entries[starts[i]:starts[i + 1]]` hold the term `keys[i]`, as often as `counts` says; ascending.

    keys: unsigned, ascending; lengths: terms of each entry, repeats counted.
    """

    keys: Array
    starts: npt.NDArray[np.int64]
    entries: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint16]
    lengths: npt.NDArray[np.int32]

    @classmethod
    def build(cls, term_lists: Iterable[Array], dtype: type[np.unsignedinteger[Any]]) -> Self:
        """A field of entries in their order, each given as the numbers of its terms with repeats."""
        keys, counts, lengths = [np.empty(0, dtype)], [np.empty(0, np.int64)], []
        for terms in term_lists:
            distinct, often = np.unique(terms, return_counts=True)
            keys.append(distinct.astype(dtype))
            counts.append(often)
            lengths.append((len(distinct), len(terms)))
        sizes = np.array(lengths, np.int64).reshape(-1, 2)
        entries = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes[:, 0])
        return cls._sorted(
            np.concatenate(keys), entries, _short(np.concatenate(counts)), sizes[:, 1].astype(np.int32)
        )

    def followed_by(self, other: Field) -> Field:
        """This field with the entries of another behind its own: as if all had been built at once."""
        return self._sorted(
            np.concatenate((self._key_of_each(), other._key_of_each())),
            np.concatenate((self.entries, other.entries + np.int32(len(self)))),
            np.concatenate((self.counts, other.counts)),
            np.concatenate((self.lengths, other.lengths)),
        )

    @classmethod
    def _sorted(cls, keys: Array, entries: Array, counts: Array, lengths: Array) -> Self:
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        changes = np.ones(len(keys), bool)
        changes[1:] = keys[1:] != keys[:-1]
        starts = np.append(np.flatnonzero(changes), len(keys)).astype(np.int64)
        return cls(keys[starts[:-1]], starts, entries[order], counts[order], lengths)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array], prefix: str) -> Self:
        """The field whose `to_arrays` these are."""
        return cls(*(arrays[f"{prefix}/{name}"] for name in _NAMES))

    def to_arrays(self, prefix: str) -> dict[str, Array]:
        """The arrays to keep, named behind the prefix."""
        return {f"{prefix}/{name}": getattr(self, name) for name in _NAMES}

    def __len__(self) -> int:
        return len(self.lengths)

    def postings(self, key: int) -> tuple[Array, Array]:
        """The entries that hold a term, ascending, and how often each does."""
        at = int(np.searchsorted(self.keys, self.keys.dtype.type(key)))
        found = at < len(self.keys) and int(self.keys[at]) == key
        list_ = slice(int(self.starts[at]), int(self.starts[at + 1])) if found else slice(0, 0)
        return self.entries[list_], self.counts[list_]

    def frequency(self, key: int) -> int:
        """In how many entries a term stands."""
        return len(self.postings(key)[0])

    def idf(self, key: int) -> float:
        """How telling a term is: ln(1 + (n - df + 0.5) / (df + 0.5)), above 0."""
        df = self.frequency(key)
        return log(1 + (len(self) - df + 0.5) / (df + 0.5))

    def starting_with(self, low: int, high: int) -> Array:
        """The terms from low up to and without high that stand in any entry, ascending."""
        edge = self.keys.dtype.type
        return self.keys[np.searchsorted(self.keys, edge(low)) : np.searchsorted(self.keys, edge(high))]

    def bm25(self, keys: Iterable[int], k1: float, b: float) -> Scores:
        """BM25 of every entry for terms, each once; added in the order of their numbers."""
        scores = np.zeros(len(self))
        flat = k1 * (1 - b + b * self._relative_lengths)
        for key in sorted(set(keys)):
            entries, counts = self.postings(key)
            if len(entries):
                tf = counts.astype(np.float64)
                scores[entries] += self.idf(key) * (k1 + 1) * tf / (tf + flat[entries])
        return scores

    @cached_property
    def _relative_lengths(self) -> Scores:
        mean = float(np.sum(self.lengths, dtype=np.int64)) / max(len(self), 1)
        return self.lengths / max(mean, 1.0)

    def _key_of_each(self) -> Array:
        return np.repeat(self.keys, np.diff(self.starts))


def _short(counts: Array) -> npt.NDArray[np.uint16]:
    return np.minimum(counts, MOST).astype(np.uint16)
