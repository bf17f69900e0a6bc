"""Jobs that come round: when one is due it is put into the queue, once for each time, whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

from service.store.data_folder import DataFolder

# 北京时间; a fixed offset, for a bare system has no time zone tables and China keeps no summer time.
_BEIJING = timezone(timedelta(hours=8))
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_WRONG_CLOCK = timedelta(days=2)  # a moment so far ahead was noted by a clock that was wrong


@dataclass(frozen=True, slots=True)
class Periodic:
    """A kind of job and when it comes due: at a time of every day in Beijing, or every so many hours."""

    kind: str
    daily_at: time | None = None
    every_hours: int | None = None

    def last_due(self, now: datetime) -> datetime:
        """The latest moment up to now at which it came due."""
        if self.daily_at is not None:
            today = datetime.combine(now.astimezone(_BEIJING).date(), self.daily_at, _BEIJING)
            return today if today <= now else today - timedelta(days=1)
        step = timedelta(hours=self.every_hours or 24)
        return _EPOCH + (now - _EPOCH) // step * step


def put_due(folder: DataFolder, periodic: Iterable[Periodic], now: datetime) -> list[str]:
    """Put every job that has come due since it was last looked at; returns their kinds.

    What was missed while nothing ran is made up for once, not once for each time missed. A clock set back makes
    nothing due a second time; one that was far ahead and put right again starts anew. A job seen for the first
    time waits for its next moment.
    """
    return [entry.kind for entry in periodic if _put(folder, entry, now)]


def _put(folder: DataFolder, entry: Periodic, now: datetime) -> bool:
    due = entry.last_due(now)
    if folder.jobs.last_due(entry.kind) == due:  # nearly always: looked at without waiting for writers
        return False
    with folder.writing():
        last = folder.jobs.last_due(entry.kind)
        if last is not None and due <= last < now + _WRONG_CLOCK:
            return False
        folder.jobs.note_due(entry.kind, due)
        if last is None or last > due:
            return False
        folder.jobs.put(entry.kind, {}, key=entry.kind, at=now)
    return True
