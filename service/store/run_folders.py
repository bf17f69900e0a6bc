"""Folders for match runs under `index/runs/`: made for one run, removed at its end, also those of killed runs.

A run keeps a lock on a file of its folder as long as its process lives, so that whoever finds the lock free
knows that the folder is left over.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

_LOCK = "lock"


@contextmanager
def run_folder(runs: Path) -> Iterator[Path]:
    """A new folder for one run, gone after the block; those that killed runs left behind are removed first."""
    runs.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        with _locked(runs / _LOCK):
            remove_left_over(runs)
            path = Path(tempfile.mkdtemp(prefix="run-", dir=runs)).resolve()
            path.chmod(0o755)  # workers may run as somebody else
            held.enter_context(_locked(path / _LOCK))
        try:
            yield path
        finally:
            _remove(path)


def remove_left_over(runs: Path) -> int:
    """Remove the folders whose run is no more; returns how many."""
    removed = 0
    for path in runs.glob("run-*"):
        with suppress(BlockingIOError, FileNotFoundError), _locked(path / _LOCK, fcntl.LOCK_NB):
            _remove(path)
            removed += 1
    for path in runs.glob("gone-*"):
        shutil.rmtree(path, ignore_errors=True)
    return removed


@contextmanager
def _locked(path: Path, how: int = 0) -> Iterator[IO[str]]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | how)
        yield lock


def _remove(path: Path) -> None:
    """Rename first: a worker that still writes finds no place for another file, and removing meets no new one."""
    gone = path.with_name(path.name.replace("run-", "gone-", 1))
    with suppress(OSError):
        path.replace(gone)
    shutil.rmtree(gone, ignore_errors=True)
