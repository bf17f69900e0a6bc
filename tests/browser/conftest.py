"""A real server, a real Chromium. Where none is installed the tests are skipped by name; in CI that is a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from service.actors import Role
from tests.browser.serving import FLAGS, find_chromium, serving, session_cookie


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None and not os.environ.get("CI"):
        pytest.skip("no Chromium found (Debian: apt-get install chromium)")
    assert path is not None, "CI must have a Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(sample_data: Path) -> Iterator[str]:
    """Where `huiqi serve` answers, with the samples."""
    with serving(sample_data) as url:
        yield url


@pytest.fixture(scope="session")
def office_cookie(sample_data: Path, address: str) -> dict[str, str]:
    """A session of the business office in that server."""
    return session_cookie(sample_data, address, Role.OFFICE)


@pytest.fixture(scope="session")
def admin_cookie(sample_data: Path, address: str) -> dict[str, str]:
    """A session of an administrator in that server."""
    return session_cookie(sample_data, address, Role.ADMIN)
