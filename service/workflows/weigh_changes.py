"""What would change for whom: a company with other facts, an item published or withdrawn. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.delta import Change, Delta, enterprise_delta, item_delta, supposing
from matching.model import Eligibility, Enterprise, FactValue
from policy_corpus.facts import FACTS, stored_facts
from policy_corpus.model import Document, ItemStatus, PolicyItem
from service.enterprise_values import UnreadableValue, read_value
from service.errors import UnusableSupposition
from service.store.company_roster import fresh_roster
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf
from service.workflows.edit_items import open_edit


@dataclass(frozen=True, slots=True)
class Supposition:
    """A company, the same with the facts supposed, and what differs. items: those that change, by id."""

    enterprise: Enterprise
    supposed: Enterprise
    delta: Delta
    items: Mapping[str, PolicyItem]


@dataclass(frozen=True, slots=True)
class ItemImpact:
    """For whom an item's publication or withdrawal would make a difference. comes: whether publication is weighed."""

    item: PolicyItem
    document: Document
    delta: Delta
    comes: bool

    @property
    def counts(self) -> dict[Eligibility, int]:
        """How many companies there would be of each verdict; all 0 where the item would be gone."""
        found = dict.fromkeys(Eligibility, 0)
        for (_, after), count in self.delta.counts.items():
            if after is not None:
                found[after] += count
        return found

    @property
    def gains(self) -> tuple[Change, ...]:
        """The companies to which the item would be more than it is, by credit code."""
        return tuple(change for change in self.delta.changes if _rank(change.after) > _rank(change.before))

    @property
    def losses(self) -> tuple[Change, ...]:
        """The companies to which the item would be less than it is, by credit code."""
        return tuple(change for change in self.delta.changes if _rank(change.after) < _rank(change.before))


def suppose(folder: DataFolder, shelf: Shelf, uscc: str, facts: Mapping[str, Any]) -> Supposition:
    """The company as if its facts were these; None or "": as if not stated. Raises UnusableSupposition, EnterpriseNotFound."""
    enterprise = folder.enterprises.get(uscc)
    supposed = supposing(enterprise, read_facts(facts))
    delta = enterprise_delta(enterprise, supposed, shelf.day)
    found = {change.key: shelf.find_item(change.key) for change in delta.changes}
    return Supposition(enterprise, supposed, delta, {key: item for key, item in found.items() if item})


def read_facts(given: Mapping[str, Any]) -> dict[str, FactValue | None]:
    """Facts by key or Chinese label, with values as in a table of enterprises. Raises UnusableSupposition."""
    by_name = {name: row for row in stored_facts() for name in (row.key, row.label)}
    found: dict[str, FactValue | None] = {}
    for name, raw in given.items():
        row = by_name.get(name.strip())
        if row is None:
            known = "、".join(one.label for one in stored_facts())
            raise UnusableSupposition(f"没有“{name}”这一指标，可用的指标有：{known}")
        try:
            found[row.key] = None if raw is None or raw == "" else read_value(FACTS[row.key], raw)
        except UnreadableValue as error:
            raise UnusableSupposition(f"指标“{row.label}”的值“{raw}”无法使用：{error.reason}") from error
    return found


def weigh_item(folder: DataFolder, shelf: Shelf, item_id: str) -> ItemImpact:
    """What publishing a draft, or withdrawing a published item, would change for whom. Raises PolicyItemNotFound."""
    item = folder.policies.get(item_id)
    there = item if item.status is ItemStatus.PUBLISHED else None
    coming = None if there else item
    delta = item_delta(there, coming, fresh_roster(folder).roster, shelf.as_of)
    return ItemImpact(item, shelf.documents[item.document_id], delta, comes=coming is not None)


def weigh_edit(folder: DataFolder, shelf: Shelf, item_id: str) -> ItemImpact:
    """What publishing an item with what is being edited of it would change for whom. Raises PolicyItemNotFound.

    Weighed against the published item, or against nothing where it is not published.
    """
    return weigh_many(folder, shelf, [item_id])[item_id]


def weigh_many(folder: DataFolder, shelf: Shelf, item_ids: Sequence[str]) -> dict[str, ItemImpact]:
    """The same for several items, by id. Raises PolicyItemNotFound."""
    roster = fresh_roster(folder).roster
    found = {}
    for item_id in dict.fromkeys(item_ids):
        coming = open_edit(folder, item_id).item
        there = folder.policies.get(item_id) if coming.status is ItemStatus.PUBLISHED else None
        delta = item_delta(there, coming, roster, shelf.as_of)
        found[item_id] = ItemImpact(coming, shelf.documents[coming.document_id], delta, comes=True)
    return found


def first_changes(delta: Delta, top: int | None) -> tuple[Change, ...]:
    """The first changes of a delta, those first that matter most: what is or would be eligible. None: all."""
    order = list(Eligibility)

    def weight(change: Change) -> tuple[int, str]:
        return min(order.index(kind) for kind in (change.before, change.after) if kind), change.key

    return tuple(sorted(delta.changes, key=weight)[:top])


def _rank(kind: Eligibility | None) -> int:
    """What an item is worth to a company: an item that there is not is worth what one is that it cannot have."""
    return {Eligibility.ELIGIBLE: 2, Eligibility.UNDETERMINED: 1}.get(kind, 0) if kind else 0
