"""Do the background jobs of a data folder: take one, do it, write down what became of it; called by `huiqi work`.

A job ends as done, or as failed with a reason; a fault that passes (database busy, disk full, a site that does not
answer) puts it back into the queue with a growing delay. The worker itself lives on whatever a job does.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from service.errors import OUR_ERRORS, LeaseLost, TransientFault, UnusableDataFolder
from service.store.data_folder import DataFolder
from service.store.jobs import LONGEST_DELAY, Job
from service.workflows.heartbeat import Heartbeat
from service.workflows.job_context import JobContext, Stopping, Tools
from service.workflows.jobs import HANDLERS, ON_FAILURE, PERIODIC, FailureHandler, Handler
from service.workflows.load_policies import reason_for
from service.workflows.periodic_jobs import Periodic, put_due

log = logging.getLogger(__name__)
IDLE_S = 0.5  # between two looks at an empty queue
_AFTER_TROUBLE_S = 5.0
_MOVE_LOG_S = (
    5.0  # between two moves of the database's log, which the web leaves to the worker (decision 0017)
)
_FIRST_DELAY = timedelta(seconds=5)
MOST_TRIES = 8  # of a job that meets faults that pass: some ten minutes in all
MOST_UNFORESEEN = 3  # of a job at which our own program fails
MOST_INTERRUPTED = 20  # of a job whose worker was killed; more often, and the job is what kills it
_PASSING_WORDS = ("locked", "busy", "full", "disk i/o", "unable to open", "readonly")
_PASSING_ERRNO = {errno.ENOSPC, errno.EDQUOT, errno.EAGAIN, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS}  # fmt: skip


def run_jobs(
    path: Path,
    tools: Tools,
    *,
    once: bool = False,
    report: Callable[[Job], None] = lambda _: None,
    abandon: Callable[[], None] | None = None,
    handlers: Mapping[str, Handler] = HANDLERS,
    on_failure: Mapping[str, FailureHandler] = ON_FAILURE,
    periodic: Iterable[Periodic] = PERIODIC,
) -> None:
    """Work until `tools.stopping` is set, or, if `once`, until nothing is due. Raises UnusableDataFolder at the start only.

    report: told of each job as it stands when its turn has ended. abandon: ends the process; called when a job
    does not end within GRACE_S of being told to stop, after it was given back.
    """
    with (
        DataFolder.open(path) as folder,
        folder.workers.hold() as name,
        Heartbeat(path, tools.stopping, abandon) as heartbeat,
    ):
        folder.originals.sweep()
        moved_at = time.monotonic()
        while not tools.stopping.is_set():
            try:
                if time.monotonic() - moved_at > _MOVE_LOG_S:
                    folder.move_log()
                    moved_at = time.monotonic()
                put_due(folder, periodic, tools.now())
                job = _take(folder, name, tools)
                if job is None:
                    if once:
                        return
                    tools.stopping.wait(IDLE_S)
                    continue
                _do(folder, job, tools, heartbeat, handlers, on_failure)
                report(folder.jobs.get(job.id))
            except (
                sqlite3.Error,
                OSError,
                LeaseLost,
            ):  # nothing of it is lost: what runs is ours and taken up again
                log.warning("the queue cannot be read or written", exc_info=True)
                if once:
                    raise
                tools.stopping.wait(_AFTER_TROUBLE_S)


def _take(folder: DataFolder, name: str, tools: Tools) -> Job | None:
    now = tools.now()
    if not folder.jobs.is_any_due(now):
        return None
    return folder.jobs.take(name, at=now, is_alive=folder.workers.is_alive)


def _do(
    folder: DataFolder,
    job: Job,
    tools: Tools,
    heartbeat: Heartbeat,
    handlers: Mapping[str, Handler],
    on_failure: Mapping[str, FailureHandler],
) -> None:
    context = JobContext(job, tools)

    def fail(reason: str) -> None:
        with folder.writing():
            folder.jobs.fail(job, reason, at=tools.now())
            if job.kind in on_failure:
                on_failure[job.kind](folder, job.payload, reason, tools.now())

    if (refusal := _refusal(job, handlers)) is not None:
        fail(refusal)
        return
    heartbeat.watch(context)
    try:
        folder.dictionaries.put_in_place()  # as they are now, however long this worker has been running
        result = handlers[job.kind](folder, job.payload, context)
    except Stopping:
        folder.jobs.release(job)
    except LeaseLost:
        log.warning("job %s was taken up by another worker", job.id)
    except Exception as error:  # whatever a job does must not end the worker; it is named
        _after_fault(folder, job, tools, error, fail)
    else:
        folder.jobs.finish(job, result, at=tools.now())
    finally:
        heartbeat.watch(None)


def _refusal(job: Job, handlers: Mapping[str, Handler]) -> str | None:
    if job.kind not in handlers:
        return "程序不认识这种任务，可能由更新的版本建立；请升级程序后用 huiqi work retry 重试"
    if job.attempts > MOST_INTERRUPTED:
        return "处理时后台进程多次被中止（可能内存不足），已停止重试；请检查后用 huiqi work retry 重试"
    return None


def _after_fault(
    folder: DataFolder, job: Job, tools: Tools, error: Exception, fail: Callable[[str], None]
) -> None:
    folder.db.rollback()  # a handler that failed in mid-transaction leaves nothing
    passing = is_passing(error)
    tries = MOST_TRIES if passing else 1 if isinstance(error, OUR_ERRORS) else MOST_UNFORESEEN
    if not passing and not isinstance(error, OUR_ERRORS):
        log.error("job %s (%s) failed", job.id, job.kind, exc_info=error)
    if job.attempts >= tries:
        fail(job_reason(error))
    else:
        folder.jobs.repeat_later(job, job_reason(error), run_after=tools.now() + delay_after(job.attempts))


def is_passing(error: Exception) -> bool:
    """Whether a fault may be gone when the job is tried again later."""
    if isinstance(error, sqlite3.OperationalError):
        return any(word in str(error).lower() for word in _PASSING_WORDS)
    return (
        isinstance(error, (TransientFault, MemoryError))
        or (isinstance(error, OSError) and error.errno in _PASSING_ERRNO)
        or isinstance(error, UnusableDataFolder)
    )


def job_reason(error: Exception) -> str:
    """Why a job failed, in Chinese, with what to do next."""
    return str(error) if isinstance(error, OUR_ERRORS) else reason_for(error)


def delay_after(attempts: int) -> timedelta:
    """How long a job waits after its nth attempt met a fault that may pass: 5 s, doubled each time, 10 min at most."""
    return min(_FIRST_DELAY * (1 << (attempts - 1)), LONGEST_DELAY)
