"""The heartbeat: the lease of a long job is renewed, and a job that does not end in time is given back."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.store.data_folder import DataFolder
from service.store.jobs import Job, JobState
from service.workflows import heartbeat
from service.workflows.heartbeat import Heartbeat
from service.workflows.job_context import JobContext, Tools

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_TICK_S", 0.02)
    monkeypatch.setattr(heartbeat, "_RENEW_S", 0.05)
    monkeypatch.setattr(heartbeat, "GRACE_S", 0.1)


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(500):
        if happened():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_a_long_job_keeps_its_lease_and_tells_how_far_it_is(tmp_path: Path) -> None:
    moments = iter(range(10_000))

    def clock() -> datetime:
        return NOON.replace(microsecond=next(moments))

    with DataFolder.open(tmp_path) as folder, Sandbox() as sandbox:
        folder.jobs.put("示例", {}, at=NOON)
        job = folder.jobs.take("甲", at=NOON)
        assert job
        context = JobContext(job, Tools(clock, sandbox))
        with Heartbeat(tmp_path, Event()) as beating:
            beating.watch(context)
            context.report("正在读取", 3, 9)
            wait_for(lambda: folder.jobs.get(job.id).done == 3)
            first = folder.jobs.get(job.id).leased_until
            assert first
            wait_for(lambda: (folder.jobs.get(job.id).leased_until or first) > first)
            beating.watch(None)


def test_a_job_that_does_not_end_in_time_is_given_back(tmp_path: Path) -> None:
    stopping, ended = Event(), Event()

    def given_back(folder: DataFolder, job: Job) -> bool:
        return folder.jobs.get(job.id).state is JobState.QUEUED

    with DataFolder.open(tmp_path) as folder, Sandbox() as sandbox:
        folder.jobs.put("示例", {}, at=NOON)
        job = folder.jobs.take("甲", at=NOON)
        assert job
        with Heartbeat(tmp_path, stopping, ended.set) as beating:
            beating.watch(JobContext(job, Tools(lambda: NOON, sandbox, stopping=stopping)))
            stopping.set()
            assert ended.wait(20)
            assert given_back(folder, job) and folder.jobs.get(job.id).attempts == 0
