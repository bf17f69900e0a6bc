"""上传: batches of files that were handed in, and what became of each, as rows.

A row is made when the bytes are safely kept and ends exactly once: as loaded, as already in 文件库, as opened (a ZIP,
whose files are rows of their own), or as refused with a reason. "processing" is no state of a row but what its job
says, so that a killed worker leaves nothing standing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from service.errors import UploadNotFound
from service.store.database import only_writer


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


_SELECT = (
    "select f.*, j.state as job_state, j.reason as job_reason, j.note as job_note "
    "from upload_files f left join jobs j on j.id = f.job_id "
)


class UploadTable:
    """The uploads in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def open_batch(self, batch: Batch) -> bool:
        """Write down a batch; False if it is there already."""
        row = {
            "id": batch.id,
            "created_at": _stamp(batch.created_at),
            "actor": batch.actor,
            "source": batch.source,
            "continues": batch.continues,
        }
        with self._transaction():
            if self.find_batch(batch.id) is not None:
                return False
            self._db.table("upload_batches").insert(row)
            return True

    def find_batch(self, batch_id: str) -> Batch | None:
        """A batch, if there is one."""
        for row in self._db.query("select * from upload_batches where id = ?", [batch_id]):
            return _batch(row)
        return None

    def get_batch(self, batch_id: str) -> Batch:
        """A batch. Raises UploadNotFound."""
        if (found := self.find_batch(batch_id)) is None:
            raise UploadNotFound(f"没有编号为 {batch_id} 的上传批次，可从“上传文件”页查看全部批次")
        return found

    def batches(self, *, limit: int = 20, offset: int = 0) -> list[Batch]:
        """Batches, the newest first, without those that continue another."""
        query = "select * from upload_batches where continues is null order by created_at desc, id limit ? offset ?"
        return [_batch(row) for row in self._db.query(query, [limit, offset])]

    def count_batches(self) -> int:
        """How many there are, without those that continue another."""
        return int(
            next(self._db.query("select count(*) as n from upload_batches where continues is null"))["n"]
        )

    def add(self, batch_id: str, file: NewFile, *, at: datetime) -> tuple[UploadedFile, bool]:
        """Write down a file of a batch; with False if it was there already, by its token or as member of its parent."""
        row = {
            "batch_id": batch_id,
            "parent_id": file.parent_id,
            "member": file.member,
            "token": file.token,
            "name": file.name,
            "size": file.size,
            "digest": file.digest,
            "address": file.address,
            "with_attachments": int(file.with_attachments),
            "state": UploadState.RECEIVED.value,
            "received_at": _stamp(at),
        }
        with self._transaction():
            if (there := self._find_same(batch_id, file)) is not None:
                return there, False
            return self.get(int(str(self._db.table("upload_files").insert(row).last_pk))), True

    def _find_same(self, batch_id: str, file: NewFile) -> UploadedFile | None:
        query = _SELECT + (
            "where (f.parent_id = :parent and f.member = :member) or (f.batch_id = :batch and f.token = :token)"
        )
        wanted = {"parent": file.parent_id, "member": file.member, "batch": batch_id, "token": file.token}
        return next(map(_file, self._db.query(query, wanted)), None)

    def find_by_token(self, batch_id: str, token: str) -> UploadedFile | None:
        """The file that was handed in under a token, if it was."""
        rows = self._db.query(_SELECT + "where f.batch_id = ? and f.token = ?", [batch_id, token])
        return next(map(_file, rows), None)

    def get(self, file_id: int) -> UploadedFile:
        """One file. Raises UploadNotFound."""
        for row in self._db.query(_SELECT + "where f.id = ?", [file_id]):
            return _file(row)
        raise UploadNotFound(f"没有编号为 {file_id} 的上传文件，可从“上传文件”页查看全部批次")

    def files(self, batch_id: str) -> Iterator[UploadedFile]:
        """The files of a batch and of those that continue it, as they came; those of a ZIP or page behind it."""
        where = (
            "where f.batch_id in (select id from upload_batches where id = :id or continues = :id) "
            "order by coalesce(f.parent_id, f.id), f.id"
        )
        return map(_file, self._db.query(_SELECT + where, {"id": batch_id}))

    def of_document(self, document_id: str) -> list[UploadedFile]:
        """Where a document came from: every file handed in that became it or was found to be it."""
        return [
            _file(row)
            for row in self._db.query(_SELECT + "where f.document_id = ? order by f.id", [document_id])
        ]

    def size_of(self, batch_id: str) -> tuple[int, int]:
        """How many files were handed in in a batch, without those of ZIPs, and their bytes."""
        query = (
            "select count(*) as n, coalesce(sum(size), 0) as bytes from upload_files "
            "where batch_id = ? and parent_id is null"
        )
        row = next(self._db.query(query, [batch_id]))
        return int(row["n"]), int(row["bytes"])

    def set_job(self, file_id: int, job_id: int) -> None:
        """Which job sees to a file."""
        self._change("update upload_files set job_id = ? where id = ?", [job_id, file_id])

    def set_content(self, file_id: int, *, name: str, size: int, digest: str) -> None:
        """What an address held, once it is fetched and kept."""
        self._change(
            "update upload_files set name = ?, size = ?, digest = ? where id = ?",
            [name, size, digest, file_id],
        )

    def finish(
        self,
        file_id: int,
        state: UploadState,
        *,
        at: datetime,
        reason: str | None = None,
        document_id: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> bool:
        """What became of a file; False, and nothing is changed, if it has its end already."""
        packed = json.dumps(details, ensure_ascii=False) if details else None
        values = [state.value, reason, document_id, packed, _stamp(at), file_id]
        query = (
            "update upload_files set state = ?, reason = ?, document_id = ?, details = ?, finished_at = ? "
            "where id = ? and state = 'received'"
        )
        return self._change(query, values)

    def reopen(self, file_id: int) -> bool:
        """Let a refused file be tried again; False if it is not refused."""
        query = (
            "update upload_files set state = 'received', reason = null, details = null, finished_at = null "
            "where id = ? and state = 'refused'"
        )
        return self._change(query, [file_id])

    def digests(self) -> set[str]:
        """The hashes of all kept bytes that an upload still needs or may be asked for again."""
        rows = self._db.query("select distinct digest from upload_files where digest is not null")
        return {row["digest"] for row in rows}

    def forget_bytes(self, *, before: datetime) -> list[str]:
        """Give up the bytes of files that were refused or opened before a moment; the hashes that nothing needs any more."""
        query = (
            "select distinct digest from upload_files f where digest is not null and state in ('refused', 'opened') "
            "and finished_at < :before "
            "and not exists (select 1 from documents d where d.content_hash = f.digest) "
            "and not exists (select 1 from upload_files o where o.digest = f.digest "
            "and (o.finished_at is null or o.finished_at >= :before))"
        )
        found = [row["digest"] for row in self._db.query(query, {"before": _stamp(before)})]
        marks = json.dumps(found)
        self._change(
            "update upload_files set digest = null where digest in (select value from json_each(?))", [marks]
        )
        return found

    def _change(self, query: str, values: Iterable[Any]) -> bool:
        with self._transaction():
            return bool(self._db.execute(query, list(values)).rowcount)

    def _transaction(self) -> AbstractContextManager[None]:
        return nullcontext() if self._db.conn.in_transaction else only_writer(self._db)


def _batch(row: dict[str, Any]) -> Batch:
    return Batch(**{**row, "created_at": datetime.fromisoformat(row["created_at"])})


def _file(row: dict[str, Any]) -> UploadedFile:
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


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
