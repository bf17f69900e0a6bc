"""What the parts of a parsed pattern take: with which characters they begin, which they must take; called by costs."""

from __future__ import annotations

import re._constants as sre
from dataclasses import dataclass
from typing import Any

from tests.linearity.charsets import ANY, EMPTY, CharSet, of_node, overlap, union

Nodes = list[Any]
UNBOUNDED = 200
LOOPS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)


@dataclass(frozen=True, slots=True)
class Shape:
    """first: with which characters a part can begin; empty: it can take nothing; sure: it can do so everywhere."""

    first: CharSet
    empty: bool
    sure: bool


def shape_of(nodes: Nodes, flags: int) -> Shape:
    """The shape of a sequence of parts."""
    first, empty, sure = EMPTY, True, True
    for node in reversed(nodes):
        part = _shape_of_node(*node, flags)
        first = union(part.first, first) if part.empty else part.first
        empty, sure = part.empty and empty, part.sure and sure
    return Shape(first, empty, sure)


def _shape_of_node(operation: Any, argument: Any, flags: int) -> Shape:
    single = of_node(operation, argument, flags)
    if single is not None:
        return Shape(single, empty=False, sure=False)
    if operation is sre.ASSERT and argument[0] > 0:  # what comes next begins like the words looked ahead to
        ahead = shape_of(argument[1], flags)
        return Shape(ANY if ahead.empty else ahead.first, empty=False, sure=False)
    if operation in ZERO_WIDTH:
        return Shape(EMPTY, empty=True, sure=False)
    ways = [shape_of(list(way), flags) for way in insides(operation, argument)]
    optional = operation in LOOPS and argument[0] == 0
    return Shape(
        union(*(way.first for way in ways)),
        optional or any(way.empty for way in ways),
        optional or any(way.sure for way in ways),
    )


def insides(operation: Any, argument: Any) -> list[Nodes]:
    """The sequences inside a part: the alternatives of a branch, the body of a loop or group."""
    if operation in LOOPS:
        return [list(argument[2])]
    if operation is sre.SUBPATTERN:
        return [list(argument[3])]
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(argument[1])]
    if operation is sre.ATOMIC_GROUP:
        return [list(argument)]
    return [list(way) for way in argument[1]] if operation is sre.BRANCH else []


def taken_by(nodes: Nodes, flags: int) -> CharSet:
    """Every character that a sequence can take."""
    found = []
    for operation, argument in nodes:
        single = of_node(operation, argument, flags)
        found += [single] if single is not None else []
        found += [taken_by(way, flags) for way in insides(operation, argument)]
    return union(*found)


def is_unbounded(most: Any) -> bool:
    """Whether a repeat counts as one without end."""
    return most is sre.MAXREPEAT or most > UNBOUNDED


def taken_without_end(operation: Any, argument: Any, flags: int) -> CharSet:
    """Every character that an unbounded repeat in a part can take."""
    if operation in LOOPS and is_unbounded(argument[1]):
        return taken_by(list(argument[2]), flags)
    ways = [node for way in insides(operation, argument) for node in way]
    return union(*(taken_without_end(*node, flags) for node in ways))


def required_by(operation: Any, argument: Any, flags: int) -> tuple[CharSet, ...]:
    """The characters that a part must take, one set for each place; none where it can do without."""
    single = of_node(operation, argument, flags)
    if single is not None:
        return (single,)
    behind = operation is sre.ASSERT and argument[0] < 0
    if operation in (sre.SUBPATTERN, sre.ATOMIC_GROUP) or behind or (operation in LOOPS and argument[0] > 0):
        (inside,) = insides(operation, argument)
        return tuple(one for node in inside for one in required_by(*node, flags))
    if operation is sre.BRANCH:
        ways = [
            [one for node in way for one in required_by(*node, flags)] for way in insides(operation, argument)
        ]
        return (union(*(way[0] for way in ways)),) if all(ways) else ()
    return ()


def befores(nodes: Nodes, before: tuple[CharSet, ...] | None, flags: int) -> list[tuple[CharSet, ...] | None]:
    """For each part what must have been taken before it at a bounded distance; None behind ^ or \\A.

    What an unbounded repeat in between can take as well is no such mark.
    """
    found, now = [], before
    for operation, argument in nodes:
        found.append(now)
        if operation is sre.AT and argument in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            now = None
        elif now is not None:
            endless = taken_without_end(operation, argument, flags)
            now = tuple(
                one for one in (*now, *required_by(operation, argument, flags)) if not overlap(one, endless)
            )
    return found
