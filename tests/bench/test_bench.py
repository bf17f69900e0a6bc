"""The benchmark runs, draws the same city every time, and both ways give the same answers. No timing is judged."""

from __future__ import annotations

from bench.__main__ import run
from bench.corpus import make_items, make_questions


def test_both_ways_answer_alike() -> None:
    found = run(200, blocks=1, questions=10)
    assert found["items"] == 200 and found["differing answers"] == 0


def test_the_city_is_the_same_at_every_run() -> None:
    assert make_items(20) == make_items(20) and make_questions(5) == make_questions(5)
    assert len(set(make_items(200))) > 190
