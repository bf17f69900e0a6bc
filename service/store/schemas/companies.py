"""The tables of the 企业库 console, as migrations: who recorded a fact, merges, former names, imports."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from service.store.enterprise_summary import refresh_all

migrations = Migrations("service.companies")


@migrations()
def say_who_recorded_a_fact(db: Database) -> None:
    """Who recorded a fact, why, and whether it counted when it came."""
    db.execute("alter table enterprise_facts add column recorded_by text not null default ''")
    db.execute("alter table enterprise_facts add column reason text not null default ''")
    db.execute("alter table enterprise_facts add column aside integer not null default 0")
    db.execute("create index facts_of_an_enterprise on enterprise_facts (uscc, key)")


@migrations()
def let_enterprises_be_merged(db: Database) -> None:
    """A merged company stays as it was and points to the one it belongs to; a removed one leaves its code alone."""
    db.execute("alter table enterprises add column merged_into text references enterprises (uscc)")
    db.execute("create index merged_enterprises on enterprises (merged_into) where merged_into is not null")
    db.table("enterprise_merges").create(
        {
            "id": int,
            "winner": str,
            "loser": str,
            "merged_at": str,
            "merged_by": str,
            "reason": str,
            "changed": str,
            "old_name": str,
            "new_name": str,
            "split_at": str,
            "split_by": str,
        },
        pk="id",
        not_null={"winner", "loser", "merged_at", "merged_by", "changed"},
    )
    db.table("enterprise_merges").create_index(["loser"])
    db.table("enterprise_merges").create_index(["winner"])
    db.table("enterprise_removals").create({"uscc": str, "version": int}, pk="uscc")
    db.table("enterprise_former_names").create(
        {"id": int, "uscc": str, "name": str, "until": str, "recorded_by": str}, pk="id"
    )
    db.table("enterprise_former_names").create_index(["uscc"])
    db.table("enterprise_former_names").create_index(["name"])
    db.table("enterprise_not_same").create(
        {"one": str, "other": str, "at": str, "by": str}, pk=("one", "other")
    )


@migrations()
def summarise_enterprises(db: Database) -> None:
    """What lists show and filter by stands with each company, so that no list reads its facts."""
    for column in ("region", "industry", "size_class"):
        db.execute(f"alter table enterprises add column {column} text")
    for column in ("known", "sources", "changed_at"):
        db.execute(f"alter table enterprises add column {column} text not null default ''")
    db.execute("alter table enterprises add column conflicts integer not null default 0")
    db.execute("update enterprises set changed_at = updated_at")
    refresh_all(db)
    db.execute("create index enterprises_by_change on enterprises (changed_at)")


@migrations()
def keep_imports(db: Database) -> None:
    """Files of companies that were handed in: who, when, what the check found and what the import did."""
    db.table("enterprise_imports").create(
        {
            "id": int,
            "file_name": str,
            "content_hash": str,
            "size": int,
            "state": str,
            "uploaded_at": str,
            "uploaded_by": str,
            "checked_version": int,
            "foreseen": str,
            "digest": str,
            "confirmed_at": str,
            "confirmed_by": str,
            "finished_at": str,
            "done_rows": int,
            "total_rows": int,
            "counts": str,
            "reason": str,
        },
        pk="id",
        not_null={"file_name", "content_hash", "size", "state", "uploaded_at", "uploaded_by"},
    )
    db.table("enterprise_imports").create_index(["content_hash"])
    db.execute(
        "create table enterprise_import_codes (import_id integer not null, uscc text not null, primary key (uscc, import_id)) "
        "without rowid"
    )


@migrations()
def move_accounts_with_their_company(db: Database) -> None:
    """Which accounts stood for the company that was given up, so that a split gives them back."""
    db.execute("alter table enterprise_merges add column accounts text not null default '[]'")


@migrations()
def keep_exports(db: Database) -> None:
    """Exports that are written in the background."""
    columns = {
        "id": int,
        "wanted": str,
        "actor": str,
        "role": str,
        "address": str,
        "at": str,
        "rows": int,
        "reason": str,
    }
    db.table("enterprise_exports").create(
        columns, pk="id", not_null={"wanted", "actor", "role", "at", "reason"}
    )
