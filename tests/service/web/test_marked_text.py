"""The text with its passages marked: nothing lost, every piece under the marks that cover it, places told."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.model import Span
from service.web.marked_text import Block, Mark, Piece, mark_text


def mark(text: str, key: str, start: int, end: int) -> Mark:
    return Mark(key, key, Span("d", start, end, text[start:end]))


def pieces(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    for block in blocks:
        yield from block.pieces
        for row in block.rows:
            for cell in row:
                yield from cell


@given(
    st.text("甲乙丙\n\t ", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_every_piece_stands_where_it_says_under_the_marks_that_cover_it(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [
        mark(text, f"k{n}", start, end) for n, (start, end) in enumerate(places) if start < end <= len(text)
    ]
    for piece in pieces(mark_text(text, marks)):
        end = piece.start + len(piece.text)
        assert text[piece.start : end] == piece.text
        covering = tuple(one.key for one in marks if one.span.start <= piece.start and one.span.end >= end)
        assert piece.keys == covering
        assert piece.begins == tuple(
            one for one in marks if one.span.start == piece.start and one.key in covering
        )


def test_a_passage_over_a_paragraph_and_a_table_is_marked_in_both() -> None:
    text = "第一句\n甲\t乙\n第二句"
    first, table, last = mark_text(text, [mark(text, "c1", 1, len(text) - 1)])
    assert (first.kind, table.kind, last.kind) == ("p", "table", "p")
    assert [piece.keys for piece in pieces((first, table, last))] == [
        (),
        ("c1",),
        ("c1",),
        ("c1",),
        ("c1",),
        (),
    ]


def test_a_quote_that_does_not_stand_in_the_text_is_left_out() -> None:
    assert all(
        not piece.keys for piece in pieces(mark_text("甲乙", [Mark("c1", "1", Span("d", 0, 1, "丙"))]))
    )
