"""`huiqi review`: all that the review screen does, by command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy_corpus.reading.sandbox import Sandbox
from service.cli import cli
from service.store.data_folder import DataFolder
from service.workflows.load_policies import load_policies
from tests.service.workflows.conftest import now, write_measures


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, list[str]]:
    path = tmp_path / "data"
    with DataFolder.open(path) as folder, Sandbox() as sandbox:
        list(load_policies(folder, [write_measures(tmp_path / "a.txt")], sandbox, now))
        return path, [item.id for item in folder.policies.items()]


def run(data: tuple[Path, list[str]], *words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data[0]), "review", *words], input=given)


def said(data: tuple[Path, list[str]], *words: str) -> Any:
    return json.loads(run(data, *words, "--json").stdout)


def test_an_item_is_corrected_compared_published_and_brought_back(data: tuple[Path, list[str]]) -> None:
    first, second = data[1]
    title = said(data, "show", first)["title"]
    saved = run(
        data,
        "edit",
        first,
        "--set",
        "title=示例新名称",
        "--set",
        "受理部门=示例局",
        "--set",
        "window=至2026-12-31",
    )
    assert saved.exit_code == 0 and "已保存（修订 1），尚未发布" in saved.output
    assert "有未发布的修改" in run(data, "list").output
    compared = run(data, "diff", first).output
    assert f"事项名称：{title} → 示例新名称" in compared and "受理部门：（无） → 示例局" in compared
    assert "申报期：（无） → 2026年12月31日截止" in compared
    assert run(data, "approve", first, second, "--note", "按原文更正").output == "已发布 2 个事项\n"
    history = said(data, "history", first)
    assert [(one["version"], one["event"], one["note"]) for one in history] == [
        (1, "load", ""),
        (2, "publish", "按原文更正"),
    ]
    assert "第 2 版" in run(data, "history", first).output and "命令行" in run(data, "history", first).output
    run(data, "edit", first, "--set", "no_application=是")
    run(data, "approve", first)
    assert run(data, "diff", first).output == "第 2 版 → 第 3 版\n  免申即享：否 → 是\n"
    assert run(data, "restore", first, "1").exit_code == 0
    assert said(data, "show", first)["title"] == title
    assert {one["label"] for one in said(data, "diff", first)} == {
        "事项名称",
        "受理部门",
        "申报期",
        "免申即享",
    }
    run(data, "approve", first)
    assert run(data, "diff", first, "--from", "1").output == "第 1 版 → 第 4 版\n  内容没有差异\n"
    assert run(data, "reject", second, "--reason", "示例原因").output == "已撤回 1 个事项\n"


def test_what_stands_in_the_way_is_printed_and_refused(data: tuple[Path, list[str]]) -> None:
    item_id = data[1][1]
    body = said(data, "show", item_id)
    wrong = [
        one | ({"value": -5} if one.get("attribute") == "revenue" else {})
        for one in body["conditions"]["all"]
    ]
    changes = json.dumps({"conditions": {"all": wrong}})
    saved = run(data, "edit", item_id, "--changes", "-", given=changes)
    assert saved.exit_code == 0 and "错误（conditions/all/1/value）" in saved.stderr
    shown = run(data, "show", item_id)
    assert "为负" in shown.stderr and json.loads(shown.stdout)["problems"][-1]["severity"] == "error"
    refused = run(data, "approve", *data[1])
    assert refused.exit_code == 1 and f"不能发布 {item_id}" in refused.stderr and "为负" in refused.stderr
    assert run(data, "edit", item_id, "--discard").exit_code == 0
    assert run(data, "approve", *data[1], "--decided").exit_code == 1  # something is still to be decided
    assert run(data, "start", *data[1]).output == "已开始审核 2 个事项\n"
    assert run(data, "approve", *data[1]).exit_code == 0


def test_what_cannot_be_read_is_named_and_nothing_is_saved(data: tuple[Path, list[str]]) -> None:
    first = data[1][0]
    wrong = run(data, "edit", first, "--changes", "-", given='{"title": "", "window": {"closes_on": "明天"}}')
    assert wrong.exit_code == 1
    assert "不能修改（title）" in wrong.stderr and "不能修改（window/closes_on）" in wrong.stderr
    assert said(data, "show", first)["revision"] == 0
    for words in (
        ("edit", first),
        ("edit", first, "--set", "颜色=红"),
        ("edit", first, "--set", "title"),
        ("edit", first, "--set", "no_application=x"),
    ):
        assert run(data, *words).exit_code == 2
    assert run(data, "edit", first, "--changes", "-", given="[").exit_code == 2
    assert run(data, "edit", first, "--changes", "-", given="[1]").exit_code == 2


def test_who_edits_on_an_old_revision_is_told(data: tuple[Path, list[str]]) -> None:
    first = data[1][0]
    run(data, "edit", first, "--set", "title=甲")
    stale = run(data, "edit", first, "--set", "title=乙", "--revision", "0")
    assert stale.exit_code == 1 and "命令行" in str(stale.exception)
    assert said(data, "edit", first, "--set", "title=乙", "--revision", "1")["revision"] == 2


def test_the_text_of_a_document_is_confirmed_once_and_for_all(data: tuple[Path, list[str]]) -> None:
    document_id = data[1][0].rpartition("-")[0]
    assert run(data, "confirm", document_id).exit_code == 0
    assert run(data, "confirm", "0" * 16).exit_code == 1
