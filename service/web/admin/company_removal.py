"""Remove a company at its own request (`/admin/companies/…/remove`): what goes with it, and the reason."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.errors import UnusableCorrection
from service.store.enterprise_history import history_of, merged_codes
from service.web.context import checked_uscc, desk
from service.web.identity import actor
from service.workflows.remove_enterprise import remove_enterprise


def add_routes(admin: Blueprint) -> None:
    """The addresses of this part."""
    admin.add_url_rule("/companies/<uscc>/remove", "remove_company", show_removal)
    admin.add_url_rule("/companies/<uscc>/remove", "do_remove_company", do_remove, methods=["POST"])


def show_removal(uscc: str, fault: str = "", given: Mapping[str, str] | None = None) -> Response:
    """What a removal would delete, and the form that asks why."""
    folder = desk().folder
    held = folder.enterprises.get_held(checked_uscc(uscc))
    page = render_template(
        "admin/companies/remove.html",
        nav_here="admin.companies",
        held=held,
        codes=merged_codes(folder.db, held.uscc),
        entries=len(history_of(folder.db, held.uscc)),
        accounts=folder.accounts.of_company(held.uscc),
        fault=fault,
        given=given or {},
    )
    return make_response(page, 400 if fault else 200)


def do_remove(uscc: str) -> Response:
    """Remove the company; its code must be typed once more."""
    folder, form = desk().folder, request.form
    held = folder.enterprises.get_held(checked_uscc(uscc))
    if "".join(form.get("code", "").split()).upper() != held.uscc:
        return show_removal(held.uscc, "输入的信用代码与这家企业不一致，没有删除", form)
    try:
        remove_enterprise(folder, held.uscc, reason=form.get("reason", ""), by=actor(), now=desk().now())
    except UnusableCorrection as error:
        return show_removal(held.uscc, str(error), form)
    return make_response(redirect(url_for("admin.companies"), 303))
