"""Working days in the mainland, with the holidays and shifted days that the State Council announces each year; called by days.

Source: the yearly notices of the General Office of the State Council on holidays, as kept by chinesecalendar. A day of
a year that is not yet announced counts by its day of the week.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar  # type: ignore[import-untyped]  # ships no types


@lru_cache(maxsize=8192)  # lists of documents ask for the same days again and again
def is_workday(day: date) -> bool:
    """Whether offices work on a day.

    >>> is_workday(date(2026, 10, 1)), is_workday(date(2026, 10, 10)), is_workday(date(2026, 10, 11))
    (False, True, False)
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the year is not announced yet
        return day.weekday() < 5


def workdays_after(day: date, count: int) -> date:
    """The count-th working day after a day.

    >>> str(workdays_after(date(2026, 9, 30), 3))
    '2026-10-10'
    """
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
