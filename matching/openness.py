"""Whether one can apply on the day asked about (申报状态): a fact of the item, apart from who is eligible."""

from __future__ import annotations

from datetime import date

from matching.model import Openness
from policy_corpus.model import ApplicationWindow


def openness(window: ApplicationWindow | None, as_of: date) -> Openness:
    """The state of an application window on a day; both its days are included.

    A window without any date is unknown unless it says that it is always open. A known opening day
    without a closing day: upcoming before it; after it unknown, for nothing says whether it still runs.
    A known closing day alone: open until then.

    >>> openness(None, date(2026, 11, 23)).value
    'unknown'
    """
    if window is None:
        return Openness.UNKNOWN
    if window.closes_on is not None and as_of > window.closes_on:
        return Openness.CLOSED
    if window.opens_on is not None and as_of < window.opens_on:
        return Openness.UPCOMING
    if window.always:
        return Openness.ALWAYS
    return Openness.OPEN if window.closes_on is not None else Openness.UNKNOWN
