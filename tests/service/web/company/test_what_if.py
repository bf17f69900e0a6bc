"""情景测算: what would open up, with what was typed kept, nothing stored and nothing of another company."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from apiflask import APIFlask

from matching.model import Eligibility
from service.store.data_folder import DataFolder
from service.store.shelf import read_shelf
from service.workflows.match_enterprises import match_one
from tests.signed_in import TODAY, SignedInClient

DEMO, OTHER = "91360404MADE00011T", "91360481MADE00012R"
PAGE = f"/enterprises/{DEMO}/what-if"
Clients = Callable[[str], SignedInClient]


def counted(data: Path) -> int:
    with DataFolder.open(data) as folder:
        found = match_one(folder, read_shelf(folder, TODAY), DEMO)
    return sum(match.eligibility is Eligibility.ELIGIBLE for match in found.matches)


def dump(data: Path) -> str:
    with DataFolder.open(data) as folder:
        return json.dumps(list(folder.db.query("select * from enterprise_facts")), ensure_ascii=False)


def test_a_title_more_opens_what_asks_for_it_and_nothing_is_stored(
    app: APIFlask, sample_data: Path, enterprise_client: Clients
) -> None:
    before = dump(sample_data)
    answer = enterprise_client(DEMO).post(PAGE, data={"qualification": "国家级制造业单项冠军"})
    now = counted(sample_data)
    assert answer.status_code == 200
    assert f'由 <span class="num">{now}</span> 项变为 <strong class="num">{now + 1}</strong>' in answer.text
    assert "国家级制造业单项冠军企业奖励" in answer.text and "最高合计增加" in answer.text
    assert 'value="国家级制造业单项冠军"' in answer.text
    assert dump(sample_data) == before


def test_what_cannot_be_read_is_named_and_stays_typed(enterprise_client: Clients) -> None:
    answer = enterprise_client(DEMO).post(PAGE, data={"revenue": "很多<i>", "employees": "30"})
    assert answer.status_code == 400 and "营业收入" in answer.text
    assert 'value="很多&lt;i&gt;"' in answer.text and 'value="30"' in answer.text


def test_without_a_supposition_it_says_what_to_fill_in(enterprise_client: Clients) -> None:
    answer = enterprise_client(DEMO).post(PAGE, data={"revenue": "  "})
    assert answer.status_code == 400 and "请至少填写一项假设" in answer.text


def test_a_fact_it_does_not_offer_is_not_supposed(enterprise_client: Clients) -> None:
    answer = enterprise_client(DEMO).post(PAGE, data={"credit": "严重失信"})
    assert answer.status_code == 400 and "请至少填写一项假设" in answer.text


def test_another_company_cannot_be_weighed(enterprise_client: Clients, office_client: SignedInClient) -> None:
    client = enterprise_client(DEMO)
    assert client.get(f"/enterprises/{OTHER}/what-if").status_code == 404
    assert client.post(f"/enterprises/{OTHER}/what-if", data={"employees": "3"}).status_code == 404
    assert office_client.get(PAGE).status_code == 200
    assert office_client.post(PAGE, data={"employees": "3"}).status_code == 403
