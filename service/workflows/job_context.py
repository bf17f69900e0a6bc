"""What the handler of a background job is given beside the data folder and its payload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from policy_corpus.reading.sandbox import Sandbox
from service.store.jobs import Job


class Stopping(Exception):
    """The worker is being ended: the job goes back into the queue, to be begun again later."""


@dataclass(slots=True)
class Progress:
    """How far the current job is; written by its handler, read by the heartbeat from another thread."""

    note: str | None = None
    done: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """What all jobs of a worker share. fetch_hosts: internal hosts from which files may be fetched."""

    now: Callable[[], datetime]
    sandbox: Sandbox
    fetch_hosts: frozenset[str] = frozenset()
    stopping: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class JobContext:
    """One job being done. A handler may be begun again after any of its steps: what it writes must not be written twice."""

    job: Job
    tools: Tools
    progress: Progress = field(default_factory=Progress)

    def now(self) -> datetime:
        """The time."""
        return self.tools.now()

    def report(self, note: str, done: int | None = None, total: int | None = None) -> None:
        """Say how far the job is, in Chinese and in counts; cheap, it may be called at every step."""
        self.progress.note, self.progress.done, self.progress.total = note, done, total

    def check_stopping(self) -> None:
        """Raise Stopping if the worker is being ended; long handlers call it between their steps."""
        if self.tools.stopping.is_set():
            raise Stopping
