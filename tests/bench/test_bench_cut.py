"""The benchmark of cutting runs, keeps its rows together, and would see a difference. No timing is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import bench_cut as command
from matching.segmenting.segmenters import JiebaSegmenter


def test_rows_are_kept_in_one_table_and_no_line_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "RESULTS.md"
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "一.txt").write_text("支持企业2022-2024年\n技术改造\n", encoding="utf-8")
    results.write_text("# Results\n\n| another row |\n", encoding="utf-8")
    command.main(None, results, items=20, blocks=1)
    with results.open("a", encoding="utf-8") as file:
        file.write("\n## Another table\n\n| x |\n")
    command.main(folder, results, items=20, blocks=2)
    before, behind = results.read_text(encoding="utf-8").split(command.HEAD)
    table, another = behind.split("\n\n", 1)
    assert before == "# Results\n\n| another row |\n"
    assert another == "## Another table\n\n| x |\n"
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert [len(row) for row in rows] == [len(command.COLUMNS)] * 3
    assert [(row[1], row[-3], row[-2]) for row in rows] == [
        ("20", "20", "0"),
        ("20", "20", "0"),
        ("1", "2", "0"),
    ]
    assert "differing lines" in capsys.readouterr().out


def test_a_line_cut_in_another_way_is_counted() -> None:
    jieba = JiebaSegmenter()
    jieba.tokenizer.add_word("支持企业技术改造")
    assert command.differs("支持企业技术改造", jieba)
    assert not command.differs("支持企业", jieba)
