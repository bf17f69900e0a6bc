"""The review screen's JSON over real requests: saved is there again, overtaken is told, faulty is named, only approve publishes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.data_folder import DataFolder
from service.workflows.load_policies import load_policies
from tests.factories import make_enterprise
from tests.service.workflows.conftest import now, write_measures
from tests.signed_in import SignedInClient, open_app, signed_in


@pytest.fixture(scope="module")
def sandbox() -> Any:
    with Sandbox() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path, sandbox: Sandbox) -> tuple[APIFlask, list[str]]:
    """An application with two drafts of one document and two companies."""
    with DataFolder.open(tmp_path / "data") as folder:
        list(load_policies(folder, [write_measures(tmp_path / "a.txt")], sandbox, now))
        for uscc, revenue in (("91360400MA35A00018", 35_000_000), ("91360400MA35A0002B", 25_000_000)):
            folder.enterprises.register(
                make_enterprise(uscc, f"示例公司{uscc[-1]}", revenue=revenue, industry="C3973"), now()
            )
        ids = [item.id for item in folder.policies.items()]
    return open_app(tmp_path / "data"), ids


@pytest.fixture
def clerk(desk: tuple[APIFlask, list[str]]) -> SignedInClient:
    return signed_in(desk[0], Role.ADMIN, name="示例审核员甲")


@pytest.fixture
def other(desk: tuple[APIFlask, list[str]]) -> SignedInClient:
    return signed_in(desk[0], Role.ADMIN, name="示例审核员乙")


def revenue_at_least(body: dict[str, Any], yuan: int | str) -> dict[str, Any]:
    """The conditions with another bound of revenue."""
    leaves = body["item"]["conditions"]["all"]
    return {"all": [one | {"value": yuan} if one.get("attribute") == "revenue" else one for one in leaves]}


def test_an_edit_is_saved_and_read_again_with_all_that_is_known_of_it(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    _, (first, _) = desk
    opened = clerk.get(f"/admin/items/{first}/edit.json")
    assert opened.json["revision"] == 0 and opened.json["status_label"] == "草稿"
    saved = clerk.put(
        f"/admin/items/{first}/edit.json", json={"revision": 0, "changes": {"title": "示例新名称"}}
    )
    assert (saved.status_code, saved.json["revision"], saved.json["by"]) == (200, 1, "示例审核员甲")
    assert saved.json["item"]["title"] == "示例新名称" and saved.json["edited"] == ["title"]
    assert {"problems", "coverage", "words"} <= saved.json.keys()
    again = clerk.get(f"/admin/items/{first}/edit.json")
    assert again.json == saved.json
    tag = {"If-None-Match": again.headers["ETag"]}
    assert clerk.get(f"/admin/items/{first}/edit.json", headers=tag).status_code == 304


def test_the_conditions_are_there_in_words_by_their_path(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    body = clerk.get(f"/admin/items/{desk[1][1]}/edit.json").json
    assert "上年度营业收入不低于 2000 万元" in body["words"].values()
    assert all(path.startswith("conditions/all/") for path in body["words"])


def test_who_is_overtaken_gets_what_the_other_wrote(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient, other: SignedInClient
) -> None:
    address = f"/admin/items/{desk[1][0]}/edit.json"
    clerk.put(address, json={"revision": 0, "changes": {"title": "甲的名称"}})
    answer = other.put(address, json={"revision": 0, "changes": {"title": "乙的名称"}})
    assert answer.status_code == 409 and answer.json["error"]["code"] == "edit_conflict"
    assert "示例审核员甲" in answer.json["error"]["message"]
    assert answer.json["fields"] == ["title"] and answer.json["theirs"]["item"]["title"] == "甲的名称"
    merged = other.put(address, json={"revision": 0, "changes": {"no_application": True}})
    assert merged.json["item"]["title"] == "甲的名称" and merged.json["item"]["no_application"]


def test_what_cannot_be_read_is_named_and_nothing_is_saved(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    address = f"/admin/items/{desk[1][1]}/edit.json"
    body = clerk.get(address).json
    answer = clerk.put(
        address, json={"revision": 0, "changes": {"conditions": revenue_at_least(body, "很多")}}
    )
    assert answer.status_code == 422
    [fault] = answer.json["error"]["details"]
    assert fault["path"].endswith("/value") and "营业收入" in fault["message"]
    assert clerk.get(address).json == body
    for wrong in ({}, {"revision": "1", "changes": {}}, {"revision": -1}, []):
        assert clerk.put(address, json=wrong).status_code == 400
    assert clerk.put(address, data="{", content_type="application/json").status_code == 400
    assert clerk.get("/admin/items/none-001/edit.json").json["error"]["code"] == "policy_item_not_found"


def test_checking_stores_nothing(desk: tuple[APIFlask, list[str]], clerk: SignedInClient) -> None:
    item_id = desk[1][1]
    body = clerk.get(f"/admin/items/{item_id}/edit.json").json
    changes = {"conditions": revenue_at_least(body, -5)}
    found = clerk.post(f"/admin/items/{item_id}/check.json", json={"changes": changes}).json
    assert [one["severity"] for one in found["problems"] if "为负" in one["message"]] == ["error"]
    assert clerk.get(f"/admin/items/{item_id}/edit.json").json == body


def test_the_impact_says_who_gains_and_who_loses(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    item_id = desk[1][1]
    address = f"/admin/items/{item_id}"
    assert clerk.get(f"{address}/impact.json").json["gains"]["count"] == 2
    clerk.post("/admin/items/approve.json", json={"item_ids": [item_id], "decided": False})
    assert clerk.get(f"{address}/impact.json").json["gains"]["count"] == 0
    body = clerk.get(f"{address}/edit.json").json
    changes = {"conditions": revenue_at_least(body, "3000万元")}
    clerk.put(f"{address}/edit.json", json={"revision": body["revision"], "changes": changes})
    found = clerk.get(f"{address}/impact.json").json
    assert [one["name"] for one in found["losses"]["first"]] == ["示例公司B"]
    assert found["gains"]["count"] == 0 and found["counts"]["ineligible"] == 1


def test_publishing_is_all_or_nothing_and_says_what_stands_in_the_way(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient, other: SignedInClient
) -> None:
    first, second = desk[1]
    body = clerk.get(f"/admin/items/{second}/edit.json").json
    changes = {"conditions": revenue_at_least(body, -5)}
    clerk.put(f"/admin/items/{second}/edit.json", json={"revision": 0, "changes": changes})
    refused = clerk.post("/admin/items/approve.json", json={"item_ids": [first, second], "decided": False})
    assert refused.status_code == 409 and refused.json["error"]["code"] == "not_publishable"
    assert refused.json["error"]["details"].keys() == {second}
    stale = other.post("/admin/items/approve.json", json={"item_ids": [second], "revisions": {second: 0}})
    assert stale.json["error"]["code"] == "edit_conflict" and stale.json["theirs"]["revision"] == 1
    clerk.post(f"/admin/items/{second}/discard.json", json={})
    assert clerk.post("/admin/items/start.json", json={"item_ids": [first, second]}).json == {"started": 2}
    undecided = clerk.post("/admin/items/approve.json", json={"item_ids": [first, second]})
    assert "待核实" in undecided.json["error"]["message"]
    both = {"item_ids": [first, second], "decided": False}
    assert clerk.post("/admin/items/approve.json", json=both).json == {"published": 2}
    done = clerk.post("/admin/items/reject.json", json={"item_ids": [first], "reason": "示例原因"})
    assert done.json == {"rejected": 1}
    assert clerk.get(f"/admin/items/{first}/edit.json").json["status"] == "withdrawn"
    for wrong in (
        {"item_ids": []},
        {"item_ids": "x"},
        {"item_ids": [first], "revisions": []},
        {"item_ids": [5]},
    ):
        assert clerk.post("/admin/items/approve.json", json=wrong).status_code == 400


def test_an_earlier_version_comes_back_as_a_working_copy(
    desk: tuple[APIFlask, list[str]], clerk: SignedInClient
) -> None:
    address = f"/admin/items/{desk[1][0]}"
    title = clerk.get(f"{address}/edit.json").json["item"]["title"]
    clerk.put(f"{address}/edit.json", json={"revision": 0, "changes": {"title": "新名称"}, "note": "更正"})
    clerk.post("/admin/items/approve.json", json={"item_ids": [desk[1][0]], "decided": False})
    back = clerk.post(f"{address}/restore.json", json={"version": 1}).json
    assert back["item"]["title"] == title and back["is_working_copy"] and back["note"] == "恢复自第 1 版"
    assert clerk.post(f"{address}/restore.json", json={"version": 99}).status_code == 404
    assert clerk.post(f"{address}/restore.json", json={}).status_code == 400


def test_the_menus_name_every_fact_with_its_operators(clerk: SignedInClient) -> None:
    facts = {one["key"]: one for one in clerk.get("/admin/items/vocabulary.json").json["facts"]}
    assert facts["revenue"]["unit"] == "元" and facts["revenue"]["operators"][0] == {
        "op": "ge",
        "label": "不低于",
    }
    assert "大型" in facts["size_class"]["choices"] and facts["other"]["self_stated"]


def test_nobody_but_an_administrator_comes_near(desk: tuple[APIFlask, list[str]]) -> None:
    app, (first, _) = desk
    for client in (signed_in(app, Role.OFFICE), signed_in(app, Role.ENTERPRISE, "91360400MA35A00018")):
        assert client.get(f"/admin/items/{first}/edit.json").status_code == 403
        assert client.post("/admin/items/approve.json", json={"item_ids": [first]}).status_code == 403
