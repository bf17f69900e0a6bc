from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.near_duplicates import NEAR_DUPLICATE, bands, signature, similarity

ARTICLES = [f"第{n}条 对符合条件的示例企业，按照上年度第{n}类投入的{n}%给予补助，最高不超过{n * 10}万元，由示例市第{n}局负责受理。\n"
            for n in range(1, 40)]  # fmt: skip
TEXT = "".join(ARTICLES) + "本办法自2024年3月1日起施行。"


def share_a_band(a: str, b: str) -> bool:
    return bool(set(bands(signature(a))) & set(bands(signature(b))))


def test_a_copy_with_another_date_is_a_near_duplicate() -> None:
    copy = TEXT.replace("2024年3月1日", "2025年6月1日")
    assert similarity(signature(TEXT), signature(copy)) >= NEAR_DUPLICATE
    assert share_a_band(TEXT, copy)


def test_another_document_of_the_same_family_is_not() -> None:
    other = "".join(
        f"第{n}条 鼓励示例人才来我县创业，给予第{n}档安家费，租房补贴每月{n}百元，由人社部门审核发放。\n" for n in range(1, 40)
    )  # fmt: skip
    assert similarity(signature(TEXT), signature(other + "本办法自2024年3月1日起施行。")) < 0.5
    half = "".join(ARTICLES[:20]) + other[: len(TEXT) // 2]
    assert similarity(signature(TEXT), signature(half)) < NEAR_DUPLICATE


def test_spaces_and_character_forms_make_no_difference() -> None:
    assert signature("对 示例企业\n给予奖励２０万元") == signature("對示例企業給予獎勵20萬元")


def test_an_empty_text_is_like_nothing() -> None:
    assert bands(signature(" \n")) == ()
    assert similarity(signature(""), signature("")) == 0.0


def test_the_signature_of_a_text_never_changes() -> None:
    """Signatures are stored: a new one must be comparable with those of earlier years."""
    assert bands(signature("示例市促进示例产业发展若干措施"))[:2] == PINNED


@given(st.text(max_size=60))
def test_a_text_equals_itself_and_shares_every_band(text: str) -> None:
    signed = signature(text)
    assert len(signed) == 512
    assert signed == signature(text)
    assert not bands(signed) or (len(bands(signed)) == 16 and similarity(signed, signed) == 1.0)


PINNED = ("00e994dd614980e761", "01322f5099f0f77ea3")
