"""Doing jobs: each ends as done or as failed with a reason, and no job ends the worker."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.errors import ServiceError, TransientFault
from service.store.data_folder import DataFolder
from service.store.jobs import Job, JobState
from service.workflows.job_context import JobContext, Stopping, Tools
from service.workflows.jobs import HANDLERS, KIND_WORDS, PERIODIC, Handler
from service.workflows.run_jobs import MOST_INTERRUPTED, MOST_TRIES, MOST_UNFORESEEN, delay_after, run_jobs

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def work(path: Path, handler: Handler, clock: Clock, **kw: Any) -> list[Job]:
    told: list[Job] = []
    with Sandbox() as sandbox:
        tools = Tools(clock, sandbox)
        run_jobs(path, tools, once=True, report=told.append, handlers={"示例": handler}, periodic=(), **kw)
    return told


def put(path: Path, kind: str = "示例") -> int:
    with DataFolder.open(path) as folder:
        return folder.jobs.put(kind, {"n": 1}, at=NOON)


def raising(error: Exception) -> Handler:
    def handler(*_: object) -> None:
        raise error

    return handler


def test_what_is_due_is_done_and_the_result_kept(tmp_path: Path) -> None:
    put(tmp_path), put(tmp_path)

    def handler(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, int]:
        context.report("读取", 1, 2)
        return {"n": payload["n"], "attempt": context.job.attempts}

    told = work(tmp_path, handler, Clock())
    assert [(job.state, job.result) for job in told] == [(JobState.DONE, {"n": 1, "attempt": 1})] * 2


def test_our_own_refusal_fails_at_once_with_its_words(tmp_path: Path) -> None:
    put(tmp_path)
    [job] = work(tmp_path, raising(ServiceError("文件已不在库中，请重新上传")), Clock())
    assert (job.state, job.reason) == (JobState.FAILED, "文件已不在库中，请重新上传")


def test_a_fault_of_the_program_is_named_after_three_tries_and_costs_only_its_job(tmp_path: Path) -> None:
    bad, clock = put(tmp_path), Clock()
    states = []
    for _ in range(MOST_UNFORESEEN):
        states += [job.state for job in work(tmp_path, raising(ValueError("x")), clock)]
        clock.now += timedelta(minutes=5)
    assert states == [JobState.QUEUED, JobState.QUEUED, JobState.FAILED]
    with DataFolder.open(tmp_path) as folder:
        assert "程序处理该文件时出错（ValueError" in (folder.jobs.get(bad).reason or "")


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database is locked"),
        sqlite3.OperationalError("database or disk is full"),
        OSError(28, "No space left on device"),
        TransientFault("网站暂时没有响应"),
    ],
    ids=["locked", "full", "disk", "site"],
)
def test_a_passing_fault_is_tried_again_with_growing_delays(tmp_path: Path, error: Exception) -> None:
    put(tmp_path)
    clock, tries, state = Clock(), 0, JobState.QUEUED
    while state is JobState.QUEUED:
        told = work(tmp_path, raising(error), clock)
        if told:
            tries, state = tries + 1, told[0].state
        clock.now += timedelta(seconds=1) if tries < 3 else timedelta(minutes=10)
    assert (tries, state) == (MOST_TRIES, JobState.FAILED)
    assert [delay_after(n).total_seconds() for n in (1, 2, 3, 20)] == [5, 10, 20, 600]


def test_what_a_failing_handler_wrote_is_undone_and_the_failure_told_in_one_transaction(
    tmp_path: Path,
) -> None:
    put(tmp_path)

    def handler(folder: DataFolder, *_: object) -> None:
        folder.db.execute("begin immediate")
        folder.jobs.put("另一个", {}, at=NOON)
        raise ServiceError("不行")

    def failed(folder: DataFolder, payload: Mapping[str, Any], reason: str, _: datetime) -> None:
        folder.jobs.put("善后", {"why": reason}, at=NOON, run_after=NOON + timedelta(days=1))

    work(tmp_path, handler, Clock(), on_failure={"示例": failed})
    with DataFolder.open(tmp_path) as folder:
        assert [(job.kind, job.state.value) for job in folder.jobs.each()] == [
            ("善后", "queued"),
            ("示例", "failed"),
        ]


def test_a_worker_told_to_stop_gives_its_job_back(tmp_path: Path) -> None:
    put(tmp_path)
    stopping = Event()

    def handler(_: DataFolder, __: Mapping[str, Any], context: JobContext) -> None:
        stopping.set()
        context.check_stopping()

    with Sandbox() as sandbox:
        tools = Tools(Clock(), sandbox, stopping=stopping)
        run_jobs(tmp_path, tools, handlers={"示例": handler}, periodic=())
    with DataFolder.open(tmp_path) as folder:
        [job] = folder.jobs.each()
        assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(tmp_path: Path) -> None:
    put(tmp_path)
    with DataFolder.open(tmp_path) as folder:
        for _ in range(MOST_INTERRUPTED):
            assert folder.jobs.take("亡", at=NOON, is_alive=lambda _: False)
    [job] = work(tmp_path, raising(Stopping()), Clock())
    assert job.state is JobState.FAILED and "多次被中止" in (job.reason or "")


def test_a_kind_nobody_knows_fails_with_advice(tmp_path: Path) -> None:
    put(tmp_path, "未来的任务")
    [job] = work(tmp_path, raising(ValueError()), Clock())
    assert job.state is JobState.FAILED and "升级程序" in (job.reason or "")


def test_every_kind_has_words_and_every_periodic_one_a_handler() -> None:
    assert set(KIND_WORDS) == set(HANDLERS) >= {entry.kind for entry in PERIODIC}
