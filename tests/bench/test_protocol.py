"""Blocks are rotated and sliced as the protocol says, and its figures are what they are called."""

from __future__ import annotations

import pytest

from bench.protocol import Contender, Job, Timing, ask_in_blocks, growth, quantile, rotated, run_in_turns


def _asked(log: list[tuple[str, int]], name: str) -> Contender:
    return Contender(name, lambda question: log.append((name, question)))


def test_every_round_begins_at_another_contender_and_a_block_is_never_mixed() -> None:
    log: list[tuple[str, int]] = []
    found = ask_in_blocks([_asked(log, name) for name in "abc"], range(100, 106), block=2, rounds=3)
    timed = log[3 * 6 :]  # behind the warm-up, six questions each
    assert [name for name, _ in timed] == [*"aabbcc", *"bbccaa", *"ccaabb"]
    assert [question for name, question in timed if name == "a"] == list(range(100, 106))
    assert {name: len(one.wall) for name, one in found.items()} == {"a": 6, "b": 6, "c": 6}


def test_fewer_questions_than_needed_are_gone_through_again() -> None:
    log: list[tuple[str, int]] = []
    ask_in_blocks([_asked(log, "a")], [1, 2, 3], block=4, rounds=2)
    assert [question for _, question in log[3:]] == [1, 2, 3, 1, 2, 3, 1, 2]


def test_a_contender_that_does_not_fit_the_budget_answers_a_slice_of_the_block() -> None:
    log: list[tuple[str, int]] = []
    found = ask_in_blocks([_asked(log, "slow")], range(20), block=10, rounds=2, seconds=0.0)
    assert [question for _, question in log[-6:]] == [0, 1, 2, 10, 11, 12]
    assert len(found["slow"].wall) == 6


def test_jobs_are_done_once_a_round_in_rotated_order() -> None:
    log: list[str] = []
    jobs = {name: (lambda name=name: log.append(name)) for name in ("one", "two")}
    found = run_in_turns(jobs, 3)
    assert log == ["one", "two", "two", "one", "one", "two"]
    assert len(found["one"].wall) == len(found["one"].cpu) == 3


def test_figures_are_medians_and_shares() -> None:
    timing = Timing("x", [0.001, 0.002, 0.003, 0.010], cpu=0.008)
    assert timing.p50_ms == pytest.approx(2) and timing.p95_ms == pytest.approx(10)
    assert timing.cpu_ms == pytest.approx(2) and timing.per_second == pytest.approx(250)
    job = Job("x", [3.0, 1.0, 2.0], [1.0, 1.0, 4.0])
    assert (job.wall_s, job.cpu_s) == (2.0, 1.0)


def test_a_quantile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert [quantile(values, share) for share in (0.0, 0.5, 0.95, 1.0)] == [1, 50, 95, 100]
    assert quantile([7.0], 0.95) == 7.0


def test_the_exponent_of_a_power_is_found_whatever_the_factor() -> None:
    for exponent in (0.0, 0.5, 1.0, 2.0):
        points = [(n, 3.7 * n**exponent) for n in (10.0, 20.0, 40.0, 80.0)]
        assert growth(points) == pytest.approx(exponent)


def test_rotation_keeps_all() -> None:
    assert [rotated([1, 2, 3], turn) for turn in range(4)] == [[1, 2, 3], [2, 3, 1], [3, 1, 2], [1, 2, 3]]
    assert rotated([], 2) == []
