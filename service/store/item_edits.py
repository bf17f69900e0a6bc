"""Working copies of policy items: what is being edited and not yet published, one an item.

A revision moves with every change and never back, also over publishing, so that whoever saves on an old
one is told. `touched` says at which revision, by whom and when each field last changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlite_utils import Database

from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import ItemStatus, PolicyItem


@dataclass(frozen=True, slots=True)
class Touch:
    """When a field last changed, by whom, and at which revision."""

    revision: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A row. item: None where nothing is being edited; base_version: the version of the item it was made from."""

    item_id: str
    item: PolicyItem | None
    revision: int
    base_version: int
    by: str
    at: datetime
    note: str = ""
    touched: dict[str, Touch] = field(default_factory=dict)

    def with_touched(self, fields: Iterable[str]) -> WorkingCopy:
        """The same with fields marked as changed at its revision."""
        touch = Touch(self.revision, self.by, self.at)
        return replace(self, touched=self.touched | dict.fromkeys(fields, touch))


class ItemEdits:
    """The working copies in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, item_id: str) -> WorkingCopy | None:
        """The row of an item, None where it was never edited."""
        rows = self._db.query("select * from item_edits where item_id = ?", [item_id])
        for row in rows:
            body = json.loads(row["body"]) if row["body"] else None
            touched = {
                name: Touch(revision, by, datetime.fromisoformat(at))
                for name, (revision, by, at) in json.loads(row["touched"]).items()
            }
            return WorkingCopy(
                row["item_id"],
                item_from_json(body, ItemStatus.DRAFT) if body else None,
                row["revision"],
                row["base_version"],
                row["by"],
                datetime.fromisoformat(row["at"]),
                row["note"],
                touched,
            )
        return None

    def put(self, copy: WorkingCopy) -> None:
        """Store a row."""
        touched = {
            name: [touch.revision, touch.by, touch.at.isoformat(timespec="seconds")]
            for name, touch in copy.touched.items()
        }
        row = {
            "item_id": copy.item_id,
            "body": json.dumps(item_to_json(copy.item), ensure_ascii=False) if copy.item else None,
            "revision": copy.revision,
            "base_version": copy.base_version,
            "by": copy.by,
            "at": copy.at.isoformat(timespec="seconds"),
            "note": copy.note,
            "touched": json.dumps(touched, ensure_ascii=False),
        }
        self._db.table("item_edits").upsert(row, pk="item_id")

    def open_ids(self, item_ids: Sequence[str] | None = None) -> list[str]:
        """The items that are being edited, of those named or of all, in the order of ids."""
        rows = self._db.query(
            "select item_id from item_edits where body is not null and (:ids is null "
            "or item_id in (select value from json_each(:ids))) order by item_id",
            {"ids": None if item_ids is None else json.dumps(list(item_ids))},
        )
        return [row["item_id"] for row in rows]

    def confirm_text(self, document_id: str, by: str, at: datetime) -> None:
        """Note that a person has read a recognised text beside its picture."""
        row = {"document_id": document_id, "by": by, "at": at.isoformat(timespec="seconds")}
        self._db.table("text_confirmations").insert(row, pk="document_id", ignore=True)

    def find_text_confirmation(self, document_id: str) -> tuple[str, datetime] | None:
        """Who confirmed the text of a document and when, None where nobody has."""
        rows = self._db.query("select * from text_confirmations where document_id = ?", [document_id])
        return next(((row["by"], datetime.fromisoformat(row["at"])) for row in rows), None)
