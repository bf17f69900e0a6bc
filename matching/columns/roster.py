"""Very many companies as columns: one item's conditions against all of them in less than a second.

The reverse of `columns`: called for an item's audience. A roster is never changed; `changed` gives another that
shares what stayed. A company keeps its row for good; one that was taken out is only marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.array_files import under
from matching.columns.columns import Verdicts
from matching.columns.figure_column import FigureColumn, judge_figures
from matching.columns.key_column import KeyColumn
from matching.columns.made_by import check_made_by, made_by
from matching.columns.names_column import NamesColumn
from matching.columns.plain_bytes import extended
from matching.columns.ranks import own_bounds
from matching.judging.keys import FIGURES, PATENTS, is_judged, key_reader, verdict_form
from matching.model import Enterprise
from matching.strings import StringTable
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.model import AllOf, Condition, FreeText, Leaf, Node, Not

Array = npt.NDArray[Any]
Int8 = npt.NDArray[np.int8]
Column = FigureColumn | KeyColumn | NamesColumn
_UNKNOWN = 1
_ANY_DAY = date(2000, 1, 1)  # no key but an age looks at the day


class Roster:
    """Companies by row. present: which rows hold one; extra: arrays kept with the roster, by name, for others."""

    def __init__(
        self,
        usccs: StringTable,
        present: Array,
        columns: Mapping[str, Column],
        extra: Mapping[str, Array] | None = None,
    ) -> None:
        self.usccs, self.present, self._columns = usccs, present, dict(columns)
        self.extra: Mapping[str, Array] = dict(extra or {})
        self.size = len(present)

    @classmethod
    def of(cls, enterprises: Iterable[Enterprise]) -> Roster:
        """The companies in their order; of two with one credit code the last."""
        nobody = cls(
            StringTable.build(()), np.zeros(0, bool), {key: _column(row) for key, row in FACTS.items()}
        )
        return nobody.changed(enterprises)

    def changed(self, put: Iterable[Enterprise] = (), remove: Iterable[str] = ()) -> Roster:
        """Companies added or replaced, others taken out (unknown codes are passed over); `extra` is left behind."""
        latest = {enterprise.uscc: enterprise for enterprise in put}
        rows, usccs = self._rows_for(list(latest))
        gone = self.usccs.find_many([uscc for uscc in remove if uscc not in latest])
        size = len(usccs)
        present = extended(self.present, size)
        present[rows], present[gone[gone >= 0]] = True, False
        put = list(latest.values())
        columns = {key: _changed(key, column, size, rows, put) for key, column in self._columns.items()}
        return Roster(usccs, present, columns)

    def with_extra(self, extra: Mapping[str, Array]) -> Roster:
        """The same companies with other arrays kept beside them."""
        return Roster(self.usccs, self.present, self._columns, extra)

    @cached_property
    def code_ranks(self) -> npt.NDArray[np.int64]:
        """Numbers in the order of the credit codes, one a row."""
        ranks = np.empty(len(self.usccs), np.int64)
        ranks[np.argsort(np.array(list(self.usccs), np.str_), kind="stable")] = np.arange(len(self.usccs))
        return ranks

    def rows_of(self, usccs: Sequence[str]) -> npt.NDArray[np.int64]:
        """The row of each company, -1 for one that never was here."""
        return self.usccs.find_many(usccs)

    def judge_item(self, conditions: Node, as_of: date) -> Verdicts:
        """An item's conditions on the company of every row; rows without a company are judged as they last were."""
        verdict, met, leaves = _OneItem(self, as_of).tally(conditions, denied=False)
        return Verdicts(verdict, met, np.full(self.size, leaves, np.int32))

    def judge(self, condition: Condition, as_of: date) -> Int8:
        """One condition, its own negation applied, on the company of every row."""
        if not is_judged(condition):
            return np.full(self.size, _UNKNOWN, np.int8)
        column = self._columns[condition.attribute]
        if isinstance(column, KeyColumn):
            return column.judge(condition, as_of)
        if isinstance(column, NamesColumn):
            return column.judge(condition)
        bounds: Sequence[Any] = own_bounds(condition)
        if condition.attribute not in PATENTS:
            return judge_figures(condition, [column], bounds, column.value)
        counts = [one for key in PATENTS if isinstance(one := self._columns[key], FigureColumn)]
        return judge_figures(condition, counts, bounds, lambda row: _pair(counts, row))

    def to_arrays(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """All that is kept, as arrays by name, and the rest as JSON."""
        arrays = {f"usccs/{name}": array for name, array in self.usccs.to_arrays().items()}
        for key, column in self._columns.items():
            arrays |= {f"facts/{key}/{name}": array for name, array in column.to_arrays().items()}
        arrays |= {f"extra/{name}": array for name, array in self.extra.items()}
        return arrays | {"present": self.present}, {"made_by": made_by("synonyms")}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array], details: Mapping[str, Any]) -> Roster:
        """What `to_arrays` gave, memory-mapped or not. Raises IndexNotBuilt: see `made_by`."""
        check_made_by(details["made_by"], "synonyms")
        columns = {key: _kept(row, under(arrays, f"facts/{key}/")) for key, row in FACTS.items()}
        usccs = StringTable.from_arrays(under(arrays, "usccs/"))
        return cls(usccs, arrays["present"], columns, under(arrays, "extra/"))

    def _rows_for(self, usccs: list[str]) -> tuple[npt.NDArray[np.int64], StringTable]:
        rows = self.usccs.find_many(usccs)
        new = np.flatnonzero(rows < 0)
        if not new.size:
            return rows, self.usccs
        rows[new] = len(self.usccs) + np.arange(new.size)
        return rows, StringTable.build([*self.usccs, *(usccs[at] for at in new)])


