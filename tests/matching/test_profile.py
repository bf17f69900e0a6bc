"""The words that relevance is computed from."""

from __future__ import annotations

from datetime import date

from matching.profile import enterprise_terms, item_terms
from tests.factories import OTHER_USCC, make_condition, make_enterprise, make_item, make_span

TODAY = date(2026, 11, 23)


def test_a_profile_speaks_of_trade_titles_statements_size_and_name() -> None:
    terms = enterprise_terms(
        make_enterprise(
            name="示例软件公司",
            industry="I6513",
            qualification=("高企",),
            activity=("工业互联网平台建设",),
            size_class="小型",
        ),
        TODAY,
    )
    assert {"应用软件", "高新技术企业", "工业互联网", "中小企业", "软件"} <= set(terms)


def test_figures_and_places_are_no_part_of_a_profile() -> None:
    bare = enterprise_terms(make_enterprise(OTHER_USCC, "示例公司"), TODAY)
    assert enterprise_terms(make_enterprise(name="示例公司", region="360403", employees=30), TODAY) == bare


def test_an_unknown_industry_code_adds_no_words() -> None:
    bare = enterprise_terms(make_enterprise(OTHER_USCC, "示例公司"), TODAY)
    assert enterprise_terms(make_enterprise(name="示例公司", industry="Z9999"), TODAY) == bare


def test_an_item_is_found_by_its_titles_passages_and_benefits() -> None:
    item = make_item(make_condition(), title="首台套奖励", spans=(make_span("对首台套装备给予奖励"),))
    terms = item_terms(item, "示例市若干措施")
    assert {"首台套", "奖励", "装备", "示例", "措施"} <= set(terms)
    assert set(item_terms(item)) < set(terms)
