"""Everything that was ever recorded of a company: each value with its source, when, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from service.enterprise_trust import Claim
from service.store.enterprise_rows import claim_of

_FAMILY = (
    "with recursive family (uscc) as (values (:uscc) union "
    "select e.uscc from enterprises e join family on e.merged_into = family.uscc) "
)
_HISTORY = (  # constants of this file
    f"{_FAMILY} select * from enterprise_facts where uscc in (select uscc from family) "  # noqa: S608
    "and (:key is null or key = :key) order by id desc"
)
_FORMER = (
    f"{_FAMILY} select uscc, name, until, recorded_by from enterprise_former_names "  # noqa: S608
    "where uscc in (select uscc from family) order by id desc"
)
_CODES = f"{_FAMILY} select uscc from family where uscc <> :uscc order by uscc"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Recorded:
    """One statement about a fact. uscc: under which code it came; is_current: whether it counts now.

    is_aside: whether it did not count when it came. by: empty for what was recorded before this was noted.
    """

    uscc: str
    key: str
    claim: Claim
    recorded_at: datetime
    by: str
    reason: str
    is_current: bool
    is_aside: bool


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a company had. until: when another one came in its place."""

    uscc: str
    name: str
    until: datetime
    by: str


def history_of(db: Database, uscc: str, key: str | None = None) -> list[Recorded]:
    """What was recorded of a company and of those merged into it, the newest first; of one fact or of all."""
    rows = db.query(_HISTORY, {"uscc": uscc, "key": key})
    return [
        Recorded(
            row["uscc"],
            row["key"],
            claim_of(row["id"], row["key"], row["value"], row["source"], row["dated"], row["period"]),
            datetime.fromisoformat(row["recorded_at"]),
            row["recorded_by"],
            row["reason"],
            bool(row["current"]) and row["uscc"] == uscc,
            bool(row["aside"]),
        )
        for row in rows
    ]


def former_names(db: Database, uscc: str) -> list[FormerName]:
    """The names that a company and those merged into it had, the latest first."""
    rows = db.query(_FORMER, {"uscc": uscc})
    return [
        FormerName(row["uscc"], row["name"], datetime.fromisoformat(row["until"]), row["recorded_by"])
        for row in rows
    ]


def merged_codes(db: Database, uscc: str) -> list[str]:
    """The codes that find this company beside its own, in their order."""
    return [row["uscc"] for row in db.query(_CODES, {"uscc": uscc})]


def find_before(db: Database, uscc: str, key: str, claim_id: int) -> Claim | None:
    """What counted before a claim of the company itself did, None where nothing did."""
    rows: Sequence[dict[str, str]] = list(
        db.query(
            "select * from enterprise_facts where uscc = ? and key = ? and aside = 0 and id < ? order by id desc limit 1",
            [uscc, key, claim_id],
        )
    )
    for row in rows:
        return claim_of(
            int(row["id"]), key, row["value"], row["source"], row["dated"] or None, row["period"] or None
        )
    return None
