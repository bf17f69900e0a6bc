"""Conditions of one item that no company can meet together, each pair with its places in the tree.

Only what must hold together is compared: the children of 且, what stands under 非 turned round, and each branch of
或 by itself with what stands above it. `item_demands` says whether two of them deny each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_corpus.item_demands import Demand, deny_each_other
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Node, Not


@dataclass(frozen=True, slots=True)
class Clash:
    """Two demands that cannot both hold (certain), or hardly. other: None for a 或 none of whose branches can hold."""

    path: str
    one: Demand | None
    other: Demand | None
    certain: bool


def find_clashes(conditions: AllOf, path: str = "conditions") -> list[Clash]:
    """What cannot hold together in a tree, in the order of the tree."""
    return list(_in_all([_Place(path, conditions, False)], []))


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    node: Node
    denied: bool


def _in_all(places: Sequence[_Place], above: list[Demand]) -> Iterator[Clash]:
    demands, choices = _gathered(places)
    known = list(above)
    for demand in demands:
        yield from _first_clash(demand, known)
        known.append(demand)
    for choice, branches in choices:
        yield from _in_any(choice, branches, known)


def _in_any(choice: str, branches: Sequence[_Place], above: list[Demand]) -> Iterator[Clash]:
    """Each branch by itself: a branch that cannot hold is idle, a 或 all of whose branches cannot hold is a contradiction."""
    found = [list(_in_all([branch], above)) for branch in branches]
    dead = [any(clash.certain for clash in clashes) for clashes in found]
    if found and all(dead):
        yield Clash(choice, None, None, True)
    for clashes in found:
        for clash in clashes:
            yield Clash(clash.path, clash.one, clash.other, False)


def _gathered(places: Sequence[_Place]) -> tuple[list[Demand], list[tuple[str, list[_Place]]]]:
    """All that must hold in the places, nested 且 included, and the 或 among them with their branches."""
    demands: list[Demand] = []
    choices: list[tuple[str, list[_Place]]] = []
    waiting = list(places)
    while waiting:
        place = waiting.pop(0)
        match place.node:
            case FreeText():
                continue
            case Condition():
                demands.append(Demand(place.path, place.node, place.denied))
            case Not(child):
                waiting.insert(0, _Place(f"{place.path}/not", child, not place.denied))
            case AllOf(children) | AnyOf(children):
                name = "all" if isinstance(place.node, AllOf) else "any"
                inside = [
                    _Place(f"{place.path}/{name}/{number}", child, place.denied)
                    for number, child in enumerate(children)
                ]
                # De Morgan: 非(甲且乙) is 非甲或非乙.
                if isinstance(place.node, AllOf) is not place.denied:
                    waiting[:0] = inside
                elif inside:
                    choices.append((place.path, inside))
    return demands, choices


def _first_clash(demand: Demand, known: Sequence[Demand]) -> Iterator[Clash]:
    for other in known:
        if other.condition.attribute != demand.condition.attribute:
            continue
        certain = deny_each_other(other, demand)
        if certain is not None:
            yield Clash(demand.path, demand, other, certain)
            return
