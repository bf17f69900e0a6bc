"""Judge the condition trees of many items against one vector of verdicts, compiled; twin of `trees_plain`.

Called by `matching.columns` through `switch.loops("trees")`. A program is the postfix form of a tree:
a token of 0 or more is a leaf, 2 x the number of its condition, plus 1 where it is denied; -1 joins the last
two by 且, -2 by 或, -3 stands for an empty group. An item that is not nested has leaves alone, joined by 且.
Verdicts: 0 not met, 1 unknown, 2 met.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_BOTH, _EITHER = -1, -2


@njit(nogil=True, cache=True)
def _signed(token, verdicts):  # type: ignore[no-untyped-def]  # numba infers the types
    """The verdict on a leaf, turned round where it is denied; without a branch, for it could not be foretold."""
    verdict = np.int32(verdicts[np.uint32(token) >> np.uint32(1)])
    denied = np.int32(token & 1)
    return verdict + 2 * denied - 2 * verdict * denied


@njit(nogil=True, cache=True)
def _flat(tokens, first, last, verdicts):  # type: ignore[no-untyped-def]
    """The verdict on leaves joined by 且, plus 4 x how many are met."""
    least, met = np.int32(2), np.int32(0)
    for at in range(first, last):
        verdict = _signed(tokens[at], verdicts)
        met += verdict >> 1
        least = min(least, verdict)
    return (np.int32(1) if first == last else least) + 4 * met


@njit(nogil=True, cache=True)
def _nested(tokens, first, last, verdicts, stack):  # type: ignore[no-untyped-def]
    """The verdict of any program, plus 4 x how many leaves are met."""
    top, met = -1, np.int32(0)
    for at in range(first, last):
        token = tokens[at]
        if token >= 0:
            verdict = _signed(token, verdicts)
            met += verdict >> 1
            top += 1
            stack[top] = verdict
        elif token == _BOTH:
            top -= 1
            stack[top] = min(stack[top], stack[top + 1])
        elif token == _EITHER:
            top -= 1
            stack[top] = max(stack[top], stack[top + 1])
        else:
            top += 1
            stack[top] = 1
    return np.int32(stack[0]) + 4 * met


@njit(nogil=True, cache=True)
def judge_span(tokens, starts, nested, verdicts, first, last, depth, verdict, met):  # type: ignore[no-untyped-def]
    """Items first..last-1; verdict int8 and met int32 (last - first long) are written; depth: of the stack."""
    stack = np.empty(depth, np.int8)
    for item in range(first, last):
        begin, end = np.uint64(starts[item]), np.uint64(starts[item + 1])
        deep = nested[item]
        both = _nested(tokens, begin, end, verdicts, stack) if deep else _flat(tokens, begin, end, verdicts)
        verdict[item - first], met[item - first] = both & 3, both >> 2
