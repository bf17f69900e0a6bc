"""A Dask scheduler and workers as processes of their own, started as docs/operations.md says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[3]
DASK = Path(sys.executable).with_name("dask")
PATIENCE_S = 60


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that is bound to happen."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@contextmanager
def process(*arguments: str, root: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """`dask …` with the program of a folder, ended with the block."""
    environment = os.environ | {"PYTHONPATH": str(root)}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen([str(DASK), *arguments], cwd=root, env=environment, stdout=quiet, stderr=quiet)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()


class Cluster:
    """A scheduler, and workers that come and go."""

    def __init__(self, folder: Path, scheduler: subprocess.Popen[bytes], stack: ExitStack) -> None:
        self._folder = folder
        self.scheduler = scheduler
        self._stack = stack
        said = folder / "scheduler.json"
        wait_until(lambda: said.is_file() and said.read_text().endswith("}"))
        self.address: str = json.loads(said.read_text())["address"]

    @contextmanager
    def worker(self, root: Path = ROOT) -> Iterator[None]:
        """One worker more, with the program of a folder."""
        before = len(self.workers())
        options = ("--nworkers", "1", "--nthreads", "1", "--memory-limit", "0", "--no-dashboard")
        scratch = ("--local-directory", str(self._folder))
        with process("worker", self.address, *options, *scratch, root=root):
            wait_until(lambda: len(self.workers()) > before)
            yield
        wait_until(lambda: self.scheduler.poll() is not None or len(self.workers()) <= before)

    def workers(self) -> dict[str, int]:
        """The process ids of the workers by address."""
        with Client(self.address, set_as_default=False) as client:
            return client.run(os.getpid)

    def start_workers(self, count: int) -> None:
        """Workers that stay until the end of the cluster."""
        for _ in range(count):
            self._stack.enter_context(self.worker())


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler on a free port; folder: for what it and the workers write."""
    with ExitStack() as stack:
        said = ("--scheduler-file", str(folder / "scheduler.json"))
        start = process("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *said)
        yield Cluster(folder, stack.enter_context(start), stack)
