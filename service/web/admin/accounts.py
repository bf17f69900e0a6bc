"""Accounts (/admin/accounts): who may what; new ones by a code that is shown once, repaired, disabled, another role."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from service.actors import ROLE_WORDS, Role
from service.errors import ServiceError
from service.web.context import desk
from service.web.identity import actor
from service.workflows import manage_accounts
from service.workflows.manage_accounts import Invitation

_CHOICES = (Role.ENTERPRISE, Role.OFFICE, Role.ADMIN)


def add_routes(admin: Blueprint) -> None:
    """List and forms; every deed is a POST to the list itself, which shows what came of it."""
    admin.add_url_rule("/accounts", "accounts", _accounts, methods=["GET", "POST"])


def _accounts() -> Response:
    fault, done, shown = "", "", None
    if request.method == "POST":
        try:
            done, shown = _do(request.form.get("deed", ""))
        except ServiceError as error:
            fault = str(error)
    folder, now = desk().folder, desk().now()
    accounts = folder.accounts.all()
    codes = {one.uscc for one in accounts if one.uscc}
    page = render_template(
        "admin/accounts.html",
        accounts=accounts,
        names={code: held.name for code, held in folder.enterprises.held_many(sorted(codes)).items()},
        choices=_CHOICES,
        given=request.form,
        fault=fault,
        done=done,
        code=shown if isinstance(shown, Invitation) else None,
        token=shown if isinstance(shown, str) else None,
        now=now,
    )
    return make_response(page, 400 if fault else 200)


def _do(deed: str) -> tuple[str, Invitation | str | None]:
    """One deed: what to say about it, and the code or the token to show once."""
    folder, by, now = desk().folder, actor(), desk().now()
    name, uscc = request.form.get("name", "")[:80], request.form.get("uscc", "")[:40].strip() or None
    if deed == "invite":
        code = manage_accounts.invite(folder, _role(), uscc=uscc, by=by, now=now)
        return "已生成开通码，请交给使用人。关闭本页后不再显示", code
    if deed == "reset":
        code = manage_accounts.reset_code(folder, name, by=by, now=now)
        return f"已为“{name}”生成重置口令的开通码，请交给本人。关闭本页后不再显示", code
    if deed in ("disable", "enable"):
        manage_accounts.set_disabled(folder, name, deed == "disable", by=by, now=now)
        return f"已{'停用' if deed == 'disable' else '启用'}“{name}”", None
    if deed == "token":
        label = request.form.get("label", "")[:80].strip() or "接口"
        token = manage_accounts.issue_token(folder, name, label, by=by, now=now)
        return f"已为“{name}”签发接口令牌。关闭本页后不再显示", token
    if deed == "revoke":
        count = manage_accounts.revoke_tokens(folder, name, by=by, now=now)
        return f"已收回“{name}”的 {count} 个接口令牌", None
    if deed == "role":
        manage_accounts.set_role(folder, name, _role(), uscc=uscc, by=by, now=now)
        return f"已变更“{name}”的角色", None
    return "", None


def _role() -> Role:
    given = request.form.get("role", "")
    return Role(given) if given in set(ROLE_WORDS) else Role.ANONYMOUS
