"""The console of administrators (管理端) under /admin: an area a module, all of it for role admin alone.

An area offers `add_routes(admin)` and stands in AREAS; the navigation shows the entries whose page exists.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app

from service.web.admin import (
    accounts,
    audit,
    companies,
    dictionaries,
    editing,
    history,
    home,
    impact,
    inbox,
    library,
    releases,
    review,
    suggestions,
    upkeep,
    uploads,
)

AREAS: tuple[Callable[[Blueprint], None], ...] = (
    home.add_routes,
    uploads.add_routes,
    inbox.add_routes,
    review.add_routes,
    releases.add_routes,
    impact.add_routes,
    suggestions.add_routes,
    editing.add_routes,
    history.add_routes,
    upkeep.add_routes,
    companies.add_routes,
    library.add_routes,
    dictionaries.add_routes,
    accounts.add_routes,
    audit.add_routes,
)
ADMIN_NAV = (
    ("admin.home", "工作台"),
    ("admin.uploads", "上传文件"),
    ("admin.inbox", "待审核"),
    ("admin.library", "政策库"),
    ("admin.upkeep", "时效维护"),
    ("admin.dictionaries", "词典与指标"),
    ("admin.companies", "企业库"),
    ("admin.accounts", "账户"),
    ("admin.audit", "操作记录"),
)


def admin_blueprint() -> Blueprint:
    """Every page of the console."""
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    for add_routes in AREAS:
        add_routes(admin)
    admin.context_processor(lambda: {"admin_nav": _there(), "endpoint_exists": endpoint_exists})
    return admin


def endpoint_exists(endpoint: str) -> bool:
    """Whether the application has a page of that name."""
    return endpoint in current_app.view_functions


def _there() -> list[tuple[str, str]]:
    return [(endpoint, label) for endpoint, label in ADMIN_NAV if endpoint_exists(endpoint)]
