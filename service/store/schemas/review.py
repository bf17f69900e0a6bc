"""The table of who has a document open for review, as migrations."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.review")


@migrations()
def create_review_presence(db: Database) -> None:
    """One row a person and document, moved on by a heartbeat; old rows say nothing and are swept."""
    db.table("review_presence").create(
        {"document_id": str, "name": str, "item_id": str, "at": str},
        pk=("document_id", "name"),
        not_null={"at"},
        foreign_keys=[("document_id", "documents", "id")],
    )
