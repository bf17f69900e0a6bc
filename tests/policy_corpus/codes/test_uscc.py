import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.errors import InvalidUscc
from tests.factories import OTHER_USCC, USCC


@pytest.mark.parametrize(
    "text",
    [
        USCC,
        USCC.lower(),
        f"  {USCC}\n",
        "９１３６０４００ＭＡ３５Ａ０００１８",
        "9136 0400-MA35 A000 18",
        "\ufeff91360400\u200bMA35A00018\u200d",
        "91360400—MA35A00018",
    ],
)
def test_one_company_has_one_spelling(text: str) -> None:
    assert normalise_uscc(text) == USCC


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "未填写"),
        ("  ", "未填写"),
        ("9136040OMA35A00018", "第 8 位“O”.*数字 0"),
        ("9I360400MA35A00018", "第 2 位“I”.*数字 1"),
        ("91360400MA3SA00018", "第 12 位“S”.*数字 5"),
        ("91360400MA35A0001V", "第 18 位“V”"),
        ("91360400MA35А00018", "第 13 位“А”是西里尔字母"),
        ("91360400ΜA35A00018", "第 9 位“Μ”是希腊字母"),
        ("91360400MA35A0001", "有 17 位"),
        ("91360400MA35A000188", "有 19 位"),
        ("91360400MA35A00019", "校验位"),
        ("9.1360400123E+16", "科学计数法"),
        ("9.13604E16", "科学计数法"),
        ("九一三六", "第 1 位“九”"),
    ],
)
def test_a_wrong_code_is_refused_with_the_place_named(text: str, words: str) -> None:
    with pytest.raises(InvalidUscc, match=words):
        normalise_uscc(text)


def test_two_companies_stay_two() -> None:
    assert normalise_uscc(USCC) != normalise_uscc(OTHER_USCC)


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_any_single_mistyped_character_is_noticed(position: int, char: str) -> None:
    if USCC[position] != char:
        with pytest.raises(InvalidUscc):
            normalise_uscc(USCC[:position] + char + USCC[position + 1 :])


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_a_named_refusal(text: str) -> None:
    try:
        assert len(normalise_uscc(text)) == 18
    except InvalidUscc as error:
        assert "统一社会信用代码" in str(error)
