"""Refuse requests that change something and do not come from a page of ours (CSRF; ASVS 5.0 3.5).

Three things are asked of a browser: Origin and Sec-Fetch-Site, where they are sent, name this site; the body is a
form or JSON; and the token of the session, or for a visitor that of a cookie of the form, comes with it.
A program that shows a token of its own sends no cookie, so nobody can borrow it.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Request, Response, request
from markupsafe import Markup

from service.errors import ForgedRequest
from service.web.identity import Identity, identity

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BODIES = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data", "application/json"})
_COOKIE = "huiqi_form"
_KEPT = "huiqi.form"
FIELD, HEADER = "csrf_token", "X-CSRF-Token"
_STALE = "页面已过期或不是从本站提交，请返回上一页刷新后重新提交"


def check_not_forged(asked: Request, who: Identity) -> None:
    """Raise ForgedRequest unless a request that changes something came from a page of ours."""
    if asked.method in _SAFE or who.by_token:
        return
    if not _is_from_here(asked) or asked.mimetype not in _BODIES:
        raise ForgedRequest(_STALE)
    wanted = who.csrf or asked.cookies.get(_cookie_name(asked), "")
    given = asked.headers.get(HEADER) or asked.form.get(FIELD, "")
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise ForgedRequest(_STALE)


def csrf_token() -> str:
    """What a form of this page must carry; a visitor gets a cookie to compare it with."""
    if token := identity().csrf:
        return token
    if _KEPT not in request.environ:
        request.environ[_KEPT] = request.cookies.get(_cookie_name(request)) or secrets.token_urlsafe(32)
    made: str = request.environ[_KEPT]
    return made


def csrf_field() -> Markup:
    """The hidden field of a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def keep_form_cookie(response: Response) -> Response:
    """Send the visitor's cookie if a form was made."""
    if (made := request.environ.get(_KEPT)) and request.cookies.get(_cookie_name(request)) != made:
        response.set_cookie(
            _cookie_name(request), made, httponly=True, samesite="Strict", secure=request.is_secure, path="/"
        )
    return response


def _is_from_here(asked: Request) -> bool:
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = asked.headers.get("Origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == asked.scheme and parts.netloc == asked.host


def _cookie_name(asked: Request) -> str:
    return f"__Host-{_COOKIE}" if asked.is_secure else _COOKIE
