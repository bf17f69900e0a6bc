"""Which documents the public may see, from the shell."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from service.cli import cli


def run(data: Path, *arguments: str, status: int = 0) -> str:
    answer = CliRunner().invoke(cli, ["--data", str(data), *arguments])
    assert answer.exit_code == status or answer.exception is not None, answer.output
    return answer.output


def test_a_loaded_document_is_hidden_until_it_is_released(tmp_path: Path) -> None:
    for name, text in (
        ("甲.txt", "示例通知甲\n请各单位知悉。"),
        ("乙.txt", "示例公告乙\n现予公告，欢迎监督。"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    run(data, "load", str(tmp_path / "甲.txt"), str(tmp_path / "乙.txt"))
    listed = json.loads(run(data, "documents", "list", "--json"))
    assert [one["released"] for one in listed] == [False, False]
    run(data, "documents", "release", listed[0]["id"])
    assert "共 1 份" in run(data, "documents", "list", "--hidden")
    run(data, "documents", "hide", listed[0]["id"])
    assert "共 2 份" in run(data, "documents", "list", "--hidden")
    events = [entry["event"] for entry in json.loads(run(data, "audit", "--json"))]
    assert events == ["document.hide", "document.release", "document.load", "document.load"]


def test_an_item_that_was_missed_is_added_at_its_sentence(tmp_path: Path) -> None:
    text = "示例市若干措施\n第一条 对示例企业给予奖励。\n第二条 由专班另行商定的支持。"
    (tmp_path / "甲.txt").write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    run(data, "load", str(tmp_path / "甲.txt"))
    document = json.loads(run(data, "documents", "list", "--json"))[0]["id"]
    told = run(
        data, "documents", "add-item", document, "--title", "专班支持", "--quote", "由专班另行商定的支持"
    )
    item = told.split()[-1]
    assert "专班支持" in run(data, "review", "show", item)
    assert "没有这段文字" in run_refused(
        data, "documents", "add-item", document, "--title", "无", "--quote", "不在其中"
    )


def run_refused(data: Path, *arguments: str) -> str:
    answer = CliRunner().invoke(cli, ["--data", str(data), *arguments])
    return str(answer.exception)
