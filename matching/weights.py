"""What a text index weighs by at one moment: idf of every term, norm of every text, and the lists they weigh.

Made by `matching.text_index` when it refreshes; whoever reads holds one of these, whole, while the next is
made beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.array_files import under
from matching.kernels import switch
from matching.postings import MOST, Rows, Segment
from matching.queries import Queries, Query

Array = npt.NDArray[Any]

# 1 + ln(tf), the sublinear count
LOG_TF = np.concatenate([[0.0], 1 + np.log(np.arange(1, MOST + 1))])
LOG_TF32 = LOG_TF.astype(np.float32)
LOG_TF.setflags(write=False)
LOG_TF32.setflags(write=False)


@dataclass(frozen=True)
class Weights:
    """What a reader sees, whole: replaced, never changed, by `refresh`.

    alive: bool per position; df, idf (0 for a term in no live text) per column; scale: 1 / norm per position.
    """

    base: Segment
    tail: Segment
    alive: npt.NDArray[np.bool_]
    df: npt.NDArray[np.int64]
    idf: npt.NDArray[np.float64]
    idf32: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]

    @classmethod
    def of(cls, base: Segment, tail: Segment, alive: Array, df: Array, scale: Array | None = None) -> Weights:
        """The weights for these segments; scale: where it is known already."""
        live = int(np.count_nonzero(alive))
        idf = np.where(df > 0, np.log((1 + live) / (1 + df)) + 1, 0.0)
        if scale is None:
            scale = np.concatenate([_scale(base.rows, idf), _scale(tail.rows, idf)])
            scale[~alive] = 0
        arrays = alive, df, idf, idf.astype(np.float32), scale
        for array in arrays:
            array.setflags(write=False)
        return cls(base, tail, *arrays)

    def grown(self, added: Sequence[Rows], withdrawn: Sequence[int], columns: int) -> Weights:
        """The weights once rows are added after the last position and positions, sorted, are withdrawn."""
        tail, df = self.tail, _padded(self.df, columns)
        if added:
            tail = Segment.of_rows(self.base.size, tail.rows.followed_by(added), columns)
            df += sum(rows.counts(columns) for rows in added)
        alive = np.ones(self.base.size + tail.size, bool)
        alive[: self.size] = self.alive
        gone = np.array(withdrawn, np.int64)
        gone = gone[alive[gone]]
        if not added and not len(gone):
            return self
        alive[gone] = False
        early = int(np.searchsorted(gone, self.base.size))
        df -= self.base.rows.taken(gone[:early]).counts(columns)
        df -= tail.rows.taken(gone[early:] - self.base.size).counts(columns)
        return Weights.of(self.base, tail, alive, df)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Weights:
        """The weights whose `to_arrays` these are, with only the small arrays read."""
        base = Segment.from_arrays(under(arrays, "base/"), 0)
        tail = Segment.from_arrays(under(arrays, "tail/"), base.size)
        alive, df, scale = (arrays[name].view(np.ndarray) for name in ("alive", "df", "scale"))
        return cls.of(base, tail, alive, df, scale)

    def to_arrays(self, columns: int) -> dict[str, Array]:
        """The arrays to keep, for a vocabulary of so many columns."""
        segments = {**named("base", self.base.to_arrays()), **named("tail", self.tail.to_arrays())}
        return {**segments, "alive": self.alive, "df": _padded(self.df, columns), "scale": self.scale}

    @property
    def size(self) -> int:
        """How many positions there are, withdrawn ones included."""
        return len(self.alive)

    def row(self, position: int) -> tuple[Array, Array]:
        """The terms of a position and how often it has each. Raises IndexError."""
        if not 0 <= position < self.size:
            raise IndexError(f"there is no position {position}")
        segment = self.base if position < self.base.size else self.tail
        rows = segment.rows
        start, end = rows.starts[position - segment.first :][:2]
        return rows.terms[start:end], rows.tf[start:end]

    def gains(self, query: Query | Queries) -> npt.NDArray[np.float32]:
        """What each of a query's terms adds to a text that has it once, before the text's norm."""
        if not len(self.idf32):
            return np.zeros(len(query.terms), np.float32)
        gains: npt.NDArray[np.float32] = query.weights * self.idf32[query.terms]
        return gains


def named(part: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays of a part under the names they have in the whole."""
    return {f"{part}/{name}": array for name, array in arrays.items()}


def _padded(df: Array, columns: int) -> npt.NDArray[np.int64]:
    padded = np.zeros(columns, np.int64)
    padded[: len(df)] = df
    return padded


def _scale(rows: Rows, idf: Array) -> Array:
    kernels = switch.loops("scoring", 5 * len(rows.terms))
    norms = np.sqrt(kernels.squares(rows.starts, rows.terms, rows.tf, idf, LOG_TF))
    scale: Array = np.divide(1, norms, out=np.zeros(len(norms)), where=norms > 0)
    return scale.astype(np.float32)
