"""Folding text to half-width, simplified characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from policy_corpus.folding import fold

_TEXT = st.text(alphabet=st.one_of(st.sampled_from("对對體后後ＡＢ１（）①½㈠　 a%"), st.characters()))


@given(_TEXT)
@settings(deadline=None)
def test_each_character_is_folded_as_it_is_alone_and_only_once(text: str) -> None:
    folded = fold(text)
    assert folded == "".join(map(fold, text))
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_every_ideograph_is_simplified_as_opencc_does_it() -> None:
    convert = OpenCC("t2s").convert
    ideographs = list(map(chr, range(0x4E00, 0xA000)))
    assert list(fold("".join(ideographs))) == [convert(char) for char in ideographs]


def test_punctuation_of_chinese_text_and_circled_numbers_stay() -> None:
    kept = "，。；：？！（）“”‘’、《》〈〉【】—…·～①⑳"
    assert fold(kept) == kept
    assert fold("％＋－＃") == "%+-#"
