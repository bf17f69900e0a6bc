from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.reading.normalising import normalise_text


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


@given(st.text())
def test_no_line_begins_or_ends_with_a_space(text: str) -> None:
    for line in normalise_text(text).split("\n"):
        assert line == line.strip(" \u3000\u00a0")
        assert "\r" not in line and "\u200b" not in line


def test_full_width_digits_and_traditional_characters_stay() -> None:
    assert normalise_text("　　對２０００萬元以上的企業") == "對２０００萬元以上的企業"


def test_line_ends_of_all_kinds_are_one() -> None:
    assert normalise_text("甲\r\n乙\r丙\n丁\x0b戊\u2028己") == "甲\n乙\n丙\n丁\n戊\n己"


def test_empty_cells_inside_a_row_stay_and_at_its_end_go() -> None:
    assert normalise_text("甲\t\t 乙 \t\t") == "甲\t\t乙"
