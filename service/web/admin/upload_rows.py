"""What the upload page says of a batch and of each file in it, ready for the template and for the script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app, url_for

from service.store.uploaded import STATE_WORDS, UNFINISHED, UploadedFile, UploadState
from service.workflows.report_uploads import notes, told

_SIGNS = {
    UploadState.RECEIVED: "…",
    UploadState.PROCESSING: "…",
    UploadState.LOADED: "✓",
    UploadState.ALREADY: "＝",
    UploadState.OPENED: "▸",
    UploadState.REFUSED: "✗",
}
# In the order of the page. A ZIP itself is neither loaded nor refused: its files are.
COUNTED = (
    (UploadState.RECEIVED, "已接收，待处理"),
    (UploadState.PROCESSING, "处理中"),
    (UploadState.LOADED, "已载入"),
    (UploadState.ALREADY, "已在库"),
    (UploadState.REFUSED, "未载入"),
)
Row = dict[str, Any]


def row_of(file: UploadedFile) -> Row:
    """One file as the page shows it. Row for row the same from the server and in the script."""
    shown = file.member if file.parent_id and file.member and not file.address else file.name
    folder, _, name = shown.rpartition("/")
    return {
        "id": file.id,
        "token": file.token,
        "parent": file.parent_id,
        "name": name if not file.address or file.digest else file.name,
        "folder": folder if not file.address or file.digest else "",
        "address": file.address,
        "size": size_words(file.size),
        "state": file.state.value,
        "open": file.state in UNFINISHED,
        "sign": _SIGNS[file.state],
        "word": STATE_WORDS[file.state],
        "title": file.details.get("title", ""),
        "told": told(file),
        "bad": file.state is UploadState.REFUSED,
        "notes": notes(file),
        "href": _href(file),
        "attachments": len(file.details.get("attachments", ())),
        "again": file.state is UploadState.REFUSED and bool(file.digest or file.address),
    }


def counts_of(tally: Mapping[UploadState, int]) -> dict[str, int]:
    """How many files there are of each state that is counted, and together."""
    counts = {state.value: tally.get(state, 0) for state, _ in COUNTED}
    return {"all": sum(counts.values()), **counts}


def size_words(size: int | None) -> str:
    """
    >>> size_words(512), size_words(34_567), size_words(3_500_000), size_words(None)
    ('1 KB', '33 KB', '3.3 MB', '')
    """
    if size is None:
        return ""
    return f"{max(size // 1024, 1)} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def moment_words(moment: datetime, now: datetime) -> str:
    """
    >>> from datetime import datetime, timezone
    >>> moment_words(datetime(2026, 11, 24, 1, 5, tzinfo=timezone.utc), datetime(2026, 11, 25, tzinfo=timezone.utc))
    '2026年11月24日 01:05'
    """
    local = moment.astimezone(now.tzinfo)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _href(file: UploadedFile) -> str | None:
    if file.document_id is None:
        return None
    there = (
        "admin.review" in current_app.view_functions
    )  # the screen on which a person looks through the items
    endpoint = "admin.review" if there else "portal.document"
    return url_for(endpoint, document_id=file.document_id)
