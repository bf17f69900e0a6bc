"""What is paid under caps: nested ones in one pass, crossing ones exactly."""

from __future__ import annotations

from fractions import Fraction

from matching.advice.capped_sums import most_paid


def test_without_caps_everything_is_paid() -> None:
    assert most_paid({1: 3, 2: 4}, []) == 7


def test_a_cap_within_a_cap_binds_first() -> None:
    inner, outer = (frozenset({1, 2}), 10), (frozenset({1, 2, 3}), 12)
    assert most_paid({1: 9, 2: 9, 3: 1}, [outer, inner]) == 11
    assert most_paid({1: 9, 2: 9, 3: 9}, [inner, outer]) == 12


def test_two_caps_on_the_same_group_are_the_smaller_one() -> None:
    assert most_paid({1: 9}, [(frozenset({1}), 5), (frozenset({1}), 3)]) == 3


def test_caps_that_cross_leave_what_lies_in_neither_alone() -> None:
    caps = [(frozenset({1, 2}), 10), (frozenset({2, 3}), 10)]
    assert most_paid({1: 10, 2: 10, 3: 10, 4: 1}, caps) == 21


def test_three_caps_in_a_ring_share_a_half_each() -> None:
    ring = [(frozenset({1, 2}), 1), (frozenset({2, 3}), 1), (frozenset({1, 3}), 1)]
    assert most_paid({1: 1, 2: 1, 3: 1}, ring) == Fraction(3, 2)
