"""上传: batches of files that were handed in, and what became of each, as rows.

A row is made when the bytes are safely kept and ends exactly once: as loaded, as already in 文件库, as opened (a ZIP,
whose files are rows of their own), or as refused with a reason. "processing" is no state of a row but what its job
says, so that a killed worker leaves nothing standing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from service.errors import UploadNotFound
from service.store.database import only_writer
from service.store.uploaded import Batch, NewFile, UploadedFile, UploadState, batch_from_row, file_from_row

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
            return batch_from_row(row)
        return None

    def get_batch(self, batch_id: str) -> Batch:
        """A batch. Raises UploadNotFound."""
        if (found := self.find_batch(batch_id)) is None:
            raise UploadNotFound(f"没有编号为 {batch_id} 的上传批次，可从“上传文件”页查看全部批次")
        return found

    def batches(self, *, limit: int = 20, offset: int = 0) -> list[Batch]:
        """Batches, the newest first, without those that continue another."""
        query = "select * from upload_batches where continues is null order by created_at desc, id limit ? offset ?"
        return [batch_from_row(row) for row in self._db.query(query, [limit, offset])]

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
        return next(map(file_from_row, self._db.query(query, wanted)), None)

    def find_by_token(self, batch_id: str, token: str) -> UploadedFile | None:
        """The file that was handed in under a token, if it was."""
        rows = self._db.query(_SELECT + "where f.batch_id = ? and f.token = ?", [batch_id, token])
        return next(map(file_from_row, rows), None)

    def get(self, file_id: int) -> UploadedFile:
        """One file. Raises UploadNotFound."""
        for row in self._db.query(_SELECT + "where f.id = ?", [file_id]):
            return file_from_row(row)
        raise UploadNotFound(f"没有编号为 {file_id} 的上传文件，可从“上传文件”页查看全部批次")

    def files(self, batch_id: str) -> Iterator[UploadedFile]:
        """The files of a batch and of those that continue it, as they came; those of a ZIP or page behind it."""
        where = (
            "where f.batch_id in (select id from upload_batches where id = :id or continues = :id) "
            "order by coalesce(f.parent_id, f.id), f.id"
        )
        return map(file_from_row, self._db.query(_SELECT + where, {"id": batch_id}))

    def tally(self, batch_id: str) -> dict[UploadState, int]:
        """How many files of a batch and of those that continue it are in each state."""
        query = (
            "select case when f.state = 'received' and j.state = 'running' then 'processing' else f.state end as now, "
            "count(*) as n from upload_files f left join jobs j on j.id = f.job_id "
            "where f.batch_id in (select id from upload_batches where id = :id or continues = :id) group by 1"
        )
        return {UploadState(row["now"]): int(row["n"]) for row in self._db.query(query, {"id": batch_id})}

    def first_name(self, batch_id: str) -> str:
        """The name of the file that came first; empty where there is none."""
        query = "select name from upload_files where batch_id = ? order by id limit 1"
        return next((str(row["name"]) for row in self._db.query(query, [batch_id])), "")

    def of_document(self, document_id: str) -> list[UploadedFile]:
        """Where a document came from: every file handed in that became it or was found to be it."""
        return [
            file_from_row(row)
            for row in self._db.query(_SELECT + "where f.document_id = ? order by f.id", [document_id])
        ]

    def of_same_address(self, digest: str) -> list[str]:
        """The documents that were fetched from an address which now holds these bytes, by the hash of the bytes."""
        rows = self._db.query(
            "select distinct document_id from upload_files where document_id is not null and address in "
            "(select address from upload_files where digest = ? and address is not null) order by document_id",
            [digest],
        )
        return [row["document_id"] for row in rows]

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


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
