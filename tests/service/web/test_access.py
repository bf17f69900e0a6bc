"""Who may open what: every route by every role, one's own company and another, and what a visitor is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.web.access import Rule, rule_of
from tests.signed_in import SignedInClient

OWN, OTHER = "91360404MADE00011T", "91360481MADE00012R"
Who = dict[str, FlaskClient]


@pytest.fixture
def who(
    client: FlaskClient,
    admin_client: SignedInClient,
    office_client: SignedInClient,
    enterprise_client: Callable[[str], SignedInClient],
    two_codes: tuple[str, str],
) -> Who:
    return {
        "visitor": client,
        "enterprise": enterprise_client(two_codes[0]),
        "office": office_client,
        "admin": admin_client,
    }


@pytest.fixture(scope="session")
def two_codes(app: APIFlask) -> tuple[str, str]:
    from service.store.data_folder import DataFolder
    from tests.signed_in import data_of

    with DataFolder.open(data_of(app)) as folder:
        codes = [enterprise.uscc for enterprise in folder.enterprises.all()]
    return codes[0], codes[1]


def routes(app: APIFlask) -> Iterator[tuple[str, str]]:
    """Endpoint and one method of every route."""
    for rule in app.url_map.iter_rules():
        yield from (
            (rule.endpoint, method) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        )


def test_every_route_has_a_rule(app: APIFlask) -> None:
    without = sorted({endpoint for endpoint, _ in routes(app) if rule_of(endpoint) is None})
    assert without == [], "name them in service/web/access.py"


def test_nothing_is_changed_by_reading(app: APIFlask) -> None:
    """What changes something has no GET beside it unless GET shows the form."""
    shows_a_form = {"signin.sign_in", "signin.activate", "signin.account"}
    writes = {endpoint for endpoint, method in routes(app) if method != "GET"}
    reads = {endpoint for endpoint, method in routes(app) if method == "GET"}
    both = {endpoint for endpoint in writes & reads if not endpoint.startswith(("admin.", "office."))}
    assert both == shows_a_form


EXPECTED = {
    Rule.ANYBODY: {"visitor", "enterprise", "office", "admin"},
    Rule.SIGNED_IN: {"enterprise", "office", "admin"},
    Rule.STAFF: {"office", "admin"},
    Rule.OFFICE: {"office"},
    Rule.ADMIN: {"admin"},
}


def test_every_role_is_let_in_or_refused_as_its_rule_says(
    app: APIFlask, who: Who, two_codes: tuple[str, str]
) -> None:
    for rule in app.url_map.iter_rules():
        wanted = rule_of(rule.endpoint)
        if wanted is None or wanted is Rule.COMPANY or "GET" not in (rule.methods or set()):
            continue
        values = {
            name: "x" if converter.regex != "\\d+" else 1 for name, converter in rule._converters.items()
        }
        with app.test_request_context():
            from flask import url_for

            address = url_for(rule.endpoint, **values)
        for role, client in who.items():
            answer = client.get(address)
            refused = answer.status_code in (401, 403) or "/signin" in answer.headers.get("Location", "")
            assert refused != (role in EXPECTED[wanted]), (rule.endpoint, role, answer.status_code)


@pytest.mark.parametrize("address", ["/enterprises/{}", "/api/v1/enterprises/{}/matches"])
def test_a_company_sees_itself_and_no_other(who: Who, two_codes: tuple[str, str], address: str) -> None:
    own, other = two_codes
    assert who["enterprise"].get(address.format(own)).status_code == 200
    strange = who["enterprise"].get(address.format(other))
    missing = who["enterprise"].get(address.format("91360400MA35A00018"))
    assert strange.status_code == missing.status_code == 404
    assert strange.data == missing.data
    assert who["office"].get(address.format(other)).status_code == 200


def test_another_company_is_not_weighed_on_an_items_page(who: Who, two_codes: tuple[str, str]) -> None:
    item = who["office"].get("/api/v1/items?limit=1").json["results"][0]["item_id"]
    own, other = two_codes
    assert who["enterprise"].get(f"/items/{item}?enterprise={own}").status_code == 200
    strange = who["enterprise"].get(f"/items/{item}?enterprise={other}")
    missing = who["enterprise"].get(f"/items/{item}?enterprise=91360400MA35A00018")
    assert strange.status_code == missing.status_code == 404 and strange.data == missing.data


def test_a_visitor_is_led_to_the_sign_in_page_and_back(who: Who, two_codes: tuple[str, str]) -> None:
    answer = who["visitor"].get(f"/enterprises/{two_codes[0]}")
    assert answer.status_code == 302 and f"next=/enterprises/{two_codes[0]}" in answer.headers["Location"]
    assert who["visitor"].get(f"/api/v1/enterprises/{two_codes[0]}/matches").status_code == 401


def test_a_visitor_finds_no_company_by_its_name(who: Who) -> None:
    assert "九江示例云帆智能装备有限公司" not in who["visitor"].get("/?q=云帆").text
    assert "九江示例云帆智能装备有限公司" in who["office"].get("/?q=云帆").text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/", "/policies", "/api/v1/items"])
def test_public_pages_take_nothing(who: Who, method: str, address: str) -> None:
    assert getattr(who["admin"], method)(address).status_code == 405
