"""What changes something is taken from pages of ours alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.store.data_folder import DataFolder
from tests.signed_in import NOW, SignedInClient, data_of

OWN = "91360404MADE00011T"


def writes(app: APIFlask) -> list[tuple[str, str]]:
    """Address and method of every route that changes something."""
    found = []
    with app.test_request_context():
        from flask import url_for

        for rule in app.url_map.iter_rules():
            values = {
                name: "x" if converter.regex != "\\d+" else 1 for name, converter in rule._converters.items()
            }
            if "uscc" in values and rule.endpoint.startswith("company."):
                values["uscc"] = OWN
            for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
                found.append((url_for(rule.endpoint, **values), method))
    return found


FORGED: dict[str, dict[str, Any]] = {
    "no token": {"headers": {"X-CSRF-Token": ""}},
    "wrong token": {"headers": {"X-CSRF-Token": "x" * 43}},
    "another site": {"headers": {"Origin": "https://evil.example"}},
    "another port": {"headers": {"Origin": "http://localhost:81"}},
    "another scheme": {"headers": {"Origin": "https://localhost"}},
    "null origin": {"headers": {"Origin": "null"}},
    "cross-site fetch": {"headers": {"Sec-Fetch-Site": "cross-site"}},
    "sibling site": {"headers": {"Sec-Fetch-Site": "same-site"}},
    "text body": {"data": "x", "content_type": "text/plain"},
}


@pytest.mark.parametrize("how", sorted(FORGED))
def test_every_writing_address_refuses_what_is_forged(
    app: APIFlask,
    admin_client: SignedInClient,
    office_client: SignedInClient,
    enterprise_client: Callable[[str], SignedInClient],
    how: str,
) -> None:
    company_client = enterprise_client(OWN)
    for address, method in writes(app):
        # Who may write there, so that it is the forgery that is refused.
        client = admin_client
        if address.startswith("/office/"):
            client = office_client
        elif address.startswith(f"/enterprises/{OWN}/"):
            client = company_client
        answer = client.open(address, method=method, **FORGED[how])
        assert answer.status_code == 403, (address, method, how, answer.status_code)
        assert "刷新" in answer.get_data(as_text=True), (address, method)


def test_a_page_of_ours_is_taken(enterprise_client: Callable[[str], SignedInClient]) -> None:
    client = enterprise_client(OWN)
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    answer = client.post(
        f"/api/v1/enterprises/{OWN}/what-if", json={"facts": {"employees": 3}}, headers=headers
    )
    assert answer.status_code == 200, answer.text


def test_a_program_with_a_token_needs_no_form(app: APIFlask) -> None:
    with DataFolder.open(data_of(app)) as folder:
        account = folder.accounts.find("程序甲")
        with folder.writing():
            account = account or folder.accounts.add("程序甲", _enterprise(), OWN, "-", NOW)
            folder.accounts.keep_token("token-of-a-program", account.id, "接口", NOW)
    bearer = {"Authorization": "Bearer token-of-a-program"}
    client = app.test_client()
    assert client.get(f"/api/v1/enterprises/{OWN}/matches", headers=bearer).status_code == 200
    answer = client.post(
        f"/api/v1/enterprises/{OWN}/what-if", json={"facts": {"employees": 3}}, headers=bearer
    )
    assert answer.status_code == 200
    assert (
        client.get(f"/api/v1/enterprises/{OWN}/matches", headers={"Authorization": "Bearer x"}).status_code
        == 401
    )


def _enterprise() -> Any:
    from service.actors import Role

    return Role.ENTERPRISE


def test_a_visitors_form_is_tied_to_his_browser(client: FlaskClient) -> None:
    page = client.get("/signin").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    given = {"name": "没有此人", "password": "x", "csrf_token": token}
    assert client.post("/signin", data=given).status_code == 401
    client.delete_cookie("huiqi_form")
    assert client.post("/signin", data=given).status_code == 403
