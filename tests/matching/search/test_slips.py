"""Putting slips right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.search.slips import Lexicon, is_one_slip, put_right

_WORDS = ("高新技术企业", "小巨人", "专精特新", "技术改造", "申请人")
_TEXTS = ("对高新技术企业给予奖励", "小巨人", "专精特新企业", "技术改造项目贴息", "申请人", "研发费用")
_PAIRS = {text[at : at + 2] for text in _TEXTS for at in range(len(text) - 1)}


def _right(text: str, meetings: dict[int, tuple[str, str]] | None = None) -> str:
    lexicon = Lexicon(_WORDS)
    return put_right(text, lambda: lexicon, _PAIRS.__contains__, lambda run: meetings or {})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("高新技木企业", "高新技术企业"),
        ("高新术技企业", "高新技术企业"),
        ("高新技术术企业", "高新技术企业"),
        ("小局人奖励", "小巨人奖励"),
        ("小人巨", "小巨人"),
        ("转精特新", "专精特新"),
        ("专精特心", "专精特新"),
        ("专精新", "专精特新"),
        ("对高新技木企业，技木改造", "对高新技术企业，技术改造"),
        ("技术改遭和小居人", "技术改造和小巨人"),
    ],
)
def test_a_slip_in_a_known_word_is_put_right(typed: str, meant: str) -> None:
    assert _right(typed) == meant


@pytest.mark.parametrize("typed", ["", "高新技术企业", "技改", "量子纠缠", "小巨人企业技改", "高 新", "龘"])
def test_what_is_right_or_unknown_stays_as_it_is(typed: str) -> None:
    assert _right(typed) == typed


def test_two_known_words_that_meet_are_no_slip() -> None:
    assert _right("申请研发") == "申请人发"
    assert _right("申请研发", {1: ("申请", "研发")}) == "申请研发"


def test_a_known_word_that_no_entry_holds_is_not_taken_for_a_slip_of_another() -> None:
    lexicon = Lexicon(["数字经济", "数字化"])
    known = {"数字", "字化", "经济"}.__contains__
    assert put_right("数字经济", lambda: lexicon, known, lambda run: {}) == "数字经济"


def test_a_word_that_no_entry_holds_is_not_proposed() -> None:
    lexicon = Lexicon(["瞪羚企业"])
    assert put_right("登羚企业", lambda: lexicon, {"企业"}.__contains__, lambda run: {}) == "登羚企业"


@given(st.text("高新技术企业小", max_size=6), st.text("高新技术企业小", max_size=6))
@settings(deadline=None, max_examples=300)
def test_one_slip_goes_both_ways_and_is_never_none(one: str, other: str) -> None:
    assert is_one_slip(one, other) == is_one_slip(other, one)
    assert not is_one_slip(one, one)
    for word in Lexicon([other]).near(one):
        assert word == other and is_one_slip(one, other)


@given(st.sampled_from(_WORDS), st.integers(0, 5), st.sampled_from("甲乙丙"))
@settings(deadline=None)
def test_every_single_slip_finds_its_word(word: str, at: int, other: str) -> None:
    at %= len(word)
    lexicon = Lexicon(_WORDS)
    assert word in lexicon.near(word[:at] + other + word[at + 1 :])
    assert word in lexicon.near(word[:at] + word[at + 1 :])
    assert word in lexicon.near(word[:at] + other + word[at:])
