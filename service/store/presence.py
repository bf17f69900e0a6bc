"""Who has a document open for review: a row a person and document, true for as long as it is moved on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

LASTS = timedelta(seconds=45)  # three heartbeats of the review screen


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a document open, and the item looked at."""

    document_id: str
    name: str
    item_id: str | None
    at: datetime


class Presence:
    """The rows in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(self, document_id: str, name: str, item_id: str | None, at: datetime) -> None:
        """Somebody has a document open now; what is long past is swept."""
        with self._db.atomic():
            self._db.execute("delete from review_presence where at < ?", [_text(at - LASTS)])
            self._db.table("review_presence").upsert(
                {"document_id": document_id, "name": name, "item_id": item_id, "at": _text(at)},
                pk=("document_id", "name"),
            )

    def present(self, document_ids: Sequence[str], at: datetime) -> list[Present]:
        """Who has any of the documents open at a moment, in the order of names."""
        marks = ", ".join("?" * len(document_ids))
        rows = self._db.query(
            f"select * from review_presence where at >= ? and document_id in ({marks}) order by name",  # noqa: S608
            [_text(at - LASTS), *document_ids],
        )
        return [
            Present(row["document_id"], row["name"], row["item_id"], datetime.fromisoformat(row["at"]))
            for row in rows
        ]


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
