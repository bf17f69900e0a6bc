"""Rows go behind the last one of their table, losses are marked, and the same figures give the same plot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.plot import draw
from bench.results import ADD, MATCH, RUNS, Results, Table, append, times

SERIES = {"ours": [(1000, 0.1), (2000, 0.2)], "tutorial": [(1000, 30.0), (2000, 61.0)]}


def test_a_row_goes_behind_the_last_one_of_its_table_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text("# Results\n\n| older | table |\n", "utf-8")
    one, two = Table("One", "Of ones.", ("a", "b")), Table("Two", "Of twos.", ("c",))
    for table, row in ((one, ["1", "2"]), (two, ["3"]), (one, ["4", "5"]), (two, ["6"])):
        append(path, table, row)
    assert path.read_text("utf-8") == (
        "# Results\n\n| older | table |\n\n## One\n\nOf ones.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 4 | 5 |\n\n"
        "## Two\n\nOf twos.\n\n| c |\n| --- |\n| 3 |\n| 6 |\n"
    )


def test_a_loss_is_printed_and_marked_like_a_gain() -> None:
    assert (times(14.0, 2.0), times(1.5, 2.0), times(1.0, 1.0)) == ("7", "0.75 (a loss)", "1")


def test_rows_of_a_run_bear_its_number_and_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    results = Results(tmp_path / "RESULTS.md", told.append)
    for run in (1, 2):
        results.begin(["smoke", 10, 5, 0.5, 20.0, 10.0])
        results.add(ADD, "ours", 10, 1.0, 2.0, "", "a note")
        assert results.run == run
    assert "  ours | 10 | 1 | 2 |  | a note" in told
    assert results.path is not None
    assert results.path.read_text("utf-8").count(f"## {RUNS.heading}") == 1


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        Results(None, lambda _: None).add(MATCH, "too short")


def test_the_plot_is_small_and_the_same_for_the_same_figures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="only the bench group brings matplotlib")
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    assert draw(SERIES, first) and draw(SERIES, second)
    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) < 40_000
    assert "tutorial" in first.read_text("utf-8")
