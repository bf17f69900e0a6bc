"""Companies put together and taken apart again, and companies removed altogether; called by the workflows of merging.

The rows of a merged company stay under its own code, so that taking it out again gives back exactly what it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from service.enterprise_trust import Claim, HeldCompany
from service.store.enterprise_rows import packed
from service.store.enterprise_summary import put_summary, read_held
from service.store.enterprises import EnterpriseLibrary


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge. changed: key -> (claim of the winner that counted before or None, the one that the merge recorded).

    accounts: of the loser, which stand for the winner since.
    """

    id: int
    winner: str
    loser: str
    at: datetime
    by: str
    reason: str
    changed: Mapping[str, tuple[int | None, int]]
    old_name: str
    new_name: str
    split_at: datetime | None
    split_by: str | None
    accounts: tuple[int, ...] = ()


def record_merge(
    db: Database,
    winner: HeldCompany,
    loser: HeldCompany,
    taken: Mapping[str, Claim],
    name: str,
    *,
    at: datetime,
    by: str,
    reason: str,
    accounts: Sequence[int] = (),
) -> int:
    """Put the loser under the winner, which takes over these of its claims and this name; returns the merge's number."""
    stamp, changed = at.isoformat(timespec="seconds"), {}
    for key, claim in taken.items():
        before = winner.claims.get(key)
        if before is not None:
            db.execute("update enterprise_facts set current = 0 where id = ?", [before.id])
        changed[key] = (
            before.id if before else None,
            _insert(db, winner.uscc, key, claim, loser.uscc, stamp, by),
        )
    db.execute("update enterprises set merged_into = ? where uscc = ?", [winner.uscc, loser.uscc])
    db.execute("update enterprises set name = ? where uscc = ?", [name, winner.uscc])
    row = {
        "winner": winner.uscc,
        "loser": loser.uscc,
        "merged_at": stamp,
        "merged_by": by,
        "reason": reason,
        "changed": json.dumps(changed),
        "old_name": winner.name,
        "new_name": name,
        "accounts": json.dumps(list(accounts)),
    }
    number = db.table("enterprise_merges").insert(row).last_pk
    _refresh(db, stamp, winner.uscc, loser.uscc)
    return int(str(number))


def _insert(db: Database, uscc: str, key: str, claim: Claim, loser: str, stamp: str, by: str) -> int:
    cursor = db.execute(
        "insert into enterprise_facts (uscc, key, value, source, dated, period, recorded_at, current, recorded_by, reason) "
        "values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        [
            uscc,
            key,
            packed(claim.value),
            claim.source,
            claim.dated.isoformat() if claim.dated else None,
            claim.period,
            stamp,
            by,
            f"合并自 {loser}",
        ],
    )
    return int(cursor.lastrowid or 0)


def merges_of(db: Database, uscc: str) -> list[Merge]:
    """The merges in which a company won or lost, the latest first."""
    query = "select * from enterprise_merges where winner = :uscc or loser = :uscc order by id desc"
    return [_merge(row) for row in db.query(query, {"uscc": uscc})]


def find_merge(db: Database, number: int) -> Merge | None:
    """The merge of a number."""
    return next(
        (_merge(row) for row in db.query("select * from enterprise_merges where id = ?", [number])), None
    )


def record_split(db: Database, merge: Merge, *, at: datetime, by: str) -> list[str]:
    """Take the loser out again; returns the keys that were changed since the merge and therefore stay as they are."""
    stamp, stay = at.isoformat(timespec="seconds"), []
    for key, (before, after) in merge.changed.items():
        cursor = db.execute("update enterprise_facts set current = 0 where id = ? and current = 1", [after])
        if not cursor.rowcount:
            stay.append(key)
        elif before is not None:
            db.execute("update enterprise_facts set current = 1 where id = ?", [before])
    db.execute("update enterprises set merged_into = null where uscc = ?", [merge.loser])
    db.execute(
        "update enterprises set name = ? where uscc = ? and name = ?",
        [merge.old_name, merge.winner, merge.new_name],
    )
    db.execute("update enterprise_merges set split_at = ?, split_by = ? where id = ?", [stamp, by, merge.id])
    _refresh(db, stamp, merge.winner, merge.loser)
    return stay


def erase(db: Database, uscc: str, family: list[str]) -> None:
    """Remove a company and those merged into it, facts and history and all; only the codes stay, as gone."""
    db.execute("update enterprise_version set version = version + 1")
    for code in [*family, uscc]:
        for table in ("enterprise_facts", "enterprise_former_names"):
            db.execute(f"delete from {table} where uscc = ?", [code])  # noqa: S608  # names of this line
        db.execute("delete from enterprise_merges where winner = :code or loser = :code", {"code": code})
        db.execute("delete from enterprise_not_same where one = :code or other = :code", {"code": code})
        db.execute("update enterprises set merged_into = null where uscc = ?", [code])
    for code in [*family, uscc]:
        db.execute("delete from enterprises where uscc = ?", [code])
        db.execute(
            "insert or replace into enterprise_removals values (?, (select version from enterprise_version))",
            [code],
        )


def _refresh(db: Database, stamp: str, *usccs: str) -> None:
    library = EnterpriseLibrary(db)
    for uscc in usccs:
        library.note_change(uscc, stamp)
        for held in read_held(db, "where e.uscc = ?", [uscc]):
            put_summary(db, held)


def _merge(row: dict[str, Any]) -> Merge:
    return Merge(
        row["id"],
        row["winner"],
        row["loser"],
        datetime.fromisoformat(row["merged_at"]),
        row["merged_by"],
        row["reason"] or "",
        {key: (before, after) for key, (before, after) in json.loads(row["changed"]).items()},
        row["old_name"],
        row["new_name"],
        datetime.fromisoformat(row["split_at"]) if row["split_at"] else None,
        row["split_by"],
        tuple(json.loads(row["accounts"])),
    )
