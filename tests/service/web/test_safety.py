"""Nothing from outside runs, and nothing of a company is kept or handed on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.actors import Role
from service.store.data_folder import DataFolder
from service.workflows.register_enterprises import register_enterprises
from tests.signed_in import open_app, signed_in

DEMO = "91360404MADE00011T"
EVIL = "<script>document.title='owned'</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "address", ["/", f"/enterprises/{DEMO}", "/policies?q=奖励", "/nowhere", "/api/v1/items?q=奖励"]
)
def test_every_answer_carries_the_headers(office_client: FlaskClient, address: str) -> None:
    headers = office_client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_bring_nothing_inline_and_nothing_from_outside(admin_client: FlaskClient) -> None:
    for address in (
        "/signin",
        "/activate",
        "/account",
        "/admin/",
        "/admin/accounts",
        "/admin/audit",
        "/",
        f"/enterprises/{DEMO}",
        "/policies?q=奖励",
        "/documents",
        "/help",
        "/api/docs",
    ):
        body = admin_client.get(address).text
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
    app = open_app(tmp_path / "data")
    with signed_in(app, Role.OFFICE) as client:
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
