"""The most that can be paid of several sums where caps bind some of them together; called by `combination`.

Of each sum at most itself is paid, of the sums under a cap together at most the cap. Caps as a rule lie inside one
another (of a paragraph, of an article, of a year), which takes one pass; caps that cross are a linear programme, solved
exactly in fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Cap = tuple[frozenset[int], int]
_Row = list[Fraction]


def most_paid(sums: Mapping[int, int], caps: Sequence[Cap]) -> Fraction:
    """The most that is paid of the sums under the caps. sums: by key; caps: keys (others are ignored) and the cap.

    >>> most_paid({1: 60, 2: 70, 3: 5}, [(frozenset({1, 2}), 100)])
    Fraction(105, 1)
    >>> most_paid({1: 9, 2: 9, 3: 9}, [(frozenset({1, 2}), 9), (frozenset({2, 3}), 9), (frozenset({1, 3}), 9)])
    Fraction(27, 2)
    """
    groups: dict[frozenset[int], int] = {}
    for key, amount in sums.items():
        under = frozenset(number for number, (keys, _) in enumerate(caps) if key in keys)
        groups[under] = groups.get(under, 0) + amount
    free = groups.pop(frozenset(), 0)
    limits = {number: limit for number, (_, limit) in enumerate(caps)}
    members = {number: frozenset(group for group in groups if number in group) for number in limits}
    if _are_nested(members.values()):
        return Fraction(free + _nested(groups, [(members[number], limits[number]) for number in limits]))
    return free + _crossing(list(groups.items()), limits)


def _are_nested(sets: Collection[frozenset[frozenset[int]]]) -> bool:
    return all(one <= other or other <= one or not one & other for one, other in combinations(sets, 2))


def _nested(
    groups: Mapping[frozenset[int], int], caps: Sequence[tuple[frozenset[frozenset[int]], int]]
) -> int:
    """Caps that lie inside one another, from the inmost outwards: what is paid below a cap is one sum above it."""
    blocks = [(frozenset({group}), amount) for group, amount in groups.items()]
    for members, limit in sorted(caps, key=lambda cap: len(cap[0])):
        inside = [block for block in blocks if block[0] <= members]
        if inside:
            blocks = [block for block in blocks if not block[0] <= members]
            blocks.append((members, min(limit, sum(amount for _, amount in inside))))
    return sum(amount for _, amount in blocks)


def _crossing(groups: Sequence[tuple[frozenset[int], int]], limits: Mapping[int, int]) -> Fraction:
    """Maximise the sum of x under x <= sum of its group and, for each cap, the x under it <= cap (simplex method).

    Bland's rule keeps it from going round in circles; all limits are >= 0, so nothing paid is a place to start.
    """
    count = len(groups)
    rows: list[_Row] = []
    for place, (_, amount) in enumerate(groups):
        rows.append([Fraction(at == place) for at in range(count)] + [Fraction(amount)])
    for number, limit in limits.items():
        rows.append([Fraction(number in under) for under, _ in groups] + [Fraction(limit)])
    slacks = len(rows)
    table = [
        row[:-1] + [Fraction(at == place) for at in range(slacks)] + row[-1:]
        for place, row in enumerate(rows)
    ]
    goal = [Fraction(-1)] * count + [Fraction(0)] * (slacks + 1)
    basis = list(range(count, count + slacks))
    while (entering := next((at for at, cost in enumerate(goal[:-1]) if cost < 0), None)) is not None:
        ratios = [
            (row[-1] / row[entering], basis[at], at) for at, row in enumerate(table) if row[entering] > 0
        ]
        leaving = min(ratios)[2]  # never empty: each x has a limit of its own
        _pivot(table, goal, leaving, entering)
        basis[leaving] = entering
    return goal[-1]


def _pivot(table: list[_Row], goal: _Row, leaving: int, entering: int) -> None:
    pivot = table[leaving][entering]
    table[leaving] = [value / pivot for value in table[leaving]]
    for row in (*table[:leaving], *table[leaving + 1 :], goal):
        if factor := row[entering]:
            row[:] = [value - factor * base for value, base in zip(row, table[leaving], strict=True)]
