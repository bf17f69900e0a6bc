"""Nothing of one company reaches another or a visitor: every page and answer is looked through for its marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.data_folder import DataFolder
from service.workflows.load_policies import find_files, load_policies
from service.workflows.register_enterprises import register_enterprises
from tests.signed_in import open_app, signed_in

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ONE, OTHER = "91360400MA35A00018", "91360400MA35A0002B"
# What stands nowhere but with the other company: its name, its code, its figures, its titles.
MARKS = ("紫檀金丝雀", OTHER, "73519842", "7351.98", "示例金丝雀称号")
POLICY = """九江市支持示例产业若干措施
九府示字〔2026〕7号
第一条 对上年度营业收入2000万元以上的企业，奖励20万元。
第二条 对从业人员30人以上的企业，补助5万元。
九江市人民政府
2026年3月1日
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> APIFlask:
    path = tmp_path_factory.mktemp("canaries")
    (path / "政策.txt").write_text(POLICY, encoding="utf-8")
    facts = {"region": "360400", "revenue": 73519842, "employees": 41, "qualification": ["示例金丝雀称号"]}
    rows = [
        {
            "uscc": ONE,
            "name": "九江示例甲有限公司",
            "facts": {"region": "360400", "revenue": 1, "employees": 40},
        },
        {"uscc": OTHER, "name": "九江紫檀金丝雀有限公司", "facts": facts},
    ]
    (path / "企业.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with DataFolder.open(path / "data") as folder, Sandbox() as sandbox:
        list(load_policies(folder, find_files([path / "政策.txt"]), sandbox, lambda: NOW, publish=True))
        register_enterprises(folder, path / "企业.jsonl", lambda: NOW)
        assert len(folder.enterprises) == 2
    return open_app(path / "data")


def addresses(app: APIFlask) -> Iterator[str]:
    """Every address that reads, filled with the other company wherever a company can stand, and words that name it."""
    with DataFolder.open(Path(app.config["HUIQI_DATA"])) as folder:
        item = folder.policies.items()[0]
    fillings = {"uscc": OTHER, "item_id": item.id, "document_id": item.document_id}
    with app.test_request_context():
        from flask import url_for

        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or set()) or rule.endpoint == "static":
                continue
            values = {
                name: fillings.get(name, 1 if converter.regex == "\\d+" else "x")
                for name, converter in rule._converters.items()
            }
            address = url_for(rule.endpoint, **values)
            yield address
            yield f"{address}?q={quote('金丝雀')}"
            yield f"{address}?enterprise={OTHER}&include_ineligible=true"


def marks_in(client: FlaskClient, address: str) -> list[str]:
    """What of the other company is told that was not in the address itself."""
    answer = client.get(address, follow_redirects=True)
    body = re.sub(r'(href|action|value|content)="[^"]*"', "", answer.get_data(as_text=True))
    return [mark for mark in MARKS if mark in body]


@pytest.mark.parametrize("who", ["visitor", "company"])
def test_no_page_tells_anything_of_another_company(app: APIFlask, who: str) -> None:
    client = app.test_client() if who == "visitor" else signed_in(app, Role.ENTERPRISE, ONE)
    told = {address: found for address in addresses(app) if (found := marks_in(client, address))}
    assert told == {}


def test_the_marks_are_there_for_those_who_may_see_them(app: APIFlask) -> None:
    office = signed_in(app, Role.OFFICE)
    assert {"紫檀金丝雀", OTHER} <= set(marks_in(office, f"/enterprises/{OTHER}"))
    own = signed_in(app, Role.ENTERPRISE, OTHER)
    found = own.get(f"/enterprises/{OTHER}").get_data(as_text=True)
    assert "紫檀金丝雀" in found and "7351.98" in found
