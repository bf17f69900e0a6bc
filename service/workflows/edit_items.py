"""Edit policy items: a working copy beside the item, saved as it is typed and published only by review.

Two people at once do not overwrite each other: who changed different fields is merged, who changed the same
one is told by whom and when. A condition tree counts as one field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from policy_corpus.item_difference import changed_fields, find_changes
from policy_corpus.item_editing import FIELDS, UnusableChange, apply_changes
from policy_corpus.item_json import Json, item_to_json
from policy_corpus.model import PolicyItem
from service.actors import Actor
from service.errors import OvertakenEdit
from service.store.data_folder import DataFolder
from service.store.item_edits import WorkingCopy

__all__ = ["Edit", "EditConflict", "UnusableChange", "discard_edit", "open_edit", "save_edit"]


@dataclass(frozen=True, slots=True)
class Edit:
    """An item as it is being edited: its working copy, or itself where there is none.

    revision: to be handed back on saving, 0 for an item that was never edited. version: of the item itself.
    by, at: who saved last and when. edited: paths of what differs from what was read from the document.
    A working copy stands on the item as it is: what changes in the item beside it, such as the days of the next
    round, is in the copy too.
    """

    item: PolicyItem
    revision: int
    version: int
    by: str | None
    at: datetime | None
    edited: tuple[str, ...]
    is_working_copy: bool = False
    note: str = ""


class EditConflict(OvertakenEdit):
    """Somebody else changed the same fields meanwhile. theirs: the working copy as it is now; fields: which."""

    def __init__(self, theirs: Edit, fields: tuple[str, ...]) -> None:
        named = "、".join(f"“{FIELDS.get(field, field)}”" for field in fields) or "此事项"
        when = f"于 {theirs.at:%Y-%m-%d %H:%M} " if theirs.at else ""
        super().__init__(
            f"{theirs.by or '其他人'}{when}已修改{named}，您的修改尚未保存。请对照后选择保留哪一方的内容"
        )
        self.theirs = theirs
        self.fields = fields


def open_edit(folder: DataFolder, item_id: str) -> Edit:
    """The working copy of an item, or the item where it is not being edited. Raises PolicyItemNotFound."""
    item, copy = folder.policies.get(item_id), folder.edits.find(item_id)
    version = folder.versions.number(item_id)
    if copy is None:
        return Edit(item, 0, version, None, None, hand_edited(folder, item))
    current = _on_top(folder, item, copy, version) if copy.item else item
    return Edit(
        current,
        copy.revision,
        version,
        copy.by,
        copy.at,
        hand_edited(folder, current),
        copy.item is not None,
        copy.note,
    )


def save_edit(
    folder: DataFolder,
    item_id: str,
    changes: Json,
    *,
    revision: int,
    by: Actor,
    now: datetime,
    note: str | None = None,
) -> Edit:
    """Take changes into the working copy, which is made where there is none; publishes nothing.

    revision: of the edit that the changes were made on. note: why, kept for the version (None: as it was).
    Raises EditConflict, UnusableChange (every fault), PolicyItemNotFound.
    """
    with folder.writing():
        theirs = open_edit(folder, item_id)
        if isinstance(changes, dict) and (fields := _overtaken(folder, theirs, changes, revision)):
            raise EditConflict(theirs, fields)
        document = folder.documents.get(theirs.item.document_id)
        item = apply_changes(theirs.item, document.text, changes, within=document.region_code)
        if item != theirs.item or note not in (None, theirs.note):
            _store(folder, theirs, item, by, now, theirs.note if note is None else note)
    return open_edit(folder, item_id)


def discard_edit(folder: DataFolder, item_id: str, *, by: Actor, now: datetime) -> Edit:
    """Give up what is being edited; the item itself stays as it is. Raises PolicyItemNotFound."""
    with folder.writing():
        theirs = open_edit(folder, item_id)
        if theirs.is_working_copy:
            own = folder.policies.get(item_id)
            _keep_in_log(folder, own, theirs, by, now)
            _store(folder, theirs, own, by, now, "")
    return open_edit(folder, item_id)


def put_working_copy(folder: DataFolder, item: PolicyItem, *, by: Actor, now: datetime, note: str) -> None:
    """Make an item the working copy in place of what is there; called inside a transaction."""
    theirs = open_edit(folder, item.id)
    if theirs.is_working_copy:
        _keep_in_log(folder, folder.policies.get(item.id), theirs, by, now)
    _store(folder, theirs, item, by, now, note)


def _keep_in_log(folder: DataFolder, own: PolicyItem, given_up: Edit, by: Actor, now: datetime) -> None:
    """What was edited and is now given up stays in the audit log: nothing that was typed is lost."""
    body = item_to_json(given_up.item)
    before = {field: body[field] for field in changed_fields(own, given_up.item)}
    folder.audit.record(by, "item.discard", "item", own.id, at=now, before=before, note=given_up.note)


def close_edit(folder: DataFolder, item_id: str, fields: Iterable[str], *, by: Actor, now: datetime) -> None:
    """End the working copy of an item whose own text has just changed in these fields; called inside the transaction."""
    held = folder.edits.find(item_id)
    number = folder.versions.number(item_id)
    revision = held.revision + 1 if held else 1
    closed = WorkingCopy(item_id, None, revision, number, by.name, now, "", held.touched if held else {})
    folder.edits.put(closed.with_touched(fields))


def hand_edited(folder: DataFolder, item: PolicyItem) -> tuple[str, ...]:
    """The paths of what differs from what was last read from the document."""
    return tuple(change.path for change in find_changes(folder.versions.as_read(item.id), item))


def _on_top(folder: DataFolder, item: PolicyItem, copy: WorkingCopy, version: int) -> PolicyItem:
    """The working copy with what has changed in the item itself since it was made, in fields that the copy leaves alone."""
    edited = replace(copy.item or item, status=item.status)
    if copy.base_version >= version:
        return edited
    base = folder.versions.item(item.id, copy.base_version)
    own = set(changed_fields(base, edited))
    moved = [field for field in changed_fields(base, item) if field not in own]
    return replace(edited, **{field: getattr(item, field) for field in moved})


def _overtaken(folder: DataFolder, theirs: Edit, changes: Json, revision: int) -> tuple[str, ...]:
    """The fields that others changed since that revision to something else."""
    held = folder.edits.find(theirs.item.id)
    if held is None or revision >= held.revision:
        return ()
    body = item_to_json(theirs.item)
    return tuple(
        field
        for field, touch in held.touched.items()
        if field in changes and touch.revision > revision and changes[field] != body[field]
    )


def _store(folder: DataFolder, theirs: Edit, item: PolicyItem, by: Actor, now: datetime, note: str) -> None:
    own = folder.policies.get(item.id)
    is_open = replace(item, status=own.status) != own
    held = folder.edits.find(item.id)
    copy = WorkingCopy(
        item.id,
        item if is_open else None,
        theirs.revision + 1,
        theirs.version,
        by.name,
        now,
        note if is_open else "",
        held.touched if held else {},
    )
    folder.edits.put(copy.with_touched(changed_fields(theirs.item, item)))
