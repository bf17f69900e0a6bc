"""What waits for administrators today, in counts that are those of the lists behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from service.store.data_folder import DataFolder
from service.store.presence import LASTS
from service.store.review_queue import QueueState
from service.workflows.upkeep.clock import ClockState, read_clocks

_LAST = 8


@dataclass(frozen=True, slots=True)
class LastLoad:
    """A document that came in lately. waiting, published: of its items."""

    document_id: str
    title: str
    loaded_at: datetime
    items: int
    waiting: int
    published: int


@dataclass(frozen=True, slots=True)
class RefusedBatch:
    """An upload of which files could not be loaded."""

    batch_id: str
    created_at: datetime
    actor: str
    refused: int


@dataclass(frozen=True, slots=True)
class Tasks:
    """Everything that waits."""

    inbox: int
    late: int
    soon: int
    proposals: int
    dead_links: int
    refused: tuple[RefusedBatch, ...]
    last_loads: tuple[LastLoad, ...]

    @property
    def refused_files(self) -> int:
        """How many uploaded files are not in."""
        return sum(batch.refused for batch in self.refused)


def read_tasks(folder: DataFolder, today: date, now: datetime) -> Tasks:
    """What waits on a day."""
    states = [clock.state for clock in read_clocks(folder, today)]
    open_since = (now - LASTS).isoformat(timespec="seconds")
    queue = folder.review_queue.counts("", open_since=open_since)
    return Tasks(
        inbox=queue[QueueState.ALL],
        late=states.count(ClockState.LATE),
        soon=states.count(ClockState.SOON),
        proposals=sum(folder.proposals.counts(today=today).values()),
        dead_links=folder.checked_links.count_dead(),
        refused=tuple(_refused(folder)),
        last_loads=tuple(_last_loads(folder)),
    )


def _refused(folder: DataFolder) -> list[RefusedBatch]:
    rows = folder.db.query(
        "select b.id, b.created_at, b.actor, count(*) as refused from upload_files f "
        "join upload_batches b on b.id = f.batch_id where f.state = 'refused' group by b.id order by b.created_at desc"
    )
    return [
        RefusedBatch(row["id"], datetime.fromisoformat(row["created_at"]), row["actor"], row["refused"])
        for row in rows
    ]


def _last_loads(folder: DataFolder) -> list[LastLoad]:
    rows = folder.db.query(
        "select d.id, d.title, d.loaded_at, count(i.id) as items, "
        "coalesce(sum(i.status in ('draft', 'in_review')), 0) as waiting, coalesce(sum(i.status = 'published'), 0) as published "
        "from (select id, title, loaded_at from documents order by loaded_at desc, id limit ?) d "
        "left join policy_items i on i.document_id = d.id group by d.id order by d.loaded_at desc, d.id",
        [_LAST],
    )
    return [
        LastLoad(
            row["id"],
            row["title"],
            datetime.fromisoformat(row["loaded_at"]),
            row["items"],
            row["waiting"],
            row["published"],
        )
        for row in rows
    ]
