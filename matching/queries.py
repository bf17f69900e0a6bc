"""What is asked of a text index: weighed bags of terms, one or many, and ranges of positions to search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ranges = Sequence[tuple[int, int]] | npt.NDArray[np.int64]


@dataclass(frozen=True)
class Query:
    """A bag of known terms: int32 columns in ascending order of their strings, float32 weights of norm 1."""

    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Queries:
    """Many queries: those of query i are `terms[starts[i]:starts[i + 1]]`, with their weights."""

    starts: npt.NDArray[np.int64]
    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


def bounds_of(ranges: Ranges | None, size: int) -> npt.NDArray[np.int64]:
    """Ranges as int64 [ranges, 2]; None: all positions. Raises IndexError for one outside 0 and size."""
    if ranges is None:
        return np.array([[0, size]], np.int64)
    bounds = np.asarray(ranges, np.int64).reshape(-1, 2)
    if len(bounds) and not (
        bounds.min() >= 0 and bounds.max() <= size and (bounds[:, 0] <= bounds[:, 1]).all()
    ):
        raise IndexError("a range lies outside the index")
    return bounds


def bounds_of_many(
    ranges: Sequence[Ranges] | None, queries: int, size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(bounds of all, starts of each query's): starts has queries + 1 entries, or 2 where all share them."""
    if ranges is None or len(ranges) == 1:
        bounds = bounds_of(None if ranges is None else ranges[0], size)
        return bounds, np.array([0, len(bounds)], np.int64)
    if len(ranges) != queries:
        raise ValueError("there must be one list of ranges for each query, or one for all")
    each = [bounds_of(own, size) for own in ranges]
    starts = np.zeros(queries + 1, np.int64)
    np.cumsum([len(own) for own in each], out=starts[1:])
    return np.concatenate(each) if each else np.empty((0, 2), np.int64), starts


def by_place(
    bounds: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], queries: int
) -> npt.NDArray[np.int64]:
    """An order of the queries in which those that search the same ranges follow each other.

    What one has read of the lists is then still near the processor when the next one reads it.
    """
    if len(starts) != queries + 1 or not len(bounds):
        return np.arange(queries)
    last = bounds[np.maximum(starts[1:] - 1, 0), 0]
    return np.argsort(last, kind="stable")
