"""The links of documents and when each last answered (失效链接); what a person has put in place of a dead one.

An address is dead when it failed on two different days since it last answered: one bad afternoon of a site is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

DEAD_AFTER = 2  # days on which it failed
_EVERY = timedelta(hours=20)  # an address is asked once a day at most


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """An address that fails. good_at: when it last answered; failing_since: the first day it did not."""

    address: str
    checked_at: datetime | None
    good_at: datetime | None
    failing_since: date | None
    failed_days: int
    fault: str


class LinkTable:
    """The links in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep_only(self, addresses: Iterable[str]) -> None:
        """Know these addresses and no others; what was found out about the others is forgotten."""
        wanted = sorted(set(addresses))
        with self._db.atomic():
            self._db.execute("create temp table if not exists wanted_links (address text primary key)")
            self._db.execute("delete from wanted_links")
            self._db.conn.executemany("insert into wanted_links values (?)", [(one,) for one in wanted])
            self._db.execute(
                "delete from checked_links where address not in (select address from wanted_links)"
            )
            self._db.execute("insert or ignore into checked_links (address) select address from wanted_links")

    def due(self, now: datetime, limit: int) -> list[str]:
        """Addresses to be asked, those never asked first, then those asked longest ago."""
        rows = self._db.query(
            "select address from checked_links where checked_at is null or checked_at <= ? "
            "order by checked_at is not null, checked_at, address limit ?",
            [_stamp(now - _EVERY), limit],
        )
        return [row["address"] for row in rows]

    def note_good(self, address: str, now: datetime) -> None:
        """It answered."""
        self._change(
            "update checked_links set checked_at = ?1, good_at = ?1, failing_since = null, failed_days = 0, "
            "fault = null, dismissed_at = null where address = ?2",
            [_stamp(now), address],
        )

    def note_unclear(self, address: str, now: datetime) -> None:
        """It cannot be told: the site does not answer programs. What was known before stays."""
        self._change("update checked_links set checked_at = ? where address = ?", [_stamp(now), address])

    def note_failure(self, address: str, now: datetime, fault: str) -> None:
        """It failed; a second time on the same day counts once."""
        self._change(
            "update checked_links set fault = ?3, failed_days = failed_days + "
            "(failed_days = 0 or substr(coalesce(checked_at, ''), 1, 10) != substr(?1, 1, 10)), "
            "failing_since = coalesce(failing_since, substr(?1, 1, 10)), checked_at = ?1 where address = ?2",
            [_stamp(now), address, fault],
        )

    def dead(self) -> list[CheckedLink]:
        """What failed on two days and nobody has set aside, the longest dead first."""
        rows = self._db.query(
            "select * from checked_links where failed_days >= ? and dismissed_at is null order by failing_since, address",
            [DEAD_AFTER],
        )
        return [_link(row) for row in rows]

    def count_dead(self) -> int:
        """How many there are."""
        query = "select count(*) as n from checked_links where failed_days >= ? and dismissed_at is null"
        return int(next(self._db.query(query, [DEAD_AFTER]))["n"])

    def find(self, address: str) -> CheckedLink | None:
        """What is known of an address."""
        rows = self._db.query("select * from checked_links where address = ?", [address])
        return next((_link(row) for row in rows), None)

    def dismiss(self, address: str, now: datetime) -> None:
        """Say no more of a dead address until it has answered again."""
        self._change("update checked_links set dismissed_at = ? where address = ?", [_stamp(now), address])

    def replace(self, document_id: str, address: str, replacement: str, now: datetime) -> None:
        """Show another address in the place of one of a document."""
        row = {
            "document_id": document_id,
            "address": address,
            "replacement": replacement,
            "at": _stamp(now),
        }
        with self._db.atomic():
            self._db.table("link_replacements").upsert(row, pk=("document_id", "address"))

    def replacements(self) -> dict[tuple[str, str], str]:
        """(document, address) -> the address shown in its place."""
        rows = self._db.query("select * from link_replacements")
        return {(row["document_id"], row["address"]): row["replacement"] for row in rows}

    def _change(self, query: str, values: list[Any]) -> None:
        with self._db.atomic():
            self._db.execute(query, values)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _link(row: dict[str, Any]) -> CheckedLink:
    moments = (row["checked_at"], row["good_at"])
    checked, good = (datetime.fromisoformat(one) if one else None for one in moments)
    since = date.fromisoformat(row["failing_since"]) if row["failing_since"] else None
    return CheckedLink(row["address"], checked, good, since, row["failed_days"], row["fault"] or "")
