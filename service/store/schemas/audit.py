"""The table of what was done (操作记录), as migrations: rows are added and never changed."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.audit")


@migrations()
def create_audit_log(db: Database) -> None:
    """Entries in a chain of hashes; the database itself refuses to change or delete one."""
    db.table("audit_log").create(
        {
            "id": int,
            "at": str,
            "actor": str,
            "role": str,
            "address": str,
            "event": str,
            "kind": str,
            "subject": str,
            "before": str,
            "after": str,
            "note": str,
            "previous": str,
            "hash": str,
        },
        pk="id",
        not_null={"at", "actor", "role", "event", "kind", "subject", "note", "previous", "hash"},
    )
    for column in ("at", "actor", "event", "subject"):
        db.table("audit_log").create_index([column])
    for deed in ("update", "delete"):
        db.execute(
            f"create trigger audit_log_no_{deed} before {deed} on audit_log "
            "begin select raise(abort, 'the audit log is append-only'); end"
        )
