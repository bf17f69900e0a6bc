"""The table of what persons decided on one document repealing, replacing or extending another; called by `library`."""

from __future__ import annotations

from datetime import date, datetime

from sqlite_utils import Database

from policy_corpus.document_rows import iso_day
from policy_corpus.model import Relation
from policy_corpus.validity import Decision


def read_decisions(db: Database) -> list[Decision]:
    """All of them, in the order of the documents."""
    return [
        Decision(
            row["by_document_id"],
            row["document_id"],
            Relation(row["relation"]),
            bool(row["stands"]),
            date.fromisoformat(row["day"]) if row["day"] else None,
        )
        for row in db.query("select * from document_decisions order by 1, 2, 3")
    ]


def keep_decision(db: Database, decision: Decision, at: datetime) -> None:
    """Keep one, in place of an earlier one on the same relation."""
    row = {
        "by_document_id": decision.by_document_id,
        "document_id": decision.document_id,
        "relation": decision.relation.value,
        "stands": int(decision.stands),
        "day": iso_day(decision.day),
        "at": at.isoformat(timespec="seconds"),
    }
    db.table("document_decisions").upsert(row, pk=("by_document_id", "document_id", "relation"))
