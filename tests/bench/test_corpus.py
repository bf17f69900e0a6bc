"""The synthetic places are the same at every run, quote their texts, and ask what can be judged."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

import pytest

from bench.corpus import AS_OF, Policy, make_policies, make_policy, make_profiles, make_texts
from bench.corpus_enterprises import make_enterprise, make_enterprises
from bench.corpus_places import CITY, NATION, PROVINCE, partitions_of, world
from bench.corpus_words import topics
from bench.prepared import PROFILE_TERMS, SHORT_TERMS, prepare, profiles, seats, short_questions
from matching.eligibility import Evaluator, eligibility_of
from matching.model import Eligibility
from matching.profile import enterprise_terms
from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.facts import FACTS, stored_facts
from policy_corpus.model import AnyOf, Condition, FreeText, Not, Span, leaves

POLICIES = make_policies(600)


def _spans(policy: Policy) -> Iterator[Span]:
    item = policy.item
    yield from item.spans
    yield from (leaf.span for leaf in leaves(item.conditions))
    yield from (benefit.span for benefit in item.benefits)
    yield from (quoted.span for quoted in (item.window, item.department) if quoted is not None)


def test_what_is_drawn_is_the_same_on_every_machine() -> None:
    """A digest that was taken once: a change of the corpus makes older rows of the results another corpus's."""
    texts = "\n".join(make_policy(number).text for number in range(20))
    assert hashlib.sha256(texts.encode()).hexdigest()[:16] == "5c42a4a8c778d7a4"
    companies = "\n".join(repr(make_enterprise(number)) for number in range(20))
    assert hashlib.sha256(companies.encode()).hexdigest()[:16] == "6197ebd89c9505e3"


def test_a_policy_is_the_same_however_many_are_drawn() -> None:
    few = {policy.item.id: policy for policy in make_policies(50)}
    assert all(few[policy.item.id] == policy for policy in POLICIES if policy.item.id in few)
    assert make_policy(7, PROVINCE) == make_policy(7, PROVINCE) != make_policy(7, CITY)
    assert make_enterprise(7) == make_enterprise(7) != make_enterprise(8)
    assert make_profiles(3) == make_profiles(5)[:3]


def test_every_span_quotes_its_text() -> None:
    for policy in POLICIES:
        for span in _spans(policy):
            assert policy.text[span.start : span.end] == span.quote
            assert span.document_id == policy.item.document_id == policy.item.id[:16]


def test_texts_stand_in_the_order_of_the_policies() -> None:
    texts, regions = make_texts(600)
    assert texts == [policy.text for policy in POLICIES]
    assert regions == [policy.region for policy in POLICIES] == sorted(regions)


def test_texts_have_about_the_length_that_is_said() -> None:
    assert 360 < sum(len(policy.text) for policy in POLICIES) / len(POLICIES) < 400


def test_conditions_ask_for_every_fact_and_have_every_form() -> None:
    found: Counter[str] = Counter()
    for policy in POLICIES:
        children = policy.item.conditions.children
        found.update(type(child).__name__ for child in children)
        found.update(leaf.attribute for leaf in leaves(policy.item.conditions) if isinstance(leaf, Condition))
        assert 3 <= sum(1 for _ in leaves(policy.item.conditions)) <= 6
    assert {AnyOf.__name__, Not.__name__, FreeText.__name__} <= set(found)
    assert set(FACTS) - set(found) <= {"founded_on"}  # a condition asks for years or a date


def test_companies_have_every_kind_of_fact_and_codes_of_their_own() -> None:
    companies = list(make_enterprises(300))
    assert {key for one in companies for key in one.facts} == {row.key for row in stored_facts()} - {
        "rd_ratio",
        "size_class",
    }  # those two are derived
    codes = [one.uscc for one in companies]
    assert len(set(codes)) == len(codes)
    assert all(normalise_uscc(code) == code for code in codes)


def test_a_company_fits_some_items_of_its_part_and_none_outside() -> None:
    found: Counter[Eligibility] = Counter()
    for company in make_enterprises(6):
        evaluator = Evaluator(company, AS_OF)
        part = partitions_of(str(company.facts["region"].value))
        for policy in POLICIES:
            verdict = eligibility_of(evaluator.verdict_on(policy.item.conditions))
            if policy.region in part:
                found[verdict] += 1
            else:
                assert verdict is Eligibility.INELIGIBLE
    assert all(found[verdict] for verdict in Eligibility)


@pytest.mark.parametrize(
    ("root", "low", "high"), [(CITY, 0.3, 0.5), (PROVINCE, 0.04, 0.06), (NATION, 0.03, 0.06)]
)
def test_the_part_of_a_county_is_as_large_as_said(root: str, low: float, high: float) -> None:
    prepared = prepare(1500, root)
    shares = [prepared.part_of(region).share for region in seats(60, root)]
    assert low < sum(shares) / len(shares) < high


def test_a_part_is_its_ranges_and_its_mask() -> None:
    prepared = prepare(400)
    part = prepared.part_of(world().counties[3].code)
    inside = [at for start, end in part.ranges for at in range(start, end)]
    assert inside == [at for at, kept in enumerate(part.mask) if kept]
    assert {prepared.regions[at] for at in inside} <= set(part.codes)
    assert all(prepared.regions[at] not in part.codes for at in range(len(prepared)) if at not in set(inside))


def test_the_first_of_a_prepared_corpus_is_a_smaller_corpus() -> None:
    small, cut_down = prepare(100), prepare(300).first(100)
    assert small.terms == cut_down.terms
    assert (small.numbers, small.regions) == (cut_down.numbers, cut_down.regions)


def test_questions_are_as_long_as_said() -> None:
    long = profiles(30)
    assert {len(terms) for terms in long} == {PROFILE_TERMS}
    assert {len(set(terms)) for terms in short_questions(long)} == {SHORT_TERMS}


def test_texts_of_one_topic_share_words() -> None:
    assert len(topics()) == 400
    first, second = (set(topic.noun.words) for topic in topics()[:2])
    assert len(first & second) < len(first) / 2


def test_the_profile_of_a_company_has_words_enough_to_search_with() -> None:
    counts = [len(set(enterprise_terms(company, AS_OF))) for company in make_enterprises(40)]
    assert 40 < sum(counts) / len(counts) < 150
