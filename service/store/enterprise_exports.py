"""Exports of companies that are too large to be waited for: what was asked, by whom, and where the file lies for a while."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from service.actors import Actor, Role
from service.errors import ImportNotFound


@dataclass(frozen=True, slots=True)
class CompanyExport:
    """One export. wanted: the filter by names; rows: how many companies it holds, None until it is written."""

    id: int
    wanted: Mapping[str, Any]
    by: Actor
    at: datetime
    rows: int | None
    reason: str


class CompanyExports:
    """All of them, in the database and under `exports/companies` of a data folder."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db, self._folder = db, folder / "exports" / "companies"

    def add(self, wanted: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
        """Note an export; call it in the transaction that puts its job."""
        row = {
            "wanted": json.dumps(wanted, ensure_ascii=False),
            "actor": by.name,
            "role": by.role.value,
            "address": by.address,
            "at": at.isoformat(timespec="seconds"),
            "reason": "",
        }
        return int(str(self._db.table("enterprise_exports").insert(row).last_pk))

    def get(self, number: int) -> CompanyExport:
        """One of them. Raises ImportNotFound."""
        for row in self._db.query("select * from enterprise_exports where id = ?", [number]):
            by = Actor(row["actor"], Role(row["role"]), row["address"])
            at = datetime.fromisoformat(row["at"])
            return CompanyExport(row["id"], json.loads(row["wanted"]), by, at, row["rows"], row["reason"])
        raise ImportNotFound("没有这一次导出，或文件已过期，请重新导出")

    def put(self, number: int, *, rows: int | None = None, reason: str = "") -> None:
        """Say that it is written, or why not."""
        self._db.execute(
            "update enterprise_exports set rows = ?, reason = ? where id = ?", [rows, reason, number]
        )

    def path(self, number: int) -> Path:
        """Where the file lies, or would lie."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{number}.xlsx"

    def drop(self, before: datetime | None = None) -> int:
        """Delete exports made before a moment, or all; returns how many."""
        limit = before.isoformat(timespec="seconds") if before else "9"
        rows = list(self._db.query("select id from enterprise_exports where at < ?", [limit]))
        for row in rows:
            self.path(row["id"]).unlink(missing_ok=True)
            self._db.execute("delete from enterprise_exports where id = ?", [row["id"]])
        return len(rows)
