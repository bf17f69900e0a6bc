"""上传 (`/admin/uploads`): hand in files, folders and addresses, watch what becomes of each, take the report.

Without JavaScript the page is a form and a list. With it every file is sent by itself, so that the answer to each
is a promise of its own, and the list follows the work in the background.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)

from policy_corpus.reading.signature import MAX_FILE_BYTES
from service.errors import UploadTooLarge
from service.store.data_folder import DataFolder
from service.store.uploaded import Batch, UploadedFile
from service.web.admin.upload_rows import COUNTED, counts_of, moment_words, row_of
from service.web.context import desk, page_given
from service.web.identity import actor
from service.web.paging import Paging
from service.workflows.accept_uploads import (
    MAX_BYTES,
    MAX_FILES,
    TOO_LARGE,
    accept,
    accept_addresses,
    accept_file,
    check_batch,
    check_room,
    new_batch_id,
    open_batch,
    refuse_unread,
    retry_files,
)
from service.workflows.fetch_uploads import accept_attachments
from service.workflows.read_address_list import addresses_in
from service.workflows.report_uploads import write_report

_BATCHES_A_PAGE = 20
_OVERLAP = timedelta(
    seconds=5
)  # of what a poll asks for again: what is stamped may be written a little later


def add_routes(admin: Blueprint) -> None:
    """The addresses of this area."""
    admin.add_url_rule("/uploads", "uploads", show_uploads)
    admin.add_url_rule("/uploads", "accept_uploads", accept_form, methods=["POST"])
    admin.add_url_rule("/uploads/batch.json", "open_upload", open_upload, methods=["POST"])
    admin.add_url_rule("/uploads/addresses", "accept_addresses", accept_address_form, methods=["POST"])
    admin.add_url_rule("/uploads/<batch_id>", "upload", show_upload)
    admin.add_url_rule("/uploads/<batch_id>/file.json", "accept_upload", accept_one, methods=["POST"])
    admin.add_url_rule("/uploads/<batch_id>/files.json", "upload_files", tell_files)
    admin.add_url_rule("/uploads/<batch_id>/retry", "retry_upload", retry, methods=["POST"])
    admin.add_url_rule(
        "/uploads/<batch_id>/attachments", "fetch_attachments", fetch_attachments, methods=["POST"]
    )
    admin.add_url_rule("/uploads/<batch_id>/report.xlsx", "upload_report", send_report)


def show_uploads() -> str:
    """The page before anything is handed in, with the earlier batches."""
    return _page(None, [])


def show_upload(batch_id: str) -> str:
    """The page of a batch: what became of each file so far."""
    batch = desk().folder.uploads.get_batch(batch_id)
    return _page(batch, list(desk().folder.uploads.files(batch_id)))


def _page(batch: Batch | None, files: list[UploadedFile]) -> str:
    folder, now = desk().folder, desk().now()
    paging = Paging(page_given(), folder.uploads.count_batches(), _BATCHES_A_PAGE)
    earlier = folder.uploads.batches(limit=_BATCHES_A_PAGE, offset=paging.first - 1)
    return render_template(
        "admin/uploads/page.html",
        nav_here="admin.uploads",
        batch=batch,
        urls=_urls(batch.id) if batch else None,
        rows=[row_of(file) for file in files],
        counts=counts_of(Counter(file.state for file in files)),
        counted=[(state.value, word) for state, word in COUNTED],
        show=request.args.get("show") if request.args.get("show") in ("refused", "doubtful") else "",
        busy=any(not file.is_finished for file in files),
        working=folder.workers.is_any_alive(),
        inbox=url_for("admin.inbox") if "admin.inbox" in current_app.view_functions else None,
        earlier=[_batch_line(folder, one, now) for one in earlier if batch is None],
        paging=paging,
        moment=moment_words(batch.created_at, now) if batch else "",
        limits={"file": MAX_FILE_BYTES, "files": MAX_FILES, "bytes": MAX_BYTES, "too_large": TOO_LARGE},
    )


def _batch_line(folder: DataFolder, batch: Batch, now: datetime) -> dict[str, Any]:
    return {
        "id": batch.id,
        "moment": moment_words(batch.created_at, now),
        "actor": batch.actor,
        "first": folder.uploads.first_name(batch.id),
        "counts": counts_of(folder.uploads.tally(batch.id)),
        "source": "按网址" if batch.source == "addresses" else "",
    }


def accept_form() -> Response:
    """Files of the plain form, as one batch."""
    folder = desk().folder
    check_room(folder, request.content_length or 0)
    handed_in = [file for file in request.files.getlist("files") if file.filename]
    if len(handed_in) > MAX_FILES:
        raise UploadTooLarge(f"共 {len(handed_in)} 个文件，一批最多 {MAX_FILES} 个，请分几批上传")
    if not handed_in:
        return _to(url_for("admin.uploads"))
    files = ((file.filename or "", file.read()) for file in handed_in)
    batch = accept(folder, files, by=actor(), now=desk().now)
    return _to(url_for("admin.upload", batch_id=batch.id))


def open_upload() -> tuple[Response, int]:
    """A new batch for the script, or one that takes the overflow of another."""
    given = request.get_json(silent=True) or {}
    continues = str(given.get("continues") or "") or None
    batch = open_batch(desk().folder, new_batch_id(), by=actor(), now=desk().now, continues=continues)
    return jsonify(_urls(batch.id)), 201


def _urls(batch_id: str) -> dict[str, str]:
    """What the script asks of a batch, and where."""
    endpoints = {
        "page": "admin.upload",
        "send": "admin.accept_upload",
        "files": "admin.upload_files",
        "retry": "admin.retry_upload",
        "attachments": "admin.fetch_attachments",
        "report": "admin.upload_report",
    }
    return {
        "batch_id": batch_id,
        **{name: url_for(endpoint, batch_id=batch_id) for name, endpoint in endpoints.items()},
    }


def accept_one(batch_id: str) -> tuple[Response, int]:
    """One file, its bytes as the body, its name and token in the address; 202 promises that it will be done."""
    folder, name, token = (
        desk().folder,
        request.args.get("name", ""),
        request.args.get("token", "")[:64] or None,
    )
    size = _size_said()
    if size > MAX_FILE_BYTES:
        _read_away()
        refuse_unread(folder, batch_id, name, size, by=actor(), now=desk().now, token=token)
        raise UploadTooLarge(TOO_LARGE)
    check_batch(folder, batch_id, files=1, bytes_=size, token=token)
    check_room(folder, size)
    file = accept_file(folder, batch_id, name, request.get_data(), by=actor(), now=desk().now, token=token)
    return jsonify(file=row_of(file)), 202


def _size_said() -> int:
    """How large the file is; a script that knows it to be too large says so in place of sending it."""
    said = request.args.get("size", "")
    return max(
        int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0, request.content_length or 0
    )


def _read_away() -> None:
    """Take what is being sent, up to a measure: who is cut off in the middle of sending does not hear why."""
    left = min(request.content_length or 0, 4 * MAX_FILE_BYTES)
    while left > 0 and (part := request.environ["wsgi.input"].read(min(left, 1 << 20))):
        left -= len(part)


def tell_files(batch_id: str) -> Response:
    """The rows of a batch that may have changed since a moment, and the counts of all; for the script that follows."""
    folder, now = desk().folder, desk().now()
    folder.uploads.get_batch(batch_id)
    files = list(folder.uploads.files(batch_id))
    since = _moment_given()
    changed = [file for file in files if since is None or _is_new(file, since)]
    return jsonify(
        now=now.isoformat(),
        rows=[row_of(file) for file in changed],
        counts=counts_of(Counter(file.state for file in files)),
        total=len(files),
        done=all(file.is_finished for file in files),
        working=folder.workers.is_any_alive(),
    )


def _moment_given() -> datetime | None:
    try:
        moment = datetime.fromisoformat(request.args.get("since", ""))
    except ValueError:
        return None
    return moment - _OVERLAP if moment.tzinfo else None


def _is_new(file: UploadedFile, since: datetime) -> bool:
    return (
        not file.is_finished or (file.finished_at or file.received_at) >= since or file.received_at >= since
    )


def retry(batch_id: str) -> Response:
    """Try refused files again: the one named, or all."""
    given = request.form.get("file_id", "")
    wanted: Iterable[int] | None = [int(given)] if given.isascii() and given.isdigit() else None
    desk().folder.uploads.get_batch(batch_id)
    retry_files(desk().folder, batch_id, wanted, by=actor(), now=desk().now)
    return _to(url_for("admin.upload", batch_id=batch_id))


def fetch_attachments(batch_id: str) -> Response:
    """Fetch the attachments that pages of this batch link to: of the page named, or of all."""
    given = request.form.get("file_id", "")
    wanted = int(given) if given.isascii() and given.isdigit() else None
    accept_attachments(desk().folder, batch_id, wanted, by=actor(), now=desk().now)
    return _to(url_for("admin.upload", batch_id=batch_id))


def accept_address_form() -> Response:
    """Addresses from the text area and from a list, as one batch."""
    lines = request.form.get("addresses", "").splitlines()
    for file in request.files.getlist("list"):
        if file.filename:
            lines += addresses_in(file.read(), file.filename)
    both = request.form.get("with_attachments") == "yes"
    batch = accept_addresses(desk().folder, lines, by=actor(), now=desk().now, with_attachments=both)
    return _to(url_for("admin.upload", batch_id=batch.id))


def send_report(batch_id: str) -> Response:
    """The report of a batch as XLSX; no cell of it is ever a formula."""
    only_refused = request.args.get("show") == "refused"
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "report.xlsx")
        write_report(desk().folder, batch_id, path, desk().today(), only_refused=only_refused)
        content = path.read_bytes()
    return send_file(BytesIO(content), as_attachment=True, download_name=f"上传结果-{batch_id}.xlsx")


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
