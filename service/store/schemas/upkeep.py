"""The tables of the life cycle (时效维护), as migrations: proposals, which item follows which, links."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.upkeep")


@migrations()
def create_upkeep(db: Database) -> None:
    """A proposal has a key that stands once, whatever its state, so that a declined one never comes again."""
    db.table("proposals").create(
        {
            "id": int,
            "kind": str,
            "key": str,
            "document_id": str,
            "other_id": str,
            "item_id": str,
            "reason": str,
            "place": str,
            "details": str,
            "state": str,
            "made_at": str,
            "later_until": str,
            "decided_at": str,
            "decided_by": str,
            "note": str,
        },
        pk="id",
        not_null={"kind", "key", "document_id", "reason", "details", "state", "made_at", "note"},
        defaults={"note": ""},
    )
    db.table("proposals").create_index(["key"], unique=True)
    db.table("proposals").create_index(["state", "kind"])
    db.table("proposals").create_index(["document_id"])
    db.table("item_successions").create(
        {"item_id": str, "earlier_id": str, "at": str}, pk="item_id", not_null={"earlier_id", "at"}
    )
    db.table("item_successions").create_index(["earlier_id"])
    db.table("benefit_links").create(
        {"higher": str, "lower": str, "at": str}, pk=("higher", "lower"), not_null={"at"}
    )
    db.table("benefit_links").create_index(["lower"])
    db.table("checked_links").create(
        {
            "address": str,
            "checked_at": str,
            "good_at": str,
            "failing_since": str,
            "failed_days": int,
            "fault": str,
            "dismissed_at": str,
        },
        pk="address",
        not_null={"failed_days"},
        defaults={"failed_days": 0},
    )
    db.table("link_replacements").create(
        {"document_id": str, "address": str, "replacement": str, "at": str},
        pk=("document_id", "address"),
        not_null={"replacement", "at"},
    )
