"""Load policy files: bytes -> 文件库 -> 政策库, one file at a time, each whole or not at all.

A file is read, described and understood in the sandbox, kept under its hash, and entered with its items in one
transaction. A load that is killed therefore leaves no half document, and the same load again
finds what is there and goes on with the rest.
"""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from policy_corpus.coverage import coverage
from policy_corpus.editions import EarlierEdition
from policy_corpus.errors import UnreadableDocument
from policy_corpus.item_checks import check_item, errors_of
from policy_corpus.library import NearDuplicate
from policy_corpus.model import Document, DocumentKind, ItemStatus, PolicyItem
from policy_corpus.reading.sandbox import Sandbox
from policy_corpus.understanding import Understood, understand_safely
from service.actors import COMMAND_LINE, Actor
from service.store.data_folder import DataFolder
from service.store.originals import content_hash
from service.workflows.item_states import move_item
from service.workflows.policy_files import find_files, io_reason
from service.workflows.policy_sources import Source, open_source
from service.workflows.upkeep.editions import find_edition, hold_edition

__all__ = [
    "FileOutcome",
    "Outcome",
    "enter_source",
    "find_files",
    "is_publishable",
    "load_policies",
    "load_source",
    "reason_for",
]

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of one file. PASSED_OVER: a system's own file in a ZIP, counted but not told."""

    LOADED = "loaded"
    ALREADY = "already"
    REFUSED = "refused"
    PASSED_OVER = "passed_over"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One line of the load report. parsed, self_stated, free_text: conditions of its items, see Coverage.

    held_back: items that were to be published and have an error that a person must look at.
    edition: the document of which it is a new edition; its items then wait for a person.
    """

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
    self_stated: int = 0
    free_text: int = 0
    held_back: int = 0
    edition: EarlierEdition | None = None


def load_policies(
    folder: DataFolder,
    files: Sequence[Path],
    sandbox: Sandbox,
    now: Callable[[], datetime],
    *,
    publish: bool = False,
    by: Actor = COMMAND_LINE,
) -> Iterator[FileOutcome]:
    """Load files one by one, the files of a ZIP each as one, yielding what became of each. A bad one spoils only itself."""
    folder.originals.sweep()
    for file in files:
        for source in open_source(file, sandbox):
            yield load_source(folder, source, sandbox, now, publish=publish, by=by)


def load_source(
    folder: DataFolder,
    source: Source,
    sandbox: Sandbox,
    now: Callable[[], datetime],
    *,
    publish: bool = False,
    by: Actor = COMMAND_LINE,
) -> FileOutcome:
    """Load one file whose bytes are at hand. Nothing is raised: a file that cannot be loaded is refused by name."""
    if source.passed_over:
        return FileOutcome(source.path, Outcome.PASSED_OVER)
    if source.refusal is not None:
        return FileOutcome(source.path, Outcome.REFUSED, source.refusal)
    try:
        note = partial(_note, folder, by, now)
        return enter_source(folder, source, sandbox, now, publish=publish, by=by, also=note)
    except Exception as error:  # whatever one file does must not cost the other 999; it is named
        log.debug("could not load %s", source.path, exc_info=True)
        return FileOutcome(source.path, Outcome.REFUSED, reason_for(error))


def reason_for(error: Exception) -> str:
    """Why a file is not in, in Chinese, with what to do next."""
    if isinstance(error, UnreadableDocument):
        return error.reason
    if isinstance(error, OSError):
        return io_reason(error)
    if isinstance(error, sqlite3.OperationalError):
        known = (advice for words, advice in _DATABASE_REASONS if words in str(error))
        return next(known, f"写入数据库失败（{error}），请运行 huiqi doctor 检查后重新载入")
    return f"程序处理该文件时出错（{_place(error)}），其他文件不受影响；请将该文件和本行提示交技术支持"


_DATABASE_REASONS = (
    ("locked", "数据库正被其他任务占用，请等其他载入结束后重新载入"),
    ("full", "磁盘空间不足，请清理后重新载入"),
    ("readonly", "数据目录只读，请修改权限，或用 --data 指定可写的目录"),
)


def _place(error: Exception) -> str:
    """The kind of an error and the line of ours or of a library that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"，{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行" if frames else ""
    return f"{type(error).__name__}{where}"


