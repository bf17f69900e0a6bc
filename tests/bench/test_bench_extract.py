"""The benchmark of extraction runs and keeps its row; its texts are the same at every run. No timing is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import bench_extract as command
from bench.texts import FILLINGS, articles, hostile, policy
from policy_corpus.extraction import extract_items
from tests.factories import make_document


def test_a_row_with_every_column_is_appended_behind_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("# Results\n\n| a row of the index |\n", encoding="utf-8")
    (tmp_path / "一.txt").write_text(policy(300), encoding="utf-8")
    for folder in (None, tmp_path):
        command.main(folder, results, sizes=(60, 240), blocks=1, many=12)
    lines = results.read_text(encoding="utf-8").splitlines()
    assert lines[2] == "| a row of the index |"
    assert lines.count(f"| {' | '.join(command.COLUMNS)} |") == 1
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[-2:]]
    assert [len(row) for row in rows] == [len(command.COLUMNS)] * 2
    assert (rows[0][8], rows[1][8]) == ("", "1")
    told = capsys.readouterr().out
    assert all(kind in told for kind in FILLINGS) and "characters/s" in told


def test_the_exponent_is_that_of_the_growth() -> None:
    speed = command.Speed("x", {10: 1.0, 100: 10.0, 1000: 100.0})
    assert speed.exponent == pytest.approx(1.0) and speed.rate == 10.0
    assert command.growth([(1, 1.0), (4, 16.0), (16, 256.0)]) == pytest.approx(2.0)


@pytest.mark.parametrize("kind", FILLINGS)
def test_a_hostile_text_has_its_length_and_is_the_same_at_every_run(kind: str) -> None:
    text = hostile(kind, 3000)
    assert text == hostile(kind, 3000)
    assert 2800 <= len(text) <= 3100


def test_a_policy_has_its_length_and_gives_items() -> None:
    text = policy(4000)
    assert text == policy(4000) and 4000 <= len(text) < 4400
    assert len(extract_items(make_document(text))) >= 10


def test_a_third_of_the_articles_give_money() -> None:
    assert len(extract_items(make_document(articles(30)))) >= 10
