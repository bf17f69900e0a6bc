"""The tables of 企业库, as migrations."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service")


@migrations()
def create_enterprises(db: Database) -> None:
    """Enterprises, and their facts with source, date and period; a fact that changes keeps its history."""
    db.table("enterprises").create(
        {"uscc": str, "name": str, "updated_at": str}, pk="uscc", not_null={"name"}
    )
    db.table("enterprise_facts").create(
        {
            "id": int,
            "uscc": str,
            "key": str,
            "value": str,
            "source": str,
            "dated": str,
            "period": str,
            "recorded_at": str,
            "current": int,
        },
        pk="id",
        not_null={"uscc", "key", "value", "source", "recorded_at", "current"},
        foreign_keys=[("uscc", "enterprises", "uscc")],
    )
    db.execute("create unique index one_current_fact on enterprise_facts (uscc, key) where current = 1")
    db.table("enterprises").create_index(["name"])


@migrations()
def note_when_enterprises_changed(db: Database) -> None:
    """A version that every change of 企业库 moves on, and for each enterprise the one it last changed in."""
    db.execute("create table enterprise_version (id integer primary key, version integer not null)")
    db.execute("insert into enterprise_version values (1, 1)")
    db.execute("alter table enterprises add column version integer not null default 1")
    db.table("enterprises").create_index(["version"])
