"""A regular expression -> an upper bound of the work of one attempt, or why none can be given.

Python's matcher backtracks: where a part can match in several ways, all that follows is tried for each of them. This
module counts those ways. What it accepts is linear in the length of the text, by these rules:

1. A repeat of at most 200 is *bounded*. The work of an attempt with bounded repeats alone is a number that does not
   depend on the text; it must be at most MOST_STEPS (of some 10 ns, and far more than any text brings about). A
   search makes one attempt a character; a pattern tied to the start of the text makes one in all, and may take
   ONE_ATTEMPT times as many steps.
2. A longer repeat is *unbounded* and may cost the whole text, so one attempt may walk each stretch only once, and no
   two attempts may walk the same stretch:
   a. it stands in no other repeat;
   b. its body is matched in one way only and is never empty;
   c. what can follow it - through everything optional, to the end of the pattern - begins with none of the characters
      that its body begins with, so it stops in one place;
   d. nothing behind it can fail (then a search ends there), or the pattern is tied to the start of the text, or a part
      that must match before it, at a bounded distance, takes none of its characters: then as many attempts reach one
      stretch as that distance allows.
3. An atomic group (?>…) counts as one way: nothing behind it tries another. Back references, conditional groups and
   possessive repeats are refused: nobody here needs them.

Ways multiply along a sequence. A repeat counts as one way where what must follow begins with characters it does not
take; alternatives count together only where they can begin with the same character.
"""

from __future__ import annotations

import re._constants as sre
import re._parser as parser
from dataclasses import dataclass, replace
from typing import Any

from tests.linearity.charsets import EMPTY, CharSet, of_node, overlap, union
from tests.linearity.shapes import (
    LOOPS,
    ZERO_WIDTH,
    Nodes,
    befores,
    insides,
    is_unbounded,
    shape_of,
    taken_by,
)

MOST_STEPS = 100_000
ONE_ATTEMPT = 10


class Refused(Exception):
    """Why a pattern is not known to be linear."""


