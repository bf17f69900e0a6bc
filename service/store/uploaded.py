"""What is handed in, as nouns: a batch, a file before it is written down and after. Rows become them here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class UploadState(StrEnum):
    """Where an uploaded file stands."""

    RECEIVED = "received"
    PROCESSING = "processing"
    LOADED = "loaded"
    ALREADY = "already"
    OPENED = "opened"
    REFUSED = "refused"


STATE_WORDS = {
    UploadState.RECEIVED: "已接收",
    UploadState.PROCESSING: "处理中",
    UploadState.LOADED: "已载入",
    UploadState.ALREADY: "已在库",
    UploadState.OPENED: "已展开",
    UploadState.REFUSED: "未载入",
}
UNFINISHED = frozenset({UploadState.RECEIVED, UploadState.PROCESSING})


@dataclass(frozen=True, slots=True)
class Batch:
    """Files handed in together. source: "upload", "addresses" …; continues: the batch whose overflow this one takes."""

    id: str
    created_at: datetime
    actor: str
    source: str
    continues: str | None = None


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write down. digest: of its kept bytes, None for an address yet to be fetched or a file refused unread.

    member: its path inside parent_id, or its address if it hangs on a page. token: names one attempt to hand a file
    in, so that a repetition after a lost answer makes no second row.
    """

    name: str
    size: int | None = None
    digest: str | None = None
    address: str | None = None
    token: str | None = None
    parent_id: int | None = None
    member: str | None = None
    with_attachments: bool = False


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file handed in. details: title, kind, counts, warnings, near duplicate, attachments …, as JSON has them.

    waiting: why a file that is not finished is tried again later, if it is; note: how far its job is.
    """

    id: int
    batch_id: str
    parent_id: int | None
    member: str | None
    token: str | None
    name: str
    size: int | None
    digest: str | None
    address: str | None
    with_attachments: bool
    state: UploadState
    reason: str | None
    document_id: str | None
    details: dict[str, Any]
    job_id: int | None
    received_at: datetime
    finished_at: datetime | None
    waiting: str | None
    note: str | None

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state not in UNFINISHED


def batch_from_row(row: dict[str, Any]) -> Batch:
    """A batch as its row has it."""
    return Batch(**{**row, "created_at": datetime.fromisoformat(row["created_at"])})


def file_from_row(row: dict[str, Any]) -> UploadedFile:
    """A file as its row has it, joined with job_state, job_reason and job_note of its job."""
    state = UploadState(row["state"])
    if state is UploadState.RECEIVED and row["job_state"] == "running":
        state = UploadState.PROCESSING
    open_ = state in UNFINISHED
    return UploadedFile(
        row["id"],
        row["batch_id"],
        row["parent_id"],
        row["member"],
        row["token"],
        row["name"],
        row["size"],
        row["digest"],
        row["address"],
        bool(row["with_attachments"]),
        state,
        row["reason"],
        row["document_id"],
        json.loads(row["details"]) if row["details"] else {},
        row["job_id"],
        datetime.fromisoformat(row["received_at"]),
        datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
        row["job_reason"] if open_ else None,
        row["job_note"] if state is UploadState.PROCESSING else None,
    )
