"""Text as pairs of characters."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.search.pairs import characters, is_alone, pair_of, pairs, prepared

_TEXT = st.text(alphabet=st.one_of(st.sampled_from("技改補贴Ａa５，。 \n"), st.characters()), max_size=40)


def test_what_stands_between_words_parts_pairs() -> None:
    assert sorted(pairs(characters("技改，税"))) == sorted([pair_of("技改"), pair_of("税")])
    assert is_alone(pair_of("税")) and not is_alone(pair_of("技改"))


def test_traditional_full_width_and_capital_letters_give_the_same_pairs() -> None:
    assert list(pairs(characters(prepared("技術改造ＡＩ")))) == list(pairs(characters("技术改造ai")))


def test_no_text_has_no_pairs() -> None:
    assert len(pairs(characters(""))) == len(pairs(characters("，。"))) == 0


@given(_TEXT)
@settings(deadline=None)
def test_pairs_are_those_of_the_readable_way(text: str) -> None:
    if max(map(ord, text), default=0) < 1 << 16:  # beyond that a character is two units
        runs = re.findall(r"\w+", prepared(text))
        expected = [pair for run in runs for pair in ([a + b for a, b in pairwise(run)] or [run])]
        assert sorted(pairs(characters(prepared(text)))) == sorted(map(pair_of, expected))
