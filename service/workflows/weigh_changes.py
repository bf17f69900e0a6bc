"""What would change for whom: a company with other facts, an item published or withdrawn. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Supposition:
    """A company, the same with the facts supposed, and what differs. items: those that change, by id."""

    enterprise: Enterprise
    supposed: Enterprise
    delta: Delta
    items: Mapping[str, PolicyItem]


@dataclass(frozen=True, slots=True)
class ItemImpact:
    """For whom an item's publication (a draft's) or withdrawal (a published one's) would make a difference."""

    item: PolicyItem
    document: Document
    delta: Delta

    @property
    def comes(self) -> bool:
        """Whether publication is weighed, not withdrawal."""
        return self.item.status is not ItemStatus.PUBLISHED


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
    return ItemImpact(item, shelf.documents[item.document_id], delta)


def first_changes(delta: Delta, top: int | None) -> tuple[Change, ...]:
    """The first changes of a delta, those first that matter most: what is or would be eligible. None: all."""
    order = list(Eligibility)

    def weight(change: Change) -> tuple[int, str]:
        return min(order.index(kind) for kind in (change.before, change.after) if kind), change.key

    return tuple(sorted(delta.changes, key=weight)[:top])
