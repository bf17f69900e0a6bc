"""Show documents to the public, or take them back; to publish an item releases its document by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from policy_corpus.errors import DocumentNotFound
from policy_corpus.model import ItemStatus
from service.actors import Actor
from service.errors import ServiceError
from service.store.data_folder import DataFolder


class StillPublished(ServiceError):
    """A document that cannot be hidden, for companies are shown items of it."""


def release_documents(folder: DataFolder, document_ids: Sequence[str], *, by: Actor, now: datetime) -> int:
    """Show documents to everybody; returns how many were hidden before. Raises DocumentNotFound; then none is."""
    with folder.writing():
        for document_id in document_ids:
            if not folder.documents.has(document_id):
                raise DocumentNotFound(f"文件库中没有编号为 {document_id} 的文件")
        return len(note_release(folder, document_ids, by=by, now=now))


def note_release(folder: DataFolder, document_ids: Sequence[str], *, by: Actor, now: datetime) -> list[str]:
    """The same inside the transaction of whoever calls; returns the ids that are new."""
    new = folder.releases.add(document_ids, by=by.name, at=now)
    for document_id in new:
        folder.audit.record(by, "document.release", "document", document_id, at=now)
    return new


def hide_document(folder: DataFolder, document_id: str, *, by: Actor, now: datetime) -> None:
    """Take a document back from the public. Raises StillPublished while an item of it is published."""
    with folder.writing():
        if folder.policies.items(status=ItemStatus.PUBLISHED, document_id=document_id):
            raise StillPublished("该文件还有已发布的政策事项，请先撤回这些事项，再停止公开")
        if folder.releases.holds(document_id):
            folder.releases.remove(document_id)
            folder.audit.record(by, "document.hide", "document", document_id, at=now)
