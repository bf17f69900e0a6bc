"""Load policy files: bytes -> 文件库 -> 政策库, one file at a time, each whole or not at all.

A file is first kept under its hash, then read in the sandbox, described, understood, and entered with its
items in one transaction. A load that is killed therefore leaves no half document, and the same load again
finds what is there and goes on with the rest.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from policy_corpus.describing import describe
from policy_corpus.errors import UnreadableDocument
from policy_corpus.extraction import extract_items
from policy_corpus.library import NearDuplicate
from policy_corpus.model import Document, DocumentKind, ItemStatus, PolicyItem, coverage
from policy_corpus.reading.sandbox import Sandbox
from service.store.data_folder import DataFolder
from service.store.originals import content_hash

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of one file."""

    LOADED = "loaded"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One line of the load report. parsed, free_text: condition leaves of its items by kind."""

    path: str
    outcome: Outcome
    reason: str | None = None
    document_id: str | None = None
    title: str | None = None
    kind: DocumentKind | None = None
    near: NearDuplicate | None = None
    warnings: tuple[str, ...] = ()
    items: int = 0
    published: int = 0
    parsed: int = 0
    free_text: int = 0


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named and those in the folders named, hidden ones left out, in a fixed order."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [file for file in inside if not file.is_dir() and not _hidden(file, path)]
    return list(dict.fromkeys(found))


def _hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)


def load_policies(
    folder: DataFolder,
    files: Sequence[Path],
    sandbox: Sandbox,
    now: Callable[[], datetime],
    *,
    publish: bool = False,
) -> Iterator[FileOutcome]:
    """Load files one by one, yielding what became of each. One bad file spoils only itself."""
    for file in files:
        try:
            yield _load_one(folder, file, sandbox, now, publish)
        except UnreadableDocument as error:
            yield FileOutcome(str(file), Outcome.REFUSED, error.reason)
        except OSError as error:
            yield FileOutcome(str(file), Outcome.REFUSED, _io_reason(error))
        except Exception:  # a fault of ours in one file must not cost the other 999; it is named and logged
            log.exception("could not process %s", file)
            yield FileOutcome(str(file), Outcome.REFUSED, "解析后处理出错，已记录；请将该文件交管理员检查")


_IO_REASONS = {
    errno.ENOENT: "找不到文件，请检查路径",
    errno.EACCES: "没有读取权限，请修改文件权限后重试",
    errno.ENOSPC: "磁盘空间不足，请清理后重新载入",
    errno.EROFS: "数据目录只读，请用 --data 指定可写的目录",
}


def _io_reason(error: OSError) -> str:
    return _IO_REASONS.get(error.errno or 0, f"文件无法读取或保存（{error.strerror or error}）")


def _load_one(
    folder: DataFolder, file: Path, sandbox: Sandbox, now: Callable[[], datetime], publish: bool
) -> FileOutcome:
    data = file.read_bytes()
    digest = content_hash(data)
    if folder.documents.has(digest[:16]):
        return _already(folder, file, digest[:16], publish)
    reading = sandbox.read(data, file.name)
    document = describe(reading, digest, file.name)
    items = extract_items(document)
    near = folder.documents.find_near_duplicate(document)
    if publish and is_publishable(document, near):
        items = tuple(replace(item, status=ItemStatus.PUBLISHED) for item in items)
    folder.originals.keep(data)
    with folder.db.atomic():
        folder.documents.add(document, near, now())
        folder.policies.add(items)
    return _outcome(file, Outcome.LOADED, document, items, near)


def _already(folder: DataFolder, file: Path, document_id: str, publish: bool) -> FileOutcome:
    document = folder.documents.get(document_id)
    if publish and is_publishable(document, None) and not folder.documents.is_same_as_another(document_id):
        drafts = [item.id for item in folder.policies.items(status=ItemStatus.DRAFT, document_id=document_id)]
        folder.policies.set_status(drafts, ItemStatus.PUBLISHED)
    items = tuple(folder.policies.items(document_id=document_id))
    return _outcome(file, Outcome.ALREADY, document, items, None)


def is_publishable(document: Document, near: NearDuplicate | None) -> bool:
    """A 征求意见稿 never becomes a policy; a second copy of a document would list every benefit twice."""
    return document.kind is not DocumentKind.DRAFT and not (near and near.same)


def _outcome(
    file: Path, outcome: Outcome, document: Document, items: Sequence[PolicyItem], near: NearDuplicate | None
) -> FileOutcome:
    covered = [coverage(item) for item in items]
    return FileOutcome(
        str(file),
        outcome,
        None,
        document.id,
        document.title,
        document.kind,
        near,
        document.warnings,
        items=len(items),
        published=sum(item.status is ItemStatus.PUBLISHED for item in items),
        parsed=sum(entry.parsed for entry in covered),
        free_text=sum(entry.free_text for entry in covered),
    )
