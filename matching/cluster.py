"""Run a function over many pieces on a Dask cluster: workers of several machines. The only import of Dask.

The scheduler and the workers run the same version of the program, which is checked before any piece is sent. Pieces
and answers are small: what is large lies on storage that all of them see. A worker that is lost costs time
only; a scheduler that is lost ends the run, with an error that says so.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from distributed import Client, Future, KilledWorker, LocalCluster, Security, wait
from distributed.comm.core import connect

from matching.errors import MatchingError, PieceFailed, UnfitWorker, WorkersUnavailable
from matching.mapping import Mapper, P, R, in_order, started_deaf_to_interrupts

LOCAL = "local"
_CONNECT_S = 5
_WORKERS_S = 10  # how long an empty cluster may take to get its first worker
_LOOK_S = 2  # how often to see whether anybody is still there
_ALONE = 30  # looks at a cluster without workers before giving up: a minute
_AHEAD = 3  # pieces waiting for each thread
_RETRIES = 2  # times that a piece is tried again after an error of its own


@contextmanager
def on_cluster(
    address: str, version: Callable[[], str], complaint: Callable[[], str | None], scratch: Path
) -> Iterator[Mapper]:
    """A Mapper over the workers of a cluster: `tcp://host:port`, or `local` and `local:N`, which start one here.

    version: says what must be the same everywhere; complaint: run by every worker, says in Chinese why it cannot
    do the work; scratch: a folder for what a local cluster must write. Raises WorkersUnavailable, UnfitWorker.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say in Chinese what it would log
    with _started(address, scratch) as scheduler, _connected(scheduler) as client:
        members = _Members(client, scheduler)
        members.check(version, complaint)
        yield members.map


@contextmanager
def _started(address: str, scratch: Path) -> Iterator[str]:
    here, _, count = address.partition(":")
    if here != LOCAL:
        yield address
        return
    try:
        with started_deaf_to_interrupts():
            # Mapped files count as a worker's memory though the system can drop them, so no limit is set.
            cluster = LocalCluster(
                n_workers=int(count) if count else None,
                threads_per_worker=1,
                memory_limit=0,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                local_directory=str(scratch),
                silence_logs=logging.CRITICAL,
            )
    except (OSError, RuntimeError) as error:
        raise WorkersUnavailable(
            f"无法在本机启动 Dask 集群（{error}）。请检查内存和端口，或改用 --workers"
        ) from error
    with cluster:
        yield cluster.scheduler_address


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        asyncio.run(asyncio.wait_for(_knock(address), _CONNECT_S))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions are an error of ours, not a warning
            client = Client(address, timeout=_CONNECT_S, set_as_default=False)
    except Exception as error:  # whatever it is that does not speak as a scheduler does
        raise WorkersUnavailable(
            f"无法连接 Dask 调度器 {address}。请核对地址，确认那台机器上 dask scheduler 正在运行、端口可以访问，且 Dask 版本相同"
        ) from error
    try:
        yield client
    finally:
        with suppress(OSError, CancelledError):
            client.close(timeout=_CONNECT_S)


async def _knock(address: str) -> None:
    """Before a Client is made: one that is not answered as by a scheduler waits for ever, or complains at its end."""
    comm = await connect(address, timeout=_CONNECT_S, **Security().get_connection_args("client"))
    await comm.close()


class _Members:
    """The scheduler and workers of a cluster."""

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address

    def check(self, version: Callable[[], str], complaint: Callable[[], str | None]) -> None:
        """Raises WorkersUnavailable where there are no workers, UnfitWorker where somebody is not as we are."""
        mine = version()
        with self._watching_connection():
            try:
                self._check_version("调度器", self._client.run_on_scheduler(version), mine)
            except (ImportError, AttributeError) as error:
                raise _other_version("调度器", "未知", mine) from error
            try:
                self._client.wait_for_workers(1, timeout=_WORKERS_S)
            except TimeoutError as error:
                raise WorkersUnavailable(
                    f"调度器 {self._address} 上没有工作进程。请在各台机器上用 dask worker {self._address} 启动后重试"
                ) from error
            for worker, found in self._client.run(version, on_error="return").items():
                self._check_version(f"工作进程 {worker}", found, mine)
            for worker, found in self._client.run(complaint, on_error="return").items():
                if found is not None:
                    raise UnfitWorker(f"工作进程 {worker} 不能参加：{found}")

    def _check_version(self, who: str, found: Any, mine: str) -> None:
        if isinstance(found, MatchingError):
            raise found
        if found != mine:
            raise _other_version(who, found if isinstance(found, str) else "未知", mine)

    def map(self, task: Callable[[P], R], pieces: Iterable[P]) -> Iterator[tuple[P, R]]:
        """See Mapper. Raises PieceFailed, WorkersUnavailable."""
        run, threads = uuid.uuid4().hex, self._threads()

        def submit(piece: P) -> Future[Any]:
            with self._watching_connection():
                key = f"huiqi-{run}-{uuid.uuid4().hex}"
                return self._client.submit(task, piece, key=key, pure=False, retries=_RETRIES)

        def ahead() -> int:
            return _AHEAD * threads

        for done, (piece, future) in enumerate(in_order(pieces, submit, ahead), 1):
            yield piece, self._answer(piece, future)
            if done % ahead() == 0:
                threads = self._threads()  # workers come and go

    def _answer(self, piece: Any, future: Future[Any]) -> Any:
        with self._watching_connection():
            self._wait(future)
            try:
                return future.result()
            except KilledWorker as error:
                raise PieceFailed(
                    f"{piece}接连使多个工作进程中途退出，未能完成。请检查工作进程所在机器的内存和日志后重试"
                ) from error
            except OSError as error:
                if self._client.status != "running":
                    raise
                raise PieceFailed(f"{piece}未能完成：{error}。请检查共享目录的空间和权限后重试") from error

    def _wait(self, future: Future[Any]) -> None:
        """Wait for an answer, as long as there is somebody who can give it."""
        alone = 0
        while True:
            try:
                with self._client.as_current():
                    wait([future], timeout=_LOOK_S)
                return
            except TimeoutError:
                alone = 0 if self._threads(least=0) else alone + 1
            if alone >= _ALONE:
                raise WorkersUnavailable(
                    f"调度器 {self._address} 上的工作进程已全部退出，匹配中止。请重新启动工作进程后再运行一次"
                )

    def _threads(self, least: int = 1) -> int:
        with self._watching_connection():
            threads: int = sum(self._client.nthreads().values())
            return max(least, threads)

    @contextmanager
    def _watching_connection(self) -> Iterator[None]:
        try:
            yield
        except (CancelledError, OSError) as error:
            raise WorkersUnavailable(
                f"与 Dask 调度器 {self._address} 的连接中断，匹配中止，没有写出结果。请确认调度器和网络正常后再运行一次"
            ) from error


def _other_version(who: str, found: str, mine: str) -> UnfitWorker:
    return UnfitWorker(
        f"{who} 运行的程序版本与本机不同（本机 {mine}，对方 {found}）。请在每台机器上安装同一版本的惠企后重新启动"
    )
