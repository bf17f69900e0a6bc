import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.codes import region_table
from policy_corpus.codes.region_table import table
from policy_corpus.codes.regions import (
    Region,
    contains,
    covers,
    find_region,
    get_region,
    path,
    regions_in,
)
from policy_corpus.errors import AmbiguousRegion, CorpusError, UnknownRegion
from policy_corpus.folding import fold
from policy_corpus.model import Level

CODES = sorted(table().names)


def test_table_has_all_provinces_cities_and_counties() -> None:
    levels = [get_region(code).level for code in CODES]
    assert levels.count(Level.PROVINCE) == 34
    assert levels.count(Level.CITY) == 333
    assert levels.count(Level.COUNTY) > 2840
    assert {"710000", "810000", "820000"} <= set(CODES)


def test_every_region_is_found_by_its_full_name_and_code() -> None:
    for code in CODES:
        region = get_region(code)
        assert find_region(region.full_name) == region
        assert find_region(code) == region


def test_names_are_indexed_as_folded_text_spells_them() -> None:
    assert [name for name in table().index if fold(name) != name] == []


def test_every_zone_is_found_by_its_name_and_lies_in_its_place() -> None:
    for code, zone in table().zones.items():
        assert find_region(zone.name, within=zone.parent).code == code
        assert contains(zone.parent, code)
        assert find_region(get_region(code).full_name).code == code


@given(st.sampled_from([c for c in CODES if not c.endswith("0000")]), st.sampled_from(["HT", "ET", "BD"]))
def test_unlisted_zones_keep_their_code_through_their_full_name(place: str, kind: str) -> None:
    region = get_region(f"{place}-{kind}")
    assert find_region(region.full_name).code == region.code
    assert contains(place, region.code)


def test_every_old_code_and_name_leads_to_codes_of_today() -> None:
    with (
        resources.files("policy_corpus.codes")
        .joinpath("data/region_history.csv")
        .open("r", encoding="utf-8") as f
    ):
        rows = list(csv.DictReader(f))
    assert len(rows) > 1000
    for row in rows:
        assert all(code in table().names for code in row["successors"].split(";")), row
        assert row["name"] in table().index


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("九江", "360400"),
        ("九江市", "360400"),
        ("江西省九江市", "360400"),
        ("江西九江", "360400"),
        ("浔阳区", "360403"),
        ("江西省 九江市 浔阳区", "360403"),
        ("江西省/九江市/浔阳区", "360403"),
        ("吉林省通化市柳河县", "220524"),
        ("北京市市辖区朝阳区", "110105"),
        ("北京朝阳", "110105"),
        ("湖北省仙桃市", "429004"),
        ("湖北省省直辖县级行政区划仙桃市", "429004"),
        ("东莞", "441900"),
        ("東莞市", "441900"),
        ("儋州市", "460400"),
        ("延边", "222400"),
        ("延边州", "222400"),
        ("广西", "450000"),
        ("中国香港", "810000"),
        ("３６０４００", "360400"),
        ("360403001", "360403"),
        ("110100", "110000"),
        ("海南", "460000"),
        ("海南区", "150303"),
        ("西安", "610100"),
        ("长沙县", "430121"),
        ("赣", "360000"),
    ],
)
def test_names_chains_and_codes_are_found(text: str, code: str) -> None:
    assert find_region(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("下城区", "330105"), ("萧山市", "330109"), ("通州市", "320612"), ("北京市宣武区", "110102"),
        ("崇文区", "110101"), ("上海市卢湾区", "310101"), ("闸北区", "310106"), ("南汇县", "310115"),
        ("静海县", "120118"), ("即墨市", "370215"), ("九江县", "360404"), ("襄樊市", "420600"),
        ("重庆市渝北区", "500157"), ("思茅市", "530800"), ("郫县", "510117"), ("塘沽区", "120116"),
        ("莱芜市", "370100"), ("中甸县", "533401"), ("110104", "110102"), ("330103", "330105"),
    ],
)  # fmt: skip
def test_places_of_old_policies_lead_to_their_successors(text: str, code: str) -> None:
    assert find_region(text).code == code


@pytest.mark.parametrize("text", ["鼓楼区", "朝阳区", "朝阳", "吉林", "通州", "市中区", "江干区", "江北区"])
def test_a_shared_name_says_so_instead_of_guessing(text: str) -> None:
    with pytest.raises(AmbiguousRegion) as caught:
        find_region(text)
    assert len(caught.value.candidates) > 1
    assert all(name in str(caught.value) for name in caught.value.candidates[:6])


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("鼓楼区", "350100", "350102"),
        ("鼓楼区", "350104", "350102"),
        ("鼓楼区", "320000", None),
        ("鼓楼区", "320100", "320106"),
        ("朝阳区", "110000", "110105"),
        ("吉林", "220200", "220200"),
        ("海南", "630000", "460000"),
        ("九江市", "350100", "360400"),
    ],
)
def test_a_place_nearby_decides_between_shared_names(text: str, within: str, code: str | None) -> None:
    if code is None:
        with pytest.raises(AmbiguousRegion):
            find_region(text, within)
    else:
        assert find_region(text, within).code == code


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("九江经开区", None, "360400-ET"),
        ("九江市经济技术开发区", None, "360400-ET"),
        ("九江开发区", None, "360400-ET"),
        ("九江高新区", None, "360400-HT"),
        ("高新区", "360400", "360400-HT"),
        ("市高新区", "360403", "360400-HT"),
        ("苏州工业园区", None, "320500-IP"),
        ("河北雄安新区", None, "130000-NA"),
        ("雄安新区", None, "130000-NA"),
        ("东湖高新区", None, "420100-HT"),
        ("成都高新技术产业开发区", None, "510100-HT"),
        ("天津滨海新区", None, "120116"),
        ("360400-HT", None, "360400-HT"),
    ],
)
def test_functional_zones_are_found(text: str, within: str | None, code: str) -> None:
    region = find_region(text, within)
    assert region.code == code
    assert region.is_zone == ("-" in code)


