"""Which documents the public may see (已公开的文件): what a department has sent is nobody's business until it is checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

# A document of which an item is published is shown, however that came about.
_SHOWN = (
    "select document_id from released_documents union "
    "select document_id from policy_items where status = 'published'"
)


class Releases:
    """The documents released, in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, document_ids: Iterable[str], *, by: str, at: datetime) -> list[str]:
        """Release documents; returns those that were not released before."""
        new = [id_ for id_ in dict.fromkeys(document_ids) if not self._is_noted(id_)]
        stamp = at.isoformat(timespec="seconds")
        self._db.table("released_documents").insert_all(
            {"document_id": id_, "at": stamp, "by": by} for id_ in new
        )
        return new

    def _is_noted(self, document_id: str) -> bool:
        found = self._db.query("select 1 from released_documents where document_id = ?", [document_id])
        return next(found, None) is not None

    def remove(self, document_id: str) -> None:
        """Take a document back from the public."""
        self._db.execute("delete from released_documents where document_id = ?", [document_id])

    def holds(self, document_id: str) -> bool:
        """Whether a document is released."""
        found = self._db.query(f"select 1 from ({_SHOWN}) where document_id = ?", [document_id])  # noqa: S608
        return next(found, None) is not None

    def ids(self) -> frozenset[str]:
        """Every document released."""
        rows = self._db.query(_SHOWN)
        return frozenset(row["document_id"] for row in rows)
