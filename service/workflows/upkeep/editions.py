"""A document that came again with other bytes: hold its items back, show what changed, and let a person take it over.

Until somebody decides, the old items stay published and the new ones wait; on a yes the new ones are published and
the old ones superseded in one transaction, so that nothing is listed twice at any moment and nothing is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from policy_corpus.editions import EarlierEdition, ItemChange, ItemFate, compare_editions
from policy_corpus.hand_edits import Carried, carry_hand_edits
from policy_corpus.item_checks import errors_of
from policy_corpus.item_editing import FIELDS as FIELD_WORDS
from policy_corpus.model import Document, ItemStatus, PolicyItem
from service.actors import SYSTEM, Actor
from service.errors import UnusableDecision
from service.store.data_folder import DataFolder
from service.store.proposals import Draft, Proposal, ProposalKind, ProposalState
from service.workflows.edit_items import hand_edited, open_edit, put_working_copy
from service.workflows.item_states import move_item
from service.workflows.review_policies import NotPublishable, problems_of, publish_edit

WAITING = (ItemStatus.DRAFT, ItemStatus.IN_REVIEW)
LIVE = (*WAITING, ItemStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One item in both editions. item: as it would be, the old one where it is gone.

    carried: the new one with the edits kept, None where there is no pair.

    unsaved: the old item has changes that nobody has published yet.
    """

    change: ItemChange
    item: PolicyItem
    carried: Carried | None = None
    unsaved: bool = False


@dataclass(frozen=True, slots=True)
class EditionView:
    """Two editions of a document, item by item."""

    proposal: Proposal
    old: Document
    new: Document
    rows: tuple[EditionRow, ...]


def find_edition(folder: DataFolder, document: Document) -> EarlierEdition | None:
    """The document of which this one is a new edition and whose items still count; None for a stranger."""
    addresses = folder.uploads.of_same_address(document.content_hash)
    best: tuple[tuple[bool, float, str], EarlierEdition] | None = None
    for found in folder.documents.earlier_editions(document, addresses=addresses):
        statuses = {item.status for item in folder.policies.items(document_id=found.document_id)}
        if statuses & set(LIVE):
            rank = (ItemStatus.PUBLISHED in statuses, found.similarity, found.document_id)
            if best is None or rank > best[0]:
                best = rank, found
    return best[1] if best else None


def hold_edition(
    folder: DataFolder, edition: EarlierEdition, document: Document, items: Sequence[PolicyItem], at: datetime
) -> tuple[tuple[PolicyItem, ...], bool]:
    """Keep the items of a new edition back and propose it; called inside the transaction that enters the document.

    Returns the items as they are to be stored, and whether there is anything new: a second copy in which nothing
    changed is set aside at once, for there is nothing to decide.
    """
    old = folder.policies.items(document_id=edition.document_id)
    changes = compare_editions(old, items)
    if all(change.fate is ItemFate.UNCHANGED for change in changes):
        return tuple(replace(item, status=ItemStatus.WITHDRAWN) for item in items), False
    counts = {fate: sum(change.fate is fate for change in changes) for fate in ItemFate}
    told = "，".join(f"{fate.value} {count} 项" for fate, count in counts.items() if count)
    draft = Draft(
        ProposalKind.EDITION,
        f"edition:{document.id}:{edition.document_id}",
        document.id,
        f"《{document.title}》是库中文件的新版（{edition.reason.value}，正文相似度 {edition.similarity:.0%}）：{told}",
        other_id=edition.document_id,
        details={"similarity": edition.similarity, "reason": edition.reason.value},
    )
    folder.proposals.make(draft, at)
    return tuple(items), True


def read_edition(
    folder: DataFolder,
    proposal: Proposal,
    keep: Mapping[str, Sequence[str]] | None = None,
    take: Mapping[str, Sequence[str]] | None = None,
) -> EditionView:
    """Both editions side by side. keep, take: new item -> fields to keep as edited, or to take from the new text."""
    old, new = folder.documents.get(proposal.other_id or ""), folder.documents.get(proposal.document_id)
    new_edits = {item.id: open_edit(folder, item.id) for item in folder.policies.items(document_id=new.id)}
    old_items = folder.policies.items(document_id=old.id)
    changes = compare_editions(old_items, [edit.item for edit in new_edits.values()])
    rows = []
    for change in changes:
        unsaved = bool(change.old and folder.edits.open_ids([change.old.id]))
        if change.old and change.new:
            id_ = change.new.id
            settled = {path.split("/")[0] for path in new_edits[id_].edited} | set((take or {}).get(id_, ()))
            edited = [path for path in hand_edited(folder, change.old) if path.split("/")[0] not in settled]
            carried = carry_hand_edits(
                change.old, edited, change.new, old.text, new.text, decided=(keep or {}).get(id_, ())
            )
            rows.append(EditionRow(change, carried.item, carried, unsaved))
        elif item := change.new or change.old:
            rows.append(EditionRow(change, item, None, unsaved))
    return EditionView(proposal, old, new, tuple(rows))


