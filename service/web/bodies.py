"""How much a request may bring: little, except at the few addresses that take files. Asked after the role, before the body is read."""

from __future__ import annotations

from flask import Request

DEFAULT_BYTES = 1024 * 1024
_MB = 1024 * 1024
# Endpoint -> bytes. Whoever takes files adds a line here.
_LARGER = {
    "admin.accept_uploads": 502 * _MB,
    "admin.accept_upload": 50 * _MB,
    "admin.accept_addresses": 7 * _MB,
    "admin.hand_in_companies": 97 * _MB,
}


def allow_larger_body(request: Request) -> None:
    """Let this request be as large as its address takes."""
    if request.endpoint in _LARGER:
        request.max_content_length = _LARGER[request.endpoint]
