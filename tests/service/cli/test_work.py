"""`huiqi work` and the worker beside `huiqi serve`: real processes over a real folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from service.store.data_folder import DataFolder
from service.store.jobs import JobState
from tests.browser.serving import serving

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def huiqi(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service.cli", "--data", str(data), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def put(data: Path, kind: str = "jobs.prune") -> int:
    with DataFolder.open(data) as folder:
        return folder.jobs.put(kind, {}, at=LONG_AGO)


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(300):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def is_done(data: Path, job_id: int) -> bool:
    with DataFolder.open(data) as folder:
        return folder.jobs.get(job_id).state is JobState.DONE


def worker_of(data: Path) -> int | None:
    return next((int(path.name.split("-")[0]) for path in (data / "work").glob("*.lock")), None)


def test_once_does_what_is_due_and_says_what_failed(tmp_path: Path) -> None:
    put(tmp_path)
    ran = huiqi(tmp_path, "work", "--once", "--json")
    assert ran.returncode == 0 and json.loads(ran.stdout)["result"] == {"pruned": 0}
    put(tmp_path, "没有这种任务")
    ran = huiqi(tmp_path, "work", "--once")
    assert ran.returncode == 1 and "失败" in ran.stdout and "升级程序" in ran.stdout


def test_list_and_retry(tmp_path: Path) -> None:
    bad = put(tmp_path, "没有这种任务")
    huiqi(tmp_path, "work", "--once")
    listed = json.loads(huiqi(tmp_path, "work", "list", "--json").stdout)
    assert [(job["id"], job["state"]) for job in listed["jobs"]] == [(bad, "failed")]
    assert "已重新排队 1 个任务" in huiqi(tmp_path, "work", "retry", "--all").stdout
    assert "没有后台进程在运行" in huiqi(tmp_path, "work", "list").stderr
    assert huiqi(tmp_path, "work", "retry").returncode == 2
    missing = huiqi(tmp_path, "work", "retry", "99")
    assert missing.returncode == 1 and "没有编号为 99 的后台任务" in missing.stderr


def test_a_worker_ends_on_term(tmp_path: Path) -> None:
    job = put(tmp_path)
    command = [sys.executable, "-m", "service.cli", "--data", str(tmp_path), "work"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    wait_for(lambda: is_done(tmp_path, job))
    process.terminate()
    assert process.wait(timeout=30) == 0
    assert worker_of(tmp_path) is None


def test_serve_keeps_a_worker_alive_and_takes_it_along(tmp_path: Path) -> None:
    with serving(tmp_path):
        job = put(tmp_path)
        wait_for(lambda: is_done(tmp_path, job))
        killed = worker_of(tmp_path)
        assert killed
        os.kill(killed, signal.SIGKILL)
        job = put(tmp_path)
        wait_for(lambda: is_done(tmp_path, job))
    with DataFolder.open(tmp_path) as folder:
        wait_for(lambda: not folder.workers.is_any_alive())
