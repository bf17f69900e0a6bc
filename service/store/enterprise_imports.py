"""Files of companies that were handed in: the bytes under their hash, and a row of what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from service.errors import ImportNotFound
from service.store.originals import Originals

FOLDER = "imports"


class ImportState(StrEnum):
    """What became of a file. Only `checked` can be confirmed."""

    WAITING = "waiting"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    DONE = "done"
    REFUSED = "refused"
    DISCARDED = "discarded"


STATE_WORDS = {
    ImportState.WAITING: "正在检查",
    ImportState.CHECKED: "待确认",
    ImportState.CONFIRMED: "正在导入",
    ImportState.DONE: "已导入",
    ImportState.REFUSED: "无法读取",
    ImportState.DISCARDED: "已放弃",
}


@dataclass(frozen=True, slots=True)
class CompanyImport:
    """One file. foreseen: counts of the check; counts: what the import did so far; done_rows: rows dealt with.

    checked_version: of 企业库 when it was checked; digest: of everything the check foresaw; reason: what a person
    should know of its state.
    """

    id: int
    file_name: str
    content_hash: str
    size: int
    state: ImportState
    uploaded_at: datetime
    uploaded_by: str
    checked_version: int | None
    foreseen: Mapping[str, int]
    digest: str | None
    confirmed_at: datetime | None
    confirmed_by: str | None
    finished_at: datetime | None
    done_rows: int
    total_rows: int | None
    counts: Mapping[str, int]
    reason: str


class CompanyImports:
    """All of them, in the database and under `imports/` of a data folder."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db, self._folder = db, folder / FOLDER
        self.files = Originals(self._folder)

    def add(self, file_name: str, data: bytes, *, by: str, at: datetime, state: ImportState) -> int:
        """Keep a file; returns its number. The bytes are on the disk before the row says so."""
        self._folder.mkdir(parents=True, exist_ok=True)
        row = {
            "file_name": file_name,
            "content_hash": self.files.keep(data),
            "size": len(data),
            "state": state,
            "uploaded_at": _stamp(at),
            "uploaded_by": by,
            "done_rows": 0,
            "counts": "{}",
            "foreseen": "{}",
            "reason": "",
        }
        if state is ImportState.CONFIRMED:
            row |= {"confirmed_at": _stamp(at), "confirmed_by": by}
        with self._db.atomic():
            return int(str(self._db.table("enterprise_imports").insert(row).last_pk))

    def get(self, number: int) -> CompanyImport:
        """One of them. Raises ImportNotFound."""
        for row in self._db.query("select * from enterprise_imports where id = ?", [number]):
            return _import(row)
        raise ImportNotFound("没有这一次导入，请从企业库的导入记录中选择")

    def latest(self, limit: int = 20) -> list[CompanyImport]:
        """The last ones, the newest first."""
        rows = self._db.query("select * from enterprise_imports order by id desc limit ?", [limit])
        return [_import(row) for row in rows]

    def put(self, number: int, **changes: Any) -> None:
        """Change columns of a row; times and counts as they are in CompanyImport."""
        kept = {name: _kept(value) for name, value in changes.items()}
        self._db.table("enterprise_imports").update(number, kept)

    def path(self, entry: CompanyImport) -> Path:
        """Where the bytes lie."""
        return self.files.path(entry.content_hash)

    def report(self, number: int, name: str) -> Path:
        """Where a list made by the check lies, or would lie."""
        folder = self._folder / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{number}-{name}"

    def note_codes(self, number: int, usccs: Iterable[str]) -> None:
        """Which companies stand in a file, so that it can be found should one of them be removed."""
        self._db.conn.executemany(
            "insert or ignore into enterprise_import_codes (import_id, uscc) values (?, ?)",
            ((number, uscc) for uscc in usccs),
        )

    def holding(self, usccs: Iterable[str]) -> list[int]:
        """The imports in whose files one of these companies stands."""
        found: set[int] = set()
        for uscc in usccs:
            rows = self._db.query("select import_id from enterprise_import_codes where uscc = ?", [uscc])
            found.update(row["import_id"] for row in rows)
        return sorted(found)

    def erase_files(self, number: int) -> None:
        """Delete a file and the lists made of it, unless another import of the same bytes needs it."""
        entry = self.get(number)
        for report in (self._folder / "reports").glob(f"{number}-*"):
            report.unlink(missing_ok=True)
        query = "select count(*) as n from enterprise_imports where content_hash = ? and id <> ? and state in (?, ?, ?)"
        needed = [entry.content_hash, number, ImportState.WAITING, ImportState.CHECKED, ImportState.CONFIRMED]
        if not next(self._db.query(query, needed))["n"]:
            self.path(entry).unlink(missing_ok=True)


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return _stamp(value)
    return json.dumps(value) if isinstance(value, Mapping) else value


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _time(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _import(row: dict[str, Any]) -> CompanyImport:
    uploaded = datetime.fromisoformat(row["uploaded_at"])
    return CompanyImport(
        row["id"],
        row["file_name"],
        row["content_hash"],
        row["size"],
        ImportState(row["state"]),
        uploaded,
        row["uploaded_by"],
        row["checked_version"],
        json.loads(row["foreseen"] or "{}"),
        row["digest"],
        _time(row["confirmed_at"]),
        row["confirmed_by"],
        _time(row["finished_at"]),
        row["done_rows"] or 0,
        row["total_rows"],
        json.loads(row["counts"] or "{}"),
        row["reason"] or "",
    )
