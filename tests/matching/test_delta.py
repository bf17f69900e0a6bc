"""What changed for whom, against the lists before and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns.roster import Roster
from matching.delta import Change, enterprise_delta, item_delta, supposing
from matching.eligibility import eligibility_of, evaluate
from matching.model import Eligibility, Enterprise
from policy_corpus.model import ApplicationWindow, Operator, PolicyItem
from tests.factories import OTHER_USCC, USCC, make_condition, make_day, make_enterprise, make_item, make_span

TODAY = date(2026, 11, 24)
RICH = make_enterprise(revenue=35_000_000, region="360403")
POOR = make_enterprise(OTHER_USCC, "乙", revenue=900_000, region="440106")
REVENUE = make_condition("revenue", Operator.GE, Decimal(20_000_000))
JIANGXI = make_condition("region", Operator.EQ, "江西省")
STAFF = make_condition("employees", Operator.GE, Decimal(50))


def _is(item: PolicyItem | None, enterprise: Enterprise) -> Eligibility | None:
    return None if item is None else eligibility_of(evaluate(item.conditions, enterprise, TODAY)[0])


ITEMS = st.none() | st.builds(
    lambda conditions: make_item(*conditions),
    st.lists(st.sampled_from([REVENUE, JIANGXI, STAFF]), min_size=1),
)


@settings(max_examples=60, deadline=None)
@given(ITEMS, ITEMS)
def test_an_items_change_is_told_for_whom_it_makes_a_difference(
    before: PolicyItem | None, after: PolicyItem | None
) -> None:
    companies = [RICH, POOR]
    delta = item_delta(before, after, Roster.of(companies), TODAY)
    expected = [
        Change(one.uscc, _is(before, one), _is(after, one)) for one in sorted(companies, key=lambda c: c.uscc)
    ]
    assert delta.changes == tuple(one for one in expected if one.before != one.after)
    assert sum(delta.counts.values()) == len(companies)
    assert all(delta.counts[(one.before, one.after)] for one in expected)


def test_new_facts_open_and_close_items_and_closed_windows_are_left_out() -> None:
    window = ApplicationWindow(make_span("申报期"), None, date(2026, 11, 1))
    items = [
        make_item(REVENUE, id=f"{1:016x}-001"),
        make_item(STAFF, id=f"{2:016x}-001"),
        make_item(JIANGXI, id=f"{3:016x}-001"),
        make_item(REVENUE, id=f"{4:016x}-001", window=window),
    ]
    supposed = supposing(POOR, {"revenue": Decimal(20_000_000), "employees": Decimal(10), "region": None})
    assert (supposed.facts["revenue"].source, "region" in supposed.facts) == ("假设", False)
    delta = enterprise_delta(POOR, supposed, make_day(items, TODAY))
    assert delta.changes == (
        Change(f"{1:016x}-001", Eligibility.INELIGIBLE, Eligibility.ELIGIBLE),
        Change(f"{2:016x}-001", Eligibility.UNDETERMINED, Eligibility.INELIGIBLE),
        Change(f"{3:016x}-001", Eligibility.INELIGIBLE, Eligibility.UNDETERMINED),
    )
    assert supposing(POOR, {}) == POOR


def test_a_company_that_comes_is_offered_everything_at_once() -> None:
    items = [make_item(REVENUE, id=f"{1:016x}-001"), make_item(JIANGXI, id=f"{2:016x}-001")]
    delta = enterprise_delta(None, RICH, make_day(items, TODAY))
    assert [one.before for one in delta.changes] == [None, None]
    assert delta.counts == {(None, Eligibility.ELIGIBLE): 2}
    assert RICH.uscc == USCC


def test_nobody_and_nothing_change_nothing() -> None:
    assert item_delta(None, None, Roster.of([]), TODAY).changes == ()
    assert enterprise_delta(RICH, RICH, make_day([], TODAY)).changes == ()