def accept_edition(
    folder: DataFolder,
    proposal: Proposal,
    *,
    by: Actor,
    now: datetime,
    keep: Mapping[str, Sequence[str]],
    take: Mapping[str, Sequence[str]],
) -> None:
    """Publish the new edition and supersede the old one; called inside the transaction of the decision.

    Raises UnusableDecision for an edit whose fate nobody has decided, NotPublishable for items that cannot be published.
    """
    view = read_edition(folder, proposal, keep, take)
    was_published = any(row.change.old and row.change.old.status is ItemStatus.PUBLISHED for row in view.rows)
    statuses = {row.item.id: _status_of(row, was_published) for row in view.rows if row.change.new}
    _check_decided(view)
    _check_publishable(folder, view, statuses)
    note = f"采纳新版《{view.new.title}》"
    for row in view.rows:
        if row.change.old and row.change.old.status in LIVE:
            move_item(folder, row.change.old, ItemStatus.SUPERSEDED, by=by, now=now, note=note)
    for row in view.rows:
        if row.change.new:
            _take_over(folder, row, row.change.new, statuses[row.item.id], by, now, note)
    _close_others(folder, proposal, view, now)


def _status_of(row: EditionRow, was_published: bool) -> ItemStatus:
    """What the new item becomes: what the old one was; a new one is published if the old edition was."""
    old = row.change.old
    if old is None:
        return ItemStatus.PUBLISHED if was_published else ItemStatus.DRAFT
    if old.status in (ItemStatus.PUBLISHED, ItemStatus.WITHDRAWN):
        return old.status
    return ItemStatus.DRAFT


def _check_decided(view: EditionView) -> None:
    for row in view.rows:
        if row.unsaved and row.change.old:
            raise UnusableDecision(
                f"旧版事项“{row.change.old.title}”有尚未发布的修改，请先在审核页面发布或放弃，再采纳新版"
            )
        if row.carried and row.carried.conflicts:
            named = "、".join(FIELD_WORDS[conflict.field] for conflict in row.carried.conflicts)
            raise UnusableDecision(
                f"事项“{row.item.title}”的{named}曾由人工修改，而新版原文已变。请在对照页逐项选择保留人工修改或采用新版"
            )


def _check_publishable(folder: DataFolder, view: EditionView, statuses: Mapping[str, ItemStatus]) -> None:
    held, titles = {}, {}
    for row in view.rows:
        if row.change.new and statuses[row.item.id] is ItemStatus.PUBLISHED:
            found = [
                problem
                for problem in errors_of(problems_of(folder, row.item, view.new))
                if problem.path != "edition"
            ]
            if found:
                held[row.item.id], titles[row.item.id] = tuple(found), row.item.title
    if held:
        raise NotPublishable(held, titles)


def _take_over(
    folder: DataFolder,
    row: EditionRow,
    new: PolicyItem,
    status: ItemStatus,
    by: Actor,
    now: datetime,
    note: str,
) -> None:
    if row.change.old:
        folder.links.follow(new.id, row.change.old.id, now)
    if row.item != new:
        put_working_copy(folder, row.item, by=by, now=now, note="沿用旧版的人工修改")
    if status is ItemStatus.PUBLISHED:
        publish_edit(folder, open_edit(folder, new.id), by, now, note)
    elif status is not new.status and status is ItemStatus.WITHDRAWN:
        move_item(folder, folder.policies.get(new.id), status, by=by, now=now, note=note, event="reject")


def _close_others(folder: DataFolder, proposal: Proposal, view: EditionView, now: datetime) -> None:
    """Other editions that waited to take the place of the same document: one of them has."""
    for other in folder.proposals.each(kind=ProposalKind.EDITION):
        if other.id != proposal.id and other.other_id == view.old.id:
            decline_edition(folder, other, by=SYSTEM, now=now)
            note = f"已采纳另一新版《{view.new.title}》"
            folder.proposals.decide(other.id, ProposalState.DECLINED, by=SYSTEM.name, at=now, note=note)
            folder.audit.record(SYSTEM, "proposal.decline", "proposal", str(other.id), at=now, note=note)


def decline_edition(folder: DataFolder, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Set the items of the new edition aside; the old ones stay as they are."""
    for item in folder.policies.items(document_id=proposal.document_id):
        if item.status in WAITING:
            note = "未采纳新版"
            move_item(folder, item, ItemStatus.WITHDRAWN, by=by, now=now, note=note, event="reject")