@dataclass(frozen=True, slots=True)
class Cost:
    """ways: in how many a part can match from one place; steps: the work of trying all; edge: that of the checks
    without width at its beginning, which every way of what stands before it meets."""

    ways: int
    steps: int
    edge: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands. follow: with which characters what comes behind it can begin; can_fail: whether that can
    fail; repeated: inside a repeat; before: what must match before it (see shapes.befores)."""

    follow: CharSet = EMPTY
    can_fail: bool = False
    repeated: bool = False
    before: tuple[CharSet, ...] | None = ()


def steps_of(pattern: str | bytes, flags: int = 0) -> int:
    """The work of one attempt at most, an unbounded repeat counted once. Raises Refused.

    >>> steps_of("[^，]{0,20}企业")
    83
    >>> steps_of("《[^《》]+》") < 10
    True
    """
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(text, flags & ~sre.SRE_FLAG_UNICODE)
    found = _sequence(list(tree), Place(), flags | tree.state.flags)
    if found.steps > MOST_STEPS * (ONE_ATTEMPT if _is_tied(list(tree)) else 1):
        raise Refused(f"one attempt may take {found.steps} steps")
    return found.steps


def _is_tied(nodes: Nodes) -> bool:
    """Whether a pattern begins with ^ or \\A in all its alternatives, so that a search makes one attempt in all."""
    if not nodes:
        return False
    operation, argument = nodes[0]
    if operation is sre.AT:
        return argument in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING)
    ways = insides(operation, argument) if operation in (sre.BRANCH, sre.SUBPATTERN) else []
    return bool(ways) and all(_is_tied(way) for way in ways)


def _sequence(nodes: Nodes, place: Place, flags: int) -> Cost:
    """The parts from the last to the first, each knowing what follows it."""
    marks = befores(nodes, place.before, flags)
    total = Cost(1, 0)
    for at in range(len(nodes) - 1, -1, -1):
        rest, (operation, argument) = shape_of(nodes[at + 1 :], flags), nodes[at]
        here = Place(
            union(rest.first, place.follow) if rest.empty else rest.first,
            place.can_fail or not rest.sure,
            place.repeated,
            marks[at],
        )
        part = _node(operation, argument, here, flags)
        met = argument[1] * total.edge if operation in LOOPS and not is_unbounded(argument[1]) else 0
        empty = shape_of([nodes[at]], flags).empty
        total = Cost(
            part.ways * total.ways,
            part.steps + met + part.ways * total.steps,
            part.edge + total.edge * empty,
        )
    return total


def _node(operation: Any, argument: Any, place: Place, flags: int) -> Cost:
    if of_node(operation, argument, flags) is not None:
        return Cost(1, 1)
    if operation in LOOPS:
        return _loop(*argument, place, flags)
    if operation is sre.SUBPATTERN:
        return _sequence(list(argument[3]), place, flags)
    if operation is sre.BRANCH:
        return _branch(insides(operation, argument), place, flags)
    if operation is sre.AT:
        return Cost(1, 1, 1)
    if operation in ZERO_WIDTH:  # it is left at its first success: nothing behind it tries another way
        inside = _sequence(list(argument[1]), Place(EMPTY, True, place.repeated, place.before), flags)
        return Cost(1, inside.steps, inside.steps)
    if operation is sre.ATOMIC_GROUP:  # the same, though it takes what it matches
        inside = _sequence(list(argument), Place(EMPTY, True, place.repeated, place.before), flags)
        return Cost(1, inside.steps, inside.edge)
    raise Refused(f"{operation} is not used here")


def _loop(least: int, most: Any, body: Any, place: Place, flags: int) -> Cost:
    nodes = list(body)
    shape, again = shape_of(nodes, flags), most is sre.MAXREPEAT or most > 1
    follow = union(shape.first, place.follow) if again else place.follow
    inner = _sequence(
        nodes,
        replace(place, follow=follow, can_fail=place.can_fail or again, repeated=place.repeated or again),
        flags,
    )
    if is_unbounded(most):
        _check_unbounded(inner, nodes, place, flags)
        return Cost(1, inner.steps, inner.edge)
    if shape.empty and again:
        raise Refused("a repeat of what can be empty")
    stops = inner.ways == 1 and not overlap(shape.first, place.follow)
    ways = 1 if stops else sum(inner.ways**times for times in range(least, most + 1))
    tried = sum(inner.ways**times for times in range(most))
    return Cost(ways, tried * inner.steps + ways + (most if stops else 0), inner.edge)


def _check_unbounded(inner: Cost, body: Nodes, place: Place, flags: int) -> None:
    """Rule 2. Raises Refused."""
    shape, taken = shape_of(body, flags), taken_by(body, flags)
    if place.repeated:
        raise Refused("an unbounded repeat stands inside another repeat")
    if shape.empty or inner.ways > 1:
        raise Refused("the body of an unbounded repeat can match in several ways or be empty")
    if overlap(shape.first, place.follow):
        raise Refused("what follows an unbounded repeat can begin like it")
    tied = place.before is None or any(not overlap(one, taken) for one in place.before)
    if place.can_fail and not tied:
        raise Refused("an unbounded repeat can begin anywhere, and what follows it can fail")


def _branch(ways: list[Nodes], place: Place, flags: int) -> Cost:
    """Alternatives: only those that can begin with the same character are tried one after the other."""
    shapes = [shape_of(way, flags) for way in ways]
    costs = [_sequence(way, place, flags) for way in ways]
    worst = Cost(1, 0)
    for code in _representatives(shapes):
        alike = [
            at for at, shape in enumerate(shapes) if shape.empty or overlap(shape.first, ((code, code),))
        ]
        literal = [at for at in alike if ways[at][0:1] == [(sre.LITERAL, code)]]
        if len(alike) > 1 and literal == alike:  # words that share their beginning
            found = _branch([ways[at][1:] for at in alike], place, flags)
        else:
            found = Cost(sum(costs[at].ways for at in alike), sum(costs[at].steps for at in alike))
        worst = Cost(max(worst.ways, found.ways), max(worst.steps, found.steps))
    return Cost(worst.ways, worst.steps + len(ways), max(cost.edge for cost in costs))


def _representatives(shapes: list[Any]) -> list[int]:
    """One character for each group of characters with which the same alternatives can begin."""
    edges = {edge for shape in shapes for low, high in shape.first for edge in (low, high + 1)}
    return [-1, *sorted(edges)]
