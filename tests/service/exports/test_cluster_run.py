"""A match run on a real Dask cluster: equal to the byte, whatever happens to the workers; clear when it cannot be."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from matching.cluster import on_cluster
from matching.errors import PieceFailed, UnfitWorker, WorkersUnavailable
from service.exports.formats import FORMATS
from service.exports.writing import Made, Workforce
from service.program import program
from tests.matching.chores import double, end_own_process
from tests.service.exports.cluster_processes import ROOT, Cluster, cluster, wait_until
from tests.service.exports.test_writing import nothing_is_left, write
from tests.service.exports.town import make_town


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        running.start_workers(2)
        yield running


def test_a_cluster_writes_the_same_bytes_in_every_format(
    two_workers: Cluster, town: Path, tmp_path: Path
) -> None:
    for format_ in FORMATS:
        alone = write(town, tmp_path / f"alone.{format_}")
        assert write(town, tmp_path / f"all.{format_}", Workforce(cluster=two_workers.address)) == alone
    assert nothing_is_left(town, tmp_path / "none")


def test_a_worker_killed_on_the_way_costs_no_result(two_workers: Cluster, town: Path, tmp_path: Path) -> None:
    killed = []

    def kill_one(made: Iterable[Made]) -> Iterator[Made]:
        for number, one in enumerate(made):
            if number == 2:
                killed.append(min(two_workers.workers().values()))
                os.kill(killed[0], signal.SIGKILL)
            yield one

    alone = write(town, tmp_path / "alone.jsonl")
    found = write(town, tmp_path / "all.jsonl", Workforce(cluster=two_workers.address), kill_one)
    assert found == alone and killed
    wait_until(lambda: len(two_workers.workers()) == 2)  # its nanny starts another one
    assert killed[0] not in two_workers.workers().values()


def test_a_piece_that_ends_worker_after_worker_is_named(two_workers: Cluster, tmp_path: Path) -> None:
    with on_cluster(two_workers.address, program, _none, tmp_path) as run:
        answers = run(end_own_process, ["harmless", "deadly"])
        assert next(answers) == ("harmless", "harmless")
        with pytest.raises(PieceFailed, match="deadly接连使多个工作进程中途退出"):
            list(answers)
    wait_until(lambda: len(two_workers.workers()) == 2)


def test_a_worker_that_runs_another_version_is_refused(
    two_workers: Cluster, town: Path, tmp_path: Path
) -> None:
    for package in ("matching", "policy_corpus", "service"):
        shutil.copytree(ROOT / package, tmp_path / "other" / package)
    with (tmp_path / "other" / "matching" / "ranking.py").open("a") as file:
        file.write("# another order\n")
    out = tmp_path / "all.csv"
    with two_workers.worker(root=tmp_path / "other"):
        with pytest.raises(UnfitWorker, match="程序版本与本机不同") as refused:
            write(town, out, Workforce(cluster=two_workers.address))
        assert program() in str(refused.value)
    assert nothing_is_left(town, out)


def test_a_worker_that_cannot_take_part_says_why(two_workers: Cluster, tmp_path: Path) -> None:
    blind = on_cluster(two_workers.address, program, _blind, tmp_path)
    with pytest.raises(UnfitWorker, match="不能参加：看不到共享目录"), blind:
        pass


def test_a_local_cluster_is_started_and_ended_here(tmp_path: Path) -> None:
    with on_cluster("local:1", program, _none, tmp_path) as run:
        assert list(run(double, range(9))) == [(n, 2 * n) for n in range(9)]


def test_a_scheduler_killed_on_the_way_ends_the_run_and_leaves_nothing(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    with cluster(tmp_path) as running:
        running.start_workers(1)

        def kill(made: Iterable[Made]) -> Iterator[Made]:
            for number, one in enumerate(made):
                if number == 2:
                    running.scheduler.kill()
                    running.scheduler.wait()
                yield one

        with pytest.raises(WorkersUnavailable, match=r"连接中断.*再运行一次"):
            write(town, out, Workforce(cluster=running.address), kill)
        assert nothing_is_left(town, out)


def test_without_a_scheduler_the_command_says_what_to_do_and_exits_with_1(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    command = [sys.executable, "-m", "service.cli", "match", "--all", "--data", str(town), "--out", str(out)]
    told = [*command, "--cluster", "tcp://127.0.0.1:9"]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith("错误：无法连接 Dask 调度器 tcp://127.0.0.1:9。请核对地址")
    assert len(done.stderr.splitlines()) == 1
    assert nothing_is_left(town, out)


def _none() -> None:
    return None


def _blind() -> str:
    return "看不到共享目录"
