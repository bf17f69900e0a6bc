"""The heartbeat of a worker: a thread with a connection of its own that renews the lease of the job being done.

It also writes down how far the job is, so that a handler in the middle of a transaction never waits for itself.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from service.errors import LeaseLost, UnusableDataFolder
from service.store.data_folder import DataFolder
from service.store.jobs import LEASE
from service.workflows.job_context import JobContext, Progress

log = logging.getLogger(__name__)
_TICK_S = 1.0
_SHORT_WAIT_MS = 2000
_RENEW_S = LEASE.total_seconds() / 4
GRACE_S = 20.0  # for the job being done, once the worker is told to stop


class Heartbeat:
    """Beats for one job at a time; a context manager around the worker's life.

    stopping: set when the worker is told to end. abandon: ends the process; called once the job of that moment
    has been given back, GRACE_S later, if it has not ended by itself.
    """

    def __init__(
        self, path: Path, stopping: threading.Event, abandon: Callable[[], None] | None = None
    ) -> None:
        self._path, self._stopping, self._abandon = path, stopping, abandon
        self._lock = threading.Lock()
        self._context: JobContext | None = None
        self._written = Progress()
        self._renewed_at = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(timeout=5)

    def watch(self, context: JobContext | None) -> None:
        """Beat for this job from now on; None: for none."""
        with self._lock:
            self._context, self._written, self._renewed_at = context, Progress(), time.monotonic()

    def _beat(self) -> None:
        told_at: float | None = None
        while not self._ended.wait(_TICK_S):
            if told_at is None and self._stopping.is_set():
                told_at = time.monotonic()
            with self._lock:
                if (context := self._context) is None:
                    continue
                if told_at is not None and self._abandon and time.monotonic() - told_at >= GRACE_S:
                    self._give_back(context)
                    self._abandon()
                    return
                self._renew_if_needed(context)

    def _renew_if_needed(self, context: JobContext) -> None:
        found = replace(context.progress)
        if found == self._written and time.monotonic() - self._renewed_at < _RENEW_S:
            return
        # Opened for each beat: they are rare, and an idle connection would hold on to the files of the database.
        with self._forgiving(context), DataFolder.open(self._path, leave_checkpoints=True) as folder:
            folder.jobs.renew(
                context.job, at=context.now(), note=found.note, done=found.done, total=found.total
            )
            self._written, self._renewed_at = found, time.monotonic()

    def _give_back(self, context: JobContext) -> None:
        with (
            self._forgiving(context),
            suppress(LeaseLost),
            DataFolder.open(self._path, leave_checkpoints=True) as folder,
        ):
            folder.db.execute(
                f"pragma busy_timeout = {_SHORT_WAIT_MS}"
            )  # a lock we hold ourselves goes with us
            folder.jobs.release(context.job)

    @contextmanager
    def _forgiving(self, context: JobContext) -> Iterator[None]:
        """The next beat tries again, and the lease bears it; a job that is not given back is taken up all the same."""
        try:
            yield
        except (sqlite3.Error, UnusableDataFolder, OSError):
            log.warning("could not write the heartbeat of job %s", context.job.id, exc_info=True)
