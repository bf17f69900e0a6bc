"""Who asks: the account behind the session cookie, or behind the token of a program; worked out once a request."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request

from service.actors import Actor, Role
from service.store.accounts import Account
from service.web.context import desk

_NAME = "huiqi_session"
_KEPT = "huiqi.identity"  # kept with the request itself, so that no other can meet it


@dataclass(frozen=True, slots=True)
class Identity:
    """account: None for a visitor. csrf: what the forms of the session carry. by_token: a program, no browser."""

    account: Account | None = None
    csrf: str = ""
    by_token: bool = False


def identity() -> Identity:
    """Who asks in this request."""
    if _KEPT not in request.environ:
        request.environ[_KEPT] = _identity()
    found: Identity = request.environ[_KEPT]
    return found


def account() -> Account | None:
    """The account of this request, None for a visitor."""
    return identity().account


def actor() -> Actor:
    """Who does what this request asks for."""
    who = account()
    if who is None:
        return Actor("访客", Role.ANONYMOUS, request.remote_addr)
    return Actor(who.name, who.role, request.remote_addr)


def sees_everything() -> bool:
    """Whether who asks works here, and so may see what is not released yet."""
    who = account()
    return who is not None and who.role in (Role.OFFICE, Role.ADMIN)


def is_own(uscc: str) -> bool:
    """Whether who asks belongs to this company, and so may answer and decide in its name."""
    who = account()
    return who is not None and who.role is Role.ENTERPRISE and who.uscc == uscc


def session_token() -> str:
    """The token of the session cookie, empty where there is none."""
    return request.cookies.get(_cookie_name(), "")


def keep_session(response: Response, token: str) -> Response:
    """Hand the session to the browser: no script reads it, no other site sends it, TLS keeps it where there is TLS."""
    response.set_cookie(
        _cookie_name(), token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def drop_session(response: Response) -> Response:
    """Take the session cookie back."""
    response.delete_cookie(_cookie_name(), httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    return response


def _cookie_name() -> str:
    return f"__Host-{_NAME}" if request.is_secure else _NAME


def _identity() -> Identity:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    folder = desk().folder
    if kind.lower() == "bearer" and token:
        return Identity(_living(folder.accounts.find_by_token(token.strip())), by_token=True)
    if not (cookie := session_token()):
        return Identity()
    session = folder.sessions.find(cookie, desk().now())
    if session is None:
        return Identity()
    who = _living(folder.accounts.find_by_id(session.account_id))
    return Identity(who, session.csrf) if who else Identity()


def _living(found: Account | None) -> Account | None:
    return found if found and not found.disabled_at else None
