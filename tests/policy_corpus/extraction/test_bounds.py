"""Bounds and tiers: what joins the benefit before it, what is one more tier, and what bounds several together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction import predict
from policy_corpus.extraction.benefits.reading import find_gifts

Figures = list[tuple[object, object]]


def predicted(text: str) -> Figures:
    return [
        (one["rate_percent"], one["max_yuan"]) for one in predict({"id": "示例", "text": text})["benefits"]
    ]


def read(sentence: str) -> list[tuple[Decimal | None, Decimal | None]]:
    return [(one.rate, one.cap) for one in find_gifts(sentence)]


@pytest.mark.parametrize(
    "bound",
    [
        "单家企业当期支持资金不超过300万元（含）。",
        "单家示例企业年度直接融资的利息补贴不超过300万元（含）。",
        "每家企业当期只能选择一家银行的一笔贷款业务申报，当期支持资金不超过300万元。",
        "单个示例项目补贴金额最高不超过300万元。",
    ],
)
def test_a_bound_in_the_next_sentence_joins_the_benefit(bound: str) -> None:
    text = f"对获得贷款的示例企业，按照贷款利息的40%给予补贴。{bound}"
    assert predicted(text) == [(40, 3000000)]


def test_a_bound_for_one_kind_of_applicant_is_not_for_all() -> None:
    text = "对获得贷款的示例企业，按照贷款利息的40%给予补贴。单家小微企业补贴不超过20万元。"
    assert predicted(text)[0] == (40, None)


def test_a_rate_before_bounds_by_kinds_is_the_rate_of_each() -> None:
    text = (
        "对示例链主企业按采购额的5%给予奖励。针对非汽车企业，单个链主企业年度奖励金额最高不超过3000万元；"
        "针对汽车企业，单个链主企业年度奖励金额最高不超过1亿元。"
    )
    assert predicted(text) == [(5, 30000000), (5, 100000000)]


def test_each_kind_that_a_cap_names_is_a_tier_with_the_rate_ahead() -> None:
    sentence = (
        "按照实际费用的50%，甲类示例企业每家支持额度不超过100万元，乙类示例企业每家支持额度不超过50万元"
    )
    assert read(sentence) == [(Decimal(50), Decimal(1000000)), (Decimal(50), Decimal(500000))]


def test_a_yearly_bound_of_a_company_behind_tiers_is_of_none_of_them() -> None:
    sentence = "卫星产品补贴金额最高不超过500万元，芯片单笔保单补贴金额最高不超过200万元，单个企业年度补贴金额最高不超过1000万元"
    assert read(sentence) == [(None, Decimal(5000000)), (None, Decimal(2000000))]


def test_the_wider_bound_of_two_for_one_benefit_is_what_a_company_can_have() -> None:
    sentence = "按投资额的10%给予奖励，单个产品奖励不超过50万元，单个企业年度奖励不超过200万元"
    assert read(sentence) == [(Decimal(10), Decimal(2000000))]


def test_the_total_of_a_year_is_no_bound_of_one_grant() -> None:
    sentence = "按投资额的20%给予补贴，单笔补贴不超过200万元，每年每家机构补贴总额不超过500万元"
    assert read(sentence) == [(Decimal(20), Decimal(2000000))]


def test_a_second_list_is_for_later_years_and_not_the_caps_of_the_first() -> None:
    sentence = (
        "第一年分别给予不超过1000万元、200万元资金支持，第二年每年分别给予不超过500万元、100万元资金支持"
    )
    assert [cap for _, cap in read(sentence)] == [
        Decimal(one) for one in (10000000, 2000000, 5000000, 1000000)
    ]
