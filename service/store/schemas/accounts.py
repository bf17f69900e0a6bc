"""The tables of accounts, sessions, one-time codes and failed log-ins, as migrations."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.accounts")


@migrations()
def create_accounts(db: Database) -> None:
    """Accounts with their earlier passwords. `key` is the name as it is compared; secrets are kept as hashes only."""
    db.table("accounts").create(
        {
            "id": int,
            "key": str,
            "name": str,
            "role": str,
            "uscc": str,
            "password": str,
            "password_at": str,
            "disabled_at": str,
            "created_at": str,
        },
        pk="id",
        not_null={"key", "name", "role", "password", "password_at", "created_at"},
    )
    db.table("accounts").create_index(["key"], unique=True)
    db.table("accounts").create_index(["uscc"])
    db.table("past_passwords").create(
        {"id": int, "account_id": int, "password": str},
        pk="id",
        not_null={"account_id", "password"},
        foreign_keys=[("account_id", "accounts", "id")],
    )


@migrations()
def create_ways_in(db: Database) -> None:
    """Sessions, tokens of programs, one-time codes, and the failures that lock a name or an address."""
    db.table("sessions").create(
        {
            "token": str,
            "account_id": int,
            "csrf": str,
            "opened_at": str,
            "seen_at": str,
            "address": str,
        },
        pk="token",
        not_null={"account_id", "csrf", "opened_at", "seen_at"},
        foreign_keys=[("account_id", "accounts", "id")],
    )
    db.table("sessions").create_index(["account_id"])
    db.table("api_tokens").create(
        {"token": str, "account_id": int, "label": str, "created_at": str},
        pk="token",
        not_null={"account_id", "label", "created_at"},
        foreign_keys=[("account_id", "accounts", "id")],
    )
    db.table("codes").create(
        {
            "code": str,
            "role": str,
            "uscc": str,
            "account_id": int,
            "made_by": str,
            "expires_at": str,
            "used_at": str,
        },
        pk="code",
        not_null={"role", "made_by", "expires_at"},
    )
    db.table("failures").create(
        {"id": int, "key": str, "address": str, "at": str}, pk="id", not_null={"key", "address", "at"}
    )
    db.table("failures").create_index(["at"])
