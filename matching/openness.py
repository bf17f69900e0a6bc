"""Whether one can apply on the day asked about (申报状态): a fact of the item, apart from who is eligible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matching.model import Openness
from policy_corpus.model import ApplicationWindow, PolicyItem


def openness(window: ApplicationWindow | None, as_of: date) -> Openness:
    """The state of an application window on a day; both its days are included.

    A window without any date is unknown unless it says that it is always open. A known opening day
    without a closing day: upcoming before it; after it unknown, for nothing says whether it still runs.
    A known closing day alone: open until then.

    >>> openness(None, date(2026, 11, 23)).value
    'unknown'
    """
    window = this_round(window, as_of)
    if window is None:
        return Openness.UNKNOWN
    if window.closes_on is not None and as_of > window.closes_on:
        return Openness.CLOSED
    if window.opens_on is not None and as_of < window.opens_on:
        return Openness.UPCOMING
    if window.always:
        return Openness.ALWAYS
    return Openness.OPEN if window.closes_on is not None else Openness.UNKNOWN


def this_round(window: ApplicationWindow | None, as_of: date) -> ApplicationWindow | None:
    """A yearly window with the dates of the round that runs on the day, or of the next one; others as they are.

    >>> from policy_corpus.model import Span
    >>> span = Span("d", 0, 0, "")
    >>> spring = ApplicationWindow(span, date(2020, 3, 1), date(2020, 3, 31), yearly=True)
    >>> found = this_round(spring, date(2026, 11, 24))
    >>> str(found.opens_on), str(found.closes_on)
    ('2027-03-01', '2027-03-31')
    """
    if window is None or not window.yearly or window.closes_on is None:
        return window
    for year in range(as_of.year - 1, as_of.year + 2):
        later = year - window.closes_on.year
        closes = _years_later(window.closes_on, later)
        if closes >= as_of:
            opens = _years_later(window.opens_on, later) if window.opens_on else None
            return replace(window, opens_on=opens, closes_on=closes)
    return window


def window_on(item: PolicyItem, as_of: date, not_before: date | None = None) -> ApplicationWindow | None:
    """An item's window as it stands on a day: this year's round, and not before its document is in force.

    not_before: the day on which a document that is not yet in force takes effect.
    """
    window = this_round(item.window, as_of)
    if not_before is None:
        return window
    window = window or ApplicationWindow(item.spans[0])
    opens = max(filter(None, (window.opens_on, not_before)))
    return replace(window, opens_on=opens, always=False)


def _years_later(day: date, years: int) -> date:
    last = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if last else day.day)
