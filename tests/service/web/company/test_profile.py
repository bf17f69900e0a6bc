"""企业信息: what is known and from whom, stated by the company itself, refused with what was typed, closed to others."""

from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask

from matching.model import Enterprise
from service.actors import Role
from service.store.data_folder import DataFolder
from tests.factories import OTHER_USCC, USCC, make_enterprise, make_uscc
from tests.signed_in import NOW, SignedInClient, open_app, signed_in

PAGE = f"/enterprises/{USCC}/profile"


@pytest.fixture
def app(tmp_path: Path) -> APIFlask:
    with DataFolder.open(tmp_path / "data") as folder:
        folder.enterprises.register(make_enterprise(USCC, "示例甲公司", employees=20), NOW)
        folder.enterprises.register(make_enterprise(OTHER_USCC, "示例乙公司", revenue=73519842), NOW)
    return open_app(tmp_path / "data")


@pytest.fixture
def own(app: APIFlask) -> SignedInClient:
    return signed_in(app, Role.ENTERPRISE, USCC)


def company(app: APIFlask, uscc: str = USCC) -> Enterprise:
    with DataFolder.open(Path(app.config["HUIQI_DATA"])) as folder:
        return folder.enterprises.get(uscc)


def test_a_company_states_a_fact_and_finds_it_with_its_source(app: APIFlask, own: SignedInClient) -> None:
    answer = own.post(f"{PAGE}/revenue", data={"value": "1.2亿元", "period": "2025"})
    assert answer.status_code == 303 and answer.location.endswith("/profile?done=revenue#f-revenue")
    page = own.get(answer.location).text
    assert "已保存“营业收入”" in page and "1.2 亿元（2025）" in page and "企业填报 · 2026年11月24日" in page
    assert own.post(f"{PAGE}/revenue", data={"deed": "take_back"}).status_code == 303
    assert "revenue" not in company(app).facts


def test_what_was_typed_stays_when_it_cannot_be_read(app: APIFlask, own: SignedInClient) -> None:
    answer = own.post(f"{PAGE}/revenue", data={"value": "一大笔<b>", "period": "2024"})
    assert answer.status_code == 400
    assert 'value="一大笔&lt;b&gt;"' in answer.text and 'value="2024"' in answer.text
    assert "无法使用" in answer.text and "revenue" not in company(app).facts


def test_one_of_several_statements_is_taken_back(app: APIFlask, own: SignedInClient) -> None:
    own.post(f"{PAGE}/activity", data={"value": "出口示例产品；租用示例园区"})
    assert own.post(f"{PAGE}/activity/drop", data={"phrase": "出口示例产品"}).status_code == 303
    assert company(app).facts["activity"].value == ("租用示例园区",)


def test_it_goes_back_where_it_was_sent_from_and_nowhere_else(own: SignedInClient) -> None:
    there = own.post(f"{PAGE}/revenue", data={"value": "1", "back": f"/enterprises/{USCC}"})
    assert there.location == f"/enterprises/{USCC}"
    away = own.post(f"{PAGE}/revenue", data={"value": "1", "back": "//example.com/"})
    assert away.location.startswith(PAGE)


def test_another_company_neither_sees_nor_states_anything(app: APIFlask, own: SignedInClient) -> None:
    missing = make_uscc(77)
    for address in ("profile",):
        strange, none = (own.get(f"/enterprises/{one}/{address}") for one in (OTHER_USCC, missing))
        assert strange.status_code == none.status_code == 404 and strange.data == none.data
    assert own.post(f"/enterprises/{OTHER_USCC}/profile/employees", data={"value": "1"}).status_code == 404
    assert "employees" not in company(app, OTHER_USCC).facts


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_the_office_and_administrators_look_and_state_nothing(app: APIFlask, role: Role) -> None:
    client = signed_in(app, role)
    assert "由企业自己的账户填写" in client.get(PAGE).text
    assert client.post(f"{PAGE}/revenue", data={"value": "1"}).status_code == 403
    assert "revenue" not in company(app).facts


def test_a_visitor_is_led_to_the_sign_in_page(app: APIFlask) -> None:
    assert "/signin" in app.test_client().get(PAGE).location
