"""Answer this machine only, as long as there is no log-in (docs/decisions/0006).

A request is refused unless its peer is a loopback address, its Host names this machine (a page of another
site could otherwise reach us by re-binding its own name to 127.0.0.1), and no proxy has handed it on.
`create_app` asks before every request, unknown addresses included.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import Request

from service.errors import ServiceError

_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PROXY_PREFIXES = ("x-forwarded", "x-real-ip", "x-client-ip", "x-original-", "cf-connecting", "true-client")
_PROXY_HEADERS = frozenset({"forwarded", "via"})


class NotFromThisMachine(ServiceError):
    """A request that did not come straight from this machine."""


def check_from_this_machine(request: Request) -> None:
    """Raise NotFromThisMachine unless the request came straight from this machine to this machine."""
    if not (
        _is_loopback(request.remote_addr) and _names_this_machine(request) and not _came_by_proxy(request)
    ):
        raise NotFromThisMachine("账户与登录功能尚未启用，目前仅限在本机访问")


def _is_loopback(address: str | None) -> bool:
    try:
        ip = ip_address(address or "")
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return ip.ipv4_mapped.is_loopback
    return ip.is_loopback


def _names_this_machine(request: Request) -> bool:
    host = request.headers.get("Host", "").strip().lower()
    name, colon, port = host.rpartition(":")
    if colon and port.isascii() and port.isdigit():
        host = name
    return host in _HOSTS


def _came_by_proxy(request: Request) -> bool:
    names = [name.lower() for name, _ in request.headers]
    return any(name in _PROXY_HEADERS or name.startswith(_PROXY_PREFIXES) for name in names)
