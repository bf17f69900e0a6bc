"""What became of uploaded files in words, and the report of a batch as XLSX; called by the page and the command line."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from service.sheets import write_sheet
from service.store.data_folder import DataFolder
from service.store.uploaded import STATE_WORDS, UNFINISHED, UploadedFile, UploadState

_HEADS = (
    "文件",
    "结果",
    "标题",
    "事项数",
    "待核实条件数",
    "原因和下一步",
    "提示",
    "来源网址",
    "文件编号",
)


def told(file: UploadedFile) -> str:
    """What became of the file, or how far it is, in a sentence."""
    details = file.details
    if file.state is UploadState.REFUSED:
        return file.reason or ""
    if file.state is UploadState.OPENED:
        skipped = f"，略过系统文件 {details['passed_over']} 个" if details.get("passed_over") else ""
        return f"压缩包内 {details.get('members', 0)} 个文件，逐个列在下方{skipped}"
    if file.state in UNFINISHED:
        waiting = f"稍后自动重试（{file.waiting}）" if file.waiting else ""
        return file.note or waiting
    items = f"事项 {details['items']} 个" if details.get("items") else "没有读出政策事项"
    doubtful = f"，待核实条件 {details['free_text']} 条" if details.get("free_text") else ""
    linked = f"，附件 {len(details['attachments'])} 个" if details.get("attachments") else ""
    return f"{details.get('kind', '')} · {items}{doubtful}{linked}".removeprefix(" · ")


def notes(file: UploadedFile) -> list[str]:
    """What a clerk should know of a loaded file beside its result."""
    found = list(file.details.get("warnings", ()))
    if near := file.details.get("near"):
        advice = "为同一文件，其事项不重复发布" if near.get("same") else "内容相近，请核对是否为新版本"
        found.append(f"与库中《{near['title']}》{advice}")
    if (sure := file.details.get("confidence")) is not None:
        found.append(f"文字识别的把握 {int(sure * 100)}%")
    return found


def write_report(
    folder: DataFolder, batch_id: str, path: Path, dated: date, *, only_refused: bool = False
) -> None:
    """Write what became of each file of a batch as XLSX, no cell of it a formula. Raises UploadNotFound, UnusableFile."""
    folder.uploads.get_batch(batch_id)
    files = folder.uploads.files(batch_id)
    rows = [_row(file) for file in files if not only_refused or file.state is UploadState.REFUSED]
    with tempfile.TemporaryDirectory() as scratch:
        write_sheet(path, "上传结果", _HEADS, rows, dated=dated, scratch=Path(scratch))


def _row(file: UploadedFile) -> tuple[Any, ...]:
    """One file as a row of the report; see _HEADS."""
    details = file.details
    return (
        file.name,
        STATE_WORDS[file.state],
        details.get("title", ""),
        details.get("items", ""),
        details.get("free_text", ""),
        told(file) if file.state is UploadState.REFUSED else "",
        "；".join(notes(file)),
        file.address or "",
        file.document_id or "",
    )
