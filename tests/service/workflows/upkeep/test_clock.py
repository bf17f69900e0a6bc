"""Seven working days from receipt to decision; what is late stands first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.model import ItemStatus
from service.store.data_folder import DataFolder
from service.workflows.review_policies import approve, reject
from service.workflows.upkeep.clock import (
    ClockState,
    clock_of,
    months_of_work,
    read_clocks,
    workdays_between,
)
from tests.service.workflows.upkeep.conftest import CLERK, Load, measures

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("received", "decided", "today", "due", "state", "days"),
    [
        # the week of 1 October 2026 is no time to work in, Saturday the 10th is
        ("2026-09-28", None, "2026-09-29", "2026-10-13", ClockState.RUNNING, 6),
        ("2026-09-28", None, "2026-10-11", "2026-10-13", ClockState.SOON, 2),
        ("2026-09-28", None, "2026-10-13", "2026-10-13", ClockState.SOON, 0),
        ("2026-09-28", None, "2026-10-14", "2026-10-13", ClockState.LATE, 1),
        ("2026-09-28", "2026-10-13", "2026-12-01", "2026-10-13", ClockState.IN_TIME, 0),
        ("2026-09-28", "2026-10-16", "2026-12-01", "2026-10-13", ClockState.DONE_LATE, 3),
    ],
)
def test_the_term_is_counted_in_working_days(
    received: str, decided: str | None, today: str, due: str, state: ClockState, days: int
) -> None:
    day = date.fromisoformat
    clock = clock_of("d", "示例", day(received), day(decided) if decided else None, day(today))
    assert (clock.due_on, clock.state, clock.days) == (day(due), state, days)


@given(DAYS, DAYS)
def test_a_document_is_late_exactly_after_seven_working_days(received: date, today: date) -> None:
    if today < received:
        received, today = today, received
    clock = clock_of("d", "示例", received, None, today)
    assert workdays_between(received, clock.due_on) == 7
    assert (clock.state is ClockState.LATE) == (today > clock.due_on)


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=2, tzinfo=UTC)


def test_the_clock_runs_until_every_item_is_decided(folder: DataFolder, load: Load) -> None:
    late = load(measures(), publish=False, at=at("2026-11-02"))
    fresh = load(
        measures("示例市另一若干措施", number="示例府〔2026〕5号"), publish=False, at=at("2026-11-23")
    )
    load(measures("示例市已发布的若干措施", number="示例府〔2026〕6号"), publish=True, at=at("2026-11-20"))
    today = date(2026, 11, 24)
    clocks = read_clocks(folder, today)
    assert [clock.document_id for clock in clocks[:2]] == [late.document_id, fresh.document_id]
    assert [clock.state for clock in clocks] == [ClockState.LATE, ClockState.RUNNING, ClockState.IN_TIME]
    assert clocks[0].waiting == 2
    first, second = (item.id for item in folder.policies.items(document_id=late.document_id))
    approve(folder, [first], by=CLERK, now=at("2026-11-24"))
    assert read_clocks(folder, today)[0].waiting == 1
    reject(folder, [second], by=CLERK, now=at("2026-11-25"))
    clock = next(clock for clock in read_clocks(folder, today) if clock.document_id == late.document_id)
    assert (clock.state, clock.decided_on) == (ClockState.DONE_LATE, date(2026, 11, 25))
    folder.policies.set_status([first], ItemStatus.WITHDRAWN)  # what comes later does not set the clock again
    again = next(clock for clock in read_clocks(folder, today) if clock.document_id == late.document_id)
    assert again == clock


def test_a_month_says_how_much_was_in_time(folder: DataFolder, load: Load) -> None:
    load(measures(), publish=True, at=at("2026-10-20"))
    load(measures("示例市另一若干措施", number="示例府〔2026〕5号"), publish=False, at=at("2026-10-20"))
    load(measures("示例市第三若干措施", number="示例府〔2026〕6号"), publish=False, at=at("2026-11-23"))
    november, october = months_of_work(read_clocks(folder, date(2026, 11, 24)))
    assert (october.month, october.received, october.in_time, october.late) == ("2026-10", 2, 1, 1)
    assert october.share == 0.5 and october.median_days == 0
    assert november.share is None and november.decided == 0
