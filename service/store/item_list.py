"""All items of 政策库 whatever their state, narrowed and paged in the database: the list that administrators work from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from policy_corpus.item_json import item_from_json
from policy_corpus.model import ApplicationWindow, BenefitKind, ItemStatus, Level, PolicyItem, Span

_NOWHERE = Span("", 0, 0, "")
_LONGEST_LIST = 500  # ids read at one go


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items are wanted; what is empty or None narrows nothing.

    words: in the title, the document's title, file name or number, or an id. documents: only items of these.
    without_deadline: neither a last day nor all the year round.
    """

    words: str = ""
    status: ItemStatus | None = None
    level: Level | None = None
    kind: BenefitKind | None = None
    department: str = ""
    documents: frozenset[str] | None = None
    edited_by_hand: bool = False
    without_deadline: bool = False


@dataclass(frozen=True, slots=True)
class WindowOf:
    """An item's id with its window, without the sentence it was read from, for those who judge what is open on a day."""

    item_id: str
    window: ApplicationWindow | None


_TESTS = {
    "words": "(instr(lower(i.title), :words) or instr(lower(d.title), :words) or instr(lower(d.file_name), :words) "
    "or instr(lower(coalesce(d.document_number, '')), :words) or instr(i.id, :words))",
    "status": "i.status = :status",
    "level": "d.level = :level",
    "kind": "exists (select 1 from json_each(i.body, '$.benefits') where json_extract(value, '$.kind') = :kind)",
    "department": "(instr(coalesce(json_extract(i.body, '$.department.text'), ''), :department) "
    "or instr(coalesce(d.issuing_authority, ''), :department))",
    "documents": "i.document_id in (select value from json_each(:documents))",
    "edited_by_hand": "i.id in (select v.item_id from item_versions v where v.edited != '[]' and v.version = "
    "(select max(version) from item_versions w where w.item_id = v.item_id))",
    "without_deadline": "json_extract(i.body, '$.window.closes_on') is null "
    "and not coalesce(json_extract(i.body, '$.window.always'), 0)",
}
_FROM = "from policy_items i join documents d on d.id = i.document_id"
_ORDER = "order by d.loaded_at desc, i.document_id, i.ordinal"


class ItemList:
    """The items in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def count(self, wanted: ItemFilter) -> int:
        """How many items there are."""
        where, values = _where(wanted)
        return int(next(self._db.query(f"select count(*) as n {_FROM} where {where}", values))["n"])

    def ids(self, wanted: ItemFilter, *, limit: int = -1, offset: int = 0) -> list[str]:
        """Their ids, those of the document loaded last first."""
        where, values = _where(wanted)
        query = f"select i.id {_FROM} where {where} {_ORDER} limit :limit offset :offset"
        rows = self._db.query(query, {**values, "limit": limit, "offset": offset})
        return [row["id"] for row in rows]

    def windows(self, wanted: ItemFilter) -> list[WindowOf]:
        """The windows of all of them, in the same order."""
        where, values = _where(wanted)
        query = f"select i.id, json_extract(i.body, '$.window') as window {_FROM} where {where} {_ORDER}"
        return [_window(row) for row in self._db.query(query, values)]

    def read(self, ids: Sequence[str]) -> Iterator[PolicyItem]:
        """The items of these ids, in their order."""
        for start in range(0, len(ids), _LONGEST_LIST):
            part = list(ids[start : start + _LONGEST_LIST])
            rows = self._db.query(
                "select id, status, body from policy_items where id in (select value from json_each(?))",
                [json.dumps(part)],
            )
            found = {row["id"]: row for row in rows}
            for id_ in part:
                if row := found.get(id_):
                    yield item_from_json(json.loads(row["body"]), ItemStatus(row["status"]))

    def edited_by_hand(self, ids: Sequence[str]) -> frozenset[str]:
        """Which of these items a person has changed."""
        rows = self._db.query(
            f"select i.id from policy_items i where i.id in (select value from json_each(?)) and {_TESTS['edited_by_hand']}",  # noqa: S608
            [json.dumps(list(ids))],
        )
        return frozenset(row["id"] for row in rows)

    def departments(self) -> list[str]:
        """The issuing authorities of all documents, in the order of names."""
        rows = self._db.query(
            "select distinct issuing_authority as name from documents where issuing_authority is not null order by name"
        )
        return [row["name"] for row in rows]


def _where(wanted: ItemFilter) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {
        "words": wanted.words.lower(),
        "status": wanted.status and wanted.status.value,
        "level": wanted.level and wanted.level.value,
        "kind": wanted.kind and wanted.kind.value,
        "department": wanted.department,
        "edited_by_hand": wanted.edited_by_hand,
        "without_deadline": wanted.without_deadline,
    }
    values = {name: value for name, value in given.items() if value}
    if wanted.documents is not None:
        values["documents"] = json.dumps(sorted(wanted.documents))
    return " and ".join(_TESTS[name] for name in values) or "1", values


def _window(row: dict[str, Any]) -> WindowOf:
    if not row["window"]:
        return WindowOf(row["id"], None)
    window = json.loads(row["window"])
    opens, closes = (
        date.fromisoformat(window[name]) if window[name] else None for name in ("opens_on", "closes_on")
    )
    built = ApplicationWindow(_NOWHERE, opens, closes, window["always"], window.get("yearly", False))
    return WindowOf(row["id"], built)


def those(windows: Iterable[WindowOf], test: Callable[[WindowOf], bool]) -> list[str]:
    """The ids of the items whose window passes a test, in their order."""
    return [window.item_id for window in windows if test(window)]
