"""Nobody but this machine is answered, nothing from outside runs, and nothing of a company is kept or handed on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from service.store.data_folder import DataFolder
from service.workflows.register_enterprises import register_enterprises
from tests.conftest import TODAY

DEMO = "91360404MADE00011T"
EVIL = "<script>document.title='owned'</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ({"Host": "evil.example"}, "127.0.0.1"),
        ({"Host": "127.0.0.1.evil.example"}, "127.0.0.1"),
        ({"Host": "localhost", "X-Forwarded-For": "1.2.3.4"}, "127.0.0.1"),
        ({"Host": "localhost", "Forwarded": "for=1.2.3.4"}, "127.0.0.1"),
        ({"Host": "localhost"}, "192.168.1.20"),
        ({"Host": "localhost"}, "8.8.8.8"),
        ({"Host": ""}, "127.0.0.1"),
    ],
)
@pytest.mark.parametrize(
    "address", ["/", f"/enterprises/{DEMO}", f"/api/v1/enterprises/{DEMO}/matches", "/static/huiqi.css"]
)
def test_nobody_else_is_answered(
    client: FlaskClient, headers: dict[str, str], peer: str, address: str
) -> None:
    response = client.get(address, headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert response.status_code == 403 and "云帆" not in response.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_answered_under_each_of_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", f"/enterprises/{DEMO}", "/policies?q=奖励", "/nowhere", "/api/v1/items?q=奖励"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_bring_nothing_inline_and_nothing_from_outside(client: FlaskClient) -> None:
    for address in ("/", f"/enterprises/{DEMO}", "/policies?q=奖励", "/documents", "/help", "/api/docs"):
        body = client.get(address).text
        assert " onclick=" not in body and " style=" not in body and "<style" not in body, address
        assert "<script>" not in body and 'src="http' not in body and "//cdn" not in body, address


def test_hostile_names_and_words_are_shown_as_text(tmp_path: Path) -> None:
    table = tmp_path / "企业.jsonl"
    uscc = "91360400MA35A00018"
    name = EVIL.replace('"', '\\"')
    table.write_text(
        f'{{"uscc": "{uscc}", "name": "{name}", "facts": {{"region": "360400"}}}}\n', encoding="utf-8"
    )
    with DataFolder.open(tmp_path / "data") as folder:
        register_enterprises(folder, table, lambda: datetime(2026, 11, 24, tzinfo=UTC))
        stored = [one.name for one in folder.enterprises.all()]
    app = create_app(Settings(data=tmp_path / "data"), today=lambda: TODAY)
    with app.test_client() as client:
        for address in (
            f"/?q={EVIL[:30]}",
            f"/enterprises/{uscc}",
            f"/policies?q={EVIL}",
            f"/documents?q={EVIL}",
        ):
            body = client.get(address).text
            assert "<script>document" not in body and "<img src=x" not in body, address
        if stored:
            assert "&lt;script&gt;" in client.get(f"/enterprises/{uscc}").text


def test_only_reading_is_possible(client: FlaskClient) -> None:
    for method in ("post", "put", "delete", "patch"):
        for address in ("/", f"/enterprises/{DEMO}", "/api/v1/items"):
            assert getattr(client, method)(address).status_code == 405
