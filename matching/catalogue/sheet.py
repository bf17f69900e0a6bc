"""What is kept of each item beside its words and conditions: its id, window, benefits in figures, and its body.

A sheet holds one segment of the catalogue, one entry a position. Called by `catalogue` when it is built,
changed or opened. The body is the item itself as JSON, packed, and is unpacked only for what is shown.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.amounts import most_of_item
from matching.array_files import under
from matching.strings import StringTable
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import BenefitKind, ItemStatus, PolicyItem

HAS_WINDOW, ALWAYS, YEARLY, NO_APPLICATION = 1, 2, 4, 8
KIND_BITS = {kind: 1 << place for place, kind in enumerate(BenefitKind)}
NO_SUM = -1
_PER_YUAN = 1000  # sums are kept in thousandths of a yuan
_NUMBERS = {"opens_on": np.int32, "closes_on": np.int32, "marks": np.uint8, "kinds": np.uint16,
            "most": np.int64, "documents": np.int32, "id_ranks": np.int32, "body_starts": np.int64}  # fmt: skip

_COLUMNS = ("opens_on", "closes_on", "marks", "kinds", "most", "documents")  # what an item says itself


@dataclass(frozen=True)
class Sheet:
    """One entry a position. opens_on, closes_on: ordinal days, 0 for none; kinds: KIND_BITS joined.

    marks: the window's and the item's flags; most: thousandths of a yuan, NO_SUM where no sum is written;
    documents: the place of the item's document in `document_ids`; id_ranks: the place of the id in their order.
    """

    ids: StringTable
    document_ids: StringTable
    numbers: Mapping[str, npt.NDArray[Any]]
    bodies: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, items: Iterable[PolicyItem]) -> Sheet:
        """The sheet of items in their order."""
        builder = SheetBuilder()
        for item in items:
            builder.add(item)
        return builder.freeze()

    @classmethod
    def joined(cls, sheets: Sequence[Sheet], order: npt.NDArray[np.int64]) -> Sheet:
        """The entries of several sheets in a new order; order: places among all of them, any may be left out."""
        ids = [id_ for sheet in sheets for id_ in sheet.ids]
        documents: dict[str, int] = {}
        places = []
        for sheet in sheets:
            renumbered = [documents.setdefault(id_, len(documents)) for id_ in sheet.document_ids]
            places.append(np.array(renumbered, np.int32)[sheet.numbers["documents"]])
        numbers = {
            name: np.concatenate([sheet.numbers[name] for sheet in sheets])[order]
            for name in _COLUMNS
            if name != "documents"
        }
        numbers["documents"] = np.concatenate(places)[order]
        bodies = [body for sheet in sheets for body in sheet.packed()]
        chosen = [ids[at] for at in order.tolist()]
        return _sheet(chosen, list(documents), numbers, [bodies[at] for at in order.tolist()])

    def packed(self) -> Iterator[bytes]:
        """The packed bodies, in order."""
        starts = self.numbers["body_starts"].tolist()
        for start, end in pairwise(starts):
            yield self.bodies[start:end].tobytes()

    def item(self, position: int) -> PolicyItem:
        """The item at a position, as it was published."""
        starts = self.numbers["body_starts"]
        packed = self.bodies[int(starts[position]) : int(starts[position + 1])].tobytes()
        return item_from_json(json.loads(zlib.decompress(packed)), ItemStatus.PUBLISHED)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything as arrays, to be kept on disk."""
        tables = {f"ids/{name}": array for name, array in self.ids.to_arrays().items()}
        tables |= {f"document_ids/{name}": array for name, array in self.document_ids.to_arrays().items()}
        return {**self.numbers, "bodies": self.bodies, **tables}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The inverse of `to_arrays`; the arrays may be mapped from disk."""
        return cls(
            StringTable.from_arrays(under(arrays, "ids/")),
            StringTable.from_arrays(under(arrays, "document_ids/")),
            {name: arrays[name] for name in _NUMBERS},
            arrays["bodies"],
        )


class SheetBuilder:
    """Takes items one by one and keeps of each only what a sheet holds."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._documents: dict[str, int] = {}
        self._rows: list[tuple[int, ...]] = []
        self._bodies: list[bytes] = []

    def add(self, item: PolicyItem) -> None:
        """Append an item."""
        place = self._documents.setdefault(item.document_id, len(self._documents))
        self._ids.append(item.id)
        self._rows.append((*_window(item), _kinds(item), _most(item), place))
        self._bodies.append(_packed(item))

    def freeze(self) -> Sheet:
        """The sheet of all that was added."""
        table = np.array(self._rows, np.int64).reshape(len(self._rows), len(_COLUMNS))
        numbers = {name: table[:, at].astype(_NUMBERS[name]) for at, name in enumerate(_COLUMNS)}
        return _sheet(self._ids, list(self._documents), numbers, self._bodies)


def _sheet(
    ids: Sequence[str],
    documents: Sequence[str],
    numbers: dict[str, npt.NDArray[Any]],
    bodies: Sequence[bytes],
) -> Sheet:
    numbers["id_ranks"] = _ranks(ids)
    numbers["body_starts"] = np.cumsum([0, *map(len, bodies)], dtype=np.int64)
    blob = np.frombuffer(b"".join(bodies), np.uint8)
    return Sheet(StringTable.build(ids), StringTable.build(documents), numbers, blob)


def sum_of(most: Sequence[int] | npt.NDArray[np.int64]) -> tuple[Decimal, int]:
    """The written sums among `most` added up, in yuan, and how many there are."""
    written = [int(one) for one in most if one != NO_SUM]
    return Decimal(sum(written)) / _PER_YUAN, len(written)


def _ranks(ids: Sequence[str]) -> npt.NDArray[np.int32]:
    ranks = np.empty(len(ids), np.int32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    return ranks


def _window(item: PolicyItem) -> tuple[int, int, int]:
    window, marks = item.window, NO_APPLICATION if item.no_application else 0
    if window is None:
        return 0, 0, marks
    marks |= HAS_WINDOW | (ALWAYS if window.always else 0) | (YEARLY if window.yearly else 0)
    return _ordinal(window.opens_on), _ordinal(window.closes_on), marks


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _kinds(item: PolicyItem) -> int:
    return sum({KIND_BITS[benefit.kind] for benefit in item.benefits})


def _most(item: PolicyItem) -> int:
    most = most_of_item(item)
    return NO_SUM if most is None else min(int(most * _PER_YUAN), 2**62)


def _packed(item: PolicyItem) -> bytes:
    return zlib.compress(json.dumps(item_to_json(item), ensure_ascii=False).encode(), 1)
