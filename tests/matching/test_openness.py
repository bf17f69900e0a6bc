"""Whether an item can be applied for on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matching.model import Openness
from matching.openness import openness
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
