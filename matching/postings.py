"""Inverted lists of a run of positions, without weights, and the same facts row by row.

Built by `matching.text_index` from the rows of its texts; read by the loops in `matching.kernels`. How
often a term stands in a text never changes, while its weight changes with every text that comes or goes:
so the lists hold counts only, and weights enter when a query is scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.kernels import switch

BLOCK = 1 << 16  # positions in a block: an offset in it takes two bytes, its sums 256 KB
MOST = BLOCK - 1  # a term that stands in a text more often than this counts so often

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Rows:
    """Bags of terms: those of row i are `terms[starts[i]:starts[i + 1]]`, each once, and how often in `tf`.

    starts: int64; terms: int32 columns in ascending order of the terms' strings; tf: uint16.
    """

    starts: npt.NDArray[np.int64]
    terms: npt.NDArray[np.int32]
    tf: npt.NDArray[np.uint16]

    @classmethod
    def of(cls, columns: Sequence[int], counts: Sequence[int], starts: Sequence[int]) -> Self:
        """Rows laid one after the other; a column below 0, an unknown term, is left out."""
        terms = np.array(columns, np.int32)
        tf = np.minimum(np.array(counts, np.int64), MOST).astype(np.uint16)
        ends = np.array(starts, np.int64)
        known = terms >= 0
        if not known.all():
            kept = np.zeros(len(terms) + 1, np.int64)
            np.cumsum(known, out=kept[1:])
            terms, tf, ends = terms[known], tf[known], kept[ends]
        return cls(ends, terms, tf)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def parts(self) -> tuple[Array, Array, Array]:
        """What a loop over rows takes: starts, terms, tf."""
        return self.starts, self.terms, self.tf

    def taken(self, which: npt.NDArray[np.int64]) -> Rows:
        """The rows at these places, in this order."""
        lengths = np.diff(self.starts)[which]
        starts = np.zeros(len(which) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        shifts = np.repeat(self.starts[which] - starts[:-1], lengths)
        source = np.arange(starts[-1]) + shifts
        return Rows(starts, self.terms[source], self.tf[source])

    def followed_by(self, others: Sequence[Rows]) -> Rows:
        """These rows and then those of the others."""
        every = [self, *others]
        starts = [self.starts]
        for one in others:
            starts.append(one.starts[1:] + starts[-1][-1])
        return Rows(
            np.concatenate(starts),
            np.concatenate([one.terms for one in every]),
            np.concatenate([one.tf for one in every]),
        )

    def counts(self, columns: int) -> npt.NDArray[np.int64]:
        """How many of the rows hold each column: int64 [columns]."""
        return np.bincount(self.terms, minlength=columns)


@dataclass(frozen=True)
class Segment:
    """The inverted lists of `size` positions from `first`, and their rows. Nothing in it ever changes.

    For block b and column t, with i = 2 * (b * columns + t): `lists[starts[i]:starts[i + 1]]` are the
    offsets in the block of the positions where the term stands once; `lists[starts[i + 1]:starts[i + 2]]`
    are first the offsets of those where it stands more often, then as many counts. Offsets ascend.
    """

    first: int
    size: int
    columns: int
    starts: Array  # int32, or int64 where the lists are longer
    lists: npt.NDArray[np.uint16]
    rows: Rows

    @classmethod
    def of_tokens(
        cls, tokens: npt.NDArray[np.int32], token_starts: npt.NDArray[np.int64], columns: int
    ) -> Self:
        """From texts as columns with repeats, where columns stand in the order of their strings."""
        kernels = switch.loops("postings", 50 * len(tokens))
        row_starts, row_terms, row_tf, starts, lists = kernels.index_tokens(tokens, token_starts, columns)
        frozen, rows = _frozen(_short(starts), lists), Rows(*_frozen(row_starts, row_terms, row_tf))
        return cls(0, len(token_starts) - 1, columns, frozen[0], frozen[1], rows)

    @classmethod
    def of_rows(cls, first: int, rows: Rows, columns: int) -> Self:
        """From rows whose terms are in the order of their strings."""
        kernels = switch.loops("postings", 50 * len(rows.terms))
        starts, lists = kernels.invert(rows.starts, rows.terms, rows.tf, columns)
        frozen = _frozen(_short(starts), lists)
        return cls(first, len(rows), columns, frozen[0], frozen[1], Rows(*_frozen(*rows.parts)))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array], first: int) -> Self:
        """The segment whose `to_arrays` these are, with nothing copied."""
        rows = Rows(*_frozen(arrays["row_starts"], arrays["row_terms"], arrays["row_tf"]))
        starts, lists = _frozen(arrays["starts"], arrays["lists"])
        blocks = -(-len(rows) // BLOCK)
        columns = (len(starts) - 1) // (2 * blocks) if blocks else 0
        return cls(first, len(rows), columns, starts, lists, rows)

    def to_arrays(self) -> dict[str, Array]:
        """The arrays to keep."""
        return {
            "starts": self.starts,
            "lists": self.lists,
            "row_starts": self.rows.starts,
            "row_terms": self.rows.terms,
            "row_tf": self.rows.tf,
        }

    def counts(self) -> npt.NDArray[np.int64]:
        """How many of the positions hold each column: int64 [columns]."""
        lengths = np.diff(self.starts).astype(np.int64)
        lengths[1::2] //= 2
        blocks = -(-self.size // BLOCK)
        counts: npt.NDArray[np.int64] = lengths.reshape(blocks, self.columns, 2).sum((0, 2))
        return counts

    @property
    def parts(self) -> tuple[int, int, int, Array, Array]:
        """What a loop over the lists takes: first, size, columns, starts, lists."""
        return self.first, self.size, self.columns, self.starts, self.lists


def _short(starts: npt.NDArray[np.int64]) -> Array:
    return starts.astype(np.int32) if starts[-1] <= np.iinfo(np.int32).max else starts


def _frozen(*arrays: Array) -> tuple[Array, ...]:
    """Views that cannot be written: what is mapped from disk cannot be either, and a loop is compiled once."""
    views = [array.view(np.ndarray) for array in arrays]
    for view in views:
        view.setflags(write=False)
    return tuple(views)
