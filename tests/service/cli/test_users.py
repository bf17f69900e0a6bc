"""Accounts and the audit log from the shell."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from service.cli import cli


def run(data: Path, *arguments: str, given: str = "") -> str:
    answer = CliRunner().invoke(cli, ["--data", str(data), *arguments], input=given, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_accounts_are_added_listed_changed_and_told_in_the_log(tmp_path: Path) -> None:
    run(tmp_path, "users", "add", "示例甲", "--role", "admin", given="Pine-harbor7\n")
    run(tmp_path, "users", "add", "示例乙", "--role", "office", given="Pine-harbor7\n")
    assert "一次性开通码" in run(tmp_path, "users", "reset", "示例乙")
    run(tmp_path, "users", "disable", "示例乙")
    listed = json.loads(run(tmp_path, "users", "list", "--json"))
    assert {one["name"]: one["disabled"] for one in listed} == {"示例甲": False, "示例乙": True}
    token = run(tmp_path, "users", "token", "示例甲").strip()
    assert "已收回 1 个" in run(tmp_path, "users", "token", "示例甲", "--revoke")
    entries = json.loads(run(tmp_path, "audit", "--json"))
    assert [entry["event"] for entry in entries].count("account.create") == 2
    assert token not in json.dumps(entries) and "Pine-harbor7" not in json.dumps(entries)


def test_the_log_is_written_to_a_file_and_says_so(tmp_path: Path) -> None:
    run(tmp_path, "users", "add", "=示例", "--role", "admin", given="Pine-harbor7\n")
    run(tmp_path, "audit", "--out", str(tmp_path / "操作记录.xlsx"))
    rows = CalamineWorkbook.from_path(tmp_path / "操作记录.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["时间", "操作人"] and rows[1][5] == "'=示例"
    assert "audit.export" in {entry["event"] for entry in json.loads(run(tmp_path, "audit", "--json"))}