def enter_source(
    folder: DataFolder,
    source: Source,
    sandbox: Sandbox,
    now: Callable[[], datetime],
    *,
    publish: bool = False,
    by: Actor = COMMAND_LINE,
    also: Callable[[FileOutcome], None] = lambda _: None,
) -> FileOutcome:
    """Load one file whose bytes are at hand. Raises UnreadableDocument and what the disk raises; nothing is loaded then.

    also: told of the outcome inside the transaction that enters the document, so that what it writes is there
    if and only if the document is.
    """
    data = source.data
    digest, found = content_hash(data), None
    if not folder.documents.has(digest[:16]):
        found = understand_safely(sandbox, data, source.path.rpartition("/")[2])
        folder.originals.keep(data)
    with folder.writing():  # the look for duplicates inside it, so that two loads at once see each other's
        if found is None or folder.documents.has(found.document.id):
            outcome = _already(folder, source, digest[:16], publish, by, now())
        else:
            outcome = _enter(folder, source, found, now(), publish, by)
        if publish and outcome.document_id:
            folder.releases.add([outcome.document_id], by=by.name, at=now())
        also(outcome)
    return outcome


def _note(folder: DataFolder, by: Actor, now: Callable[[], datetime], outcome: FileOutcome) -> None:
    """The audit entry of a file that came in."""
    if outcome.outcome is Outcome.LOADED and outcome.document_id:
        told = {"title": outcome.title, "items": outcome.items, "published": outcome.published}
        folder.audit.record(by, "document.load", "document", outcome.document_id, at=now(), after=told)


def _enter(
    folder: DataFolder, source: Source, found: Understood, at: datetime, publish: bool, by: Actor
) -> FileOutcome:
    document, items = found.document, found.items
    near = folder.documents.find_near_duplicate(document)
    edition = find_edition(folder, document)
    if edition is not None:  # its items wait, whatever was asked for: nothing may be listed twice
        items, is_news = hold_edition(folder, edition, document, items, at)
        edition, publish = edition if is_news else None, False
    elif publish and is_publishable(document, near):
        items = tuple(_as_published(item, document) for item in items)
    folder.documents.add(document, near, at)
    folder.policies.add(items)
    folder.versions.record_first(items, by=by.name, at=at)
    return replace(_outcome(source, Outcome.LOADED, document, items, near, publish), edition=edition)


def _as_published(item: PolicyItem, document: Document) -> PolicyItem:
    """The item published, or as it is where an error stands in the way: it waits for a person."""
    if errors_of(check_item(item, document)):
        return item
    return replace(item, status=ItemStatus.PUBLISHED)


def _already(
    folder: DataFolder, source: Source, document_id: str, publish: bool, by: Actor, at: datetime
) -> FileOutcome:
    document = folder.documents.get(document_id)
    waits = folder.proposals.find_pending_edition(document_id) or folder.documents.is_same_as_another(
        document_id
    )
    if publish and is_publishable(document, None) and not waits:
        for item in folder.policies.items(status=ItemStatus.DRAFT, document_id=document_id):
            if not errors_of(check_item(item, document)):
                move_item(folder, item, ItemStatus.PUBLISHED, by=by, now=at)
    items = tuple(folder.policies.items(document_id=document_id))
    return _outcome(source, Outcome.ALREADY, document, items, None, publish)


def is_publishable(document: Document, near: NearDuplicate | None) -> bool:
    """A 征求意见稿 never becomes a policy; a second copy of a document would list every benefit twice; what was
    recognised from pictures waits for a person."""
    return document.kind is not DocumentKind.DRAFT and not (near and near.same) and not document.needs_review


def _outcome(
    source: Source,
    outcome: Outcome,
    document: Document,
    items: Sequence[PolicyItem],
    near: NearDuplicate | None,
    publish: bool,
) -> FileOutcome:
    covered = [coverage(item) for item in items]
    return FileOutcome(
        source.path,
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
        self_stated=sum(entry.self_stated for entry in covered),
        free_text=sum(entry.free_text for entry in covered),
        held_back=sum(bool(errors_of(check_item(item, document))) for item in items) if publish else 0,
    )
