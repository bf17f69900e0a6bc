"""Sessions kept on the server, so that they end when they must, and the failures that lock a name or an address.

Times of a session: ASVS 5.0 7.3.1, 7.3.2. Limits of failures: GB/T 22239-2019 身份鉴别 b).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from service.store.accounts import secret_hash

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=1)  # a page is read far more often than it is worth a write
WINDOW = timedelta(minutes=15)
MOST_OF_NAME, MOST_OF_ADDRESS = 5, 20


@dataclass(frozen=True, slots=True)
class Session:
    """A session that lives. csrf: what its forms carry."""

    account_id: int
    csrf: str


class SessionStore:
    """Sessions and failures in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def open(self, account_id: int, address: str | None, at: datetime) -> str:
        """A new session; returns its token, of which only the hash is kept."""
        token = secrets.token_urlsafe(32)
        self._db.table("sessions").insert(
            {
                "token": secret_hash(token),
                "account_id": account_id,
                "csrf": secrets.token_urlsafe(32),
                "opened_at": _stamp(at),
                "seen_at": _stamp(at),
                "address": address,
            }
        )
        self._db.execute("delete from sessions where opened_at < ?", [_stamp(at - LONGEST)])
        return token

    def find(self, token: str, at: datetime) -> Session | None:
        """The session of a token if it lives; notes that it was seen."""
        for row in self._db.query("select * from sessions where token = ?", [secret_hash(token)]):
            opened, seen = (datetime.fromisoformat(row[name]) for name in ("opened_at", "seen_at"))
            if at - seen > IDLE or at - opened > LONGEST:
                return None
            if at - seen > _SEEN_EVERY:
                with self._db.atomic():
                    self._db.execute(
                        "update sessions set seen_at = ? where token = ?", [_stamp(at), row["token"]]
                    )
            return Session(row["account_id"], row["csrf"])
        return None

    def close(self, token: str) -> None:
        """End one session."""
        with self._db.atomic():
            self._db.execute("delete from sessions where token = ?", [secret_hash(token)])

    def close_all(self, account_id: int) -> None:
        """End every session of an account."""
        self._db.execute("delete from sessions where account_id = ?", [account_id])

    def note_attempt(self, key: str, address: str, at: datetime) -> bool:
        """Count an attempt as failed until it succeeds; False if name or address may not try any more now.

        Called alone in a transaction, so that many attempts at once are counted one by one.
        """
        since = _stamp(at - WINDOW)
        of_name, of_address = next(
            self._db.execute(
                "select count(*) filter (where key = ?), count(*) filter (where address = ?) from failures where at > ?",
                [key, address, since],
            )
        )
        if of_name >= MOST_OF_NAME or of_address >= MOST_OF_ADDRESS:
            return False
        self._db.execute("delete from failures where at < ?", [_stamp(at - 96 * WINDOW)])
        self._db.table("failures").insert({"key": key, "address": address, "at": _stamp(at)})
        return True

    def forgive(self, key: str) -> None:
        """Forget the failures of a name that has now succeeded."""
        self._db.execute("delete from failures where key = ?", [key])

    def is_locked(self, key: str, at: datetime) -> bool:
        """Whether a name has used up its attempts."""
        query = "select count(*) as n from failures where key = ? and at > ?"
        return int(next(self._db.query(query, [key, _stamp(at - WINDOW)]))["n"]) >= MOST_OF_NAME


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
