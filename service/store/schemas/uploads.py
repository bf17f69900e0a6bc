"""The tables of uploads, as migrations: batches, and what became of each file in them."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.uploads")


@migrations()
def create_uploads(db: Database) -> None:
    """Batches and files. A file of a ZIP or of a page stands once under it, a file sent twice once in its batch."""
    db.table("upload_batches").create(
        {"id": str, "created_at": str, "actor": str, "source": str, "continues": str},
        pk="id",
        not_null={"created_at", "actor", "source"},
    )
    db.table("upload_batches").create_index(["created_at"])
    db.table("upload_batches").create_index(["continues"])
    db.table("upload_files").create(
        {
            "id": int,
            "batch_id": str,
            "parent_id": int,
            "member": str,
            "token": str,
            "name": str,
            "size": int,
            "digest": str,
            "address": str,
            "with_attachments": int,
            "state": str,
            "reason": str,
            "document_id": str,
            "details": str,
            "job_id": int,
            "received_at": str,
            "finished_at": str,
        },
        pk="id",
        not_null={"batch_id", "name", "state", "received_at", "with_attachments"},
        defaults={"with_attachments": 0},
        foreign_keys=[("batch_id", "upload_batches", "id"), ("parent_id", "upload_files", "id")],
    )
    db.table("upload_files").create_index(["batch_id", "id"])
    db.table("upload_files").create_index(["digest"])
    db.table("upload_files").create_index(["document_id"])
    db.execute("create unique index one_member_of_a_parent on upload_files (parent_id, member)")
    db.execute("create unique index one_file_of_a_token on upload_files (batch_id, token)")
