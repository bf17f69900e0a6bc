"""`huiqi uploads`: hand files in, let the worker do them, read the result."""

from __future__ import annotations

import json
from pathlib import Path

from tests.service.cli.test_work import huiqi
from tests.service.workflows.conftest import write_measures


def test_files_handed_in_are_done_by_the_worker_and_told(tmp_path: Path) -> None:
    data, files = tmp_path / "data", tmp_path / "in"
    write_measures(files / "甲.txt", 1)
    write_measures(files / "乙.txt", 2)
    (files / "空.txt").write_bytes(b"")
    batch = json.loads(huiqi(data, "uploads", "add", str(files), "--json").stdout)
    assert batch["counts"] == {"received": 3}
    huiqi(data, "work", "--once")
    shown = huiqi(data, "uploads", "show", batch["id"], "--json")
    told = json.loads(shown.stdout)
    assert shown.returncode == 1 and told["counts"] == {"loaded": 2, "refused": 1}
    [listed] = json.loads(huiqi(data, "uploads", "list", "--json").stdout)
    assert listed["id"] == batch["id"] and listed["counts"] == told["counts"]
    assert "未载入" in huiqi(data, "uploads", "show", batch["id"]).stdout
    assert "已重新排队 1 个文件" in huiqi(data, "uploads", "retry", batch["id"]).stdout


def test_a_batch_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    shown = huiqi(tmp_path, "uploads", "show", "0123456789abcdef")
    assert shown.returncode == 1 and "没有编号为" in shown.stderr


def test_addresses_and_reports_by_command(tmp_path: Path) -> None:
    data, listed = tmp_path / "data", tmp_path / "清单.txt"
    listed.write_text("http://127.0.0.1:8009/a.html\n", encoding="utf-8")
    sent = huiqi(data, "uploads", "fetch", "file:///etc/passwd", "--list", str(listed), "--json")
    batch = json.loads(sent.stdout)["id"]
    huiqi(data, "work", "--once")
    shown = huiqi(data, "uploads", "show", batch)
    assert "只能下载" in shown.stdout and "指向内部网络地址" in shown.stdout
    report = tmp_path / "结果.xlsx"
    assert huiqi(data, "uploads", "report", batch, str(report), "--refused").returncode == 0
    assert report.read_bytes()[:2] == b"PK"
    assert "已提交 0 个附件" in huiqi(data, "uploads", "attachments", batch).stdout
