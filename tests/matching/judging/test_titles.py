"""Titles held and titles asked for: aliases, levels, and what a list without the title proves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matching.comparisons import negate
from matching.eligibility import evaluate
from matching.judging.titles import Title, parse_title
from matching.model import Verdict
from policy_corpus.model import Operator
from tests.factories import make_condition, make_enterprise

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
TODAY = date(2026, 11, 23)


def _verdict(asked: Any, held: tuple[str, ...] | None, op: Operator = Operator.HAS) -> Verdict:
    facts = {} if held is None else {"qualification": held}
    condition = make_condition("qualification", op, asked, negated=op is Operator.NOT_HAS)
    return evaluate(condition, make_enterprise(**facts), TODAY)[0]


@pytest.mark.parametrize(
    "name",
    [
        "高企",
        "国家高新技术企业",
        "国家级高新技术企业",
        "“高新技术企业”",
        "高新技術企業",
        "高新技术企业称号",
        "2024年度高新技术企业",
    ],
)
def test_one_title_has_many_names(name: str) -> None:
    assert parse_title(name) == Title("高新技术企业", (4,))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("国家级专精特新“小巨人”企业", Title("专精特新小巨人企业", (4,))),
        ("小巨人", Title("专精特新小巨人企业", (4,))),
        ("省级专精特新中小企业", Title("专精特新中小企业", (3,))),
        ("北京市“专精特新”中小企业", Title("专精特新中小企业", (3,), "北京")),
        ("广东省制造业单项冠军企业", Title("制造业单项冠军企业", (3,), "广东")),
        ("广东省级企业技术中心", Title("企业技术中心", (3,), "广东")),
        ("上海市级企业技术中心", Title("企业技术中心", (3,), "上海")),
        ("市级企业技术中心", Title("企业技术中心", (2,))),
        ("省级以上企业技术中心", Title("企业技术中心", (3, 4, 5))),
        ("国家级、省级绿色工厂", Title("绿色工厂", (3, 4))),
        ("某某示范单位", Title("某某示范单位")),
        ("海淀园高新技术企业名录库", Title("海淀园高新技术企业名录库")),
    ],
)
def test_a_title_is_taken_apart(name: str, expected: Title) -> None:
    assert parse_title(name) == expected


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        ("高新技术企业", ("高企",), MET),
        ("高新技术企业", ("科技型中小企业",), NOT_MET),
        ("高新技术企业", (), NOT_MET),
        ("高新技术企业", None, UNKNOWN),
        ("某某示范单位", (), UNKNOWN),
        ("某某示范单位", ("某某示范单位",), MET),
        ("海淀园高新技术企业名录库", ("高新技术企业",), UNKNOWN),
        ("省级企业技术中心", ("省级企业技术中心",), MET),
        ("省级企业技术中心", ("国家级企业技术中心",), UNKNOWN),
        ("省级及以上企业技术中心", ("国家级企业技术中心",), MET),
        ("省级及以上企业技术中心", ("市级企业技术中心",), UNKNOWN),
        ("省级企业技术中心", ("企业技术中心",), UNKNOWN),
        ("企业技术中心", ("市级企业技术中心",), MET),
        ("专精特新中小企业", ("专精特新小巨人企业",), UNKNOWN),
        ("专精特新小巨人企业", ("专精特新中小企业",), NOT_MET),
        ("专精特新中小企业", ("创新型中小企业",), NOT_MET),
        ("广东省制造业单项冠军企业", ("浙江省制造业单项冠军企业",), NOT_MET),
        ("广东省制造业单项冠军企业", ("广东省制造业单项冠军企业",), MET),
        ("广东省制造业单项冠军企业", ("国家级制造业单项冠军企业",), UNKNOWN),
        ("重点实验室", ("省级重点实验室", "高企"), MET),
    ],
)
def test_what_a_list_of_titles_proves(asked: str, held: tuple[str, ...] | None, expected: Verdict) -> None:
    assert _verdict(asked, held) is expected
    assert _verdict(asked, held, Operator.NOT_HAS) is negate(expected)


def test_one_of_several_titles_suffices() -> None:
    asked = ("省级专精特新中小企业", "国家高新技术企业")
    assert _verdict(asked, ("高企",), Operator.IN) is MET
    assert _verdict(asked, ("瞪羚企业",), Operator.IN) is NOT_MET
