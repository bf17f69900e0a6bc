"""What a company does at its own place (/enterprises/<uscc>/…): an area a module, the company's own data and no other's.

An area offers `add_routes(company)` and stands in AREAS. The company's people may do everything here; the office and
administrators may look, and change nothing in a company's name (`service.web.access`).
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask, current_app

from service.web.company import profile, what_if

AREAS: tuple[Callable[[Blueprint], None], ...] = (profile.add_routes, what_if.add_routes)
COMPANY_NAV = (
    ("portal.benefits", "政策清单"),
    ("company.combination", "最优组合"),
    ("company.what_if", "情景测算"),
    ("company.following", "关注与进度"),
    ("company.needs", "企业点菜"),
    ("company.demands", "诉求与异议"),
    ("company.profile", "企业信息"),
    ("company.notices", "通知"),
    ("company.people", "成员"),
)


def company_blueprint() -> Blueprint:
    """Every page of a company's own place."""
    company = Blueprint("company", __name__, url_prefix="/enterprises/<uscc>")
    for add_routes in AREAS:
        add_routes(company)
    return company


def add_company_nav(app: Flask) -> None:
    """Make the navigation of a company's place known to all templates: the entries whose page exists."""
    app.jinja_env.globals.update(company_nav=_there, page_exists=page_exists)


def page_exists(endpoint: str) -> bool:
    """Whether the application has a page of that name."""
    return endpoint in current_app.view_functions


def _there() -> list[tuple[str, str]]:
    return [(endpoint, label) for endpoint, label in COMPANY_NAV if page_exists(endpoint)]
