"""`huiqi dictionary` and `huiqi facts`, and that every command takes what they add."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import cli
from tests.service.workflows.dictionary_town import POLICY


def run(data: Path, *arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(cli, ["--data", str(data), *arguments])
    if status == 0 and result.exception is not None:
        raise result.exception
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "示例.txt"
    path.write_text(POLICY.format(number=1, amount=50), encoding="utf-8")
    return path


def test_a_fact_is_added_and_everything_reads_it(tmp_path: Path, policy: Path) -> None:
    data = tmp_path / "data"
    assert "robots" not in run(data, "extract", str(policy)) and not data.exists()
    told = run(
        data,
        "facts",
        "add",
        "机器人数量",
        "--kind",
        "count",
        "--unit",
        "台",
        "--synonym",
        "机器人保有量",
        "--key",
        "robots",
    )
    assert "已添加指标“机器人数量”（键 robots）" in told
    assert '"attribute": "robots"' in run(data, "extract", str(policy))  # the folder is there now
    run(data, "load", str(policy), "--publish")
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"uscc": "91360400MA35A00018", "name": "示例公司", "facts": {"robots": 31}}),
        encoding="utf-8",
    )
    run(data, "enterprises", "import", str(tmp_path / "in.jsonl"))
    matches = json.loads(run(data, "match", "91360400MA35A00018", "--json", "--as-of", "2026-11-24"))
    findings = [finding for match in matches["matches"] for finding in match["findings"]]
    assert any(
        one["attribute"] == "robots" and one["verdict"] == "met" and one["actual"] == 31 for one in findings
    )
    rows = json.loads(run(data, "facts", "list", "--json"))
    assert rows[-1]["key"] == "robots" and not rows[-1]["built_in"] and rows[0]["built_in"]
    assert "停用" in run(data, "facts", "retire", "robots")
    assert "启用" in run(data, "facts", "retire", "robots", "--back")


def test_entries_are_previewed_added_listed_and_removed(tmp_path: Path, policy: Path) -> None:
    data = tmp_path / "data"
    run(data, "load", str(policy), "--publish")
    found = json.loads(run(data, "dictionary", "preview", "term", "示例科创贷", "--json"))
    assert found["changed_texts"] == 1 and not found["changes_nothing"]
    assert json.loads(run(data, "dictionary", "list", "--json")) == []
    run(data, "dictionary", "add", "term", "示例科创贷")
    run(data, "dictionary", "add", "title", "示例链长企业", "--level", "省级", "--other", "链长单位")
    entries = json.loads(run(data, "dictionary", "list", "--json"))
    assert [entry["name"] for entry in entries] == ["示例科创贷", "示例链长企业"]
    assert "1 份" in run(data, "dictionary", "remove", "1", "--preview")
    assert "已删除" in run(data, "dictionary", "remove", "1")
    assert "链长单位" in run(data, "dictionary", "list")


def test_a_table_goes_out_and_in(tmp_path: Path) -> None:
    run(tmp_path / "one", "dictionary", "add", "synonym", "示例贷=示例险")
    for name in ("out.xlsx", "out.csv"):
        run(tmp_path / "one", "dictionary", "export", str(tmp_path / name))
        assert "已有 1 条" in run(tmp_path / "one", "dictionary", "import", str(tmp_path / name))
    assert "导入 1 条" in run(tmp_path / "two", "dictionary", "import", str(tmp_path / "out.csv"))


def test_what_a_zone_is_read_again_for(tmp_path: Path, policy: Path) -> None:
    data = tmp_path / "data"
    run(data, "load", str(policy))
    run(data, "dictionary", "add", "zone", "示例滨江产业区", "--parent", "360400")
    assert "1 个草稿已更新" in run(data, "dictionary", "reread", "1")
