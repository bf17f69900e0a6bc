"""What a person added without a sentence of the document is shown, judged and exported like everything else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from policy_corpus.reading.sandbox import Sandbox
from service.actors import SYSTEM, Role
from service.cli import cli
from service.store.data_folder import DataFolder
from service.workflows.edit_items import save_edit
from service.workflows.load_policies import load_policies
from service.workflows.review_policies import approve
from tests.factories import USCC, make_enterprise
from tests.service.workflows.conftest import now, write_measures
from tests.signed_in import open_app, signed_in

ADDED = {"span": None, "by_hand": True}
CHANGES = {
    "conditions": {
        "all": [
            {"attribute": "revenue", "op": "ge", "value": "3000万元", **ADDED},
            {"attribute": "qualification", "op": "has", "value": "示例称号", **ADDED},
            {"any": [
                {"attribute": "other", "op": "ge", "value": "30平方米", **ADDED},
                {"attribute": "event", "op": "ge", "value": "2026-01-01", **ADDED},
                {"attribute": "credit", "op": "not_has", "value": "失信", **ADDED},
            ]},
        ]
    },
    "benefits": [{"kind": "奖励", "amount_yuan": "50万元", **ADDED}],
    "window": {"always": True, **ADDED},
    "department": "示例市示例局",
    "materials": ["示例材料"],
    "contacts": ["示例电话"],
    "channel": "示例平台",
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, str]:
    """A folder with one published item in which nothing but the title has a sentence."""
    path = tmp_path / "data"
    with DataFolder.open(path) as folder, Sandbox() as sandbox:
        list(load_policies(folder, [write_measures(tmp_path / "a.txt")], sandbox, now))
        item_id = folder.policies.items()[0].id
        save_edit(folder, item_id, CHANGES, revision=0, by=SYSTEM, now=now())
        approve(folder, [item_id], by=SYSTEM, now=now(), decided=True)
        company = make_enterprise(
            revenue=35_000_000, region="360400", credit="良好", qualification=("示例称号",)
        )
        folder.enterprises.register(company, now())
    return path, item_id


def test_its_page_shows_it_and_leads_to_no_place_that_there_is_not(data: tuple[Path, str]) -> None:
    path, item_id = data
    client = signed_in(open_app(path), Role.ADMIN)
    for address in (
        f"/items/{item_id}",
        f"/items/{item_id}?enterprise={USCC}",
        f"/enterprises/{USCC}",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.get_data(as_text=True)
        for target in re.findall(r'href="#(y-[^"]+)"', page):
            assert f'id="{target}"' in page
    page = client.get(f"/items/{item_id}?enterprise={USCC}").get_data(as_text=True)
    assert page.count("由审核人员补充") == 6
    for words in (
        "营业收入不低于 3000 万元",
        "其他情况不低于 30 平方米",
        "已发生事项不早于 2026年1月1日",
        "50万元",
        "示例市示例局",
        "示例材料",
    ):
        assert words in page


def test_it_is_matched_told_and_exported(data: tuple[Path, str], tmp_path: Path) -> None:
    path, item_id = data
    runner = CliRunner()
    told = runner.invoke(cli, ["--data", str(path), "match", USCC, "--as-of", "2026-11-24"])
    assert told.exit_code == 0 and "由审核人员补充" in told.output and "原文：“”" not in told.output
    answer = runner.invoke(cli, ["--data", str(path), "match", USCC, "--as-of", "2026-11-24", "--json"])
    [match] = json.loads(answer.output)["matches"]
    assert match["item_id"] == item_id and match["verdict"] == "eligible"
    assert {finding["quote"] for finding in match["findings"]} == {""}
    assert all(finding["text"] for finding in match["findings"])
    for kind in ("jsonl", "csv", "xlsx"):
        out = tmp_path / f"all.{kind}"
        done = runner.invoke(
            cli, ["--data", str(path), "match", "--all", "--as-of", "2026-11-24", "--out", str(out)]
        )
        assert done.exit_code == 0 and out.stat().st_size > 0, done.output