class _OneItem:
    """The verdicts of one tree; what it asks twice is judged once."""

    def __init__(self, roster: Roster, as_of: date) -> None:
        self._roster, self._as_of = roster, as_of
        self._known: dict[Any, Int8] = {}

    def tally(self, node: Node, denied: bool) -> tuple[Int8, npt.NDArray[np.int32], int]:
        """The verdict on a node, or on its denial; how many of its leaves are met, and how many there are."""
        if isinstance(node, Not):
            return self.tally(node.child, not denied)
        if isinstance(node, (Condition, FreeText)):
            verdict = self._leaf(node)
            verdict = 2 - verdict if denied else verdict
            return verdict, (verdict == 2).astype(np.int32), 1
        join = np.minimum if isinstance(node, AllOf) != denied else np.maximum
        parts = [self.tally(child, denied) for child in node.children]
        if not parts:
            return np.full(self._roster.size, _UNKNOWN, np.int8), np.zeros(self._roster.size, np.int32), 0
        verdict, met = join.reduce([one for one, _, _ in parts]), np.add.reduce([met for _, met, _ in parts])
        return verdict, met, sum(leaves for _, _, leaves in parts)

    def _leaf(self, leaf: Leaf) -> Int8:
        if isinstance(leaf, FreeText):
            return np.full(self._roster.size, _UNKNOWN, np.int8)
        form = verdict_form(leaf)
        if form not in self._known:
            self._known[form] = self._roster.judge(leaf, self._as_of)
        return self._known[form]


def _column(row: FactDefinition) -> Column:
    if row.kind in FIGURES:
        return FigureColumn()
    return NamesColumn(row.key) if row.kind in (FactKind.NAMES, FactKind.STATED) else KeyColumn(row.key)


def _kept(row: FactDefinition, arrays: Mapping[str, Array]) -> Column:
    if row.kind in FIGURES:
        return FigureColumn.from_arrays(arrays)
    if row.kind in (FactKind.NAMES, FactKind.STATED):
        return NamesColumn.from_arrays(row.key, arrays)
    return KeyColumn.from_arrays(row.key, arrays)


def _changed(
    key: str, column: Column, size: int, rows: npt.NDArray[np.int64], put: Sequence[Enterprise]
) -> Column:
    read = key_reader(key)
    keys: list[Any] = [read(enterprise, _ANY_DAY) for enterprise in put]
    if key in PATENTS:
        keys = [None if pair is None else pair[PATENTS.index(key)] for pair in keys]
    if FACTS[key].kind is FactKind.YEARS:
        keys = [None if age is None else age[0] for age in keys]
    return column.changed(size, rows, keys)


def _pair(counts: Sequence[FigureColumn], row: int) -> tuple[Any, ...] | None:
    states = tuple(column.value(row) for column in counts)
    return None if states == (None, None) else states
