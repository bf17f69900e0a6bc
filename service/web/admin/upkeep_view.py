"""What the pages of the upkeep show: proposals with their documents, editions side by side, what ends soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matching.item_wording import FieldChange, describe_benefit, describe_node, describe_window, difference
from matching.openness import this_round
from policy_corpus.editions import ItemFate
from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.hand_edits import without_places
from policy_corpus.item_editing import FIELDS
from policy_corpus.model import (
    AllOf,
    ApplicationWindow,
    Benefit,
    Document,
    ItemStatus,
    PolicyItem,
    Quoted,
    Validity,
)
from service.store.data_folder import DataFolder
from service.store.item_list import ItemFilter, ItemList
from service.store.proposals import Proposal, ProposalKind
from service.store.shelf import Shelf
from service.web.wording import item_amount_words
from service.workflows.upkeep.editions import EditionRow

HORIZONS = (30, 60, 90)
_MOST = 1_000  # windows of a list; nobody reads more


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal as it is listed. other: the document that speaks for it; items: those it is about, with their sums."""

    proposal: Proposal
    document: Document | None
    other: Document | None
    items: tuple[tuple[PolicyItem, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An edited field whose sentence changed: what a person made of it, and what the new text says."""

    field: str
    label: str
    old: str
    new: str
    chosen: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One item of a comparison, ready to be read."""

    fate: ItemFate
    title: str
    old: PolicyItem | None
    new: PolicyItem | None
    changes: tuple[FieldChange, ...]
    kept: tuple[str, ...]
    choices: tuple[Choice, ...]
    amount: str
    unsaved: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A document or a window that ends soon."""

    day: date
    days: int
    document: Document
    item: PolicyItem | None = None


def proposal_lines(folder: DataFolder, shelf: Shelf, proposals: Iterable[Proposal]) -> list[ProposalLine]:
    """Proposals with what they name."""
    return [
        ProposalLine(
            proposal,
            shelf.documents.get(proposal.document_id),
            shelf.documents.get(proposal.other_id or ""),
            tuple((item, item_amount_words(item)) for item in _items_of(folder, proposal)),
        )
        for proposal in proposals
    ]


def _items_of(folder: DataFolder, proposal: Proposal) -> Iterator[PolicyItem]:
    ids = proposal.details.get("items", ())
    if proposal.kind is ProposalKind.SAME_BENEFIT:
        ids = [proposal.details["higher"], proposal.details["lower"]]
    for item_id in ids:
        try:
            yield folder.policies.get(item_id)
        except PolicyItemNotFound:
            continue


def compared(row: EditionRow, keep: Iterable[str] = (), take: Iterable[str] = ()) -> ComparedRow:
    """One item of two editions in words. keep, take: fields already chosen."""
    old, new = row.change.old, row.change.new
    chosen = dict.fromkeys(keep, "keep") | dict.fromkeys(take, "take")
    conflicts = row.carried.conflicts if row.carried else ()
    changes: tuple[FieldChange, ...] = ()
    if old and new:
        shown = set(row.change.fields) - {one.field for one in conflicts}
        found = difference(without_places(old), without_places(row.item))
        changes = tuple(change for change in found if change.path.split("/")[0] in shown)
    choices = tuple(
        Choice(
            one.field,
            FIELDS[one.field],
            field_words(one.old),
            field_words(one.new),
            chosen.get(one.field, ""),
        )
        for one in conflicts
    )
    kept = tuple(FIELDS[name] for name in (row.carried.kept if row.carried else ()))
    return ComparedRow(
        row.change.fate,
        row.item.title,
        old,
        new,
        changes,
        kept,
        choices,
        item_amount_words(row.item),
        row.unsaved,
    )


def field_words(value: Any) -> str:
    """The value of a whole field in words."""
    match value:
        case None | ():
            return "（无）"
        case bool():
            return "是" if value else "否"
        case AllOf():
            return describe_node(value)
        case Benefit():
            return describe_benefit(value)
        case ApplicationWindow():
            return describe_window(value)
        case Quoted(text):
            return text
        case tuple():
            return "；".join(field_words(part) for part in value)
        case _:
            return str(value)


def ends_soon(folder: DataFolder, shelf: Shelf, within: int = max(HORIZONS)) -> list[Ending]:
    """Documents and windows of published items that end within so many days, the soonest first."""
    last = shelf.as_of + timedelta(days=within)
    found = [
        Ending(day, (day - shelf.as_of).days, shelf.documents[id_])
        for id_, day in last_days(folder, shelf).items()
        if shelf.as_of <= day <= last and shelf.validities[id_] is Validity.IN_FORCE
    ]
    table, closing = ItemList(folder.db), dict[str, date]()
    for one in table.windows(ItemFilter(status=ItemStatus.PUBLISHED)):
        window = this_round(one.window, shelf.as_of)
        if window and window.closes_on and not window.always and shelf.as_of <= window.closes_on <= last:
            closing[one.item_id] = window.closes_on
    soonest = sorted(closing, key=lambda id_: (closing[id_], id_))[:_MOST]
    for item in table.read(soonest):
        day = closing[item.id]
        found.append(Ending(day, (day - shelf.as_of).days, shelf.documents[item.document_id], item))
    return sorted(found, key=lambda one: (one.day, one.document.id, one.item.id if one.item else ""))


def last_days(folder: DataFolder, shelf: Shelf) -> dict[str, date]:
    """The last day of each document that has one and a published item, an extension counted in."""
    days = {id_: document.effective_until for id_, document in shelf.documents.items()}
    for id_, extension in folder.documents.extensions().items():
        known = days.get(id_)
        days[id_] = max(known, extension.until) if known else extension.until
    published = {item_id.rsplit("-", 1)[0] for item_id in folder.policies.published_states()}
    return {id_: day for id_, day in days.items() if day and id_ in published}
