"""What differs between two versions of a policy item, piece by piece; the words for it are in `matching.item_wording`.

Conditions are paired by what they ask and by their sentence, not by their place, so that one moved into another
group is not shown as gone and new. Pure; called by history, re-import and the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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
    yield from _told(field, _paired(before, after))


def _trees(field: str, old: AllOf, new: AllOf) -> Iterator[PieceChange]:
    pairs = _paired(list(placed_leaves(field, old)), list(placed_leaves(field, new)))
    found = list(_told(field, pairs))
    yield from found
    if not found or _is_regrouped(field, old, new, pairs):
        yield PieceChange(field, field, old, new)


def _is_regrouped(field: str, old: AllOf, new: AllOf, pairs: Sequence[_Pair]) -> bool:
    """Whether conditions are joined in another way than by adding to, and taking from, what must all hold."""
    before = {pair.old[0]: number for number, pair in enumerate(pairs) if pair.old}
    after = {pair.new[0]: number for number, pair in enumerate(pairs) if pair.new}
    if any(_is_inside(pair.old[0]) for pair in pairs if pair.old and not pair.new):
        return True
    came = [number for number, pair in enumerate(pairs) if not pair.old]
    gone = [number for number, pair in enumerate(pairs) if not pair.new]
    kept = {path: number for path, number in before.items() if number not in gone}
    return bool(_joined(_grouping(field, old, kept), came) != _joined(_grouping(field, new, after), []))


def _is_inside(path: str) -> bool:
    return "/any/" in path or "/not" in path


def _joined(grouping: Any, more: Sequence[int]) -> Any:
    """A grouping with further leaves that must hold too."""
    whole = grouping[1:] if isinstance(grouping, tuple) and grouping[0] == "all" else (grouping,)
    return sorted((one for one in (*whole, *more) if one is not None), key=repr)


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


def _grouping(path: str, node: Node, kept: dict[str, int]) -> Any:
    """How the leaves that stand in both trees are joined, whatever their order; None where there are none."""
    match node:
        case AllOf(children) | AnyOf(children):
            name = "all" if isinstance(node, AllOf) else "any"
            inside = [
                _grouping(f"{path}/{name}/{number}", child, kept) for number, child in enumerate(children)
            ]
            there = [one for one in inside if one is not None]
            if name == "all":  # 且 within 且 is one 且
                there = [
                    part
                    for one in there
                    for part in (one[1:] if isinstance(one, tuple) and one[0] == "all" else (one,))
                ]
            return (name, *sorted(there, key=repr)) if len(there) > 1 else there[0] if there else None
        case Not(child):
            denied = _grouping(f"{path}/not", child, kept)
            return None if denied is None else ("not", denied)
        case _:
            return kept.get(path)


class _Pair(NamedTuple):
    """A piece of the old and the new version, each with its path; None where there is none."""

    old: tuple[str, Any] | None
    new: tuple[str, Any] | None


def _told(field: str, pairs: Sequence[_Pair]) -> Iterator[PieceChange]:
    for old, new in pairs:
        before, after = (one[1] if one else None for one in (old, new))
        path = (new or old or ("", None))[0]
        if before != after:
            yield PieceChange(field, path, before, after)


def _paired(old: Sequence[tuple[str, Any]], new: Sequence[tuple[str, Any]]) -> list[_Pair]:
    """Pieces paired by ever looser likeness: equal ones, then alike ones; the rest is new, and last what is gone."""
    left, partner = list(old), dict[str, tuple[str, Any]]()
    for alike in (lambda piece: piece, _alike_in_text, _alike_in_kind):
        for path, piece in new:
            match = next((one for one in left if path not in partner and alike(one[1]) == alike(piece)), None)
            if match is not None:
                left.remove(match)
                partner[path] = match
    return [
        *(_Pair(partner.get(path), (path, piece)) for path, piece in new),
        *(_Pair(one, None) for one in left),
    ]


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
