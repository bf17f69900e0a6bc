"""The tables of editing: working copies of policy items, their versions, and texts that a person has confirmed."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.editing")


@migrations()
def create_editing(db: Database) -> None:
    """What is being edited, what was before, and whose eyes have seen the text of a scan.

    item_edits: body is null where nothing is being edited; revision moves with every change and never back.
    item_versions: body is null where it is that of the next version, or of the item itself for the last one.
    """
    db.table("item_edits").create(
        {
            "item_id": str,
            "body": str,
            "revision": int,
            "base_version": int,
            "by": str,
            "at": str,
            "note": str,
            "touched": str,
        },
        pk="item_id",
        not_null={"revision", "base_version", "by", "at", "note", "touched"},
        foreign_keys=[("item_id", "policy_items", "id")],
    )
    db.table("item_versions").create(
        {
            "item_id": str,
            "version": int,
            "event": str,
            "status": str,
            "body": str,
            "at": str,
            "by": str,
            "note": str,
            "edited": str,
        },
        pk=("item_id", "version"),
        not_null={"event", "status", "at", "by", "note", "edited"},
        foreign_keys=[("item_id", "policy_items", "id")],
    )
    db.table("text_confirmations").create(
        {"document_id": str, "at": str, "by": str},
        pk="document_id",
        not_null={"at", "by"},
        foreign_keys=[("document_id", "documents", "id")],
    )
