"""What is kept of each item beside its words and conditions: its id, window, benefits in figures, and its body.

A sheet holds one segment of the catalogue, one entry a position. Called by `catalogue` when it is built,
changed or opened. The body is the item itself as JSON, packed, and is unpacked only for what is shown.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.amounts import most_of_item
from matching.strings import StringTable
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import BenefitKind, ItemStatus, PolicyItem

HAS_WINDOW, ALWAYS, YEARLY, NO_APPLICATION = 1, 2, 4, 8
KIND_BITS = {kind: 1 << place for place, kind in enumerate(BenefitKind)}
NO_SUM = -1
_PER_YUAN = 1000  # sums are kept in thousandths of a yuan
_NUMBERS = {"opens_on": np.int32, "closes_on": np.int32, "marks": np.uint8, "kinds": np.uint16,
            "most": np.int64, "documents": np.int32, "id_ranks": np.int32, "body_starts": np.int64}  # fmt: skip


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
    def of(cls, items: Iterable[PolicyItem]) -> Self:
        """The sheet of items in their order."""
        ids: list[str] = []
        documents: dict[str, int] = {}
        rows: list[tuple[int, int, int, int, int, int]] = []
        bodies: list[bytes] = []
        for item in items:
            ids.append(item.id)
            place = documents.setdefault(item.document_id, len(documents))
            rows.append((*_window(item), _kinds(item), _most(item), place))
            bodies.append(_packed(item))
        table = np.array(rows, np.int64).reshape(len(rows), 6)
        names = ("opens_on", "closes_on", "marks", "kinds", "most", "documents")
        numbers = {name: table[:, at].astype(_NUMBERS[name]) for at, name in enumerate(names)}
        numbers["id_ranks"] = _ranks(ids)
        numbers["body_starts"] = np.cumsum([0, *map(len, bodies)], dtype=np.int64)
        blob = np.frombuffer(b"".join(bodies), np.uint8)
        return cls(StringTable.build(ids), StringTable.build(list(documents)), numbers, blob)

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


def under(arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> dict[str, npt.NDArray[Any]]:
    """The arrays whose names begin with the prefix, without it."""
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}


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
