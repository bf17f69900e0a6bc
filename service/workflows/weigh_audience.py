"""For whom an item, as it is being edited, would be what once it is published; the names behind the counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.delta import Change, item_delta
from matching.model import Eligibility
from policy_corpus.model import ItemStatus, PolicyItem
from service.store.company_roster import fresh_roster
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf
from service.workflows.edit_items import open_edit


@dataclass(frozen=True, slots=True)
class Audience:
    """Credit codes by what the item would be to them, and of those whose own changes by publishing the edit.

    gained, lost: to whom it newly would be, or no longer would be, 可享受; empty for what is not published yet.
    """

    item: PolicyItem
    groups: Mapping[Eligibility, tuple[str, ...]]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def weigh_audience(folder: DataFolder, shelf: Shelf, item_id: str) -> Audience:
    """The audience of an item with what is being edited of it. Raises PolicyItemNotFound."""
    coming, own = open_edit(folder, item_id).item, folder.policies.get(item_id)
    roster = fresh_roster(folder).roster
    groups: dict[Eligibility, list[str]] = {kind: [] for kind in Eligibility}
    for change in item_delta(None, coming, roster, shelf.as_of).changes:
        if change.after is not None:
            groups[change.after].append(change.key)
    moved: tuple[Change, ...] = ()
    if own.status is ItemStatus.PUBLISHED and own.conditions != coming.conditions:
        moved = item_delta(own, coming, roster, shelf.as_of).changes
    return Audience(
        coming,
        {kind: tuple(keys) for kind, keys in groups.items()},
        tuple(change.key for change in moved if change.after is Eligibility.ELIGIBLE),
        tuple(change.key for change in moved if change.before is Eligibility.ELIGIBLE),
    )
