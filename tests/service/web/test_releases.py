"""A document is nobody's business until it is checked: not in lists, searches, pages, originals or the API."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.actors import COMMAND_LINE, Role
from service.store.data_folder import DataFolder
from service.workflows.load_policies import find_files, load_policies
from service.workflows.release_documents import StillPublished, hide_document, release_documents
from service.workflows.review_policies import approve
from tests.signed_in import open_app, signed_in

SHOWN = """示例市促进示例产业发展若干措施
示府规〔2026〕9号
第一条 对高新技术企业，给予一次性奖励20万元。
示例市人民政府
2026年1月20日
"""
WAITING = """示例市支持紫薇花卉产业若干措施
示府规〔2026〕12号
第一条 对紫薇花卉企业，给予一次性奖励30万元。
示例市人民政府
2026年2月20日
"""
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_only_staff_see_what_nobody_has_checked(tmp_path: Path) -> None:
    ids = {}
    for name, text, publish in (("甲.txt", SHOWN, True), ("乙.txt", WAITING, False)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with DataFolder.open(tmp_path / "data") as folder, Sandbox() as sandbox:
            found = load_policies(
                folder, find_files([tmp_path / name]), sandbox, lambda: NOW, publish=publish
            )
            ids[name] = next(iter(found)).document_id
    app = open_app(tmp_path / "data")
    visitor, staff = app.test_client(), signed_in(app, Role.OFFICE)
    waiting = ids["乙.txt"]
    addresses = (f"/documents/{waiting}", f"/documents/{waiting}/original", f"/api/v1/documents/{waiting}")
    for address in addresses:
        missing = address.replace(str(waiting), "f" * 16)
        hidden, unknown = visitor.get(address), visitor.get(missing)
        assert hidden.status_code == unknown.status_code == 404, address
        assert hidden.data == unknown.data.replace(b"f" * 16, str(waiting).encode())
        assert staff.get(address).status_code == 200, address
    for address in ("/documents", "/documents?q=紫薇花卉", "/policies?q=紫薇花卉"):
        assert f"{waiting}" not in visitor.get(address).text, address
    assert f"/documents/{waiting}" in staff.get("/documents?q=紫薇花卉").text
    assert "若干措施" in visitor.get("/documents").text
    with DataFolder.open(tmp_path / "data") as folder:
        items = [item.id for item in folder.policies.items(document_id=waiting)]
        approve(folder, items, by=COMMAND_LINE, now=NOW)
        with pytest.raises(StillPublished):
            hide_document(folder, str(waiting), by=COMMAND_LINE, now=NOW)
    assert f"/documents/{waiting}" in visitor.get("/documents?q=紫薇花卉").text
    assert visitor.get(f"/documents/{waiting}/original").status_code == 200


def test_a_document_without_items_is_shown_by_a_persons_deed(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("示例市表彰大会召开\n昨天，示例市召开表彰大会。", encoding="utf-8")
    with DataFolder.open(tmp_path / "data") as folder, Sandbox() as sandbox:
        one = next(iter(load_policies(folder, find_files([tmp_path / "甲.txt"]), sandbox, lambda: NOW)))
        id_ = str(one.document_id)
        app = open_app(tmp_path / "data")
        admin = signed_in(app, Role.ADMIN)
        assert "未公开" in admin.get(f"/documents/{id_}").text
        assert admin.post(f"/admin/documents/{id_}/release", data={"deed": "release"}).status_code == 303
        assert app.test_client().get(f"/documents/{id_}").status_code == 200
        admin.post(f"/admin/documents/{id_}/release", data={"deed": "hide"})
        assert release_documents(folder, [id_], by=COMMAND_LINE, now=NOW) == 1
        assert release_documents(folder, [id_], by=COMMAND_LINE, now=NOW) == 0
        visitor = app.test_client()
        assert visitor.get(f"/documents/{id_}").status_code == 200
        hide_document(folder, id_, by=COMMAND_LINE, now=NOW)
        assert visitor.get(f"/documents/{id_}").status_code == 404
