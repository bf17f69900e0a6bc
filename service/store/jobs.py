"""Background jobs as rows: what a face promises is written here before it answers, and a worker does it later.

A job is taken by one worker at a time, for the length of a lease that the worker renews; a worker that is killed
leaves a lease that runs out, or a lock that is free, and the next one takes the job up. So nothing that was
accepted is lost, whatever ends when (docs/decisions/0015). Times are kept in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from service.errors import JobNotFound, LeaseLost
from service.store.database import only_writer

LEASE = timedelta(seconds=60)
LONGEST_DELAY = timedelta(
    minutes=10
)  # of a repetition; a longer one is the mark of a clock that was set back


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STATE_WORDS = {
    JobState.QUEUED: "等待",
    JobState.RUNNING: "进行中",
    JobState.DONE: "完成",
    JobState.FAILED: "失败",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do. attempts: how often it was begun; worker and attempts together say whose turn it is.

    note, done, total: how far it is, in words (Chinese) and counts.
    """

    id: int
    kind: str
    payload: dict[str, Any]
    key: str | None
    state: JobState
    attempts: int
    worker: str | None
    leased_until: datetime | None
    run_after: datetime
    note: str | None
    done: int | None
    total: int | None
    result: Any
    reason: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobTable:
    """The jobs in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(
        self,
        kind: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        at: datetime,
        run_after: datetime | None = None,
    ) -> int:
        """Write down a job and return its id; an unfinished job of the same key stands for it.

        payload: ids and choices only, never personal data or figures of companies. Call it inside the
        transaction of what makes the job necessary, so that neither is there without the other.
        """
        with self._transaction():
            if key is not None and (open_ := self.find_open(key)) is not None:
                return open_.id
            row = {
                "kind": kind,
                "payload": json.dumps(payload, ensure_ascii=False, sort_keys=True),
                "key": key,
                "state": JobState.QUEUED.value,
                "run_after": _stamp(run_after or at),
                "created_at": _stamp(at),
            }
            return int(str(self._db.table("jobs").insert(row).last_pk))

    def is_any_due(self, at: datetime) -> bool:
        """Whether there may be something to take; a quick look that waits for nobody."""
        query = f"select 1 from jobs where state = 'running' or ({_DUE}) limit 1"  # noqa: S608
        return next(self._db.query(query, _moments(at)), None) is not None

    def take(
        self, worker: str, *, at: datetime, is_alive: Callable[[str], bool] = lambda _: True
    ) -> Job | None:
        """The next job that is due, now running and leased to this worker; None if there is none.

        A worker does one job at a time: what is marked as running by itself, by a worker that is no longer
        alive, or under a lease that has run out, is taken up again. attempts tells how often that happened.
        """
        with only_writer(self._db):
            self._free_orphans(worker, at, is_alive)
            query = f"select id from jobs where {_DUE} order by run_after, id limit 1"  # noqa: S608
            found = next(self._db.query(query, _moments(at)), None)
            if found is None:
                return None
            self._db.execute(
                "update jobs set state = 'running', worker = ?, leased_until = ?, attempts = attempts + 1, "
                "started_at = coalesce(started_at, ?) where id = ?",
                [worker, _stamp(at + LEASE), _stamp(at), found["id"]],
            )
        return self.get(found["id"])

    def _free_orphans(self, worker: str, at: datetime, is_alive: Callable[[str], bool]) -> None:
        for row in list(self._db.query("select id, worker, leased_until from jobs where state = 'running'")):
            until = datetime.fromisoformat(row["leased_until"])
            # A lease that reaches far ahead was given before the clock was set back.
            if until < at or until > at + 2 * LEASE or row["worker"] == worker or not is_alive(row["worker"]):
                self._db.execute("update jobs set state = 'queued', worker = null where id = ?", [row["id"]])

    def renew(self, job: Job, *, at: datetime, note: str | None, done: int | None, total: int | None) -> bool:
        """Lengthen the lease and write down how far the job is; False if it is no longer this worker's."""
        values = [_stamp(at + LEASE), note, done, total, *_mine(job)]
        query = f"update jobs set leased_until = ?, note = ?, done = ?, total = ? where {_MINE}"  # noqa: S608
        with self._transaction():
            return bool(self._db.execute(query, values).rowcount)

    def finish(self, job: Job, result: Any, *, at: datetime) -> None:
        """The job is done. Raises LeaseLost if another worker has taken it up meanwhile."""
        packed = None if result is None else json.dumps(result, ensure_ascii=False)
        self._end(job, JobState.DONE, at, result=packed, reason=None)

    def fail(self, job: Job, reason: str, *, at: datetime) -> None:
        """The job has failed for good; reason: Chinese, with what to do next. Raises LeaseLost."""
        self._end(job, JobState.FAILED, at, result=None, reason=reason)

    def _end(
        self, job: Job, state: JobState, at: datetime, *, result: str | None, reason: str | None
    ) -> None:
        query = (
            "update jobs set state = ?, result = ?, reason = ?, finished_at = ?, worker = null, "  # noqa: S608
            f"leased_until = null where {_MINE}"
        )
        self._change_mine(query, [state.value, result, reason, _stamp(at)], job)

    def repeat_later(self, job: Job, reason: str, *, run_after: datetime) -> None:
        """Back into the queue, to be tried again; reason: what went wrong. Raises LeaseLost."""
        query = f"update jobs set state = 'queued', worker = null, reason = ?, run_after = ? where {_MINE}"  # noqa: S608
        self._change_mine(query, [reason, _stamp(run_after)], job)

    def release(self, job: Job) -> None:
        """Back into the queue as if it had not been begun: the worker is being ended. Raises LeaseLost."""
        query = f"update jobs set state = 'queued', worker = null, attempts = attempts - 1 where {_MINE}"  # noqa: S608
        self._change_mine(query, [], job)

    def _change_mine(self, query: str, values: list[Any], job: Job) -> None:
        with self._transaction():
            if not self._db.execute(query, [*values, *_mine(job)]).rowcount:
                raise LeaseLost(f"任务 {job.id} 已由其他后台进程接手")

    def retry(self, job_id: int, *, at: datetime) -> Job:
        """Queue a failed job again; what is not failed stays as it is. Raises JobNotFound."""
        with self._transaction():
            job = self.get(job_id)
            if job.key is not None and (open_ := self.find_open(job.key)) is not None:
                return open_
            self._db.execute(
                "update jobs set state = 'queued', attempts = 0, reason = null, finished_at = null, run_after = ? "
                "where id = ? and state = 'failed'",
                [_stamp(at), job_id],
            )
        return self.get(job_id)

    def get(self, job_id: int) -> Job:
        """One job. Raises JobNotFound."""
        for row in self._db.query("select * from jobs where id = ?", [job_id]):
            return _job(row)
        raise JobNotFound(f"没有编号为 {job_id} 的后台任务，可用 huiqi work list 查看")

    def find_open(self, key: str) -> Job | None:
        """The unfinished job of a key, if there is one."""
        query = "select * from jobs where key = ? and state in ('queued', 'running')"
        return next(map(_job, self._db.query(query, [key])), None)

    def each(
        self, *, state: JobState | None = None, kind: str | None = None, limit: int = 200
    ) -> Iterator[Job]:
        """Jobs, the newest first."""
        wanted = {"state": state.value if state else None, "kind": kind, "limit": limit}
        query = (
            "select * from jobs where (:state is null or state = :state) and (:kind is null or kind = :kind) "
            "order by id desc limit :limit"
        )
        return map(_job, self._db.query(query, wanted))

    def counts(self) -> dict[JobState, int]:
        """How many jobs there are of each state."""
        rows = self._db.query("select state, count(*) as n from jobs group by state")
        found = {JobState(row["state"]): int(row["n"]) for row in rows}
        return {state: found.get(state, 0) for state in JobState}

    def prune(self, *, done_before: datetime, failed_before: datetime) -> int:
        """Delete jobs that ended long ago; returns how many."""
        with self._transaction():
            return int(
                self._db.execute(
                    "delete from jobs where (state = 'done' and finished_at < ?) or (state = 'failed' and finished_at < ?)",
                    [_stamp(done_before), _stamp(failed_before)],
                ).rowcount
            )

    def last_due(self, kind: str) -> datetime | None:
        """When a periodic job last came due, None if it has never been looked at."""
        query = "select last_due from periodic_jobs where kind = ?"
        return next((datetime.fromisoformat(row["last_due"]) for row in self._db.query(query, [kind])), None)

    def note_due(self, kind: str, due: datetime) -> None:
        """Remember that a periodic job came due at a moment."""
        with self._transaction():
            self._db.table("periodic_jobs").upsert({"kind": kind, "last_due": _stamp(due)}, pk="kind")

    def _transaction(self) -> AbstractContextManager[None]:
        return nullcontext() if self._db.conn.in_transaction else only_writer(self._db)


# Due is what waits and whose moment has come. After the clock was set back moments lie too far ahead: a job is
# then due that was to start at once when it was put, and a repetition that would wait longer than any does.
_DUE = (
    "state = 'queued' and (run_after <= :at or (attempts > 0 and run_after > :latest) "
    "or (attempts = 0 and created_at > :at and run_after <= created_at))"
)
_MINE = "id = ? and state = 'running' and worker = ? and attempts = ?"


def _moments(at: datetime) -> dict[str, str]:
    return {"at": _stamp(at), "latest": _stamp(at + LONGEST_DELAY)}


def _mine(job: Job) -> list[Any]:
    return [job.id, job.worker, job.attempts]


def _stamp(moment: datetime) -> str:
    """UTC with fixed width, so that moments compare as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _job(row: dict[str, Any]) -> Job:
    made = {
        **row,
        "payload": json.loads(row["payload"]),
        "state": JobState(row["state"]),
        "result": json.loads(row["result"]) if row["result"] else None,
        "run_after": datetime.fromisoformat(row["run_after"]),
        "created_at": datetime.fromisoformat(row["created_at"]),
    }
    for name in ("leased_until", "started_at", "finished_at"):
        made[name] = _moment(row[name])
    return Job(**made)
