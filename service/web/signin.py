"""Signing in and out, opening an account with a code, and one's own account."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actors import ROLE_WORDS, Role
from service.errors import ServiceError, SignInRefused, UnusableAccount, UnusableCode, UnusablePassword
from service.store.accounts import Account
from service.web.addresses import own_address
from service.web.context import desk
from service.web.identity import account, actor, drop_session, keep_session, session_token
from service.workflows import manage_accounts, sign_in

_Answer = str | Response | AnyResponse


def signin_blueprint() -> Blueprint:
    """The pages."""
    signin = Blueprint("signin", __name__)
    signin.add_url_rule("/signin", "sign_in", _sign_in, methods=["GET", "POST"])
    signin.add_url_rule("/signout", "sign_out", _sign_out, methods=["POST"])
    signin.add_url_rule("/activate", "activate", _activate, methods=["GET", "POST"])
    signin.add_url_rule("/account", "account", _account, methods=["GET", "POST"])
    signin.app_context_processor(lambda: {"me": account(), "role_words": ROLE_WORDS})
    return signin


def start_page(who: Account) -> str:
    """Where a person begins: administrators and the office at their desks, a company at its list."""
    if who.role is Role.ADMIN:
        return url_for("admin.home")
    if who.role is Role.OFFICE:
        return url_for("office.home")
    return url_for("portal.benefits", uscc=who.uscc) if who.uscc else url_for("portal.home")


def _sign_in() -> _Answer:
    following = own_address(request.values.get("next", ""))
    if request.method == "GET":
        if (who := account()) is not None:
            return redirect(following or start_page(who))
        return render_template("signin/sign_in.html", name="", following=following, fault="")
    name = request.form.get("name", "")
    try:
        done = sign_in.sign_in(
            desk().folder, name, request.form.get("password", ""), address=_address(), now=desk().now()
        )
    except SignInRefused as error:
        page = render_template("signin/sign_in.html", name=name[:80], following=following, fault=str(error))
        return make_response(page, 401)
    return keep_session(make_response(redirect(following or start_page(done.account), 303)), done.token)


def _sign_out() -> _Answer:
    sign_in.sign_out(desk().folder, session_token(), by=actor(), now=desk().now())
    return drop_session(make_response(redirect(url_for("portal.home"), 303)))


def _activate() -> _Answer:
    """Open an account: first the code, then name and password; what was typed stays when something is wrong."""
    given = {key: request.form.get(key, "")[:200] for key in ("code", "name", "password", "again")}
    if request.method == "GET":
        return render_template("signin/activate.html", given=given, found=None, company=None, fault="")
    folder, now = desk().folder, desk().now()
    found = fault = None
    try:
        found = manage_accounts.look_at_code(folder, given["code"], address=_address(), now=now)
        if given["password"]:
            _check_same(given)
            made = manage_accounts.open_account(
                folder, given["code"], given["name"], given["password"], address=_address(), now=now
            )
            done = sign_in.enter(folder, made, address=_address(), now=now)
            return keep_session(make_response(redirect(start_page(made), 303)), done.token)
    except (SignInRefused, UnusableCode, UnusablePassword, UnusableAccount) as error:
        fault = str(error)
    company = folder.enterprises.get(found.uscc).name if found and found.uscc else None
    mended = folder.accounts.find_by_id(found.account_id) if found and found.account_id else None
    page = render_template(
        "signin/activate.html", given=given, found=found, company=company, mended=mended, fault=fault
    )
    return make_response(page, 400 if fault else 200)


def _account() -> _Answer:
    """One's own account: who one is, and a new password."""
    who = account()
    if who is None:
        return redirect(url_for("signin.sign_in"))
    fault, now = "", desk().now()
    if request.method == "POST":
        given = {key: request.form.get(key, "") for key in ("old", "password", "again")}
        try:
            _check_same(given)
            manage_accounts.change_password(
                desk().folder, who, given["old"], given["password"], by=actor(), now=now
            )
            done = sign_in.enter(desk().folder, who, address=_address(), now=now)
            return keep_session(make_response(redirect(start_page(who), 303)), done.token)
        except ServiceError as error:
            fault = str(error)
    old = sign_in.must_change_password(who, now, desk().password_days)
    page = render_template("signin/account.html", who=who, fault=fault, is_old=old, days=desk().password_days)
    return make_response(page, 400 if fault else 200)


def _check_same(given: dict[str, str]) -> None:
    if given["password"] != given["again"]:
        raise UnusablePassword("两次输入的口令不一致，请重新输入")


def _address() -> str:
    return request.remote_addr or ""
