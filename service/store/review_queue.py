"""待审核: the documents with items that nobody has decided on yet, found, counted and paged in the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from policy_corpus.model import DocumentKind


class QueueState(StrEnum):
    """The filters of the queue."""

    ALL = "all"
    WAITING = "waiting"
    IN_REVIEW = "in_review"
    UNPARSED = "unparsed"
    RECOGNISED = "recognised"
    DUPLICATE = "duplicate"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Queued:
    """A document in the queue. undecided: its items that wait; unparsed: those with a condition not understood.

    received_at: when its file was handed in, at the latest when it was loaded. confidence: of a text recognised
    from pictures. near: the document it nearly repeats.
    """

    document_id: str
    file_name: str
    title: str
    kind: DocumentKind
    issuing_authority: str | None
    loaded_at: datetime
    received_at: datetime
    confidence: float | None
    near_id: str | None
    near_title: str | None
    similarity: float | None
    is_same: bool
    undecided: int
    in_review: int
    published: int
    unparsed: int


# One row a document; what is being edited stands for the item itself.
_ENTRIES = """
select d.id as document_id, d.file_name, d.title, d.kind, d.issuing_authority, d.loaded_at,
       min(d.loaded_at, coalesce((select min(u.received_at) from upload_files u where u.document_id = d.id), d.loaded_at))
         as received_at,
       json_extract(d.details, '$.confidence') as confidence, d.near_duplicate_of as near_id, n.title as near_title,
       d.similarity, d.same_as is not null as is_same,
       coalesce(sum(i.status in ('draft', 'in_review')), 0) as undecided,
       coalesce(sum(i.status = 'in_review'), 0) as in_review,
       coalesce(sum(i.status = 'published'), 0) as published,
       coalesce(sum(i.status in ('draft', 'in_review') and instr(coalesce(e.body, i.body), '"free_text"') > 0), 0) as unparsed
from documents d
left join policy_items i on i.document_id = d.id
left join documents n on n.id = d.near_duplicate_of
left join item_edits e on e.item_id = i.id
where {which}
group by d.id
"""
_QUEUE = _ENTRIES.format(
    which="d.id in (select document_id from policy_items where status in ('draft', 'in_review'))"
)
_STATES = {
    QueueState.ALL: "1",
    QueueState.WAITING: "in_review = 0",
    QueueState.IN_REVIEW: "in_review > 0 or document_id in (select document_id from review_presence where at >= :open_since)",
    QueueState.UNPARSED: "unparsed > 0",
    QueueState.RECOGNISED: "confidence is not null",
    QueueState.DUPLICATE: "near_id is not null",
    QueueState.URGENT: "kind != '征求意见稿' and date(received_at, '+8 hours') <= :received_until",  # 北京时间
}


class ReviewQueue:
    """The queue in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def counts(
        self, words: str = "", *, received_until: str = "", open_since: str = ""
    ) -> dict[QueueState, int]:
        """How many documents each filter leaves. received_until: ISO day up to which a receipt is urgent."""
        sums = ", ".join(f"coalesce(sum({test}), 0) as n_{state.value}" for state, test in _STATES.items())
        query = f"select {sums} from ({_QUEUE}) where {_WORDS}"  # noqa: S608
        row = next(iter(self._db.query(query, _values(words, received_until, open_since))))
        return {state: row[f"n_{state.value}"] for state in QueueState}

    def page(
        self,
        state: QueueState = QueueState.ALL,
        words: str = "",
        *,
        received_until: str = "",
        open_since: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> list[Queued]:
        """Documents under a filter, the newest first."""
        query = (
            f"select * from ({_QUEUE}) where ({_STATES[state]}) and {_WORDS} "  # noqa: S608
            "order by loaded_at desc, document_id limit :limit offset :offset"
        )
        values = _values(words, received_until, open_since) | {"limit": limit, "offset": offset}
        return [_queued(row) for row in self._db.query(query, values)]

    def some(self, document_ids: list[str]) -> list[Queued]:
        """Those of the documents that are in the queue, the newest first."""
        query = (
            f"select * from ({_QUEUE}) where document_id in (select value from json_each(:ids)) "  # noqa: S608
            "order by loaded_at desc, document_id"
        )
        return [_queued(row) for row in self._db.query(query, {"ids": json.dumps(document_ids)})]

    def find(self, document_id: str) -> Queued | None:
        """A document as it would stand in the queue, whether or not it waits; None where there is none."""
        query = _ENTRIES.format(which="d.id = :id")
        return next((_queued(row) for row in self._db.query(query, {"id": document_id})), None)

    def revisions(self, document_id: str) -> dict[str, int]:
        """The revision of each item of a document that was ever edited."""
        rows = self._db.query(
            "select item_id, revision from item_edits "
            "where item_id in (select id from policy_items where document_id = ?)",
            [document_id],
        )
        return {row["item_id"]: row["revision"] for row in rows}

    def next_after(self, document_id: str) -> Queued | None:
        """The newest waiting document that is not this one; None where none waits."""
        return next((entry for entry in self.page(limit=2) if entry.document_id != document_id), None)


_WORDS = (
    "(:words = '' or file_name like :like or title like :like or coalesce(issuing_authority, '') like :like)"
)


def _values(words: str, received_until: str, open_since: str) -> dict[str, Any]:
    escaped = words.replace("%", "").replace("_", "")
    return {
        "words": words,
        "like": f"%{escaped}%",
        "received_until": received_until,
        "open_since": open_since,
    }


def _queued(row: dict[str, Any]) -> Queued:
    return Queued(
        row["document_id"],
        row["file_name"],
        row["title"],
        DocumentKind(row["kind"]),
        row["issuing_authority"],
        datetime.fromisoformat(row["loaded_at"]),
        datetime.fromisoformat(row["received_at"]),
        row["confidence"],
        row["near_id"],
        row["near_title"],
        row["similarity"],
        bool(row["is_same"]),
        row["undecided"],
        row["in_review"],
        row["published"],
        row["unparsed"],
    )
