"""Dead links: two bad days and no reason to doubt; replaced or set aside by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.errors import UnusableDecision
from service.store.data_folder import DataFolder
from service.workflows.load_policies import load_policies
from service.workflows.upkeep.links import (
    check_links,
    dead_links,
    dismiss_link,
    links_of_published,
    replace_link,
)
from tests.local_site import local_site
from tests.service.workflows.upkeep.conftest import CLERK, NOW, measures
from tests.signed_in import open_app

DAY = timedelta(days=1)


class Site(BaseHTTPRequestHandler):
    """Answers as told: path -> status; anything else is there."""

    statuses: ClassVar[dict[str, int]] = {}

    def do_HEAD(self) -> None:
        self.send_response(self.statuses.get(self.path, 200))
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.statuses = {}
    with local_site(Site) as host:
        yield host


@pytest.fixture
def document_id(folder: DataFolder, sandbox: Sandbox, tmp_path: Path, site: str) -> str:
    """A published page with two attachments."""
    paragraphs = "".join(f"<p>{line}</p>" for line in measures().splitlines())
    links = "".join(
        f'<p><a href="http://{site}/{name}.docx">附件：{name}.docx</a></p>' for name in ("a", "b")
    )
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>示例</title></head><body><div>{paragraphs}{links}</div></body></html>", "utf-8"
    )
    [outcome] = load_policies(folder, [path], sandbox, lambda: NOW, publish=True)
    assert outcome.published and len(links_of_published(folder)) == 2
    return str(outcome.document_id)


def check(folder: DataFolder, site: str, at: datetime) -> dict[str, int]:
    return check_links(folder, lambda: at, allowed_hosts=frozenset({site}))


def test_a_link_is_dead_after_failing_on_two_days(folder: DataFolder, document_id: str, site: str) -> None:
    assert check(folder, site, NOW) == {"asked": 2, "dead": 0}
    Site.statuses = {"/a.docx": 404}
    assert check(folder, site, NOW + timedelta(hours=1)) == {"asked": 0, "dead": 0}
    assert check(folder, site, NOW + DAY) == {"asked": 2, "dead": 0}
    assert check(folder, site, NOW + 2 * DAY)["dead"] == 1
    (dead,) = dead_links(folder)
    assert dead.link.address == f"http://{site}/a.docx" and dead.link.good_at == NOW
    assert dead.link.failing_since == (NOW + DAY).date() and dead.link.fault == "网站答复 404"
    assert [document.id for _, document in dead.shown_by] == [document_id]
    Site.statuses = {}
    assert check(folder, site, NOW + 3 * DAY)["dead"] == 0


@pytest.mark.parametrize("status", [401, 403, 412, 429])
def test_a_site_that_refuses_programs_is_no_dead_link(
    folder: DataFolder, document_id: str, site: str, status: int
) -> None:
    Site.statuses = {"/a.docx": status, "/b.docx": status}
    for day in range(3):
        assert check(folder, site, NOW + day * DAY)["dead"] == 0


def test_an_internal_address_is_never_asked(folder: DataFolder, document_id: str) -> None:
    Site.statuses = {"/a.docx": 404}
    for day in range(3):
        assert check_links(folder, lambda day=day: NOW + day * DAY)["dead"] == 0  # type: ignore[misc]


def two_bad_days(folder: DataFolder, site: str) -> str:
    Site.statuses = {"/a.docx": 404}
    for day in range(2):
        check(folder, site, NOW + day * DAY)
    return f"http://{site}/a.docx"


def test_a_dead_link_is_replaced_or_set_aside(folder: DataFolder, document_id: str, site: str) -> None:
    address = two_bad_days(folder, site)
    with pytest.raises(UnusableDecision):
        replace_link(folder, address, "javascript:alert(1)", by=CLERK, now=NOW)
    with pytest.raises(UnusableDecision):
        dismiss_link(folder, "http://unknown.example/", by=CLERK, now=NOW)
    assert replace_link(folder, address, f"http://{site}/new.docx", by=CLERK, now=NOW) == 1
    assert not dead_links(folder)
    assert f"http://{site}/new.docx" in {link.address for link in links_of_published(folder)}
    assert folder.checked_links.replacements()[document_id, address] == f"http://{site}/new.docx"
    page = open_app(folder.path).test_client().get(f"/documents/{document_id}").text
    assert f"http://{site}/new.docx" in page and address not in page


def test_what_is_set_aside_comes_back_only_after_it_was_well(
    folder: DataFolder, document_id: str, site: str
) -> None:
    address = two_bad_days(folder, site)
    dismiss_link(folder, address, by=CLERK, now=NOW + 2 * DAY)
    assert check(folder, site, NOW + 3 * DAY)["dead"] == 0
    Site.statuses = {}
    check(folder, site, NOW + 4 * DAY)
    Site.statuses = {"/a.docx": 410}
    check(folder, site, NOW + 5 * DAY)
    assert check(folder, site, NOW + 6 * DAY)["dead"] == 1
