"""Run a function over many pieces in processes of this machine.

The processes are started anew, not forked, so they share nothing with this one but what they map from disk. Each
holds the reading end of a pipe: when this process closes the other end, or dies whatever way, they end at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from matching.errors import PieceFailed
from matching.mapping import ATTEMPTS, Mapper, P, R, in_order, started_deaf_to_interrupts

_AHEAD = 2  # pieces waiting for each process


@contextmanager
def in_processes(count: int) -> Iterator[Mapper]:
    """A Mapper over so many processes, which end with the block. A process that is killed is replaced."""
    pools = _Pools(count)
    try:
        yield pools.map
    finally:
        pools.close()


class _Pools:
    """One pool at a time: a pool that loses a process is broken, and a new one takes its place."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: _Pool | None = None

    def map(self, task: Callable[[P], R], pieces: Iterable[P]) -> Iterator[tuple[P, R]]:
        """See Mapper. Raises PieceFailed."""
        found = in_order(pieces, lambda piece: self._submit(task, piece), lambda: _AHEAD * self._count)
        for piece, (pool, future) in found:
            yield piece, self._answer(task, piece, pool, future)

    def _answer(self, task: Callable[[P], R], piece: P, pool: _Pool, future: Future[R]) -> R:
        for attempt in range(ATTEMPTS):
            if attempt:
                pool, future = self._submit(task, piece)
            try:
                return future.result()
            except BrokenProcessPool:
                self._drop(pool)
        raise PieceFailed(
            f"{piece}接连 {ATTEMPTS} 次使工作进程中途退出，未能完成。请检查内存是否充足，或用 --workers 减少进程数后重试"
        )

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        if self._pool is not None:
            self._pool.end()

    def _submit(self, task: Callable[[P], R], piece: P) -> tuple[_Pool, Future[R]]:
        while True:
            pool = self._pool = self._pool or _Pool(self._count)
            try:
                return pool, pool.executor.submit(task, piece)
            except BrokenProcessPool:
                self._drop(pool)

    def _drop(self, pool: _Pool) -> None:
        if pool is self._pool:
            pool.end()
            self._pool = None


class _Pool:
    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        self._watched, self._lifeline = context.Pipe(duplex=False)
        self.executor = ProcessPoolExecutor(count, context, _begin, (self._watched,))
        with started_deaf_to_interrupts():
            self.executor.submit(os.getpid)  # the first task starts the processes

    def end(self) -> None:
        self._lifeline.close()
        self.executor.shutdown(wait=True, cancel_futures=True)
        self._watched.close()


def _begin(watched: Connection) -> None:
    """First thing in a process: see to it that it ends when its parent lets go of the pipe."""
    Thread(target=_end_with, args=(watched,), daemon=True).start()


def _end_with(watched: Connection) -> None:
    watched.poll(None)
    os._exit(1)
