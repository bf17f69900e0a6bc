"""The console of the business office (营商办端) under /office: an area a module, all of it for role office alone.

An area offers `add_routes(office)` and stands in AREAS; the navigation shows the entries whose page exists.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app

from service.web.office import home

AREAS: tuple[Callable[[Blueprint], None], ...] = (home.add_routes,)
OFFICE_NAV = (
    ("office.home", "工作台"),
    ("office.demands", "诉求与异议"),
    ("office.needs", "企业需求"),
    ("office.invitations", "企业账户"),
    ("office.credit", "信用记录"),
)


def office_blueprint() -> Blueprint:
    """Every page of the console."""
    office = Blueprint("office", __name__, url_prefix="/office")
    for add_routes in AREAS:
        add_routes(office)
    office.context_processor(lambda: {"office_nav": _there()})
    return office


def _there() -> list[tuple[str, str]]:
    return [(endpoint, label) for endpoint, label in OFFICE_NAV if endpoint in current_app.view_functions]
