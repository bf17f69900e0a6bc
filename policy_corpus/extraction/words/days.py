"""Days and periods as notices write them, and terms counted from the day of publication; called by windows.

Terms are counted as the law counts: the first day is not counted in, a term of months ends on the same day of the
month or on its last day (《民法典》第二百零一条、第二百零二条).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from policy_corpus.extraction.words.numerals import read_number
from policy_corpus.extraction.words.workdays import workdays_after
from policy_corpus.model import Document

_DAY = r"(?:(?P<y{n}>\d{{4}})(?:年|[./-]))?(?P<m{n}>\d{{1,2}})(?:月|[./-])(?P<d{n}>\d{{1,2}})(?!\d)日?"
_HOUR = r"(?:（[^）]{1,6}）)?(?:上午|下午|晚上?|中午|凌晨)?(?:\d{1,2}(?:[:：时点]\d{0,2})分?(?:整)?)?(?:（[^）]{1,6}）)?"
_TO = r"(?:起)?(?:至|到|—|－|–|-|~|～){1,2}(?:次年|翌年)?"
FROM_TO = re.compile(_DAY.format(n=1) + _HOUR + _TO + _DAY.format(n=2) + _HOUR)
UNTIL = re.compile(_DAY.format(n=1) + _HOUR + r"(?:以?前|之前|止|截止|截至|（含）)?")
FROM = re.compile(r"(?:自|从)?" + _DAY.format(n=1) + _HOUR + r"(?:起|开始)")
_MONTH = r"(?:(?P<y{n}>\d{{4}})年)?(?P<m{n}>\d{{1,2}})月份?(?!\d)"
MONTHS = re.compile(
    r"(?P<every>每年(?:度)?的?)?"
    + _MONTH.format(n=1)
    + "(?:"
    + _TO
    + _MONTH.format(n=2)
    + r")?(?P<end>底前?)?(?!\d|、|和|及)"
)
SEVERAL_MONTHS = re.compile(r"每年(?:度)?的?(?:\d{1,2}月?(?:份)?(?:、|和|及)){1,11}\d{1,2}月")
SEASON = re.compile(
    r"(?:(?P<every>每年(?:度)?的?)|(?P<y1>\d{4})年(?:度)?)(?P<part>第?[一二三四1-4]季度|上半年|下半年|[一二三四]季度)"
)
_ISSUED = r"(?:自|从|于|在)?(?:本)?[\u4e00-\u9fff]{0,8}?(?:发布|印发|公布|下发|发文|公告|刊发)之日"
FROM_ISSUE = re.compile(rf"(?:{_ISSUED}|(?:自|从)?即日)(?:（[^）]{{1,10}}）)?起?")
TERM_FROM_ISSUE = re.compile(
    rf"{_ISSUED}(?:起|后)?(?:的)?(?P<number>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})个?(?P<unit>工作日|自然日|日|天|月)(?:以?内|之内|止)"
)
FIRST_YEAR = 2000  # of a yearly period in a text that names no year: only month and day count
_SEASONS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates mean in a document: its year, the day it was published, the last day on which it is in force."""

    year: int | None
    published: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, document: Document) -> Calendar:
        """A date without a year means the year in which the document was published or signed."""
        day = document.published_on or document.dated_on
        return cls(day.year if day else None, day, document.effective_until)


def day_of(match: re.Match[str], which: int, calendar: Calendar, fallback: str | None = None) -> date | None:
    """The which-th day of a match; a day of early spring in a notice of late autumn is one of the next year."""
    written = match[f"y{which}"] or fallback
    number = int(written) if written else calendar.year
    if number is None:
        return None
    month, published = int(match[f"m{which}"]), calendar.published
    if not written and published and published.month >= 11 and month <= 3:
        number += 1
    return make_day(number, month, int(match[f"d{which}"]))


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, None where there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date | None:
    """The last day of a month, None where there is none such."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, monthrange(year, month)[1])


def season(part: str, year: int) -> tuple[date | None, date | None]:
    """The first and last day of a quarter or half year.

    >>> [str(day) for day in season("第四季度", 2026)]
    ['2026-10-01', '2026-12-31']
    """
    if part in ("上半年", "下半年"):
        first, last = (1, 6) if part == "上半年" else (7, 12)
    else:
        quarter = next(_SEASONS[char] for char in part if char in _SEASONS)
        first, last = quarter * 3 - 2, quarter * 3
    return make_day(year, first, 1), last_of(year, last)


def term_end(published: date | None, match: re.Match[str]) -> date | None:
    """The last day of "自发布之日起20个工作日内".

    >>> str(term_end(date(2026, 11, 20), TERM_FROM_ISSUE.search("自发布之日起10个工作日内")))
    '2026-12-04'
    """
    number = read_number(match["number"])
    if published is None or number is None or number < 1:
        return None
    count, unit = int(number), match["unit"]
    if unit == "月":
        months = published.month - 1 + count
        year, month = published.year + months // 12, months % 12 + 1
        return make_day(year, month, published.day) or last_of(year, month)
    if unit != "工作日":
        return published + timedelta(days=count)
    return workdays_after(published, count)
