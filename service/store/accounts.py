"""Accounts, their tokens and the one-time codes that open or repair them, in an open database.

Codes and tokens are kept as SHA-256 of what was handed out: they are random, so no slow hash is needed.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from service.actors import Role

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account (账户). uscc: the company of role enterprise, None for the others."""

    id: int
    name: str
    role: Role
    uscc: str | None
    password_at: datetime
    disabled_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code (开通码). account_id: the account whose password it resets, None to open a new one."""

    role: Role
    uscc: str | None
    account_id: int | None
    expires_at: datetime


def name_key(name: str) -> str:
    """A name as it is compared: full and half width, capitals and spaces make no difference.

    >>> name_key(" Ａdmin ") == name_key("admin")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def new_code() -> str:
    """A code to be read out or typed: 80 random bits in four groups."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def secret_hash(secret: str) -> str:
    """What is kept of a code or a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


class AccountStore:
    """Accounts in an open database; every method that changes something is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[Account]:
        """Every account, by role and name."""
        return list(self._read("1 order by role, name", {}))

    def find(self, name: str) -> Account | None:
        """The account of that name."""
        return next(self._read("key = :key", {"key": name_key(name)}), None)

    def find_by_id(self, account_id: int) -> Account | None:
        """The account with that number."""
        return next(self._read("id = :id", {"id": account_id}), None)

    def of_company(self, uscc: str) -> list[Account]:
        """The accounts of a company."""
        return list(self._read("uscc = :uscc order by name", {"uscc": uscc}))

    def has_admin(self) -> bool:
        """Whether anybody can administer."""
        return next(self._read("role = 'admin' and disabled_at is null", {}), None) is not None

    def _read(self, where: str, values: dict[str, Any]) -> Iterator[Account]:
        columns = "id, name, role, uscc, password_at, disabled_at, created_at"
        for row in self._db.query(f"select {columns} from accounts where {where}", values):  # noqa: S608
            yield _account(row)

    def passwords(self, account_id: int) -> tuple[str, list[str]]:
        """The hash of the password now, and those of the earlier ones, newest first."""
        now = next(self._db.query("select password from accounts where id = ?", [account_id]))["password"]
        past = self._db.query(
            "select password from past_passwords where account_id = ? order by id desc", [account_id]
        )
        return now, [row["password"] for row in past]

    def add(self, name: str, role: Role, uscc: str | None, password: str, at: datetime) -> Account:
        """Add an account; password: its hash."""
        stamp = _stamp(at)
        row = {
            "key": name_key(name),
            "name": unicodedata.normalize("NFKC", name).strip(),
            "role": role.value,
            "uscc": uscc,
            "password": password,
            "password_at": stamp,
            "created_at": stamp,
        }
        number = self._db.table("accounts").insert(row).last_pk
        return _account({**row, "id": number, "disabled_at": None})

    def set_password(self, account_id: int, password: str, at: datetime) -> None:
        """Replace the password's hash, keeping the one before."""
        self._db.execute(
            "insert into past_passwords (account_id, password) select id, password from accounts where id = ?",
            [account_id],
        )
        self._db.execute(
            "update accounts set password = ?, password_at = ? where id = ?",
            [password, _stamp(at), account_id],
        )

    def set_disabled(self, account_id: int, at: datetime | None) -> None:
        """Disable an account from a moment on, or enable it again (None)."""
        stamp = _stamp(at) if at else None
        self._db.execute("update accounts set disabled_at = ? where id = ?", [stamp, account_id])

    def set_role(self, account_id: int, role: Role, uscc: str | None) -> None:
        """Give an account another role."""
        self._db.execute(
            "update accounts set role = ?, uscc = ? where id = ?", [role.value, uscc, account_id]
        )

    def move_to_company(self, uscc: str, account_ids: Iterable[int]) -> None:
        """Have accounts stand for another company: theirs was merged into it, or taken out of it again."""
        for account_id in account_ids:
            self._db.execute("update accounts set uscc = ? where id = ?", [uscc, account_id])

    def move_codes(self, old: str, new: str) -> None:
        """Have unused codes of a company open accounts of another."""
        self._db.execute("update codes set uscc = ? where uscc = ? and used_at is null", [new, old])

    def drop_codes(self, uscc: str) -> None:
        """Make unused codes of a company worthless."""
        self._db.execute("delete from codes where uscc = ? and used_at is null", [uscc])

    def keep_code(self, code: str, what: Code, made_by: str) -> None:
        """Keep a code that was made; only its hash stays."""
        self._db.table("codes").insert(
            {
                "code": secret_hash(_plain(code)),
                "role": what.role.value,
                "uscc": what.uscc,
                "account_id": what.account_id,
                "made_by": made_by,
                "expires_at": _stamp(what.expires_at),
            }
        )

    def find_code(self, code: str, at: datetime) -> Code | None:
        """What an unused code of this moment opens."""
        query = "select * from codes where code = ? and used_at is null and expires_at > ?"
        for row in self._db.query(query, [secret_hash(_plain(code)), _stamp(at)]):
            expires = datetime.fromisoformat(row["expires_at"])
            return Code(Role(row["role"]), row["uscc"], row["account_id"], expires)
        return None

    def use_code(self, code: str, at: datetime) -> None:
        """Mark a code as used, for good."""
        self._db.execute(
            "update codes set used_at = ? where code = ?", [_stamp(at), secret_hash(_plain(code))]
        )

    def forget_codes(self, role: Role, account_id: int | None = None) -> None:
        """Make unused codes of a role, or for an account, worthless: a newer one takes their place."""
        self._db.execute(
            "delete from codes where used_at is null and role = ? and account_id is ? and uscc is null",
            [role.value, account_id],
        )

    def keep_token(self, token: str, account_id: int, label: str, at: datetime) -> None:
        """Keep a token of a program; only its hash stays."""
        row = {
            "token": secret_hash(token),
            "account_id": account_id,
            "label": label,
            "created_at": _stamp(at),
        }
        self._db.table("api_tokens").insert(row)

    def find_by_token(self, token: str) -> Account | None:
        """The account that a program's token speaks for."""
        query = "id = (select account_id from api_tokens where token = :token)"
        return next(self._read(query, {"token": secret_hash(token)}), None)

    def drop_tokens(self, account_id: int) -> int:
        """Take back all tokens of an account; returns how many."""
        return self._db.execute("delete from api_tokens where account_id = ?", [account_id]).rowcount


def _plain(code: str) -> str:
    """A code however it was typed."""
    return "".join(char for char in unicodedata.normalize("NFKC", code).upper() if char.isalnum())


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _account(row: dict[str, Any]) -> Account:
    disabled = row["disabled_at"]
    return Account(
        row["id"],
        row["name"],
        Role(row["role"]),
        row["uscc"],
        datetime.fromisoformat(row["password_at"]),
        datetime.fromisoformat(disabled) if disabled else None,
        datetime.fromisoformat(row["created_at"]),
    )
