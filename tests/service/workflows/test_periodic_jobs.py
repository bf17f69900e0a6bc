"""Periodic jobs: due once for each time, whatever the clock does in between."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from service.store.data_folder import DataFolder
from service.workflows.periodic_jobs import Periodic, put_due

NIGHTLY = Periodic("示例.每日", daily_at=time(3, 30))
HOURLY = Periodic("示例.每六小时", every_hours=6)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def beijing(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def run_all(folder: DataFolder, moment: datetime, *kinds: Periodic) -> list[str]:
    """What comes due at a moment; the queue is emptied, so that the next time is put again."""
    found = put_due(folder, kinds or (NIGHTLY,), moment)
    while job := folder.jobs.take("示例", at=moment + timedelta(days=1000)):
        folder.jobs.finish(job, None, at=moment)
    return found


@given(MOMENTS)
def test_the_last_due_moment_is_the_latest_up_to_now(now: datetime) -> None:
    for entry, step in ((NIGHTLY, timedelta(days=1)), (HOURLY, timedelta(hours=6))):
        due = entry.last_due(now)
        assert due <= now < due + step
        assert entry.last_due(due) == due
    assert NIGHTLY.last_due(now).astimezone(UTC).time() == time(19, 30)


def test_a_nightly_job_runs_once_a_night_and_makes_up_for_a_missed_one_once(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        assert run_all(folder, beijing(24, 9)) == []  # seen for the first time
        assert run_all(folder, beijing(25, 3, 29)) == []
        assert run_all(folder, beijing(25, 3, 30)) == ["示例.每日"]
        assert run_all(folder, beijing(25, 12)) == []
        assert run_all(folder, beijing(29, 9)) == ["示例.每日"]
        assert run_all(folder, beijing(29, 10)) == []


def test_a_clock_set_back_makes_nothing_due_twice(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        run_all(folder, beijing(23, 9), NIGHTLY, HOURLY)
        assert run_all(folder, beijing(24, 4), NIGHTLY, HOURLY) == ["示例.每日", "示例.每六小时"]
        for moment in (beijing(24, 3, 0), beijing(23, 4), beijing(24, 3, 45)):
            assert run_all(folder, moment, NIGHTLY, HOURLY) == []
        assert run_all(folder, beijing(25, 4)) == ["示例.每日"]


def test_a_clock_that_was_far_ahead_stops_nothing_for_good(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        run_all(folder, beijing(24, 9))
        assert run_all(folder, beijing(24, 9) + timedelta(days=400)) == ["示例.每日"]
        assert run_all(folder, beijing(24, 10)) == []
        assert run_all(folder, beijing(25, 4)) == ["示例.每日"]


def test_a_periodic_job_that_still_waits_is_not_put_twice(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        put_due(folder, [NIGHTLY], beijing(24, 9))
        put_due(folder, [NIGHTLY], beijing(25, 9))
        put_due(folder, [NIGHTLY], beijing(26, 9))
        assert len(list(folder.jobs.each())) == 1
