from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.codes import industries
from policy_corpus.codes.industries import (
    IndustryLevel,
    IndustryScope,
    codes_for,
    find_industry,
    get_industry,
    within,
)
from policy_corpus.errors import UnknownIndustry

TABLE = industries._table()


def test_table_has_the_counts_of_the_standard() -> None:
    counts = Counter(industry.level for industry in TABLE.values())
    assert counts == {
        IndustryLevel.SECTION: 20,
        IndustryLevel.DIVISION: 97,
        IndustryLevel.GROUP: 473,
        IndustryLevel.CLASS: 1382,
    }


def test_every_class_hangs_under_its_prefix_and_every_group_has_one() -> None:
    parents = {industry.parent_code for industry in TABLE.values()}
    for code, industry in TABLE.items():
        assert industry.parent_code is None or industry.parent_code in TABLE
        assert len(code) == 5 or code in parents
    assert sorted(code[1:] for code in TABLE if len(code) == 3) == [f"{n:02d}" for n in range(1, 98)]


def test_every_class_is_found_by_its_code_with_and_without_letter() -> None:
    for code, industry in TABLE.items():
        assert find_industry(code) == industry
        if len(code) > 1:
            assert find_industry(code[1:]) == industry
        assert (
            within(code, find_industry(industry.name).code)
            or find_industry(industry.name).name == industry.name
        )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H6110", "H6110"), ("6110", "H6110"), ("611", "H611"), ("61", "H61"), ("h", "H"),
        ("Ｃ３９７３", "C3973"), ("C3973 集成电路制造", "C3973"), ("旅游饭店", "H611"),
        ("软件和信息技术服务业", "I65"), ("软件和信息技术服务", "I65"), ("汽车制造", "C36"), ("餐饮", "H62"),
        ("农林牧渔业", "A"), ("农、林、牧、渔业", "A"),
    ],
)  # fmt: skip
def test_codes_and_names_are_found(text: str, code: str) -> None:
    assert find_industry(text).code == code


@pytest.mark.parametrize("text", ["", "9999", "A3973", "火星开采业", "C99", "I6431X"])
def test_unknown_industries_are_refused(text: str) -> None:
    with pytest.raises(UnknownIndustry):
        find_industry(text)


def test_refusal_names_the_nearest() -> None:
    with pytest.raises(UnknownIndustry, match="集成电路制造（C3973）"):
        find_industry("集成电路制作")


def test_words_of_the_table_stand_for_existing_codes() -> None:
    words = industries._words()
    assert len(words) > 500
    for scope in words.values():
        assert all(code in TABLE for code in (*scope.certain, *scope.possible))


@pytest.mark.parametrize(
    ("word", "certain"),
    [
        ("制造业", ("C",)), ("工业", ("B", "C", "D")), ("规上工业企业", ("B", "C", "D")), ("餐饮企业", ("H62",)),
        ("软件和信息技术服务业", ("I65",)), ("建筑业", ("E",)), ("批发业", ("F51",)), ("商贸企业", ("F",)),
        ("住宿业", ("H61",)), ("银行机构", ("J662",)), ("物流企业", ("G54", "G58", "G59", "G60")),
        ("集成电路制造", ("C3973",)), ("旅行社", ("L7291",)), ("养老机构", ("Q8514",)),
    ],
)  # fmt: skip
def test_words_of_policies_cover_classes(word: str, certain: tuple[str, ...]) -> None:
    assert codes_for(word).certain == certain


@pytest.mark.parametrize("word", ["人工智能", "战略性新兴产业", "数字经济", "某种说不清的产业", "", "企业"])
def test_themes_and_unknown_words_cover_nothing_for_certain(word: str) -> None:
    assert codes_for(word) == IndustryScope()


def test_services_are_the_third_sector() -> None:
    certain = codes_for("服务业").certain
    assert {"A05", "B11", "C43", "F", "S"} <= set(certain)
    assert not any(within("C39", code) for code in certain)


def test_a_list_covers_the_sum_and_an_unknown_part_leaves_all_possible() -> None:
    assert codes_for("建筑业、餐饮业").certain == ("E", "H62")
    assert codes_for("建筑业、餐饮业").possible == ()
    vague = codes_for("建筑业和说不清的产业")
    assert vague.certain == ("E",)
    assert set(vague.possible) == set(industries.SECTIONS)


@given(st.sampled_from(sorted(TABLE)))
def test_the_name_of_a_class_covers_it_or_a_class_around_it(code: str) -> None:
    scope = codes_for(get_industry(code).name)
    names = {get_industry(c).name for c in scope.certain}
    assert any(within(code, c) for c in scope.certain + scope.possible) or get_industry(code).name in names


@given(st.text(max_size=20))
def test_any_word_has_a_scope(word: str) -> None:
    assert isinstance(codes_for(word), IndustryScope)
