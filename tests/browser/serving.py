"""A real `huiqi serve` on a free port of this machine, and the Chromium of this machine; for tests and the screenshot."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from service.actors import Role
from service.store.data_folder import DataFolder

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# A sandboxed Chromium does not start as root or in a container; it opens this machine's pages only.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def find_chromium() -> str | None:
    """The path of the Chromium of this machine, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address at which `huiqi serve` answers over a data folder, as long as the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service.cli", "--data", str(data), "serve", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2], start_new_session=True, **quiet)  # type: ignore[call-overload]
    try:
        _wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "huiqi serve has ended"
        try:
            with urlopen(f"{url}/healthz", timeout=2) as response:
                assert re.search(rb'"ok"', response.read())
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("huiqi serve does not answer")


def session_cookie(
    data: Path, address: str, role: Role, uscc: str | None = None, *, name: str = ""
) -> dict[str, str]:
    """The cookie of a session of an account of that role, for a browser's context; the account is made if need be."""
    now = datetime.now(UTC)
    with DataFolder.open(data) as folder, folder.writing():
        name = name or f"浏览器{role.value}{uscc or ''}"
        account = folder.accounts.find(name) or folder.accounts.add(name, role, uscc, "-", now)
        token = folder.sessions.open(account.id, "127.0.0.1", now)
    return {"name": "huiqi_session", "value": token, "url": address}
