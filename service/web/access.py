"""The one place that says who may open which address; what stands in no rule is open to nobody.

`create_app` asks before every request. A test walks every route of the application, so that a new one without a
rule fails the build. Another company's address answers like one that does not exist.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask import Request

from service.actors import Role
from service.errors import EnterpriseNotFound, NotAllowed, NotSignedIn
from service.store.accounts import Account


class Rule(StrEnum):
    """Who may."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"
    COMPANY = "company"  # the company itself (its code stands in the address), the office, administrators
    STAFF = "staff"  # the office and administrators
    OFFICE = "office"
    ADMIN = "admin"


# For all addresses of a blueprint; a rule for the endpoint itself goes before it.
_OF_BLUEPRINTS = {"admin": Rule.ADMIN, "office": Rule.OFFICE, "company": Rule.COMPANY}
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_OF_ENDPOINTS = {
    "static": Rule.ANYBODY,
    "openapi.spec": Rule.ANYBODY,
    "system.healthz": Rule.ANYBODY,
    "system.docs": Rule.ANYBODY,
    "signin.sign_in": Rule.ANYBODY,
    "signin.activate": Rule.ANYBODY,
    "signin.sign_out": Rule.SIGNED_IN,
    "signin.account": Rule.SIGNED_IN,
    "portal.home": Rule.ANYBODY,
    "portal.item": Rule.COMPANY,  # whose company, if one is named
    "portal.item_history": Rule.ANYBODY,
    "portal.policies": Rule.ANYBODY,
    "portal.documents": Rule.ANYBODY,
    "portal.document": Rule.ANYBODY,
    "portal.original": Rule.ANYBODY,
    "portal.help": Rule.ANYBODY,
    "portal.benefits": Rule.COMPANY,
    "enterprises.matches": Rule.COMPANY,
    "enterprises.what_if": Rule.COMPANY,
    "facts.fact_table": Rule.ANYBODY,
    "policies.items": Rule.ANYBODY,
    "policies.item": Rule.ANYBODY,
    "policies.document": Rule.ANYBODY,
    "policies.audience": Rule.STAFF,
    "policies.impact": Rule.STAFF,
}
_ROLES = {
    Rule.SIGNED_IN: {Role.ENTERPRISE, Role.OFFICE, Role.ADMIN},
    Rule.STAFF: {Role.OFFICE, Role.ADMIN},
    Rule.OFFICE: {Role.OFFICE},
    Rule.ADMIN: {Role.ADMIN},
}
# What a person whose password has served its time may still open.
WITHOUT_FRESH_PASSWORD = frozenset({"signin.account", "signin.sign_out", "static", "portal.help"})


def rule_of(endpoint: str) -> Rule | None:
    """The rule of an endpoint, None where there is none."""
    return _OF_ENDPOINTS.get(endpoint) or _OF_BLUEPRINTS.get(endpoint.partition(".")[0])


def check_access(request: Request, who: Account | None) -> None:
    """Raise NotSignedIn, NotAllowed or EnterpriseNotFound unless this person may have what is asked for."""
    endpoint = request.endpoint
    if endpoint is None:
        return  # no such address: answered as such
    rule = rule_of(endpoint)
    if rule is Rule.ANYBODY:
        return
    if rule is Rule.COMPANY:
        _check_company(company_named(request.view_args, request.args.get("enterprise", "")), who)
        if endpoint.startswith("company.") and request.method not in _READS:
            _check_own(who)
        return
    if who is None:
        raise NotSignedIn("请先登录")
    if rule is None or who.role not in _ROLES[rule]:
        raise NotAllowed("您的账户没有此权限。如需使用，请联系管理员")


def _check_own(who: Account | None) -> None:
    """What is said and decided in a company's name is said by its own people alone."""
    if who is None or who.role is not Role.ENTERPRISE:
        raise NotAllowed("只有企业自己的账户才能填写和办理，您可以查看")


def company_named(view_args: dict[str, Any] | None, parameter: str) -> str:
    """The code of the company whose data are asked for, as given; empty where none is."""
    return str((view_args or {}).get("uscc") or parameter)


def _check_company(named: str, who: Account | None) -> None:
    if not named:
        return
    if who is None:
        raise NotSignedIn("请先登录")
    if who.role is Role.ENTERPRISE and named != who.uscc:
        raise EnterpriseNotFound("企业库中没有这家企业。统一社会信用代码为 18 位数字和大写字母，请核对后重试")
