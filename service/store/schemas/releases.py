"""Which documents the public may see, as migrations."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.releases")


@migrations()
def create_releases(db: Database) -> None:
    """Documents that were released; all that an earlier version showed to everybody stay so."""
    db.table("released_documents").create(
        {"document_id": str, "at": str, "by": str}, pk="document_id", not_null={"at", "by"}
    )
    db.execute(
        "insert into released_documents select id, loaded_at, '系统' from documents where exists "
        "(select 1 from policy_items where document_id = documents.id and status = 'published')"
    )
