"""Several segments of columns -> the parts of one, with their items in a new order; no condition is decoded.

Called by `Columns.folded`. Distinct conditions meet by the 16 bytes that stand for their form; those that no
item of the new order asks for are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.columns.phrases import PhraseFile

Array = npt.NDArray[Any]


class Joinable(Protocol):
    """What of `Columns` is joined; see there."""

    tokens: Array
    starts: Array
    nested: Array
    depth: int
    attributes: tuple[tuple[str, int], ...]
    bodies: Array
    body_starts: Array
    forms: Array
    phrases: PhraseFile
    distinct: int


def joined_parts(segments: Sequence[Joinable], order: Array) -> dict[str, Any]:
    """What `Columns` is made of. order: positions of the segments one after the other; any may be left out."""
    names = list(dict.fromkeys(name for one in segments for name, _ in one.attributes)) or [""]
    offsets = np.cumsum([0, *(one.distinct for one in segments)])
    tokens, starts = _ordered_programs(segments, offsets, np.asarray(order, np.int64))
    used = np.zeros(int(offsets[-1]), bool)
    used[tokens[tokens >= 0] >> 1] = True
    used[offsets[:-1]] = True  # the one that is always unknown
    forms = _stack([one.forms for one in segments], (0, 2), np.uint64)
    attributes = np.concatenate([np.empty(0, np.int64), *(_attribute_of(one, names) for one in segments)])
    renumbered, kept = _renumber(forms, attributes, used)
    counts = np.bincount(attributes[kept], minlength=len(names))
    bodies, body_starts = _gather(
        [one.bodies for one in segments], [one.body_starts for one in segments], kept, np.uint8
    )
    nested = _stack([one.nested for one in segments], 0, bool)
    return {
        "tokens": np.where(
            tokens < 0, tokens, renumbered[np.maximum(tokens, 0) >> 1] * 2 + (tokens & 1)
        ).astype(np.int32),
        "starts": starts,
        "nested": nested[order],
        "depth": max((one.depth for one in segments), default=1),
        "attributes": tuple(zip(names, counts.tolist(), strict=True)),
        "bodies": bodies,
        "body_starts": body_starts,
        "forms": forms[kept],
        "phrases": _joined_phrases(segments, offsets, renumbered),
    }


def _ordered_programs(segments: Sequence[Joinable], offsets: Array, order: Array) -> tuple[Array, Array]:
    shifted = [
        np.where(one.tokens < 0, one.tokens, one.tokens + 2 * offset)
        for one, offset in zip(segments, offsets[:-1], strict=True)
    ]
    return _gather(shifted, [one.starts for one in segments], order, np.int64)


def _renumber(forms: Array, attributes: Array, used: Array) -> tuple[Array, Array]:
    """The new number of each old one (-1: left out), and the old one that each new one is taken from."""
    old = np.flatnonzero(used)
    by_form = old[np.lexsort((old, forms[old, 1], forms[old, 0]))]
    new = np.ones(len(by_form), bool)
    new[1:] = (forms[by_form[1:]] != forms[by_form[:-1]]).any(axis=1)
    first = by_form[new]  # of each form its first appearance
    rank = np.empty(len(first), np.int64)
    order = np.lexsort((first, attributes[first]))
    rank[order] = np.arange(len(first))
    renumbered = np.full(len(used), -1, np.int64)
    renumbered[by_form] = rank[np.cumsum(new) - 1]
    return renumbered, first[order]


def _joined_phrases(segments: Sequence[Joinable], offsets: Array, renumbered: Array) -> PhraseFile:
    files = [one.phrases for one in segments]
    conditions = _renumbered([one.conditions for one in files], offsets, renumbered)
    incidents = _renumbered([one.incidents for one in files], offsets, renumbered)
    hashes, groups = (
        _stack([getattr(one, name) for one in files], 0, np.uint64) for name in ("hashes", "groups")
    )
    return PhraseFile.joined(
        hashes[conditions >= 0], conditions[conditions >= 0],
        _stack([one.beginnings for one in files], 0, np.uint64), _stack([one.lengths for one in files], 0, np.int32),
        incidents[incidents >= 0], groups[incidents >= 0],
    )  # fmt: skip


def _renumbered(numbers: Sequence[Array], offsets: Array, renumbered: Array) -> Array:
    moved = [one.astype(np.int64) + offset for one, offset in zip(numbers, offsets[:-1], strict=True)]
    return renumbered[_stack(moved, 0, np.int64)].astype(np.int32)


def _attribute_of(columns: Joinable, names: list[str]) -> Array:
    """For each distinct condition the place of its attribute among the names."""
    places = [names.index(name) for name, _ in columns.attributes]
    return np.repeat(np.array(places, np.int64), [count for _, count in columns.attributes])


def _gather(
    values: Sequence[Array], starts: Sequence[Array], order: Array, dtype: Any
) -> tuple[Array, Array]:
    """Pieces of many lengths in a new order: the values, and where each piece starts."""
    joined = _stack(values, 0, dtype)
    sizes = np.cumsum([0, *(len(one) for one in values)])
    begins = _stack([one[:-1] + size for one, size in zip(starts, sizes, strict=False)], 0, np.int64)
    lengths = _stack([np.diff(one) for one in starts], 0, np.int64)[order]
    ends = np.concatenate(([0], np.cumsum(lengths)))
    where = np.repeat(begins[order] - ends[:-1], lengths) + np.arange(ends[-1])
    return joined[where], ends


def _stack(arrays: Sequence[Array], shape: Any, dtype: Any) -> Array:
    return np.concatenate([np.empty(shape, dtype), *(np.asarray(one, dtype) for one in arrays)])
