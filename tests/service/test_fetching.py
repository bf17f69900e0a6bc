"""Fetching from the web: only public addresses, checked at every step; limits on time, size and redirects."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from service import fetching
from service.errors import TransientFault
from service.fetching import FetchRefused, NoSuchHost, fetch, is_public, probe
from service.workflows.policy_files import printable
from tests.local_site import local_site

LIMIT = 100_000


class Site(BaseHTTPRequestHandler):
    """A site that answers as its address says: /say?status=…&size=…, /to?where=…, /gzip, /name, /slow."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        parts, given = urlsplit(self.path), parse_qs(urlsplit(self.path).query)
        if parts.path == "/to":
            self.answer(302, b"", Location=given["where"][0])
        elif parts.path == "/circle":
            self.answer(301, b"", Location="/circle")
        elif parts.path == "/gzip":
            self.answer(200, gzip.compress(bytes(int(given["size"][0]))), **{"Content-Encoding": "gzip"})
        elif parts.path == "/odd":
            self.answer(200, b"x", **{"Content-Encoding": "br"})
        elif parts.path == "/name":
            said = "attachment; filename=" + "办法.docx".encode("gb18030").decode("latin-1")
            self.answer(200, b"x", **{"Content-Disposition": said})
        elif parts.path == "/short":
            self.answer(200, b"half", **{"Content-Length": "8"})
        else:
            self.answer(int(given.get("status", ["200"])[0]), bytes(int(given.get("size", ["3"])[0])))

    def do_HEAD(self) -> None:
        self.asked.append(f"HEAD {self.path}")
        status = (
            405
            if self.path.startswith("/nohead")
            else int(parse_qs(urlsplit(self.path).query).get("status", ["200"])[0])
        )
        self.send_response(status)
        self.end_headers()

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Content-Type": "text/html", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with local_site(Site) as host:
        yield host


def get(address: str, site: str) -> fetching.Fetched:
    return fetch(address, limit_bytes=LIMIT, allowed_hosts=frozenset({site}))


def test_a_file_comes_with_its_name_and_last_address(site: str) -> None:
    found = get(f"http://{site}/to?where=/zhengce/t2026.html%3Fx=1", site)
    assert (len(found.data), found.name) == (3, "t2026.html")
    assert found.address == f"http://{site}/zhengce/t2026.html?x=1"
    assert printable(get(f"http://{site}/name", site).name) == "办法.docx"
    assert get(f"http://{site}/文件/%E5%8A%9E%E6%B3%95", site).name == "办法.html"
    assert len(get(f"http://{site}/gzip?size=5000", site).data) == 5000


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/admin",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://10.1.2.3/",
        "http://192.168.1.1:8080/",
        "http://172.16.0.9/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[fec0::1]/",
    ],
)
def test_internal_addresses_are_refused_without_a_connection(address: str, site: str) -> None:
    with pytest.raises(FetchRefused, match="指向内部网络地址"):
        get(address, site)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.com/a",
        "gopher://127.0.0.1:6379/_x",
        "http://",
        "https://user:pass@example.com/",
        "http://exa mple.com/",
        "http://[zz]/",
        "http://example.com:99999/",
        "http://" + "a" * 70 + ".com/",
        "http://8.8.8.8:25/",
        "example.com/a",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_with_advice(address: str) -> None:
    with pytest.raises(FetchRefused, match=r"请核对|只能下载"):
        fetch(address, limit_bytes=LIMIT)


def test_a_redirect_into_the_internal_network_is_refused(site: str) -> None:
    port = int(site.rpartition(":")[2])
    before = len(Site.asked)
    for inward in (f"http://localhost:{port}/secret", "http://169.254.169.254/", "file:///etc/passwd"):
        with pytest.raises(FetchRefused):
            get(f"http://{site}/to?where={inward}", site)
    assert not [one for one in Site.asked[before:] if one.endswith("/secret") and "where" not in one]


def test_redirects_in_a_circle_end(site: str) -> None:
    with pytest.raises(FetchRefused, match="跳转超过 3 次"):
        get(f"http://{site}/circle", site)


def test_a_name_that_also_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(FetchRefused, match="内部网络"):
        fetch("http://rebind.example/", limit_bytes=LIMIT)


def test_it_is_the_checked_address_that_is_connected_to(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    looked_up: list[object] = []

    def once(name: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        looked_up.append(name)  # a second look at the name would lead elsewhere
        place = ("127.0.0.1" if len(looked_up) == 1 else "10.0.0.1", port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place)]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    monkeypatch.setattr(fetching, "is_public", lambda _: True)
    fetch(f"http://public.example:{port}/", limit_bytes=LIMIT)
    assert looked_up == ["public.example"] and Site.asked[-1] == f"public.example:{port}/"


def test_what_is_too_large_is_refused_however_it_is_sent(site: str) -> None:
    for path in (f"/say?size={LIMIT + 1}", f"/gzip?size={LIMIT * 50}"):
        with pytest.raises(FetchRefused, match="文件超过"):
            get(f"http://{site}{path}", site)
    with pytest.raises(FetchRefused, match="压缩方式"):
        get(f"http://{site}/odd", site)


@pytest.mark.parametrize(("status", "later"), [(404, False), (403, False), (400, False), (500, True), (503, True), (429, True)])  # fmt: skip
def test_what_may_succeed_later_is_told_from_what_will_not(site: str, status: int, later: bool) -> None:
    with pytest.raises(TransientFault if later else FetchRefused):
        get(f"http://{site}/say?status={status}", site)


def test_a_silent_or_broken_site_is_tried_again_later(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TransientFault, match="中断"):
        get(f"http://{site}/short", site)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        free = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(TransientFault, match="没有响应"):
        get(f"http://{free}/", free)
    monkeypatch.setattr(fetching, "_WAIT_S", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        name = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(TransientFault, match="没有响应"):
            get(f"http://{name}/", name)


def test_public_addresses_are_public() -> None:
    assert is_public("1.2.4.8") and is_public("2001:4860:4860::8888")


def test_an_address_is_asked_whether_it_answers_and_nothing_is_taken(site: str) -> None:
    own = frozenset({site})
    Site.asked.clear()
    assert probe(f"http://{site}/say?size=90000", allowed_hosts=own) == 200
    assert Site.asked == ["HEAD /say?size=90000"]
    assert probe(f"http://{site}/say?status=404", allowed_hosts=own) == 404
    assert probe(f"http://{site}/nohead", allowed_hosts=own) == 200
    with pytest.raises(FetchRefused):
        probe(f"http://{site}/say")
    with pytest.raises((NoSuchHost, TransientFault)):
        probe("http://no-such-host.invalid/")
