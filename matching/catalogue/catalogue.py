"""The published items as two segments of columns: a large base that never changes, and a small tail of what came since.

A position stands for one item: base positions first, ordered by partition (the region that an item is confined
to) and id, then the tail. What changes makes a new catalogue that shares the base: gone items are masked, new
ones join the tail, the weights of all words are brought up to date exactly. `catalogue_files` keeps it on
disk; `day` adds what depends on the day; `matching.match` asks it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.catalogue.partitions import Partitions, code_of
from matching.catalogue.sheet import Sheet, SheetBuilder
from matching.columns.columns import Columns, Verdicts
from matching.columns.compiling import ColumnsBuilder
from matching.model import Enterprise
from matching.profile import item_terms, item_text
from matching.term_ids import Rows as TokenRows
from matching.term_ids import TermIds
from matching.text_index import TextIndex
from policy_corpus.model import ItemStatus, PolicyItem

Ranges = Sequence[tuple[int, int]]
TitleOf = Callable[[str], str]  # document id -> its title
FOLD_SHARE = 0.01  # changes beyond this share of the base are folded into it
LEAST_TO_FOLD = 50
_GAP = 20  # bits between the ranks of two neighbouring base ids, for the tail's ids between them
_REMEMBERED = 4096


@dataclass(frozen=True)
class Segment:
    """The columns of some items that stand one after the other. kept_in: the generation on disk that holds them."""

    sheet: Sheet
    columns: Columns
    kept_in: str | None = None

    @classmethod
    def of(cls, items: Sequence[PolicyItem]) -> Segment:
        """The segment of items in their order."""
        builder = ColumnsBuilder()
        for item in items:
            builder.add(item.conditions)
        return cls(Sheet.of(items), builder.freeze())


class Catalogue:
    """The published items, each at a position of its own. Immutable but for what it remembers."""

    def __init__(
        self, version: int, base: Segment, tail: Segment, partitions: Partitions, text: TextIndex
    ) -> None:
        self.version = version
        self.base = base
        self.tail = tail
        self.partitions = partitions
        self.text = text
        self._remembered: dict[int, PolicyItem] = {}

    @classmethod
    def build(cls, version: int, items: Iterable[PolicyItem], title_of: TitleOf) -> Catalogue:
        """The catalogue of published items, given in any order; title_of: document id -> title."""
        codes, came, terms, rows = _taken_in(items, title_of)
        order = _order(codes, list(came.sheet.ids), range(len(codes)))
        base = _one_base([came], codes, order)
        del came  # a hundred thousand items stand twice otherwise while their words are indexed
        return cls(version, *base, TextIndex.build_from_ids(terms, *_reordered(rows, order)))

    def folded(self) -> Catalogue:
        """The same items as one base without a tail and without what was taken out."""
        late = [code_of(self.item(at)) for at in range(len(self.base.sheet), self.size)]
        codes = [*self.partitions.codes(), *late]
        ids = [*self.base.sheet.ids, *self.tail.sheet.ids]
        order = _order(codes, ids, np.flatnonzero(self.live).tolist())
        parts = _one_base([self.base, self.tail], codes, order)
        return Catalogue(self.version, *parts, self.text.folded(order))

    def with_changes(self, version: int, changed: Iterable[PolicyItem], title_of: TitleOf) -> Catalogue:
        """A catalogue with items added, replaced, or (if they are not published) taken out."""
        items = {item.id: item for item in changed}
        kept = [self.item(at) for at in range(len(self.base.sheet), self.size) if self.ids[at] not in items]
        tail = kept + [item for item in items.values() if item.status is ItemStatus.PUBLISHED]
        text = self.text.without_tail()
        text.withdraw(at for at in map(self.base.sheet.ids.find, items) if at >= 0)
        text.add([item_terms(item, title_of(item.document_id)) for item in tail])
        text.refresh()
        changed_one = Catalogue(version, self.base, Segment.of(tail), self.partitions, text)
        return changed_one.folded() if changed_one._is_loose() else changed_one

    @property
    def size(self) -> int:
        """How many positions there are, withdrawn ones included."""
        return len(self.base.sheet) + len(self.tail.sheet)

    def _is_loose(self) -> bool:
        """Whether so much has come and gone that it is folded into the base."""
        loose = len(self.tail.sheet) + int(np.count_nonzero(~self.live))
        return loose > max(FOLD_SHARE * len(self.base.sheet), LEAST_TO_FOLD)

    @property
    def live(self) -> npt.NDArray[np.bool_]:
        """Which positions hold an item that is published."""
        return self.text.alive

    @cached_property
    def ids(self) -> _Ids:
        """The item ids by position."""
        return _Ids(self.base.sheet, self.tail.sheet)

    def find(self, item_id: str) -> int | None:
        """The position of a published item, None for any other id."""
        at = self.ids.find(item_id)
        return at if at is not None and self.live[at] else None

    def find_many(self, item_ids: Sequence[str]) -> npt.NDArray[np.int64]:
        """The position of each id, -1 for one that is no published item."""
        late = self.tail.sheet.ids.find_many(item_ids)
        found = np.where(late >= 0, late + len(self.base.sheet), self.base.sheet.ids.find_many(item_ids))
        gone = (found >= 0) & ~self.live[found] if self.size else found >= 0
        return np.where(gone, -1, found).astype(np.int64)

    def column(self, name: str) -> npt.NDArray[Any]:
        """One of the numbers of a sheet for all positions; `documents` counts over both segments."""
        base, tail = self.base.sheet.numbers[name], self.tail.sheet.numbers[name]
        if not len(self.tail.sheet):
            return base
        shift = len(self.base.sheet.document_ids) if name == "documents" else 0
        return np.concatenate([base, tail + shift])

    def document_ids(self) -> Iterator[str]:
        """The documents that `column("documents")` counts; one can stand in both segments."""
        yield from self.base.sheet.document_ids
        yield from self.tail.sheet.document_ids

    @cached_property
    def id_ranks(self) -> npt.NDArray[np.int64]:
        """Numbers in the order of ids, one a position."""
        return self.ids.ranks()

    def item(self, position: int) -> PolicyItem:
        """The item at a position, as it was published; the last ones asked for are remembered."""
        found = self._remembered.get(position)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            sheet, at = self._place(position)
            found = self._remembered[position] = sheet.item(at)
        return found

    def ranges_for(self, region_code: str | None) -> list[tuple[int, int]]:
        """Where the items stand that an enterprise of this region can be anything but ineligible for."""
        ranges = self.partitions.ranges_for(region_code)
        return [*ranges, (len(self.base.sheet), self.size)] if len(self.tail.sheet) else ranges

    def judge(self, enterprise: Enterprise, as_of: date, ranges: Ranges) -> Verdicts:
        """The verdicts on the items of the ranges, one range after the other."""
        end = len(self.base.sheet)
        early = [(first, last) for first, last in ranges if first < end]
        late = [(first - end, last - end) for first, last in ranges if first >= end]
        whole = [(first, last) for first, last in early if last > end]
        if whole:
            first, last = whole[0]
            return self.judge(enterprise, as_of, [(first, end), (end, last)])
        found = self.base.columns.judge(enterprise, as_of, early)
        if not late:
            return found
        behind = self.tail.columns.judge(enterprise, as_of, late)
        return Verdicts(
            np.concatenate([found.verdict, behind.verdict]),
            np.concatenate([found.met, behind.met]),
            np.concatenate([found.leaves, behind.leaves]),
        )

    def _place(self, position: int) -> tuple[Sheet, int]:
        behind = position - len(self.base.sheet)
        return (self.base.sheet, position) if behind < 0 else (self.tail.sheet, behind)


def _taken_in(
    items: Iterable[PolicyItem], title_of: TitleOf
) -> tuple[list[str], Segment, list[str], TokenRows]:
    """Partition codes, columns, terms and their rows of items, read one by one: none of them is kept whole."""
    codes: list[str] = []
    sheet, columns, terms = SheetBuilder(), ColumnsBuilder(), TermIds()

    def texts() -> Iterator[str]:
        for item in items:
            codes.append(code_of(item))
            sheet.add(item)
            columns.add(item.conditions)
            yield item_text(item, title_of(item.document_id))

    rows = terms.rows_of(texts())
    return codes, Segment(sheet.freeze(), columns.freeze()), terms.terms, rows


def _order(codes: Sequence[str], ids: Sequence[str], positions: Iterable[int]) -> npt.NDArray[np.int64]:
    """Positions by the partition and the id of their items."""
    return np.array(sorted(positions, key=lambda at: (codes[at], ids[at])), np.int64)


def _one_base(
    segments: Sequence[Segment], codes: Sequence[str], order: npt.NDArray[np.int64]
) -> tuple[Segment, Segment, Partitions]:
    """Base, empty tail and partitions of the items of several segments in a new order."""
    base = Segment(
        Sheet.joined([one.sheet for one in segments], order),
        Columns.folded([one.columns for one in segments], order),
    )
    return base, Segment.of([]), Partitions.of([codes[at] for at in order.tolist()])


def _reordered(
    rows: TokenRows, order: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    starts = rows.starts.tolist()
    pieces = [rows.ids[starts[at] : starts[at + 1]] for at in order.tolist()]
    ends = np.cumsum([0, *map(len, pieces)], dtype=np.int64)
    return np.concatenate([rows.ids[:0], *pieces]), ends


class _Ids:
    """Item ids by position over both sheets."""

    def __init__(self, base: Sheet, tail: Sheet) -> None:
        self._base, self._tail = base, tail

    def __getitem__(self, position: int) -> str:
        behind = position - len(self._base)
        return self._base.ids[position] if behind < 0 else self._tail.ids[behind]

    def find(self, item_id: str) -> int | None:
        """The position of an id; the tail's where it stands in both."""
        at = self._tail.ids.find(item_id)
        if at >= 0:
            return len(self._base) + at
        at = self._base.ids.find(item_id)
        return at if at >= 0 else None

    def ranks(self) -> npt.NDArray[np.int64]:
        """Numbers in the order of ids: base ids are numbered with gaps, for the tail's ids between them."""
        base, tail = self._base.numbers["id_ranks"], self._tail.numbers["id_ranks"]
        spread = (base.astype(np.int64) + 1) << _GAP
        if not len(tail):
            return spread
        by_id = np.argsort(base)
        before = [
            bisect_left(by_id, self._tail.ids[at], key=lambda place: self._base.ids[int(place)])
            for at in range(len(tail))
        ]
        return np.concatenate([spread, (np.array(before, np.int64) << _GAP) + 1 + tail])
