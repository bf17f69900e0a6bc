"""What items ask of a company, counted over the catalogue; hand-counted on a few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from matching.asked_facts import AskedFacts
from policy_corpus.model import AnyOf, FreeText, Operator
from tests.factories import make_condition, make_day, make_item, make_span

DAY = date(2026, 11, 24)


def test_items_are_counted_for_each_fact_that_answers_a_condition() -> None:
    revenue, employees = make_condition(), make_condition("employees", Operator.GE, Decimal(5))
    years = make_condition("founded_years", Operator.GE, Decimal(1))
    items = [
        make_item(revenue, id="0000000000000000-001"),
        make_item(AnyOf((revenue, employees)), years, id="0000000000000000-002"),
        make_item(employees, FreeText(make_span("示例")), id="0000000000000000-003"),
        make_item(id="0000000000000000-004"),
    ]
    catalogue = make_day(items, DAY).catalogue
    asked, all_of_them = AskedFacts.of(catalogue), np.ones(catalogue.size, np.bool_)
    assert asked.counts(all_of_them) == {"revenue": 2, "employees": 2, "founded_on": 1}
    assert asked.alone(frozenset({"revenue", "employees"}), all_of_them) == {"revenue": 1, "employees": 0}
    assert asked.alone(frozenset({"founded_on"}), all_of_them) == {"founded_on": 1}
    assert AskedFacts.of(make_day([], DAY).catalogue).counts(np.zeros(0, np.bool_)) == {}
