"""Addresses handed in: fetched, loaded like files, their attachments taken along where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.actors import COMMAND_LINE
from service.errors import UnusableFile
from service.store.data_folder import DataFolder
from service.store.uploaded import Batch
from service.workflows.accept_uploads import accept_addresses, retry_files
from service.workflows.fetch_uploads import accept_attachments
from service.workflows.job_context import Tools
from service.workflows.read_address_list import addresses_in
from service.workflows.run_jobs import MOST_TRIES, run_jobs
from tests.local_site import local_site
from tests.service.workflows.conftest import MEASURES, now

BODY = MEASURES.format(number=1, amount=30)
PAGE = (
    "<html><head><title>示例市支持企业创新若干措施</title></head><body><h1>示例市支持企业创新若干措施</h1><div>"
    + "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    + '<p>附件：<a href="files/附件1.txt">附件1：示例市申报细则</a></p><p><a href="/home">首页</a></p></div></body></html>'
)


class Site(BaseHTTPRequestHandler):
    """A page with an attachment; everything else is missing, or broken under /broken."""

    def do_GET(self) -> None:
        path = self.path.rpartition("/")[2]
        found = {"policy.html": PAGE, "%E9%99%84%E4%BB%B61.txt": MEASURES.format(number=2, amount=55)}.get(
            path
        )
        status = 200 if found else 503 if path == "broken" else 404
        body = (found or "").encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with local_site(Site) as host:
        yield host


def work(folder: DataFolder, sandbox: Sandbox, *hosts: str, at: datetime | None = None) -> None:
    tools = Tools(lambda: at or now(), sandbox, frozenset(hosts))
    run_jobs(folder.path, tools, once=True, periodic=())


def accepted(folder: DataFolder, *addresses: str, both: bool = False) -> Batch:
    return accept_addresses(folder, addresses, by=COMMAND_LINE, now=now, with_attachments=both)


def states(folder: DataFolder, batch: Batch) -> list[tuple[str, str]]:
    return [(file.name, file.state.value) for file in folder.uploads.files(batch.id)]


def test_a_page_is_loaded_and_its_attachments_are_offered(
    folder: DataFolder, sandbox: Sandbox, site: str
) -> None:
    batch = accepted(folder, f"http://{site}/a/policy.html")
    work(folder, sandbox, site)
    [page] = folder.uploads.files(batch.id)
    assert (page.name, page.state.value, page.address) == (
        "policy.html",
        "loaded",
        f"http://{site}/a/policy.html",
    )
    assert [link["title"] for link in page.details["attachments"]] == ["附件1：示例市申报细则"]
    for more in (1, 0):
        assert accept_attachments(folder, batch.id, None, by=COMMAND_LINE, now=now) == more
    work(folder, sandbox, site)
    assert states(folder, batch) == [
        ("policy.html", "loaded"),
        ("附件1：示例市申报细则（附件1.txt）", "loaded"),
    ]
    assert folder.uploads.of_document(page.document_id or "")[0].address == page.address


def test_attachments_come_along_where_that_is_wanted(folder: DataFolder, sandbox: Sandbox, site: str) -> None:
    batch = accepted(folder, f"http://{site}/a/policy.html", both=True)
    work(folder, sandbox, site)
    assert [state for _, state in states(folder, batch)] == ["loaded", "loaded"]
    assert len(folder.documents) == 2


def test_an_address_that_cannot_be_had_is_refused_with_its_reason(
    folder: DataFolder, sandbox: Sandbox, site: str
) -> None:
    inside = f"http://{site}/a/policy.html"
    batch = accepted(folder, f"http://{site}/missing.html", "file:///etc/passwd", "网址")
    other = accepted(folder, inside)
    work(folder, sandbox, "elsewhere.example")
    assert "指向内部网络地址" in (next(folder.uploads.files(other.id)).reason or "")
    again = retry_files(folder, batch.id, None, by=COMMAND_LINE, now=now)
    work(folder, sandbox, site)
    reasons = [file.reason or "" for file in folder.uploads.files(batch.id)]
    assert again == 3 and "网页不存在" in reasons[0]
    assert "只能下载" in reasons[1] and "只能下载" in reasons[2]
    assert len(folder.documents) == 0


def test_a_site_in_trouble_is_tried_again_and_then_refused(
    folder: DataFolder, sandbox: Sandbox, site: str
) -> None:
    batch, moment = accepted(folder, f"http://{site}/broken"), now()
    work(folder, sandbox, site)
    [file] = folder.uploads.files(batch.id)
    assert not file.is_finished and "网站暂时出错（503）" in (file.waiting or "")
    for _ in range(MOST_TRIES):
        moment += timedelta(minutes=11)
        work(folder, sandbox, site, at=moment)
    [file] = folder.uploads.files(batch.id)
    assert file.state.value == "refused" and "503" in (file.reason or "")


def test_a_list_may_be_text_or_a_sheet_and_must_hold_addresses(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from openpyxl import Workbook

    book, path = Workbook(), tmp_path / "清单.xlsx"
    assert book.active is not None
    for row in (
        ["序号", "网址"],
        [1, "https://example.com/a?x=1"],
        [2, "见 http://example.com/乙.pdf，已核"],
    ):
        book.active.append(row)
    book.save(path)
    assert addresses_in(path.read_bytes(), path.name) == [
        "https://example.com/a?x=1",
        "http://example.com/乙.pdf",
    ]
    with pytest.raises(UnusableFile, match="没有以 http"):
        addresses_in("名称\n示例".encode(), "a.csv")
    with pytest.raises(UnusableFile, match="电子表格"):
        addresses_in(b"not a sheet", "a.xlsx")
