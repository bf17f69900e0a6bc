"""The audience of an item: what it says of a company is what the company's own list says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.audience import find_audience
from matching.catalogue.day import Day
from matching.columns.roster import Roster
from matching.match import rank_items
from matching.model import Eligibility, Enterprise
from matching.profile_rows import ProfileRows
from matching.text_index import TextIndex
from policy_corpus.model import AnyOf, FreeText, Operator, PolicyItem
from tests.factories import make_condition, make_day, make_enterprise, make_item, make_span

TODAY = date(2026, 11, 24)
CONDITIONS = st.sampled_from(
    [
        make_condition("revenue", Operator.GE, Decimal(20_000_000)),
        make_condition("region", Operator.EQ, "江西省"),
        make_condition("qualification", Operator.NOT_HAS, "高新技术企业", negated=True),
        AnyOf((make_condition("employees", Operator.LE, Decimal(300)), FreeText(make_span("效益良好")))),
        make_condition("event", Operator.HAS, "首次获评示范"),
    ]
)
ITEMS = st.builds(
    lambda conditions, title: make_item(*conditions, title=title),
    st.lists(CONDITIONS, min_size=1, max_size=4),
    st.sampled_from(["技术改造补助", "高新技术企业奖励", "餐饮企业稳岗补贴"]),
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["360403", "440106", "360000"]),
        "revenue": st.sampled_from([0, 19_999_999, 20_000_000, 50_000_000]),
        "employees": st.integers(0, 600),
        "qualification": st.lists(st.sampled_from(["高新技术企业", "科技型中小企业"]), unique=True),
        "event": st.just(("首次获评示范",)),
    },
)
COMPANIES = st.lists(st.tuples(st.sampled_from(["示例餐饮店", "示例智能装备有限公司"]), FACTS), max_size=7)


def _companies(drawn: list[tuple[str, dict[str, object]]]) -> list[Enterprise]:
    return [
        make_enterprise(f"91360400MA35A0{n:04d}"[:18], name, **facts) for n, (name, facts) in enumerate(drawn)
    ]


def _own(enterprise: Enterprise, item: PolicyItem, day: Day) -> tuple[object, ...]:
    (match,) = rank_items(enterprise, day, include_ineligible=True, include_closed=True).matches()
    assert match.item.id == item.id
    return match.eligibility, match.score, match.relevance, match.findings, match.terms


@settings(max_examples=80, deadline=None)
@given(ITEMS, COMPANIES)
def test_the_audience_says_of_each_company_what_its_own_list_says(
    item: PolicyItem, drawn: list[tuple[str, dict[str, object]]]
) -> None:
    companies, day = _companies(drawn), make_day([item], TODAY)
    by_code = {company.uscc: company for company in companies}
    shuffled = companies[::-1]
    found = find_audience(item, Roster.of(shuffled), ProfileRows.of(shuffled), day)
    own = {company.uscc: _own(company, item, day) for company in companies}
    counts = Counter(answer[0] for answer in own.values())
    assert dict(found.counts) == {kind: counts[kind] for kind in Eligibility}
    listed = found.matches(by_code.__getitem__)
    for enterprise, match in listed:
        answer = (match.eligibility, match.score, match.relevance, match.findings, match.terms)
        assert answer == own[enterprise.uscc]
    assert found.relevance.tolist() == [round(match.relevance * 1e6) for _, match in listed]
    assert found.score.tolist() == [round(match.score * 1e6) for _, match in listed]
    keys = [(list(Eligibility).index(m.eligibility), -m.score, -m.relevance, e.uscc) for e, m in listed]
    assert keys == sorted(keys)
    assert [match.rank for _, match in listed] == list(range(1, len(listed) + 1))
    assert found.matches(by_code.__getitem__, 2) == listed[:2]


def test_a_company_taken_out_or_changed_is_counted_as_it_is_now() -> None:
    item = make_item(make_condition("revenue", Operator.GE, Decimal(20_000_000)), title="技术改造补助")
    first, second = _companies([("甲", {"revenue": 1}), ("乙", {"revenue": 1})])
    roster, profiles = Roster.of([first, second]), ProfileRows.of([first, second])
    rich = make_enterprise(first.uscc, "甲技术改造", revenue=30_000_000)
    changed = roster.changed([rich], [second.uscc])
    rows = changed.rows_of([rich.uscc])
    again = profiles.changed(rows, changed.size, [rich])
    found = find_audience(item, changed, again, make_day([item], TODAY))
    assert (found.counts[Eligibility.ELIGIBLE], sum(found.counts.values())) == (1, 1)
    assert found.relevance[0] > 0


def test_an_item_outside_the_catalogue_is_judged_with_relevance_nought() -> None:
    item = make_item(make_condition("revenue", Operator.GE, Decimal(1)))
    (company,) = _companies([("技术改造", {"revenue": 5})])
    other = replace(item, id="00000000000000ff-001", document_id="00000000000000ff")
    found = find_audience(other, Roster.of([company]), ProfileRows.of([company]), make_day([item], TODAY))
    assert (found.counts[Eligibility.ELIGIBLE], found.relevance.tolist()) == (1, [0])


def test_profile_rows_come_back_from_their_arrays_and_know_what_an_index_does_not() -> None:
    companies = _companies([("示例餐饮店", {}), ("示例智能装备有限公司", {})])
    rows = ProfileRows.of(companies)
    again = ProfileRows.from_arrays(rows.to_arrays())
    assert list(again.terms) == list(rows.terms) and again.rows.terms.tolist() == rows.rows.terms.tolist()
    text = TextIndex.build([["餐饮店"]])
    known = rows.for_index(text, rows=rows.rows.starts[:1])
    assert known.terms.tolist().count(-1) == len(known.terms) - sum(
        rows.terms[t] == "餐饮店" for t in rows.rows.terms
    )
