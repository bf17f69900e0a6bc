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
def _judge_item(tokens, first, last, nested, verdicts, stack):  # type: ignore[no-untyped-def]  # numba infers them
    met = 0
    if not nested:
        least = 2 if last > first else 1
        for at in range(first, last):
            token = tokens[at]
            verdict = verdicts[token >> 1]
            if token & 1:
                verdict = 2 - verdict
            met += verdict == 2
            least = min(least, verdict)
        return least, met
    top = -1
    for at in range(first, last):
        token = tokens[at]
        if token >= 0:
            verdict = verdicts[token >> 1]
            if token & 1:
                verdict = 2 - verdict
            met += verdict == 2
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
    return stack[0], met


@njit(nogil=True, cache=True)
def judge_span(tokens, starts, nested, verdicts, first, last, depth, verdict, met):  # type: ignore[no-untyped-def]
    """Items first..last-1; verdict int8 and met int32 (last - first long) are written; depth: of the stack."""
    stack = np.empty(depth, np.int8)
    for item in range(first, last):
        found = _judge_item(tokens, starts[item], starts[item + 1], nested[item], verdicts, stack)
        verdict[item - first], met[item - first] = found


@njit(nogil=True, cache=True)
def judge_at(tokens, starts, nested, verdicts, positions, depth, verdict, met):  # type: ignore[no-untyped-def]
    """The items at the positions (int64, any order); verdict int8 and met int32 are written."""
    stack = np.empty(depth, np.int8)
    for number in range(len(positions)):
        item = positions[number]
        found = _judge_item(tokens, starts[item], starts[item + 1], nested[item], verdicts, stack)
        verdict[number], met[number] = found
