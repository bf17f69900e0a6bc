"""The history of an item: readable differences, any two versions compared, an earlier one taken back; the public sees what was published."""

from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.store.data_folder import DataFolder
from service.workflows.edit_items import open_edit, save_edit
from service.workflows.load_policies import load_policies
from service.workflows.review_policies import approve, reject
from tests.service.workflows.conftest import now, write_measures
from tests.signed_in import SignedInClient, open_app, signed_in

CLERK = Actor("示例审核员", Role.ADMIN)


@pytest.fixture
def desk(tmp_path: Path) -> tuple[APIFlask, list[str]]:
    """Two published items; the first has been given two other titles and is being edited."""
    with DataFolder.open(tmp_path / "data") as folder, Sandbox() as sandbox:
        list(load_policies(folder, [write_measures(tmp_path / "a.txt")], sandbox, now))
        ids = [item.id for item in folder.policies.items()]
        approve(folder, ids, by=CLERK, now=now())
        for title in ("第二个名称", "第三个<b>名称"):
            edit = open_edit(folder, ids[0])
            save_edit(
                folder, ids[0], {"title": title}, revision=edit.revision, by=CLERK, now=now(), note="内部说明"
            )
            approve(folder, ids[:1], by=CLERK, now=now())
        revision = open_edit(folder, ids[0]).revision
        save_edit(folder, ids[0], {"no_application": True}, revision=revision, by=CLERK, now=now())
    return open_app(tmp_path / "data"), ids


@pytest.fixture
def clerk(desk: tuple[APIFlask, list[str]]) -> SignedInClient:
    return signed_in(desk[0], Role.ADMIN)


def test_every_version_is_there_with_what_it_changed(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    page = clerk.get(f"/admin/items/{desk[1][0]}/history").get_data(as_text=True)
    assert [f"第 {n} 版" in page for n in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    assert "<del>第二个名称</del>" in page and "<ins>第三个&lt;b&gt;名称</ins>" in page
    assert "有未发布的修改" in page and "<ins>是</ins>" in page and page.count("内部说明") == 2
    other = clerk.get(f"/admin/items/{desk[1][1]}/history").get_data(as_text=True)
    assert "第三个" not in other and "有未发布的修改" not in other


def test_any_two_versions_are_compared(desk: tuple[APIFlask, list[str]], clerk: SignedInClient) -> None:
    address = f"/admin/items/{desk[1][0]}/history"
    page = clerk.get(f"{address}?from=1&to=4").get_data(as_text=True)
    assert "第 1 版与第 4 版的差异" in page
    page = clerk.get(f"{address}?from=1&to=edit").get_data(as_text=True)
    assert "第 1 版与未发布的修改的差异" in page
    assert "没有差异" in clerk.get(f"{address}?from=1&to=2").get_data(as_text=True)
    for wrong in ("?from=1&to=99", "?from=x&to=edit", "?from=1", "?from=%3Cb%3E&to=1"):
        answer = clerk.get(address + wrong)
        assert answer.status_code == 200 and "的差异</h2>" not in answer.get_data(as_text=True)


def test_an_earlier_version_is_taken_back_and_opened_for_review(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    app, (first, _) = desk
    answer = clerk.post(f"/admin/items/{first}/restore", data={"version": "3"})
    assert answer.status_code == 303 and f"item={first}" in answer.headers["Location"]
    with DataFolder.open(app.config["HUIQI_DATA"]) as folder:
        edit = open_edit(folder, first)
        assert edit.item.title == "第二个名称" and not edit.item.no_application
        assert folder.policies.get(first).title == "第三个<b>名称"
    assert clerk.post(f"/admin/items/{first}/restore", data={"version": "9"}).status_code == 404
    assert clerk.post(f"/admin/items/{first}/restore", data={"version": "x"}).status_code == 400
    assert clerk.get("/admin/items/none-001/history").status_code == 404


def test_the_public_sees_what_was_published_and_no_names(desk: tuple[APIFlask, list[str]]) -> None:
    app, (first, second) = desk
    visitor = app.test_client()
    page = visitor.get(f"/items/{first}/history").get_data(as_text=True)
    assert "<ins>第二个名称</ins>" in page and page.count("调整</h2>") == 2
    assert "示例审核员" not in page and "内部说明" not in page and "<ins>是</ins>" not in page
    assert f"/items/{first}/history" in visitor.get(f"/items/{first}").get_data(as_text=True)
    assert f"/items/{second}/history" not in visitor.get(f"/items/{second}").get_data(as_text=True)
    with DataFolder.open(app.config["HUIQI_DATA"]) as folder:
        reject(folder, [first], by=CLERK, now=now())
    assert visitor.get(f"/items/{first}/history").status_code == 404
    assert visitor.get(f"/admin/items/{first}/history").status_code in (302, 303, 401)
