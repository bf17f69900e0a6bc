"""Fetch one file from the web without being led where nobody should go (SSRF). The only module that opens connections.

Every name, at every redirect, is resolved once; all its addresses must be public, and it is the checked address that
is connected to. Time, size and redirects have limits. Internal hosts can be allowed by name.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from service.errors import ServiceError, TransientFault

MAX_REDIRECTS = 3
_WAIT_S, _WHOLE_S = 10.0, 120.0
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WEB_PORTS = frozenset({80, 443})
_LOWEST_OTHER_PORT = 1024  # below lie mail, file sharing and the like
_NAT64 = ip_network("64:ff9b::/96")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_REFUSALS = {
    401: "该网址需要登录才能访问，请在浏览器中下载后上传文件",
    403: "网站拒绝访问，请在浏览器中下载后上传文件",
    404: "网页不存在（404），请核对网址",
    410: "网页已删除（410），请核对网址",
    412: "网站拒绝程序访问，请在浏览器中下载后上传文件",
    429: "网站要求放慢访问",
}
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; huiqi/1.0)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "identity",
}


Address = tuple[Any, Any, int, str, Any]  # as getaddrinfo has it


class FetchRefused(ServiceError):
    """An address that cannot or must not be fetched; `str()` says why and what to do."""


class NoSuchHost(FetchRefused):
    """An address whose site does not exist."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address held. address: the last one, behind the redirects; name: of the file, as the site has it
    (bytes in an unknown encoding as surrogates, as in names of files).
    """

    data: bytes
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class _Target:
    """One address taken apart: where to connect, and what to ask for."""

    secure: bool
    host: str
    port: int
    path: str


def fetch(address: str, *, limit_bytes: int, allowed_hosts: frozenset[str] = frozenset()) -> Fetched:
    """Fetch an address. Raises FetchRefused for good, TransientFault where a later try may succeed.

    allowed_hosts: names ("host" or "host:port") that may be internal.
    """
    deadline = time.monotonic() + _WHOLE_S
    for _ in range(MAX_REDIRECTS + 1):
        target = _parsed(address)
        with _asked(target, _checked_addresses(target, allowed_hosts)) as response:
            if response.status in _REDIRECTS and (onward := response.headers.get("Location")):
                address = urljoin(address, onward)
                continue
            _check_status(response.status)
            return Fetched(_body(response, limit_bytes, deadline), address, _name(address, response.headers))
    raise FetchRefused(f"网址跳转超过 {MAX_REDIRECTS} 次，请打开网页后复制最终的网址")


def probe(address: str, *, allowed_hosts: frozenset[str] = frozenset()) -> int:
    """Ask whether an address still answers and take nothing of it; the status of the answer, behind the redirects.

    A site that does not take HEAD is asked with GET. Raises as `fetch` does.
    """
    for method in ("HEAD", "GET"):
        status = _status(address, method, allowed_hosts)
        if status < 400:
            break
    return status


def _status(address: str, method: str, allowed_hosts: frozenset[str]) -> int:
    for _ in range(MAX_REDIRECTS + 1):
        target = _parsed(address)
        with _asked(target, _checked_addresses(target, allowed_hosts), method) as response:
            if response.status not in _REDIRECTS or not (onward := response.headers.get("Location")):
                return response.status
            address = urljoin(address, onward)
    raise FetchRefused(f"网址跳转超过 {MAX_REDIRECTS} 次，请打开网页后复制最终的网址")


def _parsed(address: str) -> _Target:
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii").lower()
    except ValueError as error:
        raise FetchRefused("网址有误，请核对后重新提交") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise FetchRefused("只能下载以 http:// 或 https:// 开头的网址")
    if not host or parts.username is not None or parts.password is not None:
        raise FetchRefused("网址有误（缺少网站名称，或含有用户名），请核对后重新提交")
    secure = parts.scheme.lower() == "https"
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    if parts.query:
        path += "?" + quote(parts.query, safe=_PATH_SAFE + "?")
    return _Target(secure, host, port or (443 if secure else 80), path)


def _checked_addresses(target: _Target, allowed_hosts: frozenset[str]) -> list[Address]:
    """Every address of the host, all of them such as may be asked. Raises FetchRefused, TransientFault."""
    is_allowed = target.host in allowed_hosts or f"{target.host}:{target.port}" in allowed_hosts
    if not is_allowed and target.port not in _WEB_PORTS and target.port < _LOWEST_OTHER_PORT:
        raise FetchRefused(f"不允许访问端口 {target.port}，请核对网址")
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL):
            raise TransientFault(f"暂时查不到网站 {target.host} 的地址") from error
        raise NoSuchHost(f"没有名为 {target.host} 的网站，请核对网址") from error
    except (OSError, UnicodeError) as error:
        raise FetchRefused("网址有误，请核对后重新提交") from error
    if not is_allowed and not all(is_public(str(entry[4][0])) for entry in found):
        raise FetchRefused(
            f"{target.host} 指向内部网络地址，已拒绝访问。如确需从该网站下载，请管理员在设置 HUIQI_FETCH_HOSTS 中列出它"
        )
    return found


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public internet, also the one that it stands for (mapped, 6to4, NAT64 …).

    >>> [is_public(one) for one in ("1.2.4.8", "127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fe80::1%eth0")]
    [True, False, False, False, False]
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        embedded = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            embedded.append(IPv4Address(int(ip) & 0xFFFFFFFF))
        held = [one for one in embedded if one is not None]
        if held:
            return all(is_public(str(one)) for one in held)
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


@contextlib.contextmanager
def _asked(
    target: _Target, addresses: list[Address], method: str = "GET"
) -> Iterator[http.client.HTTPResponse]:
    """The answer of the host at the first address that takes the connection."""
    default = 443 if target.secure else 80
    shown = f"[{target.host}]" if ":" in target.host else target.host
    host = shown if target.port == default else f"{shown}:{target.port}"
    connection = http.client.HTTPConnection(target.host, target.port, timeout=_WAIT_S)
    try:
        connection.sock = _connected(target, addresses)
        connection.request(method, target.path, headers={"Host": host, **_HEADERS, "Connection": "close"})
        with contextlib.closing(connection.getresponse()) as response:
            yield response
    except ssl.SSLCertVerificationError as error:
        raise FetchRefused(f"{target.host} 的证书无效，无法确认是该网站，请在浏览器中核对") from error
    except (OSError, http.client.HTTPException) as error:
        raise TransientFault(f"网站 {target.host} 没有响应或中断了连接") from error
    finally:
        connection.close()


def _connected(target: _Target, addresses: list[Address]) -> socket.socket:
    """A connection to the first address that takes it: to that very address, no name is looked up again."""
    trouble: OSError = OSError("no address")
    for family, kind, protocol, _, place in addresses:
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(_WAIT_S)
        try:
            plain.connect(place)
        except OSError as error:
            plain.close()
            trouble = error
            continue
        if not target.secure:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        except OSError:
            plain.close()
            raise
    raise trouble


def _check_status(status: int) -> None:
    if status == 200:
        return
    if status == 429 or status >= 500:
        raise TransientFault(_REFUSALS.get(status, f"网站暂时出错（{status}）"))
    raise FetchRefused(_REFUSALS.get(status, f"网站没有给出文件（{status}），请在浏览器中下载后上传文件"))


def _body(response: http.client.HTTPResponse, limit: int, deadline: float) -> bytes:
    too_large = FetchRefused(f"文件超过 {limit // 1024**2} MB，请下载后拆分，再上传文件")
    if (response.length or 0) > limit:
        raise too_large
    unpack = _unpacking(response.headers.get("Content-Encoding", "identity").strip().lower())
    parts, size, whole = [], 0, response.length
    received = 0
    while chunk := response.read1(_CHUNK):
        received += len(chunk)
        part = unpack.decompress(chunk, limit + 1 - size) if unpack else chunk
        size += len(part)
        parts.append(part)
        if size > limit or received > limit:
            raise too_large
        if time.monotonic() > deadline:
            raise TransientFault(f"下载超过 {_WHOLE_S:.0f} 秒仍未完成")
    if whole is not None and received < whole:
        raise TransientFault("下载中断，文件不完整")
    return b"".join(parts)


def _unpacking(encoding: str) -> zlib._Decompress | None:
    """What takes off the packing that a site puts on although it was asked not to."""
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip"):
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    raise FetchRefused(f"网站以不受支持的压缩方式（{encoding[:20]}）传送，请在浏览器中下载后上传文件")


def _name(address: str, headers: Message) -> str:
    """The file's name: as the site says it, else the last part of the address; .html where that tells nothing."""
    said = headers.get_filename()
    name = os.fsdecode(said.encode("latin-1", "surrogateescape")) if said and _is_raw(said) else said
    if not name:
        path = urlsplit(address).path.rstrip("/")
        name = os.fsdecode(unquote_to_bytes(path.rpartition("/")[2])) or urlsplit(address).hostname or "网页"
    if "html" in headers.get_content_type() and not PurePosixPath(name).suffix:
        name += ".html"
    return name


def _is_raw(text: str) -> bool:
    """Whether a header holds bytes of some encoding, as headers that break the rules do: they come as Latin letters."""
    return not text.isascii() and all(ord(char) < 256 or 0xDC80 <= ord(char) <= 0xDCFF for char in text)
