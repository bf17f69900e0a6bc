"""词典与指标: what administrators add to the dictionaries and facts, in the database of a data folder.

Every entry is a row. Whoever changes one writes all of them together as `Additions` in the same transaction; the faces
read that and put it in place for their process (`put_in_place`), for the web for as long as a request lasts.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlite_utils import Database

from matching.columns.remembering import Remembered
from policy_corpus.additions import NOTHING, Additions, additions_from_json, additions_to_json, use
from service.errors import DictionaryConflict, DictionaryEntryNotFound

_KNOWN: Remembered[Additions] = Remembered(8)  # by fingerprint, for they are asked for at every request
KINDS: dict[str, str] = {
    "term": "政策词",
    "synonym": "同义词",
    "title": "资质称号",
    "zone": "功能区",
    "fact": "企业指标",
}


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One thing that was added. name: what it is called, one of its kind; body: what it says, as JSON values.

    revision: moves with every change of this entry.
    """

    id: int
    kind: str
    name: str
    body: dict[str, Any]
    retired: bool
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str


def read_additions(path: Path) -> Additions:
    """What a database holds, read without changing it; nothing where there is none, or one of another version."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            (packed,) = connection.execute("select additions from dictionary_state").fetchone()
    except sqlite3.Error:
        return NOTHING
    return additions_from_json(json.loads(packed))


class DictionaryTable:
    """The entries in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def version(self) -> int:
        """A number that moves with every change."""
        return int(next(self._db.query("select version from dictionary_state"))["version"])

    def additions(self) -> Additions:
        """All entries together, as every process takes them."""
        fingerprint = next(self._db.query("select fingerprint from dictionary_state"))["fingerprint"]
        if not fingerprint:
            return NOTHING
        return _KNOWN.find(fingerprint) or self._read()

    def _read(self) -> Additions:
        row = next(self._db.query("select fingerprint, additions from dictionary_state"))
        return _KNOWN.get(row["fingerprint"], lambda: additions_from_json(json.loads(row["additions"])))

    def put_in_place(self) -> None:
        """Have this process take the entries as they are now. Raises AdditionsInUse."""
        use(self.additions())

    def entries(self, kind: str | None = None) -> list[DictionaryEntry]:
        """The entries, of one kind or all, in the order in which they were added."""
        query = "select * from dictionary_entries where :kind is null or kind = :kind order by id"
        return [_entry(row) for row in self._db.query(query, {"kind": kind})]

    def get(self, entry_id: int) -> DictionaryEntry:
        """One entry. Raises DictionaryEntryNotFound."""
        for row in self._db.query("select * from dictionary_entries where id = ?", [entry_id]):
            return _entry(row)
        raise DictionaryEntryNotFound("没有这一条目，可能已被他人删除；请返回列表后重试")

    def find(self, kind: str, name: str) -> DictionaryEntry | None:
        """The entry of a kind and name, None where there is none."""
        query = "select * from dictionary_entries where kind = ? and name = ?"
        return next((_entry(row) for row in self._db.query(query, [kind, name])), None)

    def insert(self, kind: str, name: str, body: dict[str, Any], *, by: str, at: datetime) -> DictionaryEntry:
        """Add an entry; called inside the transaction of the change."""
        moment = at.isoformat(timespec="seconds")
        row = {"kind": kind, "name": name, "body": _packed(body), "retired": 0, "revision": 1,
               "created_at": moment, "created_by": by, "changed_at": moment, "changed_by": by}  # fmt: skip
        table = self._db.table("dictionary_entries").insert(row)
        return self.get(int(table.last_pk))  # type: ignore[arg-type]  # an integer key

    def update(
        self, entry: DictionaryEntry, name: str, body: dict[str, Any], retired: bool, *, by: str, at: datetime
    ) -> DictionaryEntry:
        """Change an entry as it was read. Raises DictionaryConflict where somebody else has changed it since."""
        self._check_revision(entry)
        self._db.execute(
            "update dictionary_entries set name = ?, body = ?, retired = ?, revision = revision + 1, "
            "changed_at = ?, changed_by = ? where id = ?",
            [name, _packed(body), int(retired), at.isoformat(timespec="seconds"), by, entry.id],
        )
        return self.get(entry.id)

    def delete(self, entry: DictionaryEntry) -> None:
        """Take an entry out as it was read. Raises DictionaryConflict where somebody else has changed it since."""
        self._check_revision(entry)
        self._db.execute("delete from dictionary_entries where id = ?", [entry.id])

    def put_additions(self, additions: Additions) -> int:
        """Write down all entries together; returns the version, which has moved on."""
        self._db.execute(
            "update dictionary_state set version = version + 1, fingerprint = ?, additions = ?",
            [additions.fingerprint(), _packed(additions_to_json(additions))],
        )
        return self.version()

    def _check_revision(self, entry: DictionaryEntry) -> None:
        now = self.get(entry.id)
        if now.revision != entry.revision:
            raise DictionaryConflict(
                f"“{now.name}”刚被{now.changed_by}修改（{now.changed_at:%Y-%m-%d %H:%M}），您看到的不是最新内容。"
                "请刷新后核对，再重新保存",
                now,
            )


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _entry(row: dict[str, Any]) -> DictionaryEntry:
    return DictionaryEntry(
        row["id"],
        row["kind"],
        row["name"],
        json.loads(row["body"]),
        bool(row["retired"]),
        row["revision"],
        datetime.fromisoformat(row["created_at"]),
        row["created_by"],
        datetime.fromisoformat(row["changed_at"]),
        row["changed_by"],
    )
