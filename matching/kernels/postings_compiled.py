"""Make inverted lists, compiled by numba: what `postings_plain` does, with the same arrays as its result.

Called through `switch.loops("postings")`. No loop holds the lock of the interpreter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Array = npt.NDArray[Any]

_SHIFT = 16
_BLOCK = 1 << _SHIFT
_MOST = _BLOCK - 1


def index_tokens(
    tokens: Array, token_starts: Array, columns: int
) -> tuple[Array, Array, Array, Array, Array]:
    """As in `postings_plain`."""
    terms, tf, row_starts = _distinct(tokens, token_starts, columns)
    starts, lists = _invert(row_starts, terms, tf, columns)
    _sort_rows(row_starts, terms, tf, starts, lists, columns)
    return row_starts, terms, tf, starts, lists


def invert(row_starts: Array, row_terms: Array, row_tf: Array, columns: int) -> tuple[Array, Array]:
    """As in `postings_plain`."""
    starts, lists = _invert(row_starts, row_terms, row_tf, columns)
    return starts, lists


@njit(nogil=True, cache=True)
def _distinct(tokens, token_starts, columns):  # type: ignore[no-untyped-def]
    size = len(token_starts) - 1
    seen_in = np.full(columns, -1, np.int32)
    place = np.empty(columns, np.int64)
    terms = np.empty(len(tokens), np.int32)
    tf = np.empty(len(tokens), np.uint16)
    row_starts = np.zeros(size + 1, np.int64)
    end = 0
    for row in range(size):
        for at in range(token_starts[row], token_starts[row + 1]):
            term = tokens[at]
            if seen_in[term] == row:
                if tf[place[term]] < _MOST:
                    tf[place[term]] += 1
            else:
                seen_in[term] = row
                place[term] = end
                terms[end] = term
                tf[end] = 1
                end += 1
        row_starts[row + 1] = end
    return terms[:end].copy(), tf[:end].copy(), row_starts


@njit(nogil=True, cache=True)
def _invert(row_starts, row_terms, row_tf, columns):  # type: ignore[no-untyped-def]
    size = len(row_starts) - 1
    blocks = (size + _BLOCK - 1) >> _SHIFT
    starts = np.zeros(2 * blocks * columns + 1, np.int64)
    for row in range(size):
        origin = (row >> _SHIFT) * columns
        for at in range(row_starts[row], row_starts[row + 1]):
            if row_tf[at] == 1:
                starts[2 * (origin + row_terms[at]) + 1] += 1
            else:
                starts[2 * (origin + row_terms[at]) + 2] += 2
    for run in range(1, len(starts)):
        starts[run] += starts[run - 1]
    lists = np.empty(starts[-1], np.uint16)
    ends = starts.copy()
    for row in range(size):
        origin = (row >> _SHIFT) * columns
        offset = np.uint16(row & _MOST)
        for at in range(row_starts[row], row_starts[row + 1]):
            run = 2 * (origin + row_terms[at])
            if row_tf[at] != 1:
                run += 1
                half = (starts[run + 1] - starts[run]) >> 1
                lists[ends[run] + half] = row_tf[at]
            lists[ends[run]] = offset
            ends[run] += 1
    return starts, lists


@njit(nogil=True, cache=True)
def _sort_rows(row_starts, row_terms, row_tf, starts, lists, columns):  # type: ignore[no-untyped-def]
    """Lists read in the order of their columns lay down the terms of every row in that order."""
    size = len(row_starts) - 1
    ends = row_starts[:-1].copy()
    for block in range((size + _BLOCK - 1) >> _SHIFT):
        origin = block << _SHIFT
        for term in range(columns):
            run = 2 * (block * columns + term)
            for at in range(starts[run], starts[run + 1]):
                row = origin + lists[at]
                row_terms[ends[row]] = term
                row_tf[ends[row]] = 1
                ends[row] += 1
            half = (starts[run + 2] - starts[run + 1]) >> 1
            for at in range(starts[run + 1], starts[run + 1] + half):
                row = origin + lists[at]
                row_terms[ends[row]] = term
                row_tf[ends[row]] = lists[at + half]
                ends[row] += 1
