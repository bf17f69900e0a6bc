"""Turn written dates into `date`: Arabic or Chinese numerals, 年月日, dashes, slashes or dots.

Called by the other modules of this package with a line, a sentence or a declared field. A date that no
calendar has (2月30日) is None, never moved to a neighbouring day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "○": 0,
    "O": 0,
    "o": 0,
    "Ο": 0,
    "两": 2,
}
_ZH = "〇零○OoΟ一二三四五六七八九十"
_DATE = re.compile(
    rf"(?<![\d{_ZH}])([12]\d{{3}}|[一二][{_ZH}]{{3}})\s{{0,2}}[年\-/.]\s{{0,2}}"
    rf"(\d{{1,2}}|[{_ZH}]{{1,3}})\s{{0,2}}(?:月(?:\s{{0,2}}(?:(\d{{1,2}}|[{_ZH}]{{1,4}})\s{{0,2}}(?:日|"
    rf"号)|(底|末)))?"
    rf"|[\-/.]\s{{0,2}}(\d{{1,2}}))(?!\d)"
)
_YEAR_END = re.compile(r"(?<!\d)(20\d{2})年(?:底|末|年底|年末)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text. first/last: the days it covers: one day, or a month where no day is written."""

    first: date
    last: date
    start: int
    end: int
    exact: bool


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Every date of a folded text that a calendar has, in order.

    >>> [d.first.isoformat() for d in find_dates("二〇二四年三月五日印发，2024年2月30日无效，2025-1-9")]
    ['2024-03-05', '2025-01-09']
    """
    for hit in _DATE.finditer(text):
        year, month = number(hit[1]), number(hit[2])
        day = hit[3] or hit[5]
        found = _make(year, month, number(day) if day else None)
        if found:
            yield WrittenDate(*found, hit.start(), hit.end(), exact=day is not None)


def parse_date(text: str) -> date | None:
    """The first full date of a text (year, month and day), or None.

    >>> parse_date("2023 年 7 月 5 日")
    datetime.date(2023, 7, 5)
    """
    return next((found.first for found in find_dates(text[:400]) if found.exact), None)


def parse_last_day(text: str) -> date | None:
    """The last day of what a text names: a day, a month (2025年6月) or a year's end (2020年底), or None.

    >>> parse_last_day("2025年6月"), parse_last_day("2020年底前有效")
    (datetime.date(2025, 6, 30), datetime.date(2020, 12, 31))
    """
    found = next(find_dates(text[:400]), None)
    if found:
        return found.last
    year = _YEAR_END.search(text[:400])
    return date(int(year[1]), 12, 31) if year else None


def add_months(start: date, months: int) -> date:
    """The same day `months` later; the month's last day where it has no such day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    year = min(year, date.max.year)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def last_day_of_term(start: date, months: int) -> date:
    """The last day (inclusive) of a term of `months` that begins on `start`.

    民法典 第二百零二条: the anniversary ends the term; counted with its first day, the day before is the last.

    >>> last_day_of_term(date(2024, 3, 4), 60)
    datetime.date(2029, 3, 3)
    """
    return add_months(start, months) - timedelta(days=1)


def number(text: str) -> int | None:
    """A whole number in Arabic or Chinese numerals, up to 99 or digit by digit; None if it is neither.

    >>> number("二十五"), number("二〇二四"), number("十"), number("30")
    (25, 2024, 10, 30)
    """
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 6 else None
    tens, ten, ones = text.partition("十")
    if ten:
        return (_digits(tens) if tens else 1) * 10 + (_digits(ones) if ones else 0)
    return _digits(text) if text and all(char in _DIGITS for char in text) else None


def _digits(text: str) -> int:
    value = 0
    for char in text[:6]:
        value = value * 10 + _DIGITS.get(char, 0)
    return value


def _make(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    if year is None or month is None or not (1900 <= year <= 2199 and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, day),) * 2 if 1 <= day <= last else None
