from __future__ import annotations

import pytest

from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.places import find_place
from policy_corpus.model import DocumentKind, Level, Reading


def place(
    title: str, authority: str | None = None, number: str | None = None, **fields: str
) -> tuple[Level | None, str | None]:
    manuscript = lay_out(Reading("txt", title, fields=fields), "0" * 64, "a.txt")
    return find_place(manuscript, title, authority, number, DocumentKind.MEASURES)


def test_a_law_that_tasks_the_state_council_is_national_unless_it_speaks_of_its_own_province() -> None:
    for text, expected in (
        ("国务院示例部门负责示例。", Level.NATIONAL),
        ("本省落实国务院示例部门要求。", None),
    ):
        manuscript = lay_out(Reading("txt", f"示例条例\n第一条 {text}"), "0" * 64, "a.txt")
        assert find_place(manuscript, "示例条例", None, None, DocumentKind.LAW) == (expected, None)


@pytest.mark.parametrize(
    ("title", "authority", "expected"),
    [
        ("关于示例的通知", "九江市工业和信息化局", (Level.CITY, "360400")),
        ("关于示例的通知", "浙江省财政厅、浙江省科学技术厅", (Level.PROVINCE, "330000")),
        ("关于示例的通知", "财政部", (Level.NATIONAL, None)),
        ("关于示例的通知", "国家税务总局深圳市税务局", (Level.CITY, "440300")),
        ("柳河县关于示例的若干政策", None, (Level.COUNTY, "220524")),
        ("关于印发九江市示例办法的通知", None, (Level.CITY, "360400")),
        ("中华人民共和国示例法", None, (Level.NATIONAL, None)),
        ("关于支持西藏示例发展的通知", None, (None, None)),
        ("鼓楼区示例办法", None, (None, None)),
        ("江西省示例办法宣传方案", "县财政局", (Level.COUNTY, None)),
        ("九江市示例办法", "市财政局", (Level.CITY, "360400")),
        ("示例办法", None, (None, None)),
    ],
)
def test_the_region_is_that_of_who_speaks(
    title: str, authority: str | None, expected: tuple[Level | None, str | None]
) -> None:
    assert place(title, authority) == expected


def test_a_shared_name_is_settled_by_the_province_of_the_number() -> None:
    assert place("鼓楼区示例办法", "鼓楼区人民政府", "闽示发〔2024〕1号") == (Level.COUNTY, "350102")


def test_a_zone_counts_as_county_level() -> None:
    level, code = place("关于示例的通知", "九江经济技术开发区管理委员会")
    assert level is Level.COUNTY
    assert code is not None and code.startswith("3604")


def test_a_declared_region_and_level_count_where_nobody_is_named() -> None:
    assert place("示例事项", 适用地区="江西省九江市", 行使层级="市级") == (Level.CITY, "360400")
