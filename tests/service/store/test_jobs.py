"""Jobs as rows: written once for a key, taken by one worker at a time, taken up again when a worker is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from service.errors import JobNotFound, LeaseLost
from service.store.data_folder import DataFolder
from service.store.jobs import LEASE, LONGEST_DELAY, JobState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path) as opened:
        yield opened


def test_a_job_is_taken_once_and_its_result_kept(folder: DataFolder) -> None:
    first = folder.jobs.put("示例", {"file_id": 1}, at=NOON)
    folder.jobs.put("示例", {"file_id": 2}, at=NOON)
    job = folder.jobs.take("甲", at=NOON)
    assert job and job.id == first and job.state is JobState.RUNNING and job.payload == {"file_id": 1}
    other = folder.jobs.take("乙", at=NOON)
    assert other and other.id != first
    assert folder.jobs.take("丙", at=NOON) is None
    folder.jobs.finish(job, {"items": 3}, at=NOON + SECOND)
    done = folder.jobs.get(first)
    assert (done.state, done.result, done.finished_at) == (JobState.DONE, {"items": 3}, NOON + SECOND)


def test_an_unfinished_job_stands_for_every_other_of_its_key(folder: DataFolder) -> None:
    first = folder.jobs.put("示例", {}, key="k", at=NOON)
    assert folder.jobs.put("示例", {}, key="k", at=NOON) == first
    assert folder.jobs.put("示例", {}, key="other", at=NOON) != first
    job = folder.jobs.take("甲", at=NOON)
    assert job and folder.jobs.put("示例", {}, key="k", at=NOON) == first
    folder.jobs.finish(job, None, at=NOON)
    assert folder.jobs.put("示例", {}, key="k", at=NOON) != first


def test_a_job_is_there_only_if_its_reason_is(folder: DataFolder) -> None:
    with pytest.raises(RuntimeError), folder.writing():
        folder.jobs.put("示例", {}, at=NOON)
        raise RuntimeError
    assert folder.jobs.take("甲", at=NOON) is None


def test_a_lease_that_ran_out_is_taken_up_and_the_former_worker_can_write_nothing(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON)
    late = folder.jobs.take("甲", at=NOON)
    assert late and folder.jobs.take("乙", at=NOON + LEASE) is None
    job = folder.jobs.take("乙", at=NOON + LEASE + SECOND)
    assert job and job.attempts == 2
    for verb in (folder.jobs.finish, folder.jobs.fail):
        with pytest.raises(LeaseLost):
            verb(late, "迟到", at=NOON)
    assert not folder.jobs.renew(late, at=NOON, note=None, done=None, total=None)
    folder.jobs.finish(job, None, at=NOON)


def test_a_renewed_lease_holds_and_says_how_far_the_job_is(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON)
    job = folder.jobs.take("甲", at=NOON)
    assert job and folder.jobs.renew(job, at=NOON + LEASE, note="已读取", done=2, total=5)
    assert folder.jobs.take("乙", at=NOON + LEASE + SECOND) is None
    now = folder.jobs.get(job.id)
    assert (now.note, now.done, now.total) == ("已读取", 2, 5)


def test_the_job_of_a_dead_worker_is_taken_up_at_once(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON)
    folder.jobs.take("甲", at=NOON)
    assert folder.jobs.take("乙", at=NOON, is_alive=lambda name: name == "甲") is None
    assert folder.jobs.take("乙", at=NOON, is_alive=lambda _: False)


def test_locks_tell_the_living_from_the_dead(folder: DataFolder) -> None:
    assert not folder.workers.is_any_alive()
    with folder.workers.hold() as first, folder.workers.hold() as second:
        assert first != second and folder.workers.is_alive(first) and folder.workers.is_any_alive()
    assert not folder.workers.is_alive(first) and not folder.workers.is_any_alive()


def test_what_failed_can_be_tried_again_later_or_on_demand(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON)
    job = folder.jobs.take("甲", at=NOON)
    assert job
    folder.jobs.repeat_later(job, "数据库忙", run_after=NOON + 5 * SECOND)
    assert folder.jobs.take("甲", at=NOON + SECOND) is None
    job = folder.jobs.take("甲", at=NOON + 5 * SECOND)
    assert job and job.attempts == 2
    folder.jobs.fail(job, "磁盘已满", at=NOON)
    assert folder.jobs.get(job.id).reason == "磁盘已满"
    assert folder.jobs.retry(job.id, at=NOON).attempts == 0
    assert folder.jobs.take("甲", at=NOON)
    with pytest.raises(JobNotFound):
        folder.jobs.retry(99, at=NOON)


def test_a_released_job_counts_as_not_begun(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON)
    job = folder.jobs.take("甲", at=NOON)
    assert job
    folder.jobs.release(job)
    again = folder.jobs.take("乙", at=NOON)
    assert again and again.attempts == 1


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_clock_set_back_delays_nothing(folder: DataFolder, back: timedelta) -> None:
    running = folder.jobs.put("示例", {}, at=NOON)
    folder.jobs.take("甲", at=NOON)
    waiting = folder.jobs.put("示例", {}, at=NOON)
    taken = [folder.jobs.take(worker, at=NOON - back) for worker in ("乙", "丙")]
    assert [job and job.id for job in taken] == [running, waiting]


def test_a_repetition_noted_by_a_wrong_clock_does_not_wait_for_it(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON)
    ahead = NOON + timedelta(days=400)
    job = folder.jobs.take("甲", at=ahead)
    assert job
    folder.jobs.repeat_later(job, "忙", run_after=ahead + LONGEST_DELAY)
    assert folder.jobs.take("甲", at=NOON)


def test_a_job_for_later_waits_for_its_moment(folder: DataFolder) -> None:
    folder.jobs.put("示例", {}, at=NOON, run_after=NOON + timedelta(days=1))
    assert not folder.jobs.is_any_due(NOON) and folder.jobs.take("甲", at=NOON) is None
    assert folder.jobs.take("甲", at=NOON + timedelta(days=1))


def test_old_jobs_are_pruned_and_open_ones_stay(folder: DataFolder) -> None:
    for _ in range(3):
        folder.jobs.put("示例", {}, at=NOON)
    for end in (folder.jobs.finish, folder.jobs.fail):
        job = folder.jobs.take("甲", at=NOON)
        assert job
        end(job, "", at=NOON)
    later = NOON + SECOND
    assert folder.jobs.prune(done_before=later, failed_before=NOON) == 1
    assert folder.jobs.counts() == {
        JobState.QUEUED: 1,
        JobState.RUNNING: 0,
        JobState.DONE: 0,
        JobState.FAILED: 1,
    }


def test_of_workers_that_take_at_once_each_gets_another_job(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        for _ in range(8):
            folder.jobs.put("示例", {}, at=NOON)
    taken: list[int] = []
    gate = Barrier(4)

    def take_all(worker: str) -> None:
        with DataFolder.open(tmp_path) as own:
            gate.wait()
            for _ in range(2):
                job = own.jobs.take(worker, at=NOON)
                assert job
                taken.append(job.id)
                own.jobs.finish(job, None, at=NOON)

    threads = [Thread(target=take_all, args=[str(number)]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 9))
