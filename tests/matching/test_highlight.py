"""Marking what was searched, and the most telling stretch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching.highlight import excerpt, highlight

_TEXT = st.text(alphabet="高新技术企业獎励Ａ。 \n", max_size=60)


def _marked(text: str, *terms: str) -> list[str]:
    return [piece for piece, is_marked in highlight(text, terms) if is_marked]


def test_a_term_is_marked_wherever_it_stands_in_any_form_of_its_characters() -> None:
    assert _marked("獎勵與奖励，ＡＩ奖励", "奖励", "ai") == ["獎勵", "奖励", "ＡＩ奖励"]


def test_a_term_that_is_not_there_is_marked_by_its_longest_piece() -> None:
    assert _marked("高新技术产业与企业", "高新技术企业") == ["高新技术"]
    assert _marked("专精特新企业", "转精特新") == ["精特新"]


def test_a_small_piece_of_a_term_is_not_marked() -> None:
    assert _marked("一般企业", "高新技术企业") == []
    assert _marked("奖金", "奖励") == []


def test_a_term_that_is_there_does_not_mark_its_pieces() -> None:
    assert _marked("高新技术企业和新技术企业", "高新技术企业") == ["高新技术企业"]


@given(_TEXT, st.lists(st.text(alphabet="高新技术企业奖励a", max_size=6), max_size=4))
def test_the_pieces_joined_are_the_text(text: str, terms: list[str]) -> None:
    assert "".join(piece for piece, _ in highlight(text, terms)) == text


@given(_TEXT, st.lists(st.text(alphabet="高新技术企业奖励a", max_size=6), max_size=4), st.integers(1, 20))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, terms: list[str], width: int) -> None:
    flat = " ".join(text.split())
    found = excerpt(text, terms, width)
    assert found.strip("…") in flat and len(found) <= width + 2


def test_the_stretch_with_the_most_terms_is_shown() -> None:
    assert "奖励奖励" in excerpt("奖励" + "总则。" * 60 + "给予奖励奖励" + "附则。" * 60, ["奖励"], 30)