@pytest.mark.parametrize(
    "text", ["", "火星市", "高新区", "999999", "360400-XX", "新区", "南城区", "江西省九江市火星区"]
)
def test_unknown_names_are_refused_in_chinese(text: str) -> None:
    with pytest.raises(UnknownRegion, match="没有"):
        find_region(text)


def test_containment_follows_the_levels() -> None:
    assert contains("360000", "360403")
    assert contains("420000", "429004")
    assert not contains("360400", "360700")
    assert [r.name for r in path("220524")] == ["吉林省", "通化市", "柳河县"]


def test_cover_is_unknown_where_borders_are_unknown() -> None:
    assert covers("360400", "360403") is True
    assert covers("360403", "360400") is None  # the company may sit anywhere in the city
    assert covers("360403", "360400-HT") is None
    assert covers("360400-HT", "360403") is None
    assert covers("360400-HT", "360400-ET") is None
    assert covers("360400", "360400-HT") is True
    assert covers("360400-HT", "360700") is False
    assert covers("130000-NA", "130629") is True
    assert covers("360100", "360400") is False


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_containment_is_never_mutual_between_two_places(a: str, b: str) -> None:
    if a != b:
        assert not (contains(a, b) and contains(b, a))
    assert (covers(a, b) is True) == contains(a, b)


@given(st.text(alphabet="江西九江市高新区县省鼓楼朝阳 （）0123abc", max_size=24))
def test_any_text_is_a_region_or_a_named_refusal(text: str) -> None:
    try:
        assert isinstance(find_region(text), Region)
    except CorpusError as error:
        assert str(error)


def spotted(text: str, within: str | None = None) -> list[tuple[str, object]]:
    return [
        (text[start:end], tuple(r.code for r in found) if isinstance(found, tuple) else found.code)
        for start, end, found in regions_in(text, within)
    ]


def test_chains_in_text_are_one_place() -> None:
    text = "在江西省九江市柴桑区、吉林省通化市柳河县注册，或者在东莞和广州市天河区经营"
    assert spotted(text) == [
        ("江西省九江市柴桑区", "360404"),
        ("吉林省通化市柳河县", "220524"),
        ("东莞", "441900"),
        ("广州市天河区", "440106"),
    ]


def test_zones_in_text_are_found_with_and_without_a_place() -> None:
    text = "高新区、九江市高新区和苏州工业园区"
    assert spotted(text, "360400") == [
        ("高新区", "360400-HT"),
        ("九江市高新区", "360400-HT"),
        ("苏州工业园区", "320500-IP"),
    ]
    assert spotted("入驻国家高新区、省级高新区的企业", "360400") == []
    assert spotted("高新区企业") == []


def test_shared_names_in_text_come_with_all_candidates() -> None:
    ((_, codes),) = spotted("注册在鼓楼区的企业")
    assert len(codes) == 4  # type: ignore[arg-type]
    assert spotted("注册在鼓楼区的企业", "350100") == [("鼓楼区", "350102")]


@pytest.mark.parametrize(
    "text",
    [
        "朝阳产业",
        "上海证券交易所上市",
        "老城区改造",
        "南昌市新建项目"[3:],
        "国家长治久安",
        "平安建设",
        "全市中区域",
        "新城区建设",
        "国务院和县级以上人民政府",
        "高质量发展示范县创建",
        "包干县（市、区）",
    ],
)
def test_common_words_are_not_places(text: str) -> None:
    assert spotted(text) == []


def test_counties_of_two_characters_are_found_where_they_stand_alone() -> None:
    assert spotted("在和县注册，范县人民政府") == [("和县", "340523"), ("范县", "410926")]
    assert spotted("河南省濮阳市范县") == [("河南省濮阳市范县", "410926")]


def test_short_county_names_after_a_city_are_not_read_into_common_words() -> None:
    assert spotted("南昌市新建企业") == [("南昌市", "360100")]


def test_traditional_text_keeps_its_offsets() -> None:
    assert spotted("內蒙古自治區呼和浩特市回民區的企業") == [("內蒙古自治區呼和浩特市回民區", "150103")]


def test_stationed_abbreviations_are_read() -> None:
    assert spotted("在莞企业和驻京单位") == [("莞", "441900"), ("京", "110000")]
    assert spotted("在深入推进中") == []


def test_short_names_drop_peoples_and_suffixes() -> None:
    shorts = [
        region_table.short_name(n) for n in ("湘西土家族苗族自治州", "双江拉祜族佤族布朗族傣族自治县", "吉县")
    ]
    assert shorts == ["湘西", "双江", "吉县"]
