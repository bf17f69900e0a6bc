"""Review drafted items: look at what stands in the way, publish the right ones, set the others aside.

To publish is one transaction: the working copy becomes the item, the version before it is kept, the state moves
and the audit log says so. An item with an error, of a 征求意见稿, or of a scan that nobody has read is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from policy_corpus.errors import DocumentNotFound
from policy_corpus.item_checks import Problem, Severity, check_item, errors_of
from policy_corpus.item_difference import changed_fields
from policy_corpus.item_json import item_to_json
from policy_corpus.model import Document, DocumentKind, ItemStatus, PolicyItem
from service.actors import Actor
from service.errors import UnfitToPublish
from service.store.data_folder import DataFolder
from service.store.item_versions import Version
from service.workflows.edit_items import (
    Edit,
    EditConflict,
    close_edit,
    hand_edited,
    open_edit,
    put_working_copy,
)
from service.workflows.item_states import move_item, move_items
from service.workflows.release_documents import note_release


class NotPublishable(UnfitToPublish):
    """Items that must not become policies. problems: item id -> every error that stands in the way."""

    def __init__(self, problems: Mapping[str, tuple[Problem, ...]], titles: Mapping[str, str]) -> None:
        named = "；".join(
            f"{item_id}《{titles[item_id]}》：{'，'.join(problem.message for problem in found)}"
            for item_id, found in list(problems.items())[:5]
        )
        more = f"；另有 {len(problems) - 5} 个事项" if len(problems) > 5 else ""
        super().__init__(f"{len(problems)} 个事项不能发布，本次未发布任何事项：{named}{more}")
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who has read the text of a scan beside its picture, and when."""

    by: str
    at: datetime


def list_items(folder: DataFolder, status: ItemStatus | None = ItemStatus.DRAFT) -> list[PolicyItem]:
    """Items of one status (drafts unless said otherwise), or all."""
    return folder.policies.items(status=status)


def problems_of(
    folder: DataFolder, item: PolicyItem, document: Document, *, decided: bool = False
) -> tuple[Problem, ...]:
    """Every problem of an item, its document's included. decided: see `check_item`."""
    return (*_document_problems(folder, document), *check_item(item, document, decided=decided))


def approve(
    folder: DataFolder,
    item_ids: Sequence[str],
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    decided: bool = False,
    revisions: Mapping[str, int] | None = None,
) -> int:
    """Publish items with what is being edited of them, all or none; returns how many changed.

    decided: what is left unparsed keeps an item back too. revisions: of the edits that were looked at.
    Raises NotPublishable (every error of every item), EditConflict (edited since), PolicyItemNotFound.
    """
    with folder.writing():
        edits = {item_id: open_edit(folder, item_id) for item_id in dict.fromkeys(item_ids)}
        _check_seen(edits, revisions or {})
        _check_publishable(folder, edits, decided)
        changed = [edit for edit in edits.values() if _is_news(edit)]
        note_release(folder, [edit.item.document_id for edit in edits.values()], by=by, now=now)
        for edit in changed:
            publish_edit(folder, edit, by, now, note)
    return len(changed)


def reject(folder: DataFolder, item_ids: Sequence[str], *, by: Actor, now: datetime, reason: str = "") -> int:
    """Set items aside, drafts and published ones alike; returns how many changed. Raises PolicyItemNotFound."""
    with folder.writing():
        items = [folder.policies.get(item_id) for item_id in dict.fromkeys(item_ids)]
        moved = [item for item in items if item.status is not ItemStatus.WITHDRAWN]
        for item in moved:
            event = "withdraw" if item.status is ItemStatus.PUBLISHED else "reject"
            move_item(folder, item, ItemStatus.WITHDRAWN, by=by, now=now, note=reason, event=event)
    return len(moved)


def withdraw(
    folder: DataFolder, item_ids: Sequence[str], *, by: Actor, now: datetime, reason: str = ""
) -> int:
    """Take published items out of matching; returns how many changed. Raises PolicyItemNotFound."""
    published = [id_ for id_ in item_ids if folder.policies.get(id_).status is ItemStatus.PUBLISHED]
    return reject(folder, published, by=by, now=now, reason=reason)


def start_review(folder: DataFolder, item_ids: Sequence[str], *, by: Actor, now: datetime) -> int:
    """Mark drafts as being reviewed; items in any other state stay. Raises PolicyItemNotFound."""
    drafts = [id_ for id_ in item_ids if folder.policies.get(id_).status is ItemStatus.DRAFT]
    return move_items(folder, drafts, ItemStatus.IN_REVIEW, by=by, now=now)


