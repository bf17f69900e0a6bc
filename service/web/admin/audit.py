"""操作记录 (/admin/audit): who did what and when, searched, read in full, exported; looking changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file

from service.audit_words import AUDIT_HEADS, audit_row, told
from service.sheets import book_of
from service.store.audit import EVENTS, EntryFilter
from service.web.context import desk, page_given
from service.web.identity import actor
from service.web.paging import Paging

_PER_PAGE = 50
_CHECKED = 2_000  # newest entries whose chain is looked at with the page; `huiqi doctor` looks at all


def add_routes(admin: Blueprint) -> None:
    """The list and its file."""
    admin.add_url_rule("/audit", "audit", _audit)
    admin.add_url_rule("/audit/export", "audit_export", _export, methods=["POST"])


def _audit() -> str:
    log, wanted, page = desk().folder.audit, _wanted(request.args), page_given()
    total = log.count(wanted)
    return render_template(
        "admin/audit.html",
        entries=log.entries(wanted, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE),
        paging=Paging(page, total, _PER_PAGE),
        total=total,
        wanted=wanted,
        given=request.args,
        events=EVENTS,
        actors=log.actors(),
        broken=log.find_break(_CHECKED) if page == 1 else None,
        told=told,
    )


def _export() -> Response:
    """The entries that answer, as XLSX; that they left the house is itself an entry."""
    folder = desk().folder
    wanted = _wanted(request.form)
    note = "、".join(
        value for value in (wanted.words, wanted.event, wanted.actor, wanted.since, wanted.until) if value
    )
    folder.audit.record(actor(), "audit.export", "audit", "audit_log", at=desk().now(), note=note or "全部")
    data = book_of("操作记录", AUDIT_HEADS, map(audit_row, folder.audit.each(wanted)))
    return send_file(BytesIO(data), as_attachment=True, download_name="操作记录.xlsx")


def _wanted(given: Any) -> EntryFilter:
    since, until = (_day(given.get(name, "")) for name in ("since", "until"))
    event = given.get("event", "")
    return EntryFilter(
        words=str(given.get("q", ""))[:100].strip(),
        event=event if event in EVENTS else "",
        actor=str(given.get("actor", ""))[:80],
        since=since.isoformat() if since else "",
        until=(until + timedelta(days=1)).isoformat() if until else "",
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
