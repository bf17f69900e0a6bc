"""Fetch the addresses that were handed in, and the attachments that pages link to; then load what they held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag

from policy_corpus.reading.signature import MAX_FILE_BYTES
from service.actors import Actor
from service.fetching import FetchRefused, fetch
from service.store.data_folder import DataFolder
from service.store.uploaded import NewFile, UploadedFile
from service.workflows.accept_uploads import clean_name
from service.workflows.job_context import JobContext
from service.workflows.load_uploads import actor_of, load_upload, put_job, refuse


def fetch_upload(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, Any]:
    """Fetch one address and load what it held; the handler of FETCH jobs."""
    file = folder.uploads.get(payload["file_id"])
    if not file.is_finished and file.digest is None:
        context.report("正在下载")
        try:
            _fetch(folder, file, context)
        except FetchRefused as error:
            with folder.writing():
                refuse(folder, file, str(error), by=actor_of(folder, file), at=context.now())
    result = load_upload(folder, payload, context)
    if file.with_attachments:
        with folder.writing():
            _add_attachments(folder, folder.uploads.get(file.id), context.now())
    return result


def _fetch(folder: DataFolder, file: UploadedFile, context: JobContext) -> None:
    address, _ = urldefrag(file.address or "")
    found = fetch(address, limit_bytes=MAX_FILE_BYTES, allowed_hosts=context.tools.fetch_hosts)
    digest = folder.originals.keep(found.data)
    name = clean_name(found.name)
    if file.parent_id is not None:  # an attachment is called what its link says, with the ending of the file
        name = clean_name(f"{file.name}（{name}）")
    folder.uploads.set_content(file.id, name=name, size=len(found.data), digest=digest)


def accept_attachments(
    folder: DataFolder, batch_id: str, file_id: int | None, *, by: Actor, now: Callable[[], datetime]
) -> int:
    """Let the attachments be fetched that the pages of a batch link to, of one page or of all; returns how many are new.

    Raises UploadNotFound.
    """
    folder.uploads.get_batch(batch_id)
    with folder.writing():
        files = [file for file in folder.uploads.files(batch_id) if file_id in (None, file.id)]
        added = sum(_add_attachments(folder, file, now()) for file in files)
        if added:
            folder.audit.record(
                by, "upload.attachments", "upload", batch_id, at=now(), after={"attachments": added}
            )
    return added


def _add_attachments(folder: DataFolder, page: UploadedFile, at: datetime) -> int:
    """Each attachment is a row under its page, once, however often it is asked for."""
    added = 0
    for link in page.details.get("attachments", ()):
        address = str(link["address"])
        name = clean_name(str(link["title"]) or address)
        new = NewFile(name, address=address, parent_id=page.id, member=address)
        file, is_new = folder.uploads.add(page.batch_id, new, at=at)
        if is_new:
            put_job(folder, file, at=at)
            added += 1
    return added
