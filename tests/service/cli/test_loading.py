"""`huiqi load` as an administrator sees it: a report that adds up, and two of them at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from service.store.data_folder import DataFolder
from tests.service.workflows.conftest import MEASURES, write_measures


def start(data: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-X", "utf8", "-m", "service.cli", "--data", str(data), "load"]
    return subprocess.Popen(
        [*command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def mixed_files(folder: Path) -> Path:
    """Two policies, a second copy of one, a draft for comment, and two files that cannot be read."""
    padding = "".join(f"\n第{n}类设备按目录第{n}页执行。" for n in range(10, 100))
    first = MEASURES.format(number=1, amount=30) + padding
    write_measures(folder / "b.txt", 2, 50)
    (folder / "a.txt").write_text(first, encoding="utf-8")
    (folder / "copy.txt").write_text(first + "\n", encoding="utf-8")
    title = "示例市支持企业出海若干措施（征求意见稿）"
    (folder / "draft.txt").write_text(f"{title}\n第一条 给予奖励10万元。", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    return folder


def test_the_report_names_every_file_and_adds_up(tmp_path: Path) -> None:
    out, err = start(tmp_path / "data", mixed_files(tmp_path / "in"), "--publish").communicate()
    assert [line.split("：")[0].split("/")[-1] for line in err.splitlines()] == ["empty.txt", "picture.png"]
    lines = out.splitlines()
    assert lines[-5:-1] == [
        "合计 6 个文件：新载入 4 份，已在库 0 份，未载入 2 份（原因已逐个列出）",
        "  征求意见稿 1 份，只存文件库，不发布",
        "  与库中文件为同一文件的 1 份，其事项不重复发布",
        lines[-2],
    ]
    assert lines[-2].startswith("政策事项 ") and "已发布 4 个" in lines[-2]
    assert lines[-1].startswith("申报条件 ") and "可自动核对" in lines[-1]


def test_the_summary_is_there_for_programs_too(tmp_path: Path) -> None:
    process = start(tmp_path / "data", mixed_files(tmp_path / "in"), "--publish", "--json")
    report = json.loads(process.communicate()[0])
    assert process.returncode == 1
    summary = report["summary"]
    assert summary["files"] == len(report["files"]) == 6
    assert (summary["loaded"], summary["already"], summary["refused"]) == (4, 0, 2)
    assert (summary["drafts_for_comment"], summary["same_documents"], summary["near_duplicates"]) == (1, 1, 0)


def test_two_loads_at_once_in_a_new_folder_end_like_one(tmp_path: Path) -> None:
    files = tmp_path / "in"
    for number in range(8):
        write_measures(files / f"{number}.txt", number + 1, 10 + number)
    both = [start(tmp_path / "data", files, "--publish") for _ in range(2)]
    reports = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], reports
    assert sum("新载入 8 份" in out or "已在库" in out for out, _ in reports) == 2
    start(tmp_path / "alone", files, "--publish").communicate()
    with DataFolder.open(tmp_path / "data") as twice, DataFolder.open(tmp_path / "alone") as once:
        assert twice.policies.items() == once.policies.items()
        assert list(twice.documents.all()) == list(once.documents.all())
        query = "select id, near_duplicate_of is null, same_as from documents order by id"
        assert list(twice.db.query(query)) == list(once.db.query(query))
    assert not list((tmp_path / "data" / "files").rglob("*.partial"))


def test_what_a_killed_load_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    partial = tmp_path / "data" / "files" / "ab" / f"ab.{os.getpid()}-1.partial"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(b"half")
    start(tmp_path / "data", write_measures(tmp_path / "a.txt")).communicate()
    assert not partial.exists()
