"""Match enterprises with the published items of a day: one, all, or one item's audience."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matching import audience
from matching.audience import Audience
from matching.match import rank_items
from matching.model import Enterprise, Match
from policy_corpus.model import Document
from service.store.company_roster import fresh_roster
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
    """One item with the enterprises it fits. enterprise_of: credit code -> enterprise."""

    document: Document
    audience: Audience
    enterprise_of: Callable[[str], Enterprise]


def find_audience(folder: DataFolder, shelf: Shelf, item_id: str) -> ItemAudience:
    """Which enterprises an item fits, whatever the item's status; one not listed as if it were. Raises PolicyItemNotFound."""
    item = folder.policies.get(item_id)
    day = shelf.day_with(item)
    companies = fresh_roster(folder)
    found = audience.find_audience(day.shown(item), companies.roster, companies.profiles, day)
    return ItemAudience(shelf.documents[item.document_id], found, folder.enterprises.get)
