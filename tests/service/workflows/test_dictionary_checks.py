"""What may be added, and every reason why something may not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.facts import FactKind
from service.errors import DictionaryRefused
from service.store.dictionaries import KINDS, DictionaryEntry
from service.workflows.dictionary_checks import check_entry, name_of

THEN = datetime(2026, 11, 24, tzinfo=UTC)


def entry(kind: str, given: dict[str, Any], *others: DictionaryEntry) -> DictionaryEntry:
    checked = check_entry(kind, given, others)
    return DictionaryEntry(
        len(others) + 1, kind, checked.name, checked.body, False, 1, THEN, "示例甲", THEN, "示例甲"
    )


def reasons(kind: str, given: dict[str, Any], *others: DictionaryEntry) -> str:
    with pytest.raises(DictionaryRefused) as refused:
        check_entry(kind, given, others)
    return str(refused.value)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "贷",
        "示 例贷",
        "示例\x00贷",
        "示例贷\n",
        ".*示例",
        "示例(贷",
        "示例，贷",
        "ABC",
        "2026",
        "超" * 21,
        "示\u200b例贷",
        None,
        7,
        ["示例"],
    ],
)
def test_a_hostile_word_is_refused(word: Any) -> None:
    if isinstance(word, str) and word.strip() == "示例贷":
        assert check_entry("term", {"word": word}, []).name == "示例贷"  # what stands around it is cut off
    else:
        assert "不能作为政策词" in reasons("term", {"word": word})


def test_a_word_in_other_characters_is_the_same_word() -> None:
    first = entry("term", {"word": "示例ＡＩ貸"})
    assert first.name == "示例AI贷"
    assert "已经添加过" in reasons("term", {"word": " 示例AI贷 "}, first)
    assert "内置政策词" in reasons("term", {"word": "專精特新"})


def test_synonyms_are_a_group_that_joins_no_two_others() -> None:
    widened = entry("synonym", {"words": "高新技术企业=高企证"})
    assert widened.body["words"] == ["高新技术企业", "高企证"]
    assert "已是同义词" in reasons("synonym", {"words": "高企=高新技术企业"})
    assert "已是同义词" in reasons("synonym", {"words": "高企=高企证"}, widened)
    assert "连成一圈" in reasons("synonym", {"words": "高企证=技改"}, widened)
    assert "2 至" in reasons("synonym", {"words": "示例贷"})
    assert "不能作为同义词" in reasons("synonym", {"words": "示例贷=示例 险"})


def test_a_title_has_free_names_and_implies_what_there_is() -> None:
    head = entry("title", {"name": "示例链长企业", "level": "省级", "others": "链长、链长单位"})
    assert head.body["others"] == ["链长", "链长单位"]
    assert "已经添加过" in reasons("title", {"name": "示例链长企业"}, head)
    assert "已是“示例链长企业”的名称" in reasons("title", {"name": "示例链员企业", "others": "链长"}, head)
    assert "已在内置称号中" in reasons("title", {"name": "高新技术企业"})
    assert "以“高新技术企业”为名称" in reasons("title", {"name": "国家高新技术企业", "others": "高企证"})
    assert "级别不能修改" in reasons("title", {"name": "高新技术企业", "level": "市级", "others": "高企证"})
    assert "没有“示例无名企业”" in reasons("title", {"name": "示例链员企业", "implies": "示例无名企业"}, head)
    assert "级别应为" in reasons("title", {"name": "示例链员企业", "level": "星级"})
    assert "泛指" in reasons("title", {"name": "核心竞争力"})
    assert entry("title", {"name": "高新技术企业", "others": "高企证"}).body["level"] == ""


def test_titles_do_not_imply_each_other_in_a_circle() -> None:
    one = entry("title", {"name": "示例甲级企业"})
    two = entry("title", {"name": "示例乙级企业", "implies": "示例甲级企业"}, one)
    assert "成了一圈" in reasons("title", {"name": "示例甲级企业", "implies": "示例乙级企业"}, two)
    assert "不能蕴含自身" in reasons("title", {"name": "示例甲级企业", "implies": "示例甲级企业"})


def test_a_zone_lies_in_a_place_that_exists_under_names_that_are_free() -> None:
    first = entry("zone", {"name": "示例滨江产业区", "parent": "360400", "aliases": "示例滨江"})
    assert first.body["code"] == "360400-SP"
    assert entry("zone", {"name": "示例湖畔产业区", "parent": "360400"}, first).body["code"] == "360400-SP2"
    assert "没有行政区划代码“999999”" in reasons("zone", {"name": "示例湖畔产业区", "parent": "999999"})
    assert "请填写省、市、县" in reasons("zone", {"name": "示例湖畔产业区", "parent": "110000-SP"})
    assert "已是" in reasons("zone", {"name": "中关村科技园区", "parent": "110000"})
    assert "已是江西省九江市的名称" in reasons("zone", {"name": "九江市", "parent": "360400"})
    assert "已是“示例滨江产业区”的名称" in reasons(
        "zone", {"name": "示例湖畔产业区", "parent": "360400", "aliases": "示例滨江"}, first
    )
    assert "3 至 40" in reasons("zone", {"name": "园区", "parent": "360400"})


def test_a_fact_has_a_key_a_kind_and_names_that_are_free() -> None:
    robots = entry("fact", {"label": "机器人数量", "kind": "count", "unit": "台", "synonyms": "机器人保有量"})
    assert robots.body["key"] == "fact_1"
    assert entry("fact", {"label": "示例指标", "kind": "yes_no"}, robots).body["key"] == "fact_2"
    assert "已是指标“营业收入”的名称" in reasons(
        "fact", {"label": "示例指标", "kind": "yuan", "synonyms": "销售额"}
    )
    assert "已是指标“机器人数量”的名称" in reasons("fact", {"label": "机器人保有量", "kind": "count"}, robots)
    assert "键“revenue”已被使用" in reasons("fact", {"label": "示例指标", "kind": "yuan", "key": "revenue"})
    assert "键应为" in reasons("fact", {"label": "示例指标", "kind": "yuan", "key": "1; drop table"})
    assert "2 至" in reasons("fact", {"label": "示例等级", "kind": "choice", "choices": "甲"})
    assert "固定列" in reasons("fact", {"label": "企业名称", "kind": "names"})
    for kind in ("", "colour", FactKind.REGION, FactKind.STATED, FactKind.YEARS):
        assert "指标类型应为" in reasons("fact", {"label": "示例指标", "kind": kind})
    assert entry("fact", {"label": "示例等级", "kind": "choice", "choices": "甲、乙"}).body["choices"] == [
        "甲",
        "乙",
    ]


def test_all_reasons_are_told_at_once() -> None:
    told = reasons("fact", {"label": "a b", "kind": "count", "unit": "一二三四五六七", "key": "X"})
    assert told.count("；") >= 2


@given(st.sampled_from([*KINDS, "colour"]), st.dictionaries(
    st.sampled_from(["word", "words", "name", "others", "level", "implies", "parent", "aliases", "label", "kind", "unit", "choices", "key", "synonyms", "per_period"]),
    st.one_of(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=3), st.none(), st.integers(), st.sampled_from(["count", "choice", "360400"]))))  # fmt: skip
def test_whatever_is_typed_is_checked_or_refused_with_a_reason(kind: str, given_: dict[str, Any]) -> None:
    try:
        checked = check_entry(kind, given_, [])
    except DictionaryRefused as refused:
        assert refused.reasons and all(len(reason) < 400 for reason in refused.reasons)
        assert str(refused).isprintable()
    else:
        assert checked.name == name_of(kind, given_)
        assert check_entry(kind, checked.body, []).body == checked.body  # what is kept passes again
