"""The upload page: files handed in by script and by form, told file by file, with a report nobody can run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from openpyxl import load_workbook

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store import database
from service.store.data_folder import DataFolder
from service.web.admin import uploads as page
from service.workflows import accept_uploads
from service.workflows.job_context import Tools
from service.workflows.run_jobs import run_jobs
from tests.service.workflows.conftest import MEASURES
from tests.signed_in import NOW, SignedInClient, open_app, signed_in


@pytest.fixture
def app(tmp_path: Path) -> APIFlask:
    return open_app(tmp_path / "data")


@pytest.fixture
def clerk(app: APIFlask) -> SignedInClient:
    return signed_in(app, Role.ADMIN)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


def work(tmp_path: Path, sandbox: Sandbox) -> None:
    run_jobs(tmp_path / "data", Tools(lambda: NOW, sandbox), once=True, periodic=())


def measures(number: int = 1) -> bytes:
    return MEASURES.format(number=number, amount=30).encode()


def opened(clerk: SignedInClient, **body: str) -> dict[str, str]:
    answer = clerk.post("/admin/uploads/batch.json", json=body)
    assert answer.status_code == 201
    found: dict[str, str] = answer.get_json()
    return found


def test_each_file_is_promised_and_then_told(clerk: SignedInClient, tmp_path: Path, sandbox: Sandbox) -> None:
    urls = opened(clerk)
    for number, name in enumerate(("申报/甲.txt", "=1+1.txt")):
        sent = clerk.post(
            urls["send"], query_string={"name": name, "token": str(number)}, data=measures(number)
        )
        assert sent.status_code == 202 and sent.get_json()["file"]["state"] == "received"
    bad = clerk.post(urls["send"], query_string={"name": "图.exe", "token": "x"}, data=b"MZ" + bytes(99))
    assert bad.status_code == 202
    told = clerk.get(urls["files"]).get_json()
    assert told["counts"]["received"] == 3 and not told["done"] and not told["working"]
    work(tmp_path, sandbox)
    told = clerk.get(urls["files"], query_string={"since": told["now"]}).get_json()
    assert told["done"] and told["counts"] == {
        "all": 3,
        "received": 0,
        "processing": 0,
        "loaded": 2,
        "already": 0,
        "refused": 1,
    }
    rows = {row["name"]: row for row in told["rows"]}
    assert rows["甲.txt"]["folder"] == "申报" and rows["甲.txt"]["href"]
    assert rows["图.exe"]["bad"] and "请" in rows["图.exe"]["told"] and rows["图.exe"]["again"]
    shown = clerk.get(urls["page"]).get_data(as_text=True)
    assert "=1+1.txt" in shown and "没有后台" not in shown and rows["图.exe"]["told"] in shown
    assert "等 3 个文件" in clerk.get("/admin/uploads").get_data(as_text=True)


def test_the_plain_form_does_the_same(clerk: SignedInClient, tmp_path: Path, sandbox: Sandbox) -> None:
    files = [(io.BytesIO(measures(number)), f"文件{number}.txt") for number in range(3)]
    sent = clerk.post("/admin/uploads", data={"files": files}, content_type="multipart/form-data")
    assert sent.status_code == 303
    work(tmp_path, sandbox)
    shown = clerk.get(sent.headers["Location"]).get_data(as_text=True)
    assert shown.count("已载入</span>") == 3
    assert clerk.post("/admin/uploads", data={}, content_type="multipart/form-data").status_code == 303


def test_a_request_sent_twice_makes_one_file(clerk: SignedInClient) -> None:
    urls = opened(clerk)
    query = {"name": "甲.txt", "token": "t1"}
    ids = {
        clerk.post(urls["send"], query_string=query, data=measures()).get_json()["file"]["id"] for _ in "ab"
    }
    assert len(ids) == 1


def test_what_is_too_large_is_refused_with_advice_and_stands_in_the_list(
    clerk: SignedInClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(accept_uploads, "MAX_FILES", 2)
    urls = opened(clerk)
    sent = clerk.post(urls["send"], query_string={"name": "大.pdf", "token": "a"}, data=bytes(1001))
    assert sent.status_code == 413 and "请拆分" in sent.get_json()["error"]["message"]
    said = clerk.post(urls["send"], query_string={"name": "更大.pdf", "token": "b", "size": "99999999999"})
    assert said.status_code == 413
    rows = clerk.get(urls["files"]).get_json()["rows"]
    assert [(row["name"], row["state"], row["again"]) for row in rows] == [
        ("大.pdf", "refused", False),
        ("更大.pdf", "refused", False),
    ]
    full = clerk.post(urls["send"], query_string={"name": "甲.txt", "token": "c"}, data=measures())
    assert full.status_code == 413 and "一批最多 2 个文件" in full.get_json()["error"]["message"]
    more = opened(clerk, continues=urls["batch_id"])
    assert clerk.post(more["send"], query_string={"name": "甲.txt"}, data=measures()).status_code == 202
    assert clerk.get(urls["files"]).get_json()["counts"]["all"] == 3


def test_a_full_disk_is_said_before_anything_is_promised(
    clerk: SignedInClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = opened(clerk)
    monkeypatch.setattr(accept_uploads, "_KEPT_FREE_BYTES", 1 << 60)
    sent = clerk.post(urls["send"], query_string={"name": "甲.txt"}, data=measures())
    assert sent.status_code == 507 and "磁盘空间不足" in sent.get_json()["error"]["message"]
    assert clerk.get(urls["files"]).get_json()["counts"]["all"] == 0


def test_refused_files_are_filtered_retried_and_reported(
    clerk: SignedInClient, tmp_path: Path, sandbox: Sandbox
) -> None:
    urls = opened(clerk)
    for name, data in (("空.txt", b""), ("=cmd.txt", b""), ("好.txt", measures())):
        clerk.post(urls["send"], query_string={"name": name}, data=data)
    work(tmp_path, sandbox)
    assert 'data-show="refused"' in clerk.get(urls["page"], query_string={"show": "refused"}).get_data(
        as_text=True
    )
    sheet = load_workbook(io.BytesIO(clerk.get(urls["report"]).data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("文件", "结果") and [row[0] for row in rows[1:]] == [
        "空.txt",
        "'=cmd.txt",
        "好.txt",
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    only = load_workbook(io.BytesIO(clerk.get(urls["report"], query_string={"show": "refused"}).data)).active
    assert only is not None and only.max_row == 3
    assert clerk.post(urls["retry"]).status_code == 303
    assert clerk.get(urls["files"]).get_json()["counts"]["received"] == 2
    work(tmp_path, sandbox)
    one = clerk.get(urls["files"]).get_json()["rows"][0]["id"]
    clerk.post(urls["retry"], data={"file_id": str(one)})
    assert clerk.get(urls["files"]).get_json()["counts"]["received"] == 1


def test_addresses_become_a_batch_and_a_useless_list_is_refused_with_advice(clerk: SignedInClient) -> None:
    listed = (io.BytesIO("网址\nhttps://example.com/b.pdf\n".encode("gb18030")), "清单.csv")
    form = {"addresses": "https://example.com/a\n# 注\n", "list": listed, "with_attachments": "yes"}
    sent = clerk.post("/admin/uploads/addresses", data=form, content_type="multipart/form-data")
    assert sent.status_code == 303
    shown = clerk.get(sent.headers["Location"]).get_data(as_text=True)
    assert "https://example.com/a" in shown and "https://example.com/b.pdf" in shown
    empty = clerk.post("/admin/uploads/addresses", data={"addresses": " "})
    assert empty.status_code == 400 and "请每行填写一个" in empty.get_data(as_text=True)


def test_names_are_text_and_never_markup(clerk: SignedInClient) -> None:
    urls = opened(clerk)
    name = "<img src=x onerror=alert(1)>' onmouseover='x.txt"
    clerk.post(urls["send"], query_string={"name": name}, data=b"x")
    shown = clerk.get(urls["page"]).get_data(as_text=True)
    assert "<img src=x" not in shown and "onmouseover='x" not in shown and "&lt;img" in shown


def test_a_batch_that_is_not_there_is_not_found(clerk: SignedInClient) -> None:
    for path in ("", "/files.json", "/report.xlsx"):
        assert clerk.get(f"/admin/uploads/{'0' * 16}{path}").status_code == 404
    for path in ("/retry", "/attachments", "/file.json"):
        assert clerk.post(f"/admin/uploads/{'0' * 16}{path}").status_code == 404


def test_only_administrators_hand_files_in(app: APIFlask) -> None:
    for role in (Role.OFFICE, Role.ENTERPRISE):
        client = signed_in(app, role, "91360400MA35A00018" if role is Role.ENTERPRISE else None)
        assert client.get("/admin/uploads").status_code == 403
        assert client.post("/admin/uploads/batch.json", json={}).status_code == 403
    with DataFolder.open(app.config["HUIQI_DATA"]) as folder:
        assert folder.uploads.count_batches() == 0


def test_a_database_that_others_hold_is_no_fault_of_ours_and_nothing_is_promised(
    clerk: SignedInClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = opened(clerk)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0)
    with DataFolder.open(tmp_path / "data") as other, other.writing():
        sent = clerk.post(urls["send"], query_string={"name": "甲.txt", "token": "a"}, data=measures())
        assert (sent.status_code, sent.headers["Retry-After"]) == (503, "10")
        assert "请稍后再试" in sent.get_json()["error"]["message"]
        assert clerk.get(urls["page"]).status_code == 200
    assert (
        clerk.post(urls["send"], query_string={"name": "甲.txt", "token": "a"}, data=measures()).status_code
        == 202
    )
