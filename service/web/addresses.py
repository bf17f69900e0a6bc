"""Addresses that a request names to go on to, made safe: only pages of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

_LONGEST = 1000


def own_address(given: str) -> str:
    """An address of this site to go on to; anything else is dropped and becomes the empty string."""
    parts = urlsplit(given)
    is_own = (
        given.startswith("/")
        and not given.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    return given if is_own and given.isprintable() and len(given) < _LONGEST else ""
