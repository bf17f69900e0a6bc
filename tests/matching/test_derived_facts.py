from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.derived_facts import find_fact, years_between
from matching.model import Enterprise, Fact
from tests.factories import USCC, make_enterprise, make_fact

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1980, 1, 1), date(2026, 12, 31))


def value(enterprise: Enterprise, key: str, as_of: date = TODAY) -> object:
    fact = find_fact(enterprise, key, as_of)
    return None if fact is None else fact.value


def test_a_stated_fact_wins_over_a_derived_one() -> None:
    enterprise = make_enterprise(
        size_class="大型", rd_ratio=9, industry="C39", employees=5, rd_expense=1, revenue=100
    )
    assert value(enterprise, "size_class") == "大型"
    assert value(enterprise, "rd_ratio") == Decimal(9)


@pytest.mark.parametrize(
    ("founded", "as_of", "years"),
    [
        ("2023-11-24", TODAY, Decimal(3)),
        ("2026-05-24", TODAY, Decimal("0.5")),
        ("2025-05-24", TODAY, Decimal("1.5")),
        ("2020-02-29", date(2023, 2, 28), Decimal(3)),
        ("2020-02-29", date(2024, 2, 29), Decimal(4)),
        ("2025-08-31", date(2026, 2, 28), Decimal("0.5")),
        ("2026-11-24", TODAY, Decimal(0)),
    ],
)
def test_years_are_exact_on_the_day(founded: str, as_of: date, years: Decimal) -> None:
    assert value(make_enterprise(founded_on=founded), "founded_years", as_of) == years


def test_the_day_before_the_anniversary_is_not_enough() -> None:
    found = value(make_enterprise(founded_on="2023-11-25"), "founded_years")
    assert isinstance(found, Decimal)
    assert Decimal("2.99") < found < 3


def test_a_company_founded_later_or_never_has_no_age() -> None:
    assert value(make_enterprise(founded_on="2026-11-25"), "founded_years") is None
    assert value(make_enterprise(founded_on="不详"), "founded_years") is None
    assert value(make_enterprise(), "founded_years") is None
    assert value(make_enterprise(), "founded_date") is None


@given(DAYS, DAYS, st.integers(0, 60))
def test_age_grows_with_time_and_whole_years_match_the_calendar(start: date, end: date, more: int) -> None:
    start, end = min(start, end), max(start, end)
    age = years_between(start, end)
    assert age <= years_between(start, end + timedelta(more))
    birthdays = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    if (start.month, start.day) != (2, 29):
        assert int(age) == birthdays


def test_founded_date_is_the_founding_day() -> None:
    assert value(make_enterprise(founded_on="2020-02-29"), "founded_date") == "2020-02-29"


def test_research_ratio_follows_from_two_figures_and_is_never_rounded_up() -> None:
    assert value(make_enterprise(rd_expense=5, revenue=100), "rd_ratio") == Decimal(5)
    assert value(make_enterprise(rd_expense=4_999_999, revenue=100_000_000), "rd_ratio") == Decimal("4.9999")
    assert value(make_enterprise(rd_expense=0, revenue=100), "rd_ratio") == Decimal(0)
    fact = find_fact(make_enterprise(rd_expense=5, revenue=100), "rd_ratio", TODAY)
    assert fact is not None
    assert fact.source == "由研发费用和营业收入计算"


def test_research_ratio_needs_both_figures_of_one_period_and_some_revenue() -> None:
    assert value(make_enterprise(rd_expense=5), "rd_ratio") is None
    assert value(make_enterprise(rd_expense=5, revenue=0), "rd_ratio") is None
    facts = {
        "rd_expense": Fact(Decimal(5), "企业填报", None, "2024"),
        "revenue": Fact(Decimal(100), "企业填报", None, "2025"),
    }
    assert value(Enterprise(USCC, "示例公司", facts), "rd_ratio") is None
    facts["revenue"] = Fact(Decimal(100), "企业填报", date(2026, 1, 1), "2024")
    fact = find_fact(Enterprise(USCC, "示例公司", facts), "rd_ratio", TODAY)
    assert fact is not None
    assert (fact.period, fact.dated) == ("2024", date(2026, 1, 1))


def test_size_follows_from_industry_and_figures_and_says_so() -> None:
    fact = find_fact(
        make_enterprise(industry="C3973", employees=150, revenue=36_000_000), "size_class", TODAY
    )
    assert fact is not None
    assert fact.value == "小型"
    assert fact.source.startswith("由所属行业、从业人员、营业收入按")


def test_size_is_unknown_without_industry_or_with_figures_of_two_years() -> None:
    assert value(make_enterprise(employees=150, revenue=36_000_000), "size_class") is None
    facts = {
        "industry": make_fact("C39"),
        "employees": Fact(Decimal(150), "企业填报", None, "2024"),
        "revenue": Fact(Decimal(36_000_000), "企业填报", None, "2025"),
    }
    assert value(Enterprise(USCC, "示例公司", facts), "size_class") is None


def test_scale_is_never_derived() -> None:
    assert value(make_enterprise(industry="C39", revenue=30_000_000), "above_scale") is None
