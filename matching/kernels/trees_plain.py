"""Judge the condition trees of many items against one vector of verdicts, in numpy; twin of `trees_compiled`.

Which see for the form of a program. Flat items are judged all at once; nested ones step by step, every step
of all of them at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_BOTH, _EITHER = -1, -2


def judge_span(
    tokens: Array,
    starts: Array,
    nested: Array,
    verdicts: Array,
    first: int,
    last: int,
    depth: int,
    verdict: Array,
    met: Array,
) -> None:
    """Items first..last-1; verdict int8 and met int32 (last - first long) are written; depth: of the stack."""
    begin, end = starts[first], starts[last]
    _judge(
        tokens[begin:end], starts[first : last + 1] - begin, nested[first:last], verdicts, depth, verdict, met
    )


def _judge(
    tokens: Array, bounds: Array, nested: Array, verdicts: Array, depth: int, verdict: Array, met: Array
) -> None:
    leaf = tokens >= 0
    signed = np.where(leaf, verdicts[np.where(leaf, tokens >> 1, 0)], np.int8(0))
    signed = np.where(leaf & (tokens & 1 == 1), 2 - signed, signed)
    counts = np.concatenate(([0], np.cumsum(leaf & (signed == 2))))
    met[:] = counts[bounds[1:]] - counts[bounds[:-1]]
    verdict[:] = 1
    filled = np.flatnonzero(bounds[1:] > bounds[:-1])
    if filled.size:
        verdict[filled] = np.minimum.reduceat(signed, bounds[filled])
    deep = np.flatnonzero(nested)
    if deep.size:
        verdict[deep] = _run(tokens, signed, bounds[deep], bounds[deep + 1], depth)


def _run(tokens: Array, signed: Array, begin: Array, end: Array, depth: int) -> Array:
    """The verdicts of programs with a stack for each: row by row the next token of all that still run."""
    order = np.argsort(begin - end, kind="stable")  # longest first: those that still run are the first ones
    begin, lengths = begin[order], (end - begin)[order]
    stack = np.ones((len(begin), depth + 1), np.int8)
    top = np.full(len(begin), -1)
    for step in range(int(lengths[0])):
        running = int(np.searchsorted(-lengths, -step, side="left"))
        at, rows = begin[:running] + step, np.arange(running)
        token = tokens[at]
        joins = (token == _BOTH) | (token == _EITHER)
        top[:running] += np.where(joins, -1, 1)
        place = top[:running]
        pushed = np.where(token >= 0, signed[at], 1)
        one, other = stack[rows, place], stack[rows, np.minimum(place + 1, depth)]
        joined = np.where(token == _BOTH, np.minimum(one, other), np.maximum(one, other))
        stack[rows, place] = np.where(joins, joined, pushed)
    found = np.empty(len(begin), np.int8)
    found[order] = stack[:, 0]
    return found
