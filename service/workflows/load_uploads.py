"""Load what was handed in: the background side of uploads. Each file ends exactly once, with its effect or its reason.

The row of a file changes in the transaction that enters its document, or in that of its refusal; a job begun again
after a kill finds either nothing done or everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from urllib.parse import urldefrag, urljoin

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Link
from service.actors import SYSTEM, Actor, Role
from service.store.data_folder import DataFolder
from service.store.uploaded import NewFile, UploadedFile, UploadState
from service.workflows.job_context import JobContext
from service.workflows.load_policies import FileOutcome, Outcome, enter_source
from service.workflows.policy_sources import Source, expand

LOAD = "upload.load"
FETCH = "upload.fetch"
SWEEP = "upload.sweep"
_STATES = {Outcome.LOADED: UploadState.LOADED, Outcome.ALREADY: UploadState.ALREADY}
_MOST_ATTACHMENTS = 50
_KEEP_BYTES = timedelta(days=90)  # of what was refused, so that it can be tried again


def put_job(folder: DataFolder, file: UploadedFile, *, at: datetime) -> None:
    """Write down the job that sees to a file; inside the transaction that wrote down the file."""
    kind = FETCH if file.digest is None else LOAD
    job_id = folder.jobs.put(kind, {"file_id": file.id}, key=f"{kind}:{file.id}", at=at)
    folder.uploads.set_job(file.id, job_id)


def load_upload(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, Any]:
    """Load one file that was handed in, or open it if it is a ZIP; the handler of LOAD jobs."""
    file = folder.uploads.get(payload["file_id"])
    if not file.is_finished:
        context.report("正在读取")
        try:
            _load(folder, file, context)
        except UnreadableDocument as error:
            with folder.writing():
                refuse(folder, file, error.reason, by=actor_of(folder, file), at=context.now())
    ended = folder.uploads.get(file.id)
    return {"state": ended.state.value, "document_id": ended.document_id}


def _load(folder: DataFolder, file: UploadedFile, context: JobContext) -> None:
    data = folder.originals.read(file.digest or "")
    sources = expand(file.name, data, context.tools.sandbox)
    first = next(sources)
    if first.path == file.name:
        _load_one(folder, file, first, context)
        return
    counts = {"members": 0, "passed_over": 0}
    for source in chain((first,), sources):
        context.check_stopping()
        _add_member(folder, file, source, counts, context)
    with folder.writing():
        folder.uploads.finish(file.id, UploadState.OPENED, at=context.now(), details=counts)


def _add_member(
    folder: DataFolder, parent: UploadedFile, source: Source, counts: dict[str, int], context: JobContext
) -> None:
    """A file of a ZIP becomes a row of its own with a job of its own; once, however often the ZIP is opened."""
    counts["passed_over" if source.passed_over else "members"] += 1
    context.report("正在展开", counts["members"])
    if source.passed_over:
        return
    digest = None if source.refusal is not None else folder.originals.keep(source.data)
    size = None if source.refusal is not None else len(source.data)
    member = source.path.removeprefix(f"{parent.name}/")
    new = NewFile(source.path, size, digest, parent_id=parent.id, member=member)
    with folder.writing():
        added, is_new = folder.uploads.add(parent.batch_id, new, at=context.now())
        if is_new and source.refusal is not None:
            refuse(folder, added, source.refusal, by=actor_of(folder, parent), at=context.now())
        elif is_new:
            put_job(folder, added, at=context.now())


def _load_one(folder: DataFolder, file: UploadedFile, source: Source, context: JobContext) -> None:
    if source.refusal is not None:
        raise UnreadableDocument(source.refusal)

    by = actor_of(folder, file)

    def write_down(outcome: FileOutcome) -> None:
        now = context.now()
        ended = folder.uploads.finish(
            file.id,
            _STATES[outcome.outcome],
            at=now,
            document_id=outcome.document_id,
            details=_details(folder, file, outcome),
        )
        if ended and outcome.document_id and outcome.outcome is Outcome.LOADED:
            told = {"file": file.name, "items": outcome.items, "batch": file.batch_id}
            folder.audit.record(by, "document.load", "document", outcome.document_id, at=now, after=told)

    enter_source(folder, source, context.tools.sandbox, context.now, by=by, also=write_down)


def _details(folder: DataFolder, file: UploadedFile, outcome: FileOutcome) -> dict[str, Any]:
    """What the page shows of a loaded file beside its state."""
    document = folder.documents.get(outcome.document_id or "")
    near = outcome.near
    found: dict[str, Any] = {
        "title": outcome.title,
        "kind": outcome.kind,
        "items": outcome.items,
        "conditions": outcome.parsed + outcome.free_text,
        "free_text": outcome.free_text,
        "warnings": list(outcome.warnings),
        "near": near and {"id": near.document_id, "title": near.title, "same": near.same},
        "attachments": _attachments(document.links, file.address),
        "confidence": document.confidence,
    }
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _attachments(links: Sequence[Link], page: str | None) -> list[dict[str, str]]:
    """The files a page links to, each once with a full address; without the page's own address only those that have one."""
    full = {urldefrag(urljoin(page or "", link.address))[0]: link.title for link in links}
    return [
        {"title": title, "address": address}
        for address, title in list(full.items())[:_MOST_ATTACHMENTS]
        if address.startswith(("http://", "https://")) and address != page
    ]


def refuse(folder: DataFolder, file: UploadedFile, reason: str, *, by: Actor, at: datetime) -> None:
    """A file is not loaded, and why; inside a transaction."""
    if folder.uploads.finish(file.id, UploadState.REFUSED, at=at, reason=reason):
        told = {"file": file.name, "batch": file.batch_id}
        folder.audit.record(by, "upload.refuse", "upload", str(file.id), at=at, after=told, note=reason)


def fail_upload(folder: DataFolder, payload: Mapping[str, Any], reason: str, at: datetime) -> None:
    """The job of a file has failed for good: the file is refused with the job's reason."""
    file = folder.uploads.get(payload["file_id"])
    refuse(folder, file, reason, by=SYSTEM, at=at)


def actor_of(folder: DataFolder, file: UploadedFile) -> Actor:
    """Who handed a file in, for the record of what is done with it later."""
    return Actor(folder.uploads.get_batch(file.batch_id).actor, Role.ADMIN)


def sweep_uploads(folder: DataFolder, _: Mapping[str, Any], context: JobContext) -> dict[str, int]:
    """Clear away the bytes of what was refused long ago, and half-written files; a periodic job."""
    folder.originals.sweep()
    with (
        folder.writing()
    ):  # nobody writes down an upload of the same bytes meanwhile; who does after keeps them anew
        given_up = folder.uploads.forget_bytes(before=context.now() - _KEEP_BYTES)
        for digest in given_up:
            folder.originals.path(digest).unlink(missing_ok=True)
    return {"removed": len(given_up)}
