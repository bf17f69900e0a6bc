"""Export of companies: at once where few, else in the background with a page to come back to."""

from __future__ import annotations

import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, send_file, url_for

from service.errors import ImportNotFound
from service.store.enterprise_exports import CompanyExport, CompanyExports
from service.store.enterprise_listing import CompanyFilter, CompanyList
from service.web.admin.upload_rows import moment_words
from service.web.context import desk
from service.web.identity import actor
from service.workflows.export_enterprises import export_enterprises
from service.workflows.export_jobs import EXPORT, order_export

MOST_AT_ONCE = 5_000  # what is waited for; some three seconds


def add_routes(admin: Blueprint) -> None:
    """The addresses of this part."""
    admin.add_url_rule("/companies/exports/<int:number>", "company_export", show_export)
    admin.add_url_rule("/companies/exports/<int:number>/state.json", "company_export_state", tell_state)
    admin.add_url_rule("/companies/exports/<int:number>.xlsx", "company_export_file", send_export)


def export(wanted: CompanyFilter) -> Response:
    """The companies of a filter as a file, or the page of the export that is being written."""
    folder, weights = desk().folder, desk().shelf().weights
    count, _ = CompanyList(folder.db, weights).page(wanted, limit=1)
    if count > MOST_AT_ONCE:
        number = order_export(folder, wanted, by=actor(), now=desk().now())
        return make_response(redirect(url_for("admin.company_export", number=number), 303))
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "companies.xlsx")
        export_enterprises(folder, path, wanted, weights, by=actor(), now=desk().now())
        content = path.read_bytes()
    return send_file(BytesIO(content), as_attachment=True, download_name=_name(desk().today()))


def show_export(number: int) -> str:
    """How far the export is, or the file."""
    order = _order(number)
    moment = moment_words(order.at, desk().now())
    return render_template(
        "admin/companies/export.html",
        nav_here="admin.companies",
        order=order,
        moment=moment,
        state=_state(order),
    )


def tell_state(number: int) -> Response:
    """How far it is; for the script that follows it."""
    return jsonify(_state(_order(number)))


def send_export(number: int) -> Response:
    """The file."""
    order = _order(number)
    path = CompanyExports(desk().folder.db, desk().folder.path).path(number)
    if order.rows is None or not path.exists():
        raise ImportNotFound("文件还没有写好，或已过期，请重新导出")
    return send_file(BytesIO(path.read_bytes()), as_attachment=True, download_name=_name(order.at.date()))


def _state(order: CompanyExport) -> dict[str, Any]:
    job = desk().folder.jobs.find_open(f"{EXPORT}:{order.id}")
    busy = order.rows is None and job is not None
    words = job.note if job and job.note else "等待写出"
    return {
        "busy": busy,
        "words": words,
        "done": job.done if job else None,
        "total": job.total if job else None,
    }


def _order(number: int) -> CompanyExport:
    return CompanyExports(desk().folder.db, desk().folder.path).get(number)


def _name(day: date) -> str:
    return f"企业名录-{day.isoformat()}.xlsx"
