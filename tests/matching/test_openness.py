"""Whether an item can be applied for on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matching.model import Openness
from matching.openness import openness, this_round
from policy_corpus.model import ApplicationWindow
from tests.factories import make_span

DAY, STEP = date(2026, 11, 23), timedelta(days=1)


def _window(opens: date | None = None, closes: date | None = None, always: bool = False) -> ApplicationWindow:
    return ApplicationWindow(make_span("申报期"), opens, closes, always)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (None, Openness.UNKNOWN),
        (_window(), Openness.UNKNOWN),
        (_window(always=True), Openness.ALWAYS),
        (_window(DAY - STEP, DAY + STEP), Openness.OPEN),
        (_window(DAY, DAY), Openness.OPEN),
        (_window(DAY + STEP, None), Openness.UPCOMING),
        (_window(DAY + STEP, DAY + 2 * STEP), Openness.UPCOMING),
        (_window(None, DAY - STEP), Openness.CLOSED),
        (_window(None, DAY), Openness.OPEN),
        (_window(DAY - STEP, None), Openness.UNKNOWN),
        (_window(None, DAY - STEP, always=True), Openness.CLOSED),
        (_window(DAY + STEP, always=True), Openness.UPCOMING),
    ],
)
def test_the_state_follows_from_the_window_and_the_day(
    window: ApplicationWindow | None, expected: Openness
) -> None:
    assert openness(window, DAY) is expected


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        (date(2020, 11, 1), date(2020, 12, 31), Openness.OPEN),
        (date(2020, 3, 1), date(2020, 3, 31), Openness.UPCOMING),
        (date(2020, 12, 1), date(2021, 1, 31), Openness.UPCOMING),
        (date(2020, 11, 15), date(2021, 1, 15), Openness.OPEN),
        (None, date(2020, 11, 23), Openness.OPEN),
        (None, None, Openness.UNKNOWN),
    ],
)
def test_yearly_windows_are_those_of_this_year_or_the_next(
    opens: date | None, closes: date | None, expected: Openness
) -> None:
    window = ApplicationWindow(make_span("每年"), opens, closes, yearly=True)
    assert openness(window, DAY) is expected


def test_a_yearly_window_never_ends_before_the_day() -> None:
    leap = ApplicationWindow(make_span("每年"), date(2020, 2, 1), date(2020, 2, 29), yearly=True)
    found = this_round(leap, date(2027, 2, 28))
    assert found is not None and found.closes_on == date(2027, 2, 28)
    assert this_round(None, DAY) is None
