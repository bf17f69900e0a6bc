"""The benchmark runs, draws the same city every time, and both ways give the same answers. No timing is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

import bench.__main__ as command
from bench.corpus import make_items, make_questions
from bench.ways import same_answers


def test_both_ways_answer_alike_and_a_row_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.run, "__defaults__", (1, 5))
    results = tmp_path / "RESULTS.md"
    command.main([60], results)
    command.main([60], results)
    rows = [line for line in results.read_text(encoding="utf-8").splitlines() if line.startswith("| 2")]
    assert len(rows) == 2
    cells = [cell.strip() for cell in rows[0].strip("|").split("|")]
    assert len(cells) == len(command.COLUMNS)
    assert (cells[1], cells[-2]) == ("60", "0")


def test_the_city_is_the_same_at_every_run() -> None:
    assert make_items(20) == make_items(20) and make_questions(5) == make_questions(5)
    assert len(set(make_items(200))) > 190


def test_answers_differ_by_item_or_score_but_not_by_the_order_of_equal_ones() -> None:
    ours = [("a", 0.9), ("b", 0.5), ("c", 0.5)]
    assert same_answers(ours, [("a", 0.9), ("c", 0.5), ("d", 0.5)])
    assert not same_answers(ours, [("b", 0.9), ("a", 0.5), ("c", 0.5)])
    assert not same_answers(ours, [("a", 0.8), ("b", 0.5), ("c", 0.5)])
    assert not same_answers(ours, ours[:2])
