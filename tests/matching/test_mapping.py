"""Pieces in order, and never more under way than asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching.mapping import in_order, in_this_process


@given(st.lists(st.integers(), max_size=30), st.integers(0, 5))
def test_answers_come_in_order_and_only_so_many_pieces_are_drawn(pieces: list[int], ahead: int) -> None:
    drawn = 0

    def draw() -> object:
        nonlocal drawn
        for piece in pieces:
            drawn += 1
            yield piece

    taken = []
    for piece, answer in in_order(draw(), lambda piece: -piece, lambda: ahead):
        taken.append((piece, answer))
        assert drawn <= len(taken) + ahead
    assert taken == [(piece, -piece) for piece in pieces]


def test_this_process_works_as_it_is_asked() -> None:
    answers = in_this_process(abs, iter([-1, 2, -3]))
    assert next(answers) == (-1, 1)
    assert list(answers) == [(2, 2), (-3, 3)]
