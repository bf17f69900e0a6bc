"""A Dask scheduler and workers as processes of their own, started as docs/operations.md says."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[3]
OPERATIONS = ROOT / "docs" / "operations.md"
DASK = Path(sys.executable).with_name("dask")
PATIENCE_S = 60


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that is bound to happen."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def documented(kind: str, port: int, folder: Path) -> list[str]:
    """The command that the documentation gives, for this machine, one worker, and a folder and port of our own."""
    (line,) = re.findall(
        rf"^\.venv/bin/(dask {kind} .+)$", OPERATIONS.read_text(encoding="utf-8"), re.MULTILINE
    )
    for written, own in (
        ("10.0.0.1", "127.0.0.1"),
        ("8786", str(port)),
        ("--nworkers 8", "--nworkers 1"),
        ("/var/tmp/huiqi-dask", str(folder)),
    ):
        line = line.replace(written, own)
    return shlex.split(line)[1:]


@contextmanager
def process(arguments: list[str], root: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
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

    def __init__(self, folder: Path, port: int, scheduler: subprocess.Popen[bytes], stack: ExitStack) -> None:
        self._folder = folder
        self._port = port
        self.scheduler = scheduler
        self._stack = stack
        self.address = f"tcp://127.0.0.1:{port}"
        wait_until(self._answers)

    @contextmanager
    def worker(self, root: Path = ROOT) -> Iterator[None]:
        """One worker more, with the program of a folder."""
        before = len(self.workers())
        with process(documented("worker", self._port, self._folder), root):
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

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), PATIENCE_S):
            return True
        return False


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler on a free port; folder: for what the workers write."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with ExitStack() as stack:
        scheduler = stack.enter_context(process(documented("scheduler", port, folder)))
        yield Cluster(folder, port, scheduler, stack)
