"""When one can apply: what notices write as dates, terms, months and seasons; what is no window."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.extraction import extract_items
from policy_corpus.extraction.particulars.windows import find_windows
from policy_corpus.extraction.words.days import Calendar
from policy_corpus.model import ApplicationWindow
from tests.factories import make_document

PUBLISHED = date(2026, 11, 16)  # a Monday
CALENDAR = Calendar(2026, PUBLISHED)


def read(text: str, heading: str = "") -> list[tuple[str | None, str | None]]:
    def words(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return [(words(one.opens), words(one.closes)) for one in find_windows(text, CALENDAR, heading)]


def window_of(text: str, **fields: object) -> ApplicationWindow | None:
    fields.setdefault("published_on", PUBLISHED)
    first = "第一条 对首次升规的工业企业，给予奖励5万元。\n"
    return extract_items(make_document(first + text, **fields))[0].window


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("自通知发布之日起至2026年12月10日，企业可登录平台申报", "2026-11-16", "2026-12-10"),
        ("申报时间为2026年11月1日9:00至12月10日17:00", "2026-11-01", "2026-12-10"),
        ("申报时间：2026年11月1日上午9时—12月10日17时30分", "2026-11-01", "2026-12-10"),
        ("申报时间：2026.11.01-2026.12.10", "2026-11-01", "2026-12-10"),
        ("申报期限：即日起至2026年12月10日", "2026-11-16", "2026-12-10"),
        ("自2027年3月1日起受理申报", "2027-03-01", None),
        ("自2026年11月1日起开始申报，至2026年12月20日截止", "2026-11-01", "2026-12-20"),
        ("自本通知发布之日起10个工作日内向所在地县区局提出申请", "2026-11-16", "2026-11-30"),
        ("请于本通知印发之日起30日内申报", "2026-11-16", "2026-12-16"),
        ("自公告发布之日起3个月内提交申请", "2026-11-16", "2027-02-16"),
        ("申报截止日期延长至2026年12月20日", None, "2026-12-20"),
        ("申报截止时间：2026年12月底", None, "2026-12-31"),
        ("申报时间为2026年11月至12月", "2026-11-01", "2026-12-31"),
        ("申报时间：2026年第四季度", "2026-10-01", "2026-12-31"),
        ("申报时间为11月20日至1月15日", "2026-11-20", "2027-01-15"),
        ("请于1月15日前登录系统申报", None, "2027-01-15"),
    ],
)
def test_the_time_to_apply_is_read(text: str, opens: str | None, closes: str | None) -> None:
    assert read(text) == [(opens, closes)]


@pytest.mark.parametrize(
    "text",
    [
        "本办法自2027年3月1日起施行，有效期至2029年2月28日",
        "各县区局于2026年12月15日前汇总上报我局",
        "对2026年1月1日至2026年12月31日期间新认定的企业给予奖励，申报时间另行通知",
        "截止2026年上半年，园区办理项目20个",
        "截至2026年9月20日获评示例称号的，可申请奖励",
        "应当自受理申请之日起20个工作日内作出决定",
        "自收到材料之日起5个工作日内办理",
        "2026年11月20日前注册成立的企业可申请",
    ],
)
def test_other_times_are_no_windows(text: str) -> None:
    assert read(text) == []


def test_paper_copies_beside_online_applications_do_not_count() -> None:
    text = "请于12月5日前提交纸质材料，网上申报截止时间为11月30日24时"
    assert read(text) == [(None, "2026-11-30")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每年11月1日至12月31日集中申报", ("2026-11-01", "2026-12-31")),
        ("每年3月集中受理申报", ("2026-03-01", "2026-03-31")),
        ("每年第一季度申报上一年度奖励", ("2026-01-01", "2026-03-31")),
        ("每年下半年组织申报", ("2026-07-01", "2026-12-31")),
    ],
)
def test_what_recurs_is_yearly(text: str, days: tuple[str, str]) -> None:
    (one,) = find_windows(text, CALENDAR)
    assert one.yearly and (str(one.opens), str(one.closes)) == days


def test_several_rounds_a_year_are_more_than_one_window_can_tell() -> None:
    assert read("每年3月、9月集中受理申报") == [(None, None)]


@pytest.mark.parametrize(
    "text", ["常年受理", "本事项随时可申报", "申报时间：常年", "受理时间：全年", "不限申报时间"]
)
def test_always_open_is_said_in_many_words(text: str) -> None:
    window = window_of(text + "。")
    assert window is not None and window.always


def test_what_is_always_open_closes_with_the_measures() -> None:
    window = window_of("企业可随时申报。", effective_until=date(2027, 6, 30))
    assert window is not None and window.always and window.closes_on == date(2027, 6, 30)


def test_validity_alone_is_no_window() -> None:
    assert window_of("本措施自2026年1月1日起施行，有效期至2027年6月30日。") is None


def test_relief_runs_as_long_as_its_own_period() -> None:
    text = "一、自2026年1月1日起至2027年12月31日，对示例软件企业免征示例费。"
    (item,) = extract_items(make_document(text))
    assert item.window is not None
    assert (item.window.opens_on, item.window.closes_on) == (date(2026, 1, 1), date(2027, 12, 31))


def test_dates_broken_over_lines_are_whole() -> None:
    window = window_of("申报期限\n2026年11月1日至\n2026年12月10日")
    assert window is not None
    assert (window.opens_on, window.closes_on) == (date(2026, 11, 1), date(2026, 12, 10))


def test_the_last_of_several_rounds_decides() -> None:
    window = window_of("第一批申报截止2026年5月31日，第二批申报截止2026年11月30日。")
    assert window is not None and window.closes_on == date(2026, 11, 30)


@given(
    st.text(
        alphabet="自起至前止每年月日时申报截受理发布之内工作个季度第一上半底0123456789.-：，", max_size=60
    )
)
def test_any_text_is_read_without_trouble(text: str) -> None:
    for one in find_windows(text, CALENDAR, heading="申报时间"):
        assert 0 <= one.start < one.end <= len(text)


def test_days_in_a_paragraph_below_the_heading_are_the_window() -> None:
    window = window_of(
        "二、申报时间\n2026年12月1日至12月10日。\n三、执行期限\n2026年1月1日至2026年12月31日。\n"
    )
    assert window is not None
    assert (window.opens_on, window.closes_on) == (date(2026, 12, 1), date(2026, 12, 10))


@pytest.mark.parametrize(
    ("published", "closes"),
    [
        (date(2026, 9, 28), "2026-10-10"),  # over the National Day holidays, with a working Saturday
        (
            date(2026, 2, 13),
            "2026-02-27",
        ),  # 14 February is a working Saturday, then come the New Year holidays
        (date(2031, 3, 3), "2031-03-10"),  # no year that is announced: Monday to Friday
    ],
)
def test_terms_in_working_days_follow_the_holidays_of_the_year(published: date, closes: str) -> None:
    (window,) = find_windows("自发布之日起5个工作日内提出申请", Calendar(published.year, published), "")
    assert window.closes is not None and window.closes.isoformat() == closes


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年2月份的纳税申报期限延长至2月24日",
        "可申请延期至2026年4月30日前披露年度报告",
    ],
)
def test_days_for_tax_returns_and_reports_are_no_window(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "第二条 从2月9日起至2月29日，网上申请办理发票寄递的，免收邮寄费用。",
        "第二条 可向主管部门提出申请，在2026年12月31日前减征示例费。",
        "第二条 企业可申请退还与2025年12月底相比新增加的税额。",
        "第二条 申报单位自2026年1月1日起出现安全事故的，通报批评。",
    ],
)
def test_the_days_of_something_else_are_no_window_of_the_item(sentence: str) -> None:
    assert window_of(sentence + "\n") is None


def test_the_month_of_applying_is_told_from_that_of_publishing() -> None:
    assert read("每年3月左右公布，4月左右申报", "时间") == [("2026-04-01", "2026-04-30")]
