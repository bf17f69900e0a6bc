"""No statement that settles a condition is missed, neither by the columns of items nor by those of companies."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from matching.columns.compiling import ColumnsBuilder
from matching.columns.pieces import code_of
from matching.columns.roster import Roster
from matching.judging.judgement import Asked
from policy_corpus.model import AllOf, Condition, Operator
from tests.factories import make_condition, make_enterprise
from tests.matching.columns.drawn import AROUND, PHRASES

BEHIND = ("", "行为", "的记录", "等情况", "计划")
TODAY = date(2026, 11, 23)


def _asked(attribute: str) -> list[Condition]:
    has = [make_condition(attribute, Operator.HAS, phrase) for phrase in PHRASES]
    lacks = [make_condition(attribute, Operator.NOT_HAS, phrase, negated=True) for phrase in PHRASES]
    return [*has, *lacks, make_condition(attribute, Operator.IN, PHRASES[:3])]


@pytest.mark.parametrize("attribute", ["compliance", "event"])
def test_every_statement_is_held_against_every_phrase(attribute: str) -> None:
    statements = sorted(
        {before + phrase + behind for before, phrase, behind in product(AROUND, PHRASES, AROUND)}
    )
    builder, asked = ColumnsBuilder(), _asked(attribute)
    for condition in asked:
        builder.add(AllOf((condition,)))
    columns = builder.freeze()
    companies = [make_enterprise(f"{n:018d}", **{attribute: (one,)}) for n, one in enumerate(statements)]
    roster = Roster.of(companies)
    expected = [[code_of(one, Asked(company, TODAY)) for one in asked] for company in companies]
    assert [columns.judge(company, TODAY).verdict.tolist() for company in companies] == expected
    by_item = [roster.judge(one, TODAY).tolist() for one in asked]
    assert by_item == [list(column) for column in zip(*expected, strict=True)]
    assert {code for row in expected for code in row} == {0, 1, 2}
