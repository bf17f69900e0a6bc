"""Words, synonyms, titles, zones and facts that administrators add, in everything that judges and searches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns.made_by import check_made_by, made_by
from matching.columns.roster import Roster
from matching.eligibility import evaluate, judge_condition
from matching.errors import IndexNotBuilt
from matching.judging.judgement import Asked
from matching.judging.keys import fact_key, one_who_states
from matching.judging.titles import parse_title
from matching.model import Verdict
from matching.segmenting import tokens, weigh_terms
from matching.segmenting.segmenters import JiebaSegmenter
from matching.terms import cut, search_terms, synonyms_of
from policy_corpus.additions import NOTHING, AddedTerm, AddedTitle, AddedZone, Additions, held, use
from policy_corpus.facts import ADDABLE, FactDefinition, FactKind
from policy_corpus.model import AllOf, Operator
from tests.factories import make_condition, make_enterprise
from tests.matching.columns.drawn import DAYS, conditions, enterprises
from tests.matching.columns.test_columns import as_lists, by_evaluator, compiled
from tests.matching.columns.test_roster import CODE_OF, _expected, _said
from tests.matching.segmenting.hostile import hostile_texts

AS_OF = date(2026, 11, 24)
WORDS = ("示例链长", "专精示例", "世界示例500强", "乒乓球拍卖", "和尚未")  # some that cut across jieba's own
FACTS = {
    kind: FactDefinition(
        f"added_{kind.value}", kind, f"示例{kind.value}", None, (), ("小型", "中型", "甲A级")
    )
    for kind in ADDABLE
}


@pytest.fixture(autouse=True)
def nothing_in_place() -> Iterator[None]:
    use(NOTHING)
    yield
    use(NOTHING)


@pytest.fixture(scope="module")
def words() -> Additions:
    return Additions(*weigh_terms(WORDS))


@pytest.fixture(scope="module")
def by_jieba(words: Additions) -> JiebaSegmenter:
    with held(words):
        return JiebaSegmenter()


@given(st.lists(st.one_of(hostile_texts, st.sampled_from(WORDS)), max_size=4).map("".join))
@settings(max_examples=300)
def test_with_added_words_a_text_is_cut_as_jieba_cuts_it(
    words: Additions, by_jieba: JiebaSegmenter, text: str
) -> None:
    with held(words):
        assert tokens(text) == by_jieba.cut(text)


def test_an_added_word_is_a_term_and_gone_when_it_is_taken_out(words: Additions) -> None:
    before = cut("支持示例链长企业")
    with held(words):
        assert cut("支持示例链长企业") == ["支持", "示例链长", "企业"]
    use(NOTHING)
    assert cut("支持示例链长企业") == before


def test_hostile_words_do_no_harm() -> None:
    hostile = (".*", "(?:", "示例[", "a\\", "=", "#示例", "\x00甲", "示 例", "，。", "超" * 500)
    terms = tuple(AddedTerm(word, 3) for word in hostile)
    with held(Additions(terms, synonyms=((".*", "(?:"), ("示例[", "\x00甲")))):
        assert "".join(tokens("示例[企业(?:，.*")) == "示例[企业(?:，.*"
        assert "(?:" in synonyms_of(".*")
        assert search_terms("高企")[:2] == ["高企", "高新技术企业"]


def test_an_added_synonym_widens_the_group_it_shares_a_word_with() -> None:
    assert synonyms_of("高企证") == ()
    with held(Additions(synonyms=(("高新技术企业", "高企证"), ("示例贷", "示例信用贷")))):
        assert {"高新技术企业", "高企"} <= set(synonyms_of("高企证"))
        assert "高企证" in synonyms_of("高企")
        assert synonyms_of("示例贷") == ("示例信用贷",)
        assert "高新技术企业" in search_terms("高企证")
    use(NOTHING)
    assert synonyms_of("高企证") == ()


def test_an_added_title_is_known_by_its_names_and_its_level() -> None:
    with held(
        Additions(
            titles=(
                AddedTitle("示例链长企业", "省级", ("链长单位",)),
                AddedTitle("高新技术企业", "", ("高企证",)),
            )
        )
    ):
        assert parse_title("“链长单位”").name == "示例链长企业"
        assert parse_title("链长单位").ranks == (3,)
        assert parse_title("高企证") == parse_title("高新技术企业")
    use(NOTHING)
    assert parse_title("高企证") != parse_title("高新技术企业")


@pytest.mark.parametrize(
    ("wanted", "held_title", "expected"),
    [
        ("示例链员企业", "示例链长企业", Verdict.MET),
        ("示例链友企业", "示例链长企业", Verdict.MET),  # by way of 链员
        ("示例链长企业", "示例链员企业", Verdict.NOT_MET),
        ("省级示例链员企业", "示例链长企业", Verdict.UNKNOWN),
        ("绿色工厂", "示例链长企业", Verdict.NOT_MET),
    ],
)
def test_a_title_may_imply_others(wanted: str, held_title: str, expected: Verdict) -> None:
    titles = (
        AddedTitle("示例链长企业", implies=("示例链员企业",)),
        AddedTitle("示例链员企业", implies=("示例链友企业",)),
        AddedTitle("示例链友企业"),
    )
    condition = make_condition("qualification", Operator.HAS, wanted)
    company = make_enterprise(qualification=(held_title,))
    with held(Additions(titles=titles)):
        assert evaluate(condition, company, AS_OF)[0] is expected
        assert as_lists(compiled([AllOf((condition,))]).judge(company, AS_OF)) == by_evaluator(
            [AllOf((condition,))], company, AS_OF
        )


def test_a_company_in_an_added_zone_is_in_its_city() -> None:
    zone = AddedZone("360400-SP5", "示例滨江新城产业区", "360400")
    company = make_enterprise(region="360400-SP5")
    asked = [
        make_condition("region", Operator.EQ, name) for name in ("九江市", "示例滨江新城产业区", "杭州市")
    ]
    assert evaluate(asked[1], company, AS_OF)[0] is Verdict.UNKNOWN
    with held(Additions(zones=(zone,))):
        assert [evaluate(one, company, AS_OF)[0] for one in asked] == [
            Verdict.MET,
            Verdict.MET,
            Verdict.NOT_MET,
        ]


def test_what_was_made_by_other_additions_is_not_used() -> None:
    plain = made_by()
    roster = Roster.of([make_enterprise(revenue=Decimal(1))])
    arrays, details = roster.to_arrays()
    with held(Additions(synonyms=(("示例贷", "示例险"),))):
        check_made_by(plain)  # synonyms are looked up when something is asked,
        with pytest.raises(IndexNotBuilt):  # but they are in the words of a company's profile
            Roster.from_arrays(arrays, details)
    for added in (Additions(facts=(FACTS[FactKind.COUNT],)), Additions(titles=(AddedTitle("示例链长企业"),))):
        with held(added), pytest.raises(IndexNotBuilt):
            check_made_by(plain)
    use(NOTHING)
    check_made_by(plain)
    assert Roster.from_arrays(arrays, details).size == 1


@pytest.mark.parametrize("kind", ADDABLE)
@settings(max_examples=40)
@given(data=st.data(), as_of=DAYS)
def test_columns_and_rosters_judge_an_added_fact_as_its_judge_does(
    kind: FactKind, data: Any, as_of: date
) -> None:
    key = FACTS[kind].key
    with held(Additions(facts=tuple(FACTS.values()))):
        asked = data.draw(st.lists(conditions(st.just(key)), min_size=1, max_size=8))
        companies = data.draw(
            st.lists(CODE_OF.flatmap(lambda uscc: enterprises([key], uscc)), min_size=1, max_size=4)
        )
        items = [AllOf((condition,)) for condition in asked]
        columns, roster = compiled(items), Roster.of(companies)
        for company in companies:
            assert as_lists(columns.judge(company, as_of)) == by_evaluator(items, company, as_of)
        for condition in asked:
            assert _said(roster, condition, as_of) == _expected(companies, condition, as_of)


@pytest.mark.parametrize("kind", ADDABLE)
@settings(max_examples=40)
@given(data=st.data(), as_of=DAYS)
def test_the_key_of_an_added_fact_holds_all_that_its_judge_looks_up(
    kind: FactKind, data: Any, as_of: date
) -> None:
    key = FACTS[kind].key
    with held(Additions(facts=tuple(FACTS.values()))):
        company = data.draw(enterprises([key]))
        found = fact_key(key, company, as_of)
        for condition in data.draw(st.lists(conditions(st.just(key)), min_size=1, max_size=4)):
            verdict = judge_condition(condition, Asked(company, as_of)).verdict
            if found is None:
                assert verdict is Verdict.UNKNOWN
            else:
                assert judge_condition(condition, one_who_states(key, found)).verdict is verdict
