"""The whole command runs at a small size, fills every table and leaves the repository's results alone. No timing is judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import results
from bench.__main__ import main, parse
from bench.sizes import SIZES
from bench.steps import STEPS

SMALL = [
    "--size",
    "smoke",
    "--items",
    "160",
    "--enterprises",
    "12",
    "--block",
    "4",
    "--rounds",
    "1",
    "--seconds",
    "0.2",
]
TABLES = (results.RUNS, results.BUILD, results.INDEX, results.QUERY, results.POSTINGS, results.MATCH, results.BATCH,
          results.ADD, results.GROWTH)  # fmt: skip


def _rows(text: str, table: results.Table) -> list[list[str]]:
    section = text.partition(f"## {table.heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_whole_command_fills_every_table_and_draws_the_plot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, plot = tmp_path / "RESULTS.md", tmp_path / "bench.svg"
    before = results.RESULTS.read_bytes()
    main([*SMALL, "--results", str(path), "--plot", str(plot)])
    text, told = path.read_text("utf-8"), capsys.readouterr().out
    for table in TABLES:
        rows = _rows(text, table)
        assert rows, table.heading
        assert {len(row) for row in rows} == {len(table.columns)}
        assert {row[0] for row in rows} == {"1"}
        assert all(" | ".join(row[1:]) in told for row in rows)
    assert plot.exists() or "matplotlib: not installed" in told
    assert results.RESULTS.read_bytes() == before


def test_ours_and_the_tutorial_never_differ_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    main([*SMALL, "--only", "query", "--results", str(path)])
    compared = [row[-1] for row in _rows(path.read_text("utf-8"), results.POSTINGS)]
    assert compared
    assert all(re.search(r"\b0 of \d+ answers differ", one) for one in compared)


def test_a_second_run_has_the_next_number_and_keeps_the_first(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    for _ in range(2):
        main([*SMALL, "--only", "match", "--results", str(path)])
    text = path.read_text("utf-8")
    assert [row[0] for row in _rows(text, results.RUNS)] == ["1", "2"]
    assert [row[0] for row in _rows(text, results.MATCH)] == ["1", "2"]


def test_a_smoke_run_writes_nothing_unless_told_where(capsys: pytest.CaptureFixture[str]) -> None:
    before = results.RESULTS.read_bytes()
    main([*SMALL, "--only", "match"])
    assert results.RESULTS.read_bytes() == before
    assert "One company, one item" in capsys.readouterr().out


def test_every_size_and_step_can_be_asked_for() -> None:
    for name in SIZES:
        assert parse(["--size", name]).only == list(STEPS)
    assert parse(["--only", "add", "query"]).only == ["add", "query"]
