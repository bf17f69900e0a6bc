"""What the program proposes and a person decides (待处理建议): repeals, new editions, expiry, next rounds, links.

A key names what is proposed and stands once, whatever became of it: the same proposal never comes twice, and what was
declined stays declined. Workflows make and decide proposals; pages list them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from policy_corpus.model import Span
from service.errors import ProposalNotFound


class ProposalKind(StrEnum):
    """What is proposed."""

    RELATION = "relation"
    EDITION = "edition"
    EXPIRY = "expiry"
    ROUND = "round"
    SAME_BENEFIT = "same_benefit"


class ProposalState(StrEnum):
    """What became of it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


KIND_WORDS = {
    ProposalKind.EDITION: "新版文件",
    ProposalKind.RELATION: "废止、替代与延期",
    ProposalKind.EXPIRY: "到期事项",
    ProposalKind.ROUND: "下一轮申报期",
    ProposalKind.SAME_BENEFIT: "各层级同类政策",
}
STATE_WORDS = {
    ProposalState.OPEN: "待处理",
    ProposalState.ACCEPTED: "已采纳",
    ProposalState.DECLINED: "未采纳",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal to be made. document_id: whose standing would change; other_id: the document or item that says so.

    place: the sentence that speaks for it. details: what the kind needs to take effect, as JSON.
    """

    kind: ProposalKind
    key: str
    document_id: str
    reason: str
    other_id: str | None = None
    item_id: str | None = None
    place: Span | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it is kept."""

    id: int
    kind: ProposalKind
    key: str
    document_id: str
    other_id: str | None
    item_id: str | None
    reason: str
    place: Span | None
    details: dict[str, Any]
    state: ProposalState
    made_at: datetime
    later_until: date | None
    decided_at: datetime | None
    decided_by: str | None
    note: str


class ProposalTable:
    """The proposals in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def make(self, draft: Draft, at: datetime) -> int | None:
        """Keep a proposal and return its id; None if its key stands already, decided or not.

        An open one that stands already says from now on what is known now: another reason, other items.
        """
        row = {
            "kind": draft.kind.value,
            "key": draft.key,
            "document_id": draft.document_id,
            "other_id": draft.other_id,
            "item_id": draft.item_id,
            "reason": draft.reason,
            "place": _packed(draft.place),
            "details": json.dumps(draft.details, ensure_ascii=False, sort_keys=True),
            "state": ProposalState.OPEN.value,
            "made_at": at.isoformat(timespec="seconds"),
        }
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        with self._db.atomic():
            done = self._db.execute(
                f"insert or ignore into proposals ({columns}) values ({values})",  # noqa: S608
                row,
            )
            if done.rowcount:
                return int(done.lastrowid or 0)
            self._db.execute(
                "update proposals set reason = :reason, details = :details, place = :place "
                "where key = :key and state = 'open'",
                row,
            )
        return None

    def get(self, id: int) -> Proposal:
        """One proposal. Raises ProposalNotFound."""
        for row in self._db.query("select * from proposals where id = ?", [id]):
            return _proposal(row)
        raise ProposalNotFound(f"没有编号为 {id} 的建议，可能已重新整理。请在“时效维护”中刷新后再试")

    def each(
        self,
        *,
        state: ProposalState | None = ProposalState.OPEN,
        kind: ProposalKind | None = None,
        today: date | None = None,
        document_id: str | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> list[Proposal]:
        """Proposals of a state and kind, the oldest first. today: without those put off beyond it."""
        where, values = _where(state, kind, today, document_id)
        order = "decided_at desc, id" if state is not ProposalState.OPEN else "id"
        query = f"select * from proposals where {where} order by {order} limit :limit offset :offset"  # noqa: S608
        return [_proposal(row) for row in self._db.query(query, {**values, "limit": limit, "offset": offset})]

    def counts(self, *, today: date | None = None) -> dict[ProposalKind, int]:
        """How many open proposals there are of each kind. today: without those put off beyond it."""
        where, values = _where(ProposalState.OPEN, None, today, None)
        query = f"select kind, count(*) as n from proposals where {where} group by kind"  # noqa: S608
        rows = self._db.query(query, values)
        found = {row["kind"]: row["n"] for row in rows}
        return {kind: found.get(kind.value, 0) for kind in ProposalKind}

    def decide(
        self, id: int, state: ProposalState, *, by: str, at: datetime, note: str = "", again: bool = False
    ) -> bool:
        """Note what became of an open proposal; False if it had been decided before, unless it is decided again."""
        with self._db.atomic():
            done = self._db.execute(
                "update proposals set state = ?, decided_by = ?, decided_at = ?, note = ? "
                "where id = ? and (state = 'open' or ?)",
                [state.value, by, at.isoformat(timespec="seconds"), note, id, again],
            )
        return bool(done.rowcount)

    def put_off(self, id: int, until: date) -> None:
        """Leave an open proposal out of the list until a day."""
        with self._db.atomic():
            self._db.execute(
                "update proposals set later_until = ? where id = ? and state = 'open'",
                [until.isoformat(), id],
            )

    def drop_stale(self, kind: ProposalKind, keys: Collection[str]) -> int:
        """Delete open proposals of a kind that no longer stand, none of the keys; returns how many."""
        with self._db.atomic():
            done = self._db.execute(
                "delete from proposals where kind = ? and state = 'open' and key not in (select value from json_each(?))",
                [kind.value, json.dumps(list(keys))],
            )
        return int(done.rowcount)

    def find_pending_edition(self, document_id: str) -> str | None:
        """The document of which this one is proposed as a new edition and nobody has decided; None for any other."""
        query = "select other_id from proposals where kind = 'edition' and state = 'open' and document_id = ?"
        return next((row["other_id"] for row in self._db.query(query, [document_id])), None)

    def find_next_edition(self, document_id: str) -> str | None:
        """The document that took the place of this one as its new edition, None where none has."""
        query = (
            "select document_id from proposals where kind = 'edition' and state = 'accepted' and other_id = ? "
            "order by decided_at desc limit 1"
        )
        return next((row["document_id"] for row in self._db.query(query, [document_id])), None)


def _where(
    state: ProposalState | None, kind: ProposalKind | None, today: date | None, document_id: str | None
) -> tuple[str, dict[str, str]]:
    tests = {
        "state": ("state = :state", state and state.value),
        "kind": ("kind = :kind", kind and kind.value),
        "today": ("(later_until is null or later_until <= :today)", today and today.isoformat()),
        "document": ("(document_id = :document or other_id = :document)", document_id),
    }
    given = {name: value for name, (_, value) in tests.items() if value}
    return " and ".join(tests[name][0] for name in given) or "1", given


def _packed(place: Span | None) -> str | None:
    if place is None:
        return None
    return json.dumps([place.document_id, place.start, place.end, place.quote], ensure_ascii=False)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _proposal(row: dict[str, Any]) -> Proposal:
    return Proposal(
        id=row["id"],
        kind=ProposalKind(row["kind"]),
        key=row["key"],
        document_id=row["document_id"],
        other_id=row["other_id"],
        item_id=row["item_id"],
        reason=row["reason"],
        place=Span(*json.loads(row["place"])) if row["place"] else None,
        details=json.loads(row["details"]),
        state=ProposalState(row["state"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        later_until=date.fromisoformat(row["later_until"]) if row["later_until"] else None,
        decided_at=_moment(row["decided_at"]),
        decided_by=row["decided_by"],
        note=row["note"],
    )
