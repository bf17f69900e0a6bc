"""What differs between two versions of a policy item, piece by piece; the words for it are in `matching.item_wording`.

Conditions are paired by what they ask and by their sentence, not by their place, so that one moved into another
group is not shown as gone and new. Pure; called by history, re-import and the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    Condition,
    Leaf,
    Node,
    Not,
    PolicyItem,
    Quoted,
    leaves,
)

Piece = Leaf | Benefit | ApplicationWindow | Quoted | str | bool | AllOf


@dataclass(frozen=True, slots=True)
class PieceChange:
    """One piece that differs. field: the field of the item; path: its place in the newer version, in the older if it is gone.

    before, after: the piece, None where it is not there. For a changed grouping both are whole trees.
    """

    field: str
    path: str
    before: Piece | None
    after: Piece | None


def find_changes(old: PolicyItem, new: PolicyItem) -> tuple[PieceChange, ...]:
    """Everything that differs, in the order of the fields; the status, which is no part of the text, left out."""
    return tuple(
        change
        for field, compare in _COMPARISONS
        if getattr(old, field) != getattr(new, field)
        for change in compare(field, getattr(old, field), getattr(new, field))
    )


def changed_fields(old: PolicyItem, new: PolicyItem) -> tuple[str, ...]:
    """The fields that differ at all, sentences included."""
    return tuple(field for field, _ in _COMPARISONS if getattr(old, field) != getattr(new, field))


def _one(field: str, old: Any, new: Any) -> Iterator[PieceChange]:
    yield PieceChange(field, field, old, new)


def _many(field: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[PieceChange]:
    before = [(f"{field}/{number}", piece) for number, piece in enumerate(old)]
    after = [(f"{field}/{number}", piece) for number, piece in enumerate(new)]
    yield from _paired(field, before, after)


def _trees(field: str, old: AllOf, new: AllOf) -> Iterator[PieceChange]:
    found = list(_paired(field, list(placed_leaves(field, old)), list(placed_leaves(field, new))))
    yield from found
    if not found or _shape(old) != _shape(new):
        same = {leaf: number for number, leaf in enumerate(dict.fromkeys(leaves(new)))}
        if not found or (set(leaves(old)) == set(same)):
            yield PieceChange(field, field, old, new)


def placed_leaves(path: str, node: Node) -> Iterator[tuple[str, Leaf]]:
    """Every leaf of a tree with its path."""
    match node:
        case AllOf(children) | AnyOf(children):
            name = "all" if isinstance(node, AllOf) else "any"
            for number, child in enumerate(children):
                yield from placed_leaves(f"{path}/{name}/{number}", child)
        case Not(child):
            yield from placed_leaves(f"{path}/not", child)
        case _:
            yield path, node


def _shape(node: Node) -> Any:
    match node:
        case AllOf(children):
            return ("all", *map(_shape, children))
        case AnyOf(children):
            return ("any", *map(_shape, children))
        case Not(child):
            return ("not", _shape(child))
        case _:
            return "leaf"


def _paired(
    field: str, old: Sequence[tuple[str, Any]], new: Sequence[tuple[str, Any]]
) -> Iterator[PieceChange]:
    """Pieces paired by ever looser likeness: equal ones are unchanged, alike ones changed, the rest gone or new."""
    left, right = list(old), list(new)
    pairs: dict[str, tuple[Any, Any]] = {}
    for alike in (lambda piece: piece, _alike_in_text, _alike_in_kind):
        for path, piece in list(right):
            match = next((one for one in left if alike(one[1]) == alike(piece)), None)
            if match is not None:
                left.remove(match)
                right.remove((path, piece))
                pairs[path] = (match[1], piece)
    for path, piece in new:
        if path in pairs and pairs[path][0] != pairs[path][1]:
            yield PieceChange(field, path, *pairs[path])
        elif path not in pairs:
            yield PieceChange(field, path, None, piece)
    for path, piece in left:
        yield PieceChange(field, path, piece, None)


def _alike_in_text(piece: Any) -> Hashable:
    """What stays the same when a person corrects the reading of a sentence."""
    match piece:
        case Condition():
            return "condition", piece.attribute, piece.span
        case Benefit():
            return "benefit", piece.span
        case Quoted():
            return "quoted", piece.text
        case _:
            return type(piece).__name__, piece.span


def _alike_in_kind(piece: Any) -> Hashable:
    """What stays the same when a person gives a condition another value, or a sentence another meaning."""
    match piece:
        case Condition():
            return "condition", piece.attribute
        case Benefit():
            return "benefit", piece.kind
        case Quoted():
            return "quoted", piece.span.quote
        case _:
            return type(piece).__name__, id(piece)


_COMPARISONS: tuple[tuple[str, Callable[[str, Any, Any], Iterator[PieceChange]]], ...] = (
    ("title", _one),
    ("conditions", _trees),
    ("benefits", _many),
    ("window", _one),
    ("materials", _many),
    ("department", _one),
    ("contacts", _many),
    ("channel", _one),
    ("no_application", _one),
)
