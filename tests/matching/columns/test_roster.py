"""A roster says of every company what the readable evaluator says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns.pieces import CODES
from matching.columns.roster import Roster
from matching.eligibility import Evaluator
from matching.errors import IndexNotBuilt
from matching.model import Enterprise, Fact
from policy_corpus.facts import FACTS
from policy_corpus.model import AllOf, Node, Operator
from tests.factories import make_condition, make_enterprise
from tests.matching.columns.drawn import DAYS, conditions, enterprises, trees

CODE_OF = st.sampled_from([f"9136040{n}MA35A00018" for n in range(8)])
COMPANIES = st.lists(CODE_OF.flatmap(lambda uscc: enterprises(uscc=uscc)), max_size=6)


def _said(roster: Roster, item: Node, as_of: date) -> dict[str, tuple[int, int, int]]:
    found = zip(*(column.tolist() for column in roster.judge_item(item, as_of)), strict=True)
    pairs = zip(roster.usccs, roster.present.tolist(), found, strict=True)
    return {uscc: one for uscc, present, one in pairs if present}


def _expected(companies: list[Enterprise], item: Node, as_of: date) -> dict[str, tuple[int, int, int]]:
    evaluators = {company.uscc: Evaluator(company, as_of) for company in companies}
    return {uscc: (CODES[one.verdict_on(item)], *one.tally(item)) for uscc, one in evaluators.items()}


@settings(deadline=None, max_examples=200)
@given(COMPANIES, st.lists(trees(), min_size=1, max_size=3), DAYS)
def test_a_roster_says_what_the_evaluator_says(
    companies: list[Enterprise], items: list[AllOf], as_of: date
) -> None:
    roster = Roster.of(companies)
    for item in items:
        assert _said(roster, item, as_of) == _expected(companies, item, as_of)


@pytest.mark.parametrize("attribute", FACTS)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), as_of=DAYS)
def test_each_attribute_is_judged_as_by_its_judge(attribute: str, data: Any, as_of: date) -> None:
    keys = ["founded_on"] if attribute.startswith("founded") else [attribute]
    keys += {"patents": ["invention_patents"], "invention_patents": ["patents"], "rd_ratio": ["revenue", "rd_expense"],
             "size_class": ["industry", "employees", "revenue", "total_assets"]}.get(attribute, [])  # fmt: skip
    companies = data.draw(
        st.lists(CODE_OF.flatmap(lambda uscc: enterprises(keys, uscc)), min_size=1, max_size=8)
    )
    roster = Roster.of(companies)
    for condition in data.draw(st.lists(conditions(st.just(attribute)), min_size=1, max_size=6)):
        assert _said(roster, condition, as_of) == _expected(companies, condition, as_of)


@settings(deadline=None)
@given(
    COMPANIES,
    st.lists(st.tuples(COMPANIES, st.lists(CODE_OF, max_size=3)), max_size=3),
    trees(),
    DAYS,
    st.booleans(),
)
def test_changes_leave_the_roster_as_if_it_were_built_anew(
    companies: list[Enterprise],
    changes: list[tuple[list[Enterprise], list[str]]],
    item: AllOf,
    as_of: date,
    reopened: bool,
) -> None:
    roster, kept = Roster.of(companies), {company.uscc: company for company in companies}
    for put, remove in changes:
        before = _said(roster, item, as_of)
        roster.changed(companies[::-1] + put)  # goes its own way
        changed = roster.changed(put, remove)
        assert _said(roster, item, as_of) == before
        kept = {uscc: one for uscc, one in kept.items() if uscc not in remove} | {
            one.uscc: one for one in put
        }
        roster = Roster.from_arrays(*changed.to_arrays()) if reopened else changed
    assert _said(roster, item, as_of) == _expected(list(kept.values()), item, as_of)


def test_a_company_keeps_its_row_when_others_come_and_go() -> None:
    first, second = make_enterprise("91360400MA35A00018"), make_enterprise("91360400MA35A0002B")
    roster = Roster.of([first, second]).changed([], ["91360400MA35A00018"])
    assert (list(roster.usccs), roster.present.tolist()) == ([first.uscc, second.uscc], [False, True])
    again = roster.changed([first])
    assert (list(again.usccs), again.present.tolist()) == ([first.uscc, second.uscc], [True, True])


def test_figures_that_floats_cannot_tell_apart_are_told_apart() -> None:
    digits = ("0.1", "0.10000000000000000001", "0.09999999999999999999")
    companies = [
        Enterprise(f"9136040{n}MA35A00018", "示例公司", {"rd_ratio": Fact(Decimal(text), "企业填报")})
        for n, text in enumerate(digits)
    ]
    asked = make_condition("rd_ratio", Operator.EQ, Decimal("0.1"))
    assert Roster.of(companies).judge_item(asked, date(2026, 1, 1)).verdict.tolist() == [2, 0, 0]


def test_other_arrays_are_kept_with_the_roster() -> None:
    roster = Roster.of([make_enterprise()]).with_extra({"profile/ones": np.arange(3)})
    again = Roster.from_arrays(*roster.to_arrays())
    assert again.extra["profile/ones"].tolist() == [0, 1, 2]
    assert not again.changed([make_enterprise(revenue=1)]).extra


def test_a_roster_made_by_other_rules_is_refused() -> None:
    arrays, details = Roster.of([make_enterprise()]).to_arrays()
    with pytest.raises(IndexNotBuilt, match="其他版本"):
        Roster.from_arrays(arrays, details | {"made_by": "0" * 32})
