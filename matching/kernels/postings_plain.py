"""Make inverted lists in numpy: what `postings_compiled` does, with the same arrays as its result.

Called through `switch.loops("postings")` by `matching.postings`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_SHIFT = 16
_BLOCK = 1 << _SHIFT
_MOST = _BLOCK - 1


def index_tokens(
    tokens: Array, token_starts: Array, columns: int
) -> tuple[Array, Array, Array, Array, Array]:
    """Texts as columns with repeats -> row starts, terms, tf (terms ascending), list starts, lists."""
    size = len(token_starts) - 1
    row_of = np.repeat(np.arange(size, dtype=np.int64), np.diff(token_starts))
    keys = np.sort(row_of * max(columns, 1) + tokens)
    is_first = np.ones(len(keys), bool)
    is_first[1:] = keys[1:] != keys[:-1]
    first = np.flatnonzero(is_first)
    tf = np.minimum(np.diff(np.append(first, len(keys))), _MOST).astype(np.uint16)
    row_of, terms = np.divmod(keys[first], max(columns, 1))
    row_starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(row_of, minlength=size), out=row_starts[1:])
    terms = terms.astype(np.int32)
    return row_starts, terms, tf, *invert(row_starts, terms, tf, columns)


def invert(row_starts: Array, row_terms: Array, row_tf: Array, columns: int) -> tuple[Array, Array]:
    """Rows -> starts int64 [2 * blocks * columns + 1], lists uint16, as `Segment` describes them."""
    size = len(row_starts) - 1
    blocks = -(-size // _BLOCK)
    position = np.repeat(np.arange(size, dtype=np.int64), np.diff(row_starts))
    often = row_tf > 1
    runs = 2 * ((position >> _SHIFT) * columns + row_terms) + often
    lengths = np.bincount(runs, minlength=2 * blocks * columns)
    lengths[1::2] *= 2
    starts = np.zeros(2 * blocks * columns + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    lists = np.empty(starts[-1], np.uint16)
    for kind in (0, 1):
        chosen = often == bool(kind)
        keys = (runs[chosen] << _SHIFT) | (position[chosen] & _MOST)
        order = np.argsort(keys, kind="stable") if kind else None
        keys = np.sort(keys) if order is None else keys[order]
        run = keys >> _SHIFT
        counts = np.bincount(run, minlength=len(lengths))
        place = starts[run] + np.arange(len(run)) - (np.cumsum(counts) - counts)[run]
        lists[place] = keys & _MOST
        if order is not None:
            lists[place + counts[run]] = row_tf[chosen][order]
    return starts, lists
