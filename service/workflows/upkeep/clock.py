"""The clock from receipt to decision (办理时限): seven working days for each document, what is late, and how it went.

A document is received when its file was handed in, at the latest when it was loaded. It is decided when none of its
items waits for a person any more; a document without items has nothing to wait for and stands outside, and
so does a 征求意见稿, of which nothing is ever published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from statistics import median

from policy_corpus.extraction.words.workdays import is_workday, workdays_after
from policy_corpus.model import DocumentKind
from service.store.data_folder import DataFolder

WORKDAYS = 7  # from receipt to published; the day of receipt is not counted in (《民法典》第二百零一条)
SOON = 2  # working days left from which it is said
_BEIJING = timezone(timedelta(hours=8))


class ClockState(StrEnum):
    """How a document stands against its term."""

    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    IN_TIME = "in_time"
    DONE_LATE = "done_late"


CLOCK_WORDS = {
    ClockState.LATE: "已超期",
    ClockState.SOON: "将到期",
    ClockState.RUNNING: "办理中",
    ClockState.IN_TIME: "按时办结",
    ClockState.DONE_LATE: "超期办结",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The term of one document. days: working days left while it runs, working days over where it is or was late."""

    document_id: str
    title: str
    received_on: date
    due_on: date
    decided_on: date | None
    state: ClockState
    days: int
    waiting: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a person."""
        return self.decided_on is None


@dataclass(frozen=True, slots=True)
class MonthOfWork:
    """What was decided of the documents received in a month. share: in time, of those decided or overdue; 0-1."""

    month: str
    received: int
    decided: int
    in_time: int
    late: int
    median_days: float | None

    @property
    def share(self) -> float | None:
        """Which part was decided in time, None where nothing is due yet."""
        due = self.in_time + self.late
        return self.in_time / due if due else None


_is_workday = lru_cache(maxsize=4096)(is_workday)  # many documents, the same few days


@lru_cache(maxsize=4096)
def _due(received_on: date) -> date:
    return workdays_after(received_on, WORKDAYS)


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after the first day up to the last.

    >>> workdays_between(date(2026, 9, 30), date(2026, 10, 10))
    3
    """
    return sum(_is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def clock_of(
    document_id: str, title: str, received_on: date, decided_on: date | None, today: date, waiting: int = 0
) -> Clock:
    """The clock of one document on a day."""
    due_on = _due(received_on)
    until = decided_on or today
    if until > due_on:
        state = ClockState.LATE if decided_on is None else ClockState.DONE_LATE
        days = max(workdays_between(due_on, until), 1)
    else:
        days = workdays_between(until, due_on)
        running = ClockState.SOON if days <= SOON else ClockState.RUNNING
        state = running if decided_on is None else ClockState.IN_TIME
    return Clock(document_id, title, received_on, due_on, decided_on, state, days, waiting)


def read_clocks(folder: DataFolder, today: date) -> list[Clock]:
    """The clock of every document with items, what is late first, then what is due first."""
    rows = folder.db.query(
        "select d.id, d.title, coalesce(u.received_at, d.loaded_at) as received_at, d.loaded_at, w.waiting, w.decided_at from documents d join ("
        "  select i.document_id, sum(i.status in ('draft', 'in_review')) as waiting, max(v.at) as decided_at"
        "  from policy_items i left join item_versions v on v.item_id = i.id and v.status not in ('draft', 'in_review')"
        "  and v.version = (select min(f.version) from item_versions f where f.item_id = i.id"
        "                   and f.status not in ('draft', 'in_review'))"
        "  group by i.document_id) w on w.document_id = d.id left join ("
        "  select document_id, min(received_at) as received_at from upload_files where document_id is not null"
        "  group by document_id) u on u.document_id = d.id where d.kind != ?",
        [DocumentKind.DRAFT.value],
    )
    clocks = []
    for row in rows:
        received = min(_day(row["received_at"]), _day(row["loaded_at"]))
        decided = None if row["waiting"] else _day(row["decided_at"] or row["loaded_at"])
        clocks.append(clock_of(row["id"], row["title"], received, decided, today, row["waiting"]))
    return sorted(clocks, key=lambda clock: (not clock.is_open, clock.due_on, clock.document_id))


def _day(moment: str) -> date:
    at = datetime.fromisoformat(moment)
    return (at.astimezone(_BEIJING) if at.tzinfo else at).date()


def months_of_work(clocks: Iterable[Clock]) -> list[MonthOfWork]:
    """How each month went, by the month of receipt, the newest first."""
    months: dict[str, list[Clock]] = defaultdict(list)
    for clock in clocks:
        months[f"{clock.received_on:%Y-%m}"].append(clock)
    return [_month(name, months[name]) for name in sorted(months, reverse=True)]


def _month(name: str, clocks: list[Clock]) -> MonthOfWork:
    taken = [
        workdays_between(clock.received_on, clock.decided_on)
        for clock in clocks
        if clock.decided_on is not None
    ]
    return MonthOfWork(
        name,
        len(clocks),
        len(taken),
        sum(clock.state is ClockState.IN_TIME for clock in clocks),
        sum(clock.state in (ClockState.DONE_LATE, ClockState.LATE) for clock in clocks),
        median(taken) if taken else None,
    )
