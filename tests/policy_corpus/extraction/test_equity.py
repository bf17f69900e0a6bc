"""Support by equity: what its terms come to, and that they ask nothing of an applicant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction import predict
from policy_corpus.extraction.benefits.reading import find_gifts
from policy_corpus.model import BenefitKind


@pytest.mark.parametrize(
    ("sentence", "cap", "rate"),
    [
        (
            "采取股权投资方式支持，平台出资额不超过项目总投资额20%，最高不超过800万元，占股比例不超过25%",
            8000000,
            20,
        ),
        (
            "第三年可采取股权投资方式接续支持，平台出资额不超过1200万元，占股比例不超过25%，且不为第一大股东",
            12000000,
            None,
        ),
        ("采取股权投资方式给予支持，财政资金所占股份比例不超过总股本的15%", None, 15),
        ("采用股权投资方式支持示例项目，单个项目资助额度不低于500万元", None, None),
    ],
)
def test_the_terms_of_equity_are_its_figures(sentence: str, cap: int | None, rate: int | None) -> None:
    (gift,) = find_gifts(sentence)
    assert gift.kind is BenefitKind.OTHER
    assert gift.cap == (None if cap is None else Decimal(cap))
    assert gift.rate == (None if rate is None else Decimal(rate))


def test_what_the_investor_keeps_to_is_asked_of_nobody() -> None:
    text = (
        "对示例链主企业采取股权投资方式支持，平台出资额不超过900万元，占股比例不超过25%，且不为第一大股东。"
    )
    asked = [row["quote"] for row in predict({"id": "1", "text": text, "region": "示例市"})["conditions"]]
    assert not any("股" in quote for quote in asked)
