from __future__ import annotations

from datetime import date

import pytest

from policy_corpus.describing.dates import find_dates, parse_date
from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.terms import Dates, find_dates_of
from policy_corpus.model import Reading

SIGNED = "关于示例的通知\n示例市财政局\n2024年3月5日\n示例办法\n"


def dates_of(text: str, **fields: str) -> Dates:
    return find_dates_of(lay_out(Reading("txt", text, fields=fields), "0" * 64, "a.txt"))


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("第九条 本办法自2024年4月1日起施行，有效期5年。", "2024-04-01", "2029-03-31"),
        ("第九条 本办法自印发之日起施行，有效期至2026年12月31日。", "2024-03-05", "2026-12-31"),
        ("第九条 本办法自印发之日起30日后施行，有效期两年。", "2024-04-04", "2026-04-03"),
        ("本政策自发布之日起实施，执行至2025年12月31日。", "2024-03-05", "2025-12-31"),
        ("本细则自发布之日起试行，试行期2年。", "2024-03-05", "2026-03-04"),
        ("自印发之日起施行，有效期三年。", "2024-03-05", "2027-03-04"),
        ("本通知自2024年5月1日起执行至2024年12月31日止。", "2024-05-01", "2024-12-31"),
        ("本措施2025年底前有效。", None, "2025-12-31"),
        ("本办法有效期为二十四个月。", None, "2026-03-04"),
        ("本办法自印发之日起10个工作日后施行，有效期2年。", None, None),
        ("本办法自2024年2月30日起施行。", None, None),
        ("本政策执行期限为2024年4月1日至2025年3月31日。", "2024-04-01", "2025-03-31"),
        ("本通知自2024年4月1日起至2025年12月31日止执行。", "2024-04-01", "2025-12-31"),
        ("本措施自印发之日起实施，有效期截至2026年6月30日。", "2024-03-05", "2026-06-30"),
        ("本意见自2024年4月1日起施行，暂定三年。", "2024-04-01", "2027-03-31"),
        ("《示例办法》的有效期延长至2026年12月31日，本通知自印发之日起施行。", "2024-03-05", None),
    ],
)
def test_terms_of_the_document_itself_are_resolved(sentence: str, start: str | None, end: str | None) -> None:
    found = dates_of(SIGNED + sentence)
    assert found.dated_on == date(2024, 3, 5)
    assert found.effective_from == (date.fromisoformat(start) if start else None)
    assert found.effective_until == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    "sentence",
    [
        "认定证书有效期3年。",
        "备案自准予之日起生效，有效期为10年。",
        "对2023年1月1日起施行的示例标准，企业应当执行。",
        "项目实施期限为2年。",
        "本通知所称项目的实施期限为2023年1月1日至2024年12月31日。",
        "申报时间为2024年4月1日至2024年5月31日，由本通知所列部门受理。",
        "《示例办法》自2020年1月1日起废止。",
        "在居住证有效期内的人员可以申请。",
    ],
)
def test_terms_of_something_inside_are_left_alone(sentence: str) -> None:
    found = dates_of(SIGNED + sentence)
    assert (found.effective_from, found.effective_until) == (None, None)


def test_a_published_date_is_where_the_term_from_publication_begins() -> None:
    found = dates_of(SIGNED + "本办法自公布之日起施行，有效期1年。", 发布日期="2024-03-20")
    assert (found.effective_from, found.effective_until) == (date(2024, 3, 20), date(2025, 3, 19))


def test_declared_dates_are_taken() -> None:
    found = dates_of("正文", 成文日期="2024年1月2日", 施行日期="2024-02-01", 失效日期="2027-01-31")
    assert found == Dates(date(2024, 1, 2), None, date(2024, 2, 1), date(2027, 1, 31))


def test_the_label_line_of_a_page_gives_the_day_of_publication() -> None:
    found = dates_of("关于示例的通知\n来源：示例局 发布时间：2024-05-06 10:30\n正文")
    assert (found.published_on, found.dated_on) == (date(2024, 5, 6), None)


def test_the_bare_day_of_a_page_is_its_publication_not_the_signature() -> None:
    page = "关于示例的通知\n2024-03-08\n来源：\n示例局\n" + SIGNED + "本办法自印发之日起施行，有效期1年。"
    found = dates_of(page)
    assert (found.published_on, found.dated_on) == (date(2024, 3, 8), date(2024, 3, 5))
    assert (found.effective_from, found.effective_until) == (date(2024, 3, 5), date(2025, 3, 4))


def test_a_term_is_read_whatever_its_sentence_begins_with() -> None:
    found = dates_of("一、时间\n申报项目自2016年1月1日起正式开始实施，有效期至2018年12月31日。")
    assert (found.effective_from, found.effective_until) == (date(2016, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize("text", ["二〇二四年三月五日", "二○二四年三月五日", "二零二四年3月5日", "2024-03-05", "2024/3/5",
                                  "2024.3.5", "2024 年 3 月 5 日", "2024年3月5号"])  # fmt: skip
def test_a_date_is_read_in_every_spelling(text: str) -> None:
    assert parse_date(text) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "text", ["2023年2月29日", "2024年13月1日", "2024年0月1日", "2024年4月31日", "电话2024-12345678"]
)
def test_an_impossible_date_is_no_date(text: str) -> None:
    assert list(find_dates(text)) == []
