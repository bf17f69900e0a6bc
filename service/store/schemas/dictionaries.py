"""The tables of what administrators add to the dictionaries and facts (词典与指标), as migrations."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.dictionaries")


@migrations()
def create_dictionaries(db: Database) -> None:
    """Entries, a row each; and all of them together as every process takes them, with a version that moves on."""
    db.table("dictionary_entries").create(
        {
            "id": int,
            "kind": str,
            "name": str,
            "body": str,
            "retired": int,
            "revision": int,
            "created_at": str,
            "created_by": str,
            "changed_at": str,
            "changed_by": str,
        },
        pk="id",
        not_null={
            "kind",
            "name",
            "body",
            "retired",
            "revision",
            "created_at",
            "created_by",
            "changed_at",
            "changed_by",
        },
    )
    db.table("dictionary_entries").create_index(["kind", "name"], unique=True)
    db.execute(
        "create table dictionary_state (id integer primary key, version integer not null, "
        "fingerprint text not null, additions text not null)"
    )
    db.execute("insert into dictionary_state values (1, 1, '', '{}')")
