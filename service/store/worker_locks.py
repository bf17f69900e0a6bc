"""Which workers live: each holds a lock on a file of its own, which the system lets go when it is killed.

So whoever wants to know whether a job is still being done need not wait for its lease, and no number of a
process that was given to another one misleads.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SUFFIX = ".lock"


class WorkerLocks:
    """The folder `work/` of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self) -> Iterator[str]:
        """Be a worker as long as the block runs; gives the worker's name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        path = self._path(name)
        with path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield name
            finally:
                path.unlink(missing_ok=True)

    def is_alive(self, name: str) -> bool:
        """Whether this worker still lives."""
        return self._is_held(self._path(name))

    def is_any_alive(self) -> bool:
        """Whether anybody works at the jobs."""
        return any(self._is_held(path) for path in self._folder.glob(f"*{_SUFFIX}"))

    def _sweep(self) -> None:
        for path in self._folder.glob(f"*{_SUFFIX}"):
            if not self._is_held(path):
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"

    @staticmethod
    def _is_held(path: Path) -> bool:
        with suppress(FileNotFoundError), path.open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False
