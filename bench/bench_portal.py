"""`python -m bench.bench_portal [ITEMS]`: how long a company waits, measured at a real server over real HTTP.

First list: from sending name and password to the last byte of the ranked list, so the check of the password (argon2) is
in it; cold: the first of a freshly started server, warm: the median of the next ones. Answer: from sending an answer to
the last byte of the list that it re-ranks; the company says another number of employees each time. Milliseconds.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.portal_town import NAME, PASSWORD, make_portal_town
from bench.results import RESULTS, Table, append, load, machine

ITEMS, ROUNDS = 5_000, 15
PORTAL = Table(
    "The portal",
    "`python -m bench.bench_portal`: a company's waiting time at `huiqi serve`, over HTTP, in milliseconds.",
    ("day", "items", "first list, cold", "first list, warm", "list", "answer to new list", "slowest answer", "load", "machine"),
)  # fmt: skip


class Visitor:
    """A browser's part: keeps the cookies, follows redirects, sends the token of the forms."""

    def __init__(self, port: int) -> None:
        self._port, self._cookies, self._token = port, dict[str, str](), ""

    def get(self, path: str) -> str:
        """The page at a path of the server, redirects followed."""
        return self._send("GET", path, None)

    def post(self, path: str, form: dict[str, str]) -> str:
        """The page after a form was sent."""
        return self._send("POST", path, urlencode({**form, "csrf_token": self._token}))

    def _send(self, method: str, path: str, body: str | None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status in (302, 303):
            return self._send("GET", (answer.headers["Location"] or "/").partition("#")[0], None)
        if answer.status != 200:
            raise SystemExit(f"{method} {path} answered {answer.status}")
        if found := re.search(r'name="csrf(?:_token)?" (?:content|value)="([^"]+)"', page):
            self._token = found[1]
        return page


@contextmanager
def serving(data: Path) -> Iterator[int]:
    """The port at which `huiqi serve` answers over a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "service.cli",
        "--data",
        str(data),
        "serve",
        "--port",
        str(port),
        "--no-work",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def measure(data: Path, uscc: str, rounds: int) -> list[float]:
    """Milliseconds: first list cold and warm, list alone, answer (median), answer (slowest)."""
    with serving(data) as port:
        first = [_first_list(port, uscc) for _ in range(rounds)]
        visitor = _signed_in(port)
        visitor.get(f"/enterprises/{uscc}")
        lists = [_timed(lambda: visitor.get(f"/enterprises/{uscc}")) for _ in range(rounds)]
        answers = [_answer(visitor, uscc, 30 + turn) for turn in range(rounds)]
    return [first[0], median(first[1:] or first), median(lists), median(answers), max(answers)]


def _signed_in(port: int) -> Visitor:
    visitor = Visitor(port)
    visitor.get("/signin")
    visitor.post("/signin", {"name": NAME, "password": PASSWORD})
    return visitor


def _first_list(port: int, uscc: str) -> float:
    visitor = Visitor(port)
    visitor.get("/signin")
    start = time.perf_counter()
    page = visitor.post("/signin", {"name": NAME, "password": PASSWORD})
    if uscc not in page:
        raise SystemExit("signing in did not lead to the list")
    return (time.perf_counter() - start) * 1000


def _answer(visitor: Visitor, uscc: str, employees: int) -> float:
    year = str(datetime.now(UTC).year)
    form = {"value": str(employees), "period": year, "back": f"/enterprises/{uscc}"}
    return _timed(lambda: visitor.post(f"/enterprises/{uscc}/profile/employees", form))


def _timed(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def main(items: int = ITEMS, rounds: int = ROUNDS, results: Path | None = RESULTS) -> None:
    """Measure, print, and add a row to the table."""
    before = load()
    with TemporaryDirectory() as folder:
        company = make_portal_town(Path(folder), items)[0]
        found = measure(Path(folder), company.uscc, rounds)
    row = [
        datetime.now(UTC).date().isoformat(),
        str(items),
        *(f"{one:.0f}" for one in found),
        f"{before:.1f}",
        machine(),
    ]
    print(
        "\n".join(f"{name:>20}  {cell}" for name, cell in zip(PORTAL.columns, row, strict=True)), flush=True
    )
    if results is not None:
        append(results, PORTAL, row)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS)
