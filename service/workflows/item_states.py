"""Move policy items from one state to another: one transaction with the version it makes and the audit entry.

Called by reviewing and by the upkeep of the library, so that no state changes without a trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from policy_corpus.model import ItemStatus, PolicyItem
from service.actors import Actor
from service.store.data_folder import DataFolder

# How a state is reached: the event of the version; the audit log calls it item.<event>.
_EVENTS = {
    ItemStatus.IN_REVIEW: "review",
    ItemStatus.PUBLISHED: "publish",
    ItemStatus.WITHDRAWN: "withdraw",
    ItemStatus.SUPERSEDED: "supersede",
    ItemStatus.EXPIRED: "expire",
}


def move_items(
    folder: DataFolder,
    item_ids: Sequence[str],
    status: ItemStatus,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
) -> int:
    """Move items to a state, all or none; returns how many changed. Raises PolicyItemNotFound."""
    with folder.writing():
        items = [folder.policies.get(item_id) for item_id in dict.fromkeys(item_ids)]
        moved = [item for item in items if item.status is not status]
        for item in moved:
            move_item(folder, item, status, by=by, now=now, note=note)
    return len(moved)


def move_item(
    folder: DataFolder,
    item: PolicyItem,
    status: ItemStatus,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    event: str | None = None,
) -> None:
    """Move one item that stands in another state; called inside a transaction. event: where the state's own would mislead."""
    named = event or _EVENTS[status]
    edited = folder.versions.all(item.id)[-1].edited
    after = replace(item, status=status)
    folder.versions.record(after, named, by=by.name, at=now, note=note, edited=edited)
    folder.policies.set_status([item.id], status)
    folder.audit.record(
        by,
        f"item.{named}",
        "item",
        item.id,
        at=now,
        before={"status": item.status.value},
        after={"status": status.value, "title": item.title},
        note=note,
    )
