"""Import of companies (`/admin/companies/import`): hand a file in, see what it would do, confirm or correct it."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)

from service.enterprise_files import MAX_BYTES
from service.enterprise_table import write_template
from service.errors import ImportNotFound, UnusableFile
from service.store.enterprise_imports import STATE_WORDS, CompanyImport, CompanyImports, ImportState
from service.web.admin.upload_rows import moment_words
from service.web.context import desk
from service.web.identity import actor
from service.workflows.check_import import (
    CHANGES,
    CHECK,
    FAULTS,
    FINISH,
    confirm_import,
    discard_import,
    hand_in,
    report_path,
    resume_import,
    shown_of,
)

_REPORTS = {"faults": (FAULTS, "需更正的行"), "changes": (CHANGES, "变更明细")}
_BUSY = (ImportState.WAITING, ImportState.CONFIRMED)


def add_routes(admin: Blueprint) -> None:
    """The addresses of this part."""
    admin.add_url_rule("/companies/import", "company_imports", show_imports)
    admin.add_url_rule("/companies/import", "hand_in_companies", hand_in_file, methods=["POST"])
    admin.add_url_rule("/companies/template.xlsx", "company_template", send_template)
    admin.add_url_rule("/companies/imports/<int:number>", "company_import", show_import)
    admin.add_url_rule("/companies/imports/<int:number>/state.json", "company_import_state", tell_state)
    admin.add_url_rule("/companies/imports/<int:number>/<report>.xlsx", "company_import_report", send_report)
    admin.add_url_rule("/companies/imports/<int:number>", "decide_import", decide, methods=["POST"])


def show_imports(fault: str = "") -> Response:
    """The form, and what was handed in before."""
    entries = CompanyImports(desk().folder.db, desk().folder.path).latest()
    page = render_template(
        "admin/companies/imports.html",
        nav_here="admin.companies",
        fault=fault,
        entries=[(entry, moment_words(entry.uploaded_at, desk().now())) for entry in entries],
        state_words=STATE_WORDS,
        most=MAX_BYTES // 1_000_000,
    )
    return make_response(page, 400 if fault else 200)


def hand_in_file() -> Response:
    """Keep the file and have it checked; the page of the import follows the check."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return show_imports("请先选择文件")
    try:
        entry = hand_in(desk().folder, file.filename, file.read(), by=actor(), now=desk().now())
    except UnusableFile as error:
        return show_imports(str(error))
    return _to(entry.id)


def show_import(number: int) -> str:
    """One file: being checked, what it would do, or what it did."""
    entry, now = _entry(number), desk().now()
    shown = shown_of(desk().folder, number)
    return render_template(
        "admin/companies/import.html",
        nav_here="admin.companies",
        entry=entry,
        state_word=STATE_WORDS[entry.state],
        state=_state(entry),
        moment=moment_words(entry.uploaded_at, now),
        confirmed=moment_words(entry.confirmed_at, now) if entry.confirmed_at else "",
        figures=entry.foreseen if entry.state is ImportState.CHECKED else entry.counts,
        problems=shown["problems"],
        changes=shown["changes"],
        foreseen_faults=entry.foreseen.get("faults", 0),
        has_report={
            name: report_path(desk().folder, number, file) is not None for name, (file, _) in _REPORTS.items()
        },
        working=desk().folder.workers.is_any_alive(),
    )


def tell_state(number: int) -> Response:
    """How far the check or the import is; for the script that follows it."""
    return jsonify(_state(_entry(number)))


def _state(entry: CompanyImport) -> dict[str, Any]:
    kind = {ImportState.WAITING: CHECK, ImportState.CONFIRMED: FINISH}.get(entry.state)
    job = desk().folder.jobs.find_open(f"{kind}:{entry.id}") if kind else None
    return {
        "state": entry.state.value,
        "busy": entry.state in _BUSY and job is not None,
        "words": (job.note if job and job.note else STATE_WORDS[entry.state])
        if kind
        else STATE_WORDS[entry.state],
        "done": job.done if job else entry.done_rows,
        "total": (job.total if job else None) or entry.total_rows,
    }


def decide(number: int) -> Response:
    """Confirm what was shown, give the file up, or go on with an import that was broken off."""
    folder, now, deed = desk().folder, desk().now(), request.form.get("deed", "")
    if deed == "confirm":
        confirm_import(folder, number, by=actor(), now=now)
    elif deed == "discard":
        discard_import(folder, number)
        return make_response(redirect(url_for("admin.company_imports"), 303))
    elif deed == "resume":
        resume_import(folder, number, now=now)
    return _to(number)


def send_report(number: int, report: str) -> Response:
    """The rows to correct with their reasons, or all changes."""
    entry = _entry(number)
    if report not in _REPORTS:
        raise ImportNotFound("没有这份清单，请从导入记录中选择")
    file, words = _REPORTS[report]
    path = report_path(desk().folder, number, file)
    if path is None:
        raise ImportNotFound("这份清单已随文件删除，请重新上传文件检查")
    name = f"{words}-{Path(entry.file_name).stem}.xlsx"
    return send_file(BytesIO(path.read_bytes()), as_attachment=True, download_name=name)


def send_template() -> Response:
    """The empty table to fill in."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "template.xlsx")
        write_template(path)
        content = path.read_bytes()
    return send_file(BytesIO(content), as_attachment=True, download_name="企业名录导入模板.xlsx")


def _entry(number: int) -> CompanyImport:
    return CompanyImports(desk().folder.db, desk().folder.path).get(number)


def _to(number: int) -> Response:
    return make_response(redirect(url_for("admin.company_import", number=number), 303))
