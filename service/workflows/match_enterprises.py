"""Match enterprises with the published items of a day: one, all, or one item's audience."""

from __future__ import annotations

from dataclasses import dataclass

from matching.audience import Audience, audience
from matching.match import rank_items
from matching.model import Enterprise, Match
from policy_corpus.model import Document
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class EnterpriseMatches:
    """One enterprise with its ranked list."""

    enterprise: Enterprise
    matches: tuple[Match, ...]


def match_one(
    folder: DataFolder, shelf: Shelf, uscc: str, *, include_ineligible: bool = False, top: int | None = None
) -> EnterpriseMatches:
    """The ranked list of one enterprise. Raises EnterpriseNotFound."""
    enterprise = folder.enterprises.get(uscc)
    ranking = rank_items(enterprise, shelf.day, include_ineligible=include_ineligible)
    return EnterpriseMatches(enterprise, ranking.matches(top))


@dataclass(frozen=True, slots=True)
class ItemAudience:
    """One item with the enterprises it fits."""

    document: Document
    audience: Audience


def find_audience(folder: DataFolder, shelf: Shelf, item_id: str) -> ItemAudience:
    """Which enterprises an item fits, whatever the item's status. Raises PolicyItemNotFound."""
    item = shelf.day.shown(folder.policies.get(item_id))
    return ItemAudience(
        shelf.documents[item.document_id], audience(item, folder.enterprises.all(), shelf.day)
    )
