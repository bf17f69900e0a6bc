"""The JSON API: the shapes of the contract, the same list as the pages, errors in one shape, a true description."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import SAMPLES
from tests.signed_in import SignedInClient

DEMO = "91360404MADE00011T"


@pytest.fixture
def client(office_client: SignedInClient) -> FlaskClient:
    """Somebody of the business office, who may see every company."""
    return office_client


MATCH_KEYS = {"rank", "item_id", "title", "document", "verdict", "open", "score", "relevance", "findings", "benefits",
              "deadline", "terms"}  # fmt: skip
FINDING_KEYS = {"attribute", "op", "value", "unit", "verdict", "actual", "text", "quote", "gap"}


def get(client: FlaskClient, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status, response.text[:300]
    assert response.mimetype == "application/json"
    return json.loads(response.text)


def test_matches_have_the_shape_of_the_contract(client: FlaskClient) -> None:
    found = get(client, f"/api/v1/enterprises/{DEMO}/matches")
    assert set(found) == {"enterprise", "as_of", "matches"} and found["as_of"] == "2026-11-24"
    assert found["enterprise"] == {"uscc": DEMO, "name": "九江示例云帆智能装备有限公司"}
    for match in found["matches"]:
        assert set(match) == MATCH_KEYS
        assert all(set(finding) >= FINDING_KEYS for finding in match["findings"])
        assert match["document"]["title"] and match["benefits"] is not None


def test_matches_are_ranked_and_verdicts_follow_from_findings(client: FlaskClient) -> None:
    matches = get(client, f"/api/v1/enterprises/{DEMO}/matches?include_ineligible=true")["matches"]
    assert [match["rank"] for match in matches] == list(range(1, len(matches) + 1))
    order = {"eligible": 0, "undetermined": 1, "ineligible": 2}
    assert [order[m["verdict"]] for m in matches] == sorted(order[m["verdict"]] for m in matches)
    for match in matches:
        verdicts = {finding["verdict"] for finding in match["findings"]}
        if match["verdict"] == "eligible":
            assert verdicts <= {"met"} or "unknown" not in verdicts
        if match["verdict"] == "undetermined":
            assert "unknown" in verdicts


def test_day_and_number_can_be_chosen(client: FlaskClient) -> None:
    one = get(client, f"/api/v1/enterprises/{DEMO}/matches?top=1&as_of=2027-03-01")
    assert len(one["matches"]) == 1 and one["as_of"] == "2027-03-01"


def test_search_finds_item_and_its_details_quote_the_document(client: FlaskClient) -> None:
    found = get(client, "/api/v1/items?q=购置工业机器人&limit=3")
    hit = found["results"][0]
    assert {"score", "title", "document"} <= set(hit) and {"id", "title", "file_name"} <= set(hit["document"])
    item = get(client, f"/api/v1/items/{hit['item_id']}")
    document = get(client, f"/api/v1/documents/{hit['document']['id']}")
    assert hit["item_id"] in document["item_ids"]
    spans = [span for benefit in item["benefits"] for span in [benefit] if "start" in span]
    assert all(document["text"][s["start"] : s["end"]] == s["quote"] for s in spans)


def test_audience_counts_every_enterprise_once(client: FlaskClient) -> None:
    item_id = get(client, f"/api/v1/enterprises/{DEMO}/matches?top=1")["matches"][0]["item_id"]
    found = get(client, f"/api/v1/items/{item_id}/audience")
    assert sum(found["counts"].values()) == 200
    assert DEMO in {one["uscc"] for one in found["enterprises"]}


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/enterprises/91360404MADE00012X/matches", 404, None),
        ("/api/v1/enterprises/x/matches", 404, None),
        (f"/api/v1/enterprises/{DEMO}/matches?top=0", 400, None),
        (f"/api/v1/enterprises/{DEMO}/matches?as_of=yesterday", 400, None),
        ("/api/v1/items/nothing", 404, None),
        ("/api/v1/documents/nothing", 404, None),
        ("/api/v1/nowhere", 404, "not_found"),
        (f"/api/v1/items?q={'奖' * 300}", 400, None),
    ],
)
def test_errors_have_one_shape_in_chinese(
    client: FlaskClient, address: str, status: int, code: str | None
) -> None:
    error = get(client, address, status)["error"]
    assert set(error) == {"code", "message", "details"}
    assert any("\u4e00" <= char <= "\u9fff" for char in error["message"])
    assert code is None or error["code"] == code


def test_description_names_every_operation_and_is_the_committed_one(client: FlaskClient) -> None:
    spec = get(client, "/api/openapi.json")
    assert set(spec["paths"]) >= {
        "/api/v1/enterprises/{uscc}/matches", "/api/v1/items", "/api/v1/items/{item_id}",
        "/api/v1/items/{item_id}/audience", "/api/v1/documents/{document_id}",
    }  # fmt: skip
    committed = json.loads((SAMPLES.parent / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert committed["paths"] == spec["paths"]
    assert client.get("/api/docs").status_code == 200


def test_health_counts_what_is_there(client: FlaskClient) -> None:
    assert get(client, "/healthz")["enterprises"] == 200


def test_other_facts_are_weighed_without_being_stored(client: FlaskClient) -> None:
    address = f"/api/v1/enterprises/{DEMO}"
    before = get(client, f"{address}/matches?include_ineligible=true")
    answer = client.post(f"{address}/what-if", json={"facts": {"employees": 3, "营业收入": "3万元"}})
    assert answer.status_code == 200, answer.text[:300]
    found = json.loads(answer.text)
    assert found["supposed"] == {"employees": 3, "revenue": 30_000} and found["changes"]
    verdicts = {match["item_id"]: match["verdict"] for match in before["matches"]}
    assert all(verdicts[change["item_id"]] == change["before"] for change in found["changes"])
    assert get(client, f"{address}/matches?include_ineligible=true") == before
    for facts in ({}, {"身高": 1}, {"employees": "三"}):
        refused = client.post(f"{address}/what-if", json={"facts": facts})
        assert refused.status_code == 400 and set(json.loads(refused.text)) == {"error"}


def test_the_impact_of_withdrawing_an_item_counts_its_audience(client: FlaskClient) -> None:
    item_id = get(client, "/api/v1/items?limit=1")["results"][0]["item_id"]
    audience = get(client, f"/api/v1/items/{item_id}/audience?top=1")
    found = get(client, f"/api/v1/items/{item_id}/impact?top=2")
    assert found["deed"] == "withdraw" and len(found["changes"]) == 2
    counts = {row["before"]: row["count"] for row in found["counts"]}
    assert {kind: counts.get(kind, 0) for kind in audience["counts"]} == audience["counts"]
