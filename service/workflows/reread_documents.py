"""Read documents again after the dictionaries have changed: what is loaded takes in what was added, and nobody's work is lost.

Only the conditions of an item are taken over. A draft that nobody has touched changes in place; what is published or in
somebody's hands gets a working copy to be reviewed; conditions that a person has edited stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from policy_corpus.document_rows import document_to_row
from policy_corpus.errors import UnreadableDocument
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import Document, ItemStatus, PolicyItem
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.store.data_folder import DataFolder
from service.store.dictionaries import KINDS, DictionaryEntry
from service.workflows.dictionary_use import names_of
from service.workflows.edit_items import Edit, open_edit, put_working_copy
from service.workflows.job_context import JobContext

REREAD = "dictionary.reread"
_TASK = "policy_corpus.understanding:read_again"
_READ = (ItemStatus.DRAFT, ItemStatus.IN_REVIEW, ItemStatus.PUBLISHED)
Report = Callable[[int, int], None]  # (done, of)


@dataclass(slots=True)
class Reread:
    """What became of it. drafts: changed in place; copies: items with a working copy to be reviewed; kept: edited by hand.

    moved: items that the document is now divided into otherwise, left as they are; failed: documents not read.
    """

    documents: int = 0
    drafts: int = 0
    copies: int = 0
    kept: int = 0
    moved: int = 0
    failed: int = 0


def ask_to_reread(folder: DataFolder, entry: DictionaryEntry, *, by: Actor, at: datetime) -> int:
    """Put the reading of all documents that name an entry into the queue; returns the job's id."""
    payload = {
        "words": list(names_of(entry)),
        "why": f"{KINDS[entry.kind]}“{entry.name}”修改后重新识别",
        "by": by.name,
    }
    return folder.jobs.put(REREAD, payload, key=f"{REREAD}:{entry.id}", at=at)


def reread_job(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, int]:
    """The handler of such a job; begun again it finds what it has changed and leaves it."""

    def report(done: int, total: int) -> None:
        context.check_stopping()
        context.report("重新识别文件", done, total)

    by = Actor(payload["by"], Role.ADMIN)
    found = reread(
        folder,
        payload["words"],
        context.tools.sandbox,
        why=payload["why"],
        by=by,
        now=context.now,
        report=report,
    )
    return asdict(found)


def reread(
    folder: DataFolder,
    words: Sequence[str],
    sandbox: Sandbox,
    *,
    why: str,
    by: Actor,
    now: Callable[[], datetime],
    report: Report = lambda done, total: None,
) -> Reread:
    """Read every document that names one of the words again, with the tables as they are in place."""
    ids = folder.documents.naming(words)
    found = Reread()
    for done, document_id in enumerate(ids, 1):
        document = folder.documents.get(document_id)
        try:
            read = _read(sandbox, document)
        except UnreadableDocument:  # must not cost the others; it is counted
            found.failed += 1
            continue
        found.documents += 1
        with folder.writing():
            for item in folder.policies.items(document_id=document_id):
                if item.status in _READ:
                    _take_over(folder, item, read.get(item.id), found, why, by, now())
        report(done, len(ids))
    return found


def _read(sandbox: Sandbox, document: Document) -> dict[str, PolicyItem]:
    row = json.dumps(document_to_row(document), ensure_ascii=False).encode("utf-8", "surrogatepass")
    items = sandbox.run(_TASK, row, document.file_name)["items"]
    return {item["id"]: item_from_json(item, ItemStatus.DRAFT) for item in items}


def _take_over(
    folder: DataFolder,
    item: PolicyItem,
    new: PolicyItem | None,
    found: Reread,
    why: str,
    by: Actor,
    now: datetime,
) -> None:
    read = folder.versions.as_read(item.id)
    if new is None or not _is_same_passage(new, read):
        found.moved += 1
        return
    edit = open_edit(folder, item.id)
    if new.conditions in (read.conditions, edit.item.conditions):
        return
    if edit.item.conditions != read.conditions:
        found.kept += 1
    elif item.status is ItemStatus.DRAFT and _is_untouched(edit, read):
        after = replace(item, conditions=new.conditions)
        folder.versions.record(after, "reimport", by=by.name, at=now, note=why)
        folder.policies.put(after)
        _note(folder, item, after, why, by, now)
        found.drafts += 1
    else:
        put_working_copy(folder, replace(edit.item, conditions=new.conditions), by=by, now=now, note=why)
        found.copies += 1


def _is_same_passage(new: PolicyItem, read: PolicyItem) -> bool:
    """Whether both are read from the same words of the document; the title may well have changed with them."""
    return {span.start for span in new.spans} == {span.start for span in read.spans}


def _is_untouched(edit: Edit, read: PolicyItem) -> bool:
    return not edit.is_working_copy and replace(edit.item, status=read.status) == read


def _note(
    folder: DataFolder, before: PolicyItem, after: PolicyItem, why: str, by: Actor, now: datetime
) -> None:
    old, new = ({"conditions": item_to_json(item)["conditions"]} for item in (before, after))
    folder.audit.record(by, "item.edit", "item", after.id, at=now, before=old, after=new, note=why)