def restore_version(folder: DataFolder, item_id: str, version: int, *, by: Actor, now: datetime) -> Edit:
    """Make what an earlier version said the working copy; publishing it is a step of its own. Raises PolicyItemNotFound."""
    with folder.writing():
        item, old = folder.policies.get(item_id), folder.versions.item(item_id, version)
        note = f"恢复自第 {version} 版"
        put_working_copy(folder, replace(old, status=item.status), by=by, now=now, note=note)
        folder.audit.record(
            by, "item.restore", "item", item_id, at=now, after={"version": version}, note=note
        )
    return open_edit(folder, item_id)


def item_history(folder: DataFolder, item_id: str) -> list[Version]:
    """Every version of an item, the first one first. Raises PolicyItemNotFound."""
    folder.policies.get(item_id)
    return folder.versions.all(item_id)


def confirm_text(folder: DataFolder, document_id: str, *, by: Actor, now: datetime) -> None:
    """Note that a person has read a recognised text beside its picture. Raises DocumentNotFound."""
    with folder.writing():
        if not folder.documents.has(document_id):
            raise DocumentNotFound(f"文件库中没有编号为 {document_id} 的文件")
        if find_confirmation(folder, document_id) is None:
            folder.edits.confirm_text(document_id, by.name, now)
            folder.audit.record(by, "document.confirm_text", "document", document_id, at=now)


def find_confirmation(folder: DataFolder, document_id: str) -> Confirmation | None:
    """Who confirmed the text of a document, None where nobody has."""
    found = folder.edits.find_text_confirmation(document_id)
    return Confirmation(*found) if found else None


def _document_problems(folder: DataFolder, document: Document) -> tuple[Problem, ...]:
    problems = []
    if document.kind is DocumentKind.DRAFT:
        message = f"出自征求意见稿《{document.title}》，不能发布；请等待正式文件"
        problems.append(Problem(Severity.ERROR, "document", message))
    if document.needs_review and find_confirmation(folder, document.id) is None:
        message = f"《{document.title}》的文字由图片识别，请对照原件核对后点“文字已核对”，再发布"
        problems.append(Problem(Severity.ERROR, "document", message))
    if (old_id := folder.proposals.find_pending_edition(document.id)) is not None:
        old = folder.documents.get(old_id)
        message = f"《{document.title}》是已有文件《{old.title}》的新版，请在“时效维护”中对照后采纳，以免同一政策列出两次"
        problems.append(Problem(Severity.ERROR, "edition", message))
    elif folder.documents.is_same_as_another(document.id):
        message = f"《{document.title}》与文件库中另一份文件相同，发布后同一政策会列出两次，请核对"
        problems.append(Problem(Severity.WARNING, "document", message))
    return tuple(problems)


def _check_seen(edits: Mapping[str, Edit], revisions: Mapping[str, int]) -> None:
    for item_id, revision in revisions.items():
        edit = edits.get(item_id)
        if edit is not None and edit.revision != revision:
            raise EditConflict(edit, ())


def _check_publishable(folder: DataFolder, edits: Mapping[str, Edit], decided: bool) -> None:
    held = {}
    for item_id, edit in edits.items():
        document = folder.documents.get(edit.item.document_id)
        if found := errors_of(problems_of(folder, edit.item, document, decided=decided)):
            held[item_id] = found
    if held:
        raise NotPublishable(held, {item_id: edit.item.title for item_id, edit in edits.items()})


def _is_news(edit: Edit) -> bool:
    return edit.is_working_copy or edit.item.status is not ItemStatus.PUBLISHED


def publish_edit(folder: DataFolder, edit: Edit, by: Actor, now: datetime, note: str) -> None:
    """Publish an item as it is being edited; called inside a transaction, when it is known to be publishable."""
    before = folder.policies.get(edit.item.id)
    after = replace(edit.item, status=ItemStatus.PUBLISHED)
    fields = changed_fields(before, after)
    event = "publish" if before.status is not ItemStatus.PUBLISHED else "edit"
    words = note or edit.note
    folder.versions.record(after, event, by=by.name, at=now, note=words, edited=hand_edited(folder, after))
    folder.policies.put(after)
    if edit.is_working_copy:
        close_edit(folder, after.id, fields, by=by, now=now)
    _note(folder, by, now, before, after, fields, words)


def _note(
    folder: DataFolder,
    by: Actor,
    now: datetime,
    before: PolicyItem,
    after: PolicyItem,
    fields: tuple[str, ...],
    note: str,
) -> None:
    """One entry for what changed in the text, one for the state."""
    old, new = item_to_json(before), item_to_json(after)
    if fields:
        shown = [{field: body[field] for field in fields} for body in (old, new)]
        folder.audit.record(
            by, "item.edit", "item", after.id, at=now, before=shown[0], after=shown[1], note=note
        )
    if before.status is not after.status:
        folder.audit.record(
            by,
            "item.publish",
            "item",
            after.id,
            at=now,
            before={"status": before.status.value},
            after={"status": after.status.value, "title": after.title},
            note=note,
        )
