from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.facts import FACTS, stored_facts
from service.enterprise_values import UnreadableValue, read_value


def read(key: str, raw: Any, unit: str = "", from_sheet: bool = False) -> Any:
    return read_value(FACTS[key], raw, unit, from_sheet)


@pytest.mark.parametrize(
    ("raw", "unit", "yuan"),
    [
        (36_000_000, "", "36000000"),
        (36_000_000.0, "", "36000000"),
        (Decimal("0.1"), "", "0.1"),
        ("3,600万元", "", "36000000"),
        ("３，６００万元", "", "36000000"),
        ("3600", "万元", "36000000"),
        (3600, "万元", "36000000"),
        ("3600元", "万元", "3600"),
        ("1.2亿元", "", "120000000"),
        ("¥3,600.50", "", "3600.5"),
        ("0", "", "0"),
        (10**15, "", "1000000000000000"),
        (" 约 500 万 ", "", "5000000"),
    ],
)
def test_amounts_are_read_in_yuan(raw: Any, unit: str, yuan: str) -> None:
    assert read("revenue", raw, unit) == Decimal(yuan)


@pytest.mark.parametrize(
    "raw",
    [
        float("nan"), float("inf"), 1e308, -1, "-3600", Decimal("1e16"), "99999999亿元", "三千", "3,60万元", "1-2万元",
        "3600美元", "#N/A", "1e9", True, None, [], {}, Decimal("NaN"), "3600万元左右", "9" * 600,
    ],
)  # fmt: skip
def test_amounts_that_make_no_sense_are_refused(raw: Any) -> None:
    with pytest.raises(UnreadableValue):
        read("revenue", raw)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UnreadableValue):
        read("revenue", 10**5000)


@given(st.decimals(0, 10**8, places=6), st.sampled_from(["万元", "亿元", "元"]))
def test_units_never_round(number: Decimal, unit: str) -> None:
    factor = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    if number * factor <= 10**15:
        assert read("revenue", f"{number}{unit}") == number * factor
        assert read("revenue", str(number), unit) == number * factor


def test_counts_are_whole() -> None:
    assert read("employees", "1,200人") == 1200
    assert read("employees", 150.0) == 150
    with pytest.raises(UnreadableValue, match="整数"):
        read("employees", 150.5)


def test_percents_mean_what_they_say_and_a_formatted_percent_is_asked_back() -> None:
    assert read("rd_ratio", "5%") == 5
    assert read("rd_ratio", 5.5, from_sheet=True) == Decimal("5.5")
    assert read("rd_ratio", "0.05") == Decimal("0.05")
    with pytest.raises(UnreadableValue, match="百分比格式"):
        read("rd_ratio", 0.05, from_sheet=True)
    assert read("revenue_growth", -12.5) == Decimal("-12.5")
    with pytest.raises(UnreadableValue, match="占比"):
        read("rd_staff_ratio", 120)


@pytest.mark.parametrize(
    "raw",
    ["2015-05-01", "2015/5/1", "2015.5.1", "2015年5月1日", "２０１５年５月１日", "20150501", 42125, 42125.0, "42125",
     "2015-05-01 00:00:00", date(2015, 5, 1), datetime(2015, 5, 1, 8, 0)],  # noqa: DTZ001 - as calamine gives it
)  # fmt: skip
def test_days_are_read_in_every_usual_form(raw: Any) -> None:
    assert read("founded_on", raw) == "2015-05-01"


@pytest.mark.parametrize("raw", ["2015-02-30", "2015年", "2015-5", "明年", "1015-05-01", 5, "99999", True])
def test_days_that_are_none_are_refused(raw: Any) -> None:
    with pytest.raises(UnreadableValue):
        read("founded_on", raw)


@pytest.mark.parametrize(
    ("raw", "value"), [("是", True), ("否", False), ("有", True), (True, True), ("√", True), (0, False)]
)
def test_yes_and_no_are_read(raw: Any, value: bool) -> None:
    assert read("above_scale", raw) is value


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(UnreadableValue, match="“是”或“否”"):
        read("above_scale", "不清楚")


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("size_class", "中型企业", "中型"),
        ("legal_form", "有限公司", "有限责任公司"),
        ("legal_form", "有限责任公司（自然人投资或控股）", "有限责任公司"),
        ("ownership", "民营企业", "民营"),
        ("ownership", "国有控股", "国有"),
        ("listing", "未上市", "未上市"),
        ("listing", "已在新三板挂牌", "新三板"),
        ("credit", "严重失信", "严重失信"),
    ],
)
def test_choices_are_found_inside_longer_wordings(key: str, raw: str, value: str) -> None:
    assert read(key, raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("size_class", "中小型"),
        ("listing", "拟在北交所上市"),
        ("credit", "非严重失信"),
        ("size_class", "小型或微型"),
    ],
)
def test_unclear_choices_are_refused_with_the_list(key: str, raw: str) -> None:
    with pytest.raises(UnreadableValue, match="应为下列之一"):
        read(key, raw)


@pytest.mark.parametrize(
    "raw",
    ["吉林省通化市柳河县", "220524", {"name": "吉林省通化市柳河县", "adcode": "220524"}, {"adcode": 220524}],
)
def test_regions_are_read_as_name_code_or_both(raw: Any) -> None:
    assert read("region", raw) == "220524"


def test_a_code_that_contradicts_its_name_is_refused() -> None:
    with pytest.raises(UnreadableValue, match="不一致"):
        read("region", {"name": "江西省九江市", "adcode": "220524"})
    with pytest.raises(UnreadableValue, match="不一致"):
        read("industry", {"code": "H6110", "name": "软件开发"})
    assert read("region", {"name": "柳河", "adcode": "220524"}) == "220524"
    with pytest.raises(UnreadableValue, match="同名地区"):
        read("region", "鼓楼区")


@pytest.mark.parametrize("raw", ["H6110", "6110", 6110, {"code": "H6110", "name": "旅游饭店"}])
def test_industries_are_read_as_name_code_or_both(raw: Any) -> None:
    assert read("industry", raw) == "H6110"


def test_titles_keep_their_level_and_none_is_known() -> None:
    assert read("qualification", "国家级高新技术企业、省级企业技术中心") == (
        "国家级高新技术企业",
        "省级企业技术中心",
    )
    given = [
        {"name": "企业技术中心", "level": "省级"},
        {"name": "省级绿色工厂", "level": "省级"},
        "高新技术企业",
    ]
    assert read("qualification", given) == ("省级企业技术中心", "省级绿色工厂", "高新技术企业")
    assert read("qualification", "无") == ()
    assert read("qualification", []) == ()
    assert read("event", "2025年首次升规；新建车间、仓库") == ("2025年首次升规", "新建车间、仓库")


@pytest.mark.parametrize(
    "raw",
    [
        [1],
        [{"title": "x"}],
        5,
        {"name": "x"},
        [{"name": "x", "level": 3}],
        ["x"] + [f"{n}" for n in range(300)],
    ],
)
def test_lists_of_other_things_are_refused(raw: Any) -> None:
    with pytest.raises(UnreadableValue):
        read("qualification", raw)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(stored_facts()), ANYTHING, st.booleans())
def test_any_value_is_read_or_refused_by_name(row: Any, raw: Any, from_sheet: bool) -> None:
    try:
        value = read_value(row, raw, "", from_sheet)
    except UnreadableValue as error:
        assert error.reason
    else:
        assert not isinstance(value, Decimal) or value.is_finite()
