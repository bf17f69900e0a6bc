"""Whose word counts: a later year, then the better source, then the later statement; what does not count stays visible."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from matching.model import Enterprise, Fact
from service.enterprise_trust import (
    Claim,
    Decision,
    HeldCompany,
    Step,
    applied,
    conflicts_of,
    decide,
)
from tests.factories import OTHER_USCC, USCC

ADMIN, LIST, SELF = "管理员更正", "导入：名录.xlsx", "企业填报"


def held(
    key: str = "revenue", value: object = Decimal(100), source: str = LIST, period: str | None = "2025"
) -> HeldCompany:
    return HeldCompany(USCC, "示例甲公司", {key: Claim(7, value, source, None, period)}, {})  # type: ignore[arg-type]


def stated(
    key: str = "revenue", value: object = Decimal(200), source: str = LIST, period: str | None = "2025"
) -> Enterprise:
    return Enterprise(USCC, "示例甲公司", {key: Fact(value, source, None, period)})  # type: ignore[arg-type]


def step(decision: Decision) -> Step | None:
    return decision.facts[0].step if decision.facts else None


def test_a_later_year_stands_before_an_earlier_one_whoever_says_so() -> None:
    assert step(decide(held(source=ADMIN), stated(source=SELF, period="2026"))) is Step.CHANGED
    assert step(decide(held(source=SELF), stated(source=LIST, period="2024"))) is Step.ASIDE


def test_for_one_year_the_better_source_counts_and_the_other_is_kept_aside() -> None:
    assert step(decide(held(source=ADMIN), stated(source=LIST))) is Step.ASIDE
    assert step(decide(held(source=LIST), stated(source=SELF))) is Step.ASIDE
    assert step(decide(held(source=SELF), stated(source=LIST))) is Step.CHANGED
    assert step(decide(held(source=LIST), stated(source=LIST))) is Step.CHANGED


def test_of_what_only_the_company_knows_no_list_knows_more() -> None:
    before, after = ("甲",), ("乙",)
    assert step(decide(held("event", before, LIST, None), stated("event", after, SELF, None))) is Step.CHANGED
    assert step(decide(held("event", before, ADMIN, None), stated("event", after, SELF, None))) is Step.ASIDE


def test_the_same_from_another_list_changes_nothing() -> None:
    assert step(decide(held(), stated(value=Decimal(100), source="导入：另一份.xlsx"))) is None
    assert step(decide(held(), stated(value=Decimal(100), source="导入：另一份.xlsx", period=None))) is None


def test_the_same_from_a_better_source_is_founded_better() -> None:
    assert step(decide(held(source=SELF), stated(value=Decimal(100), source=LIST))) is Step.RESTATED


def test_what_was_set_back_to_unknown_by_hand_stays_so_until_a_person_decides() -> None:
    unknown = held(value=None, source=ADMIN)
    decision = decide(unknown, stated())
    assert step(decision) is Step.ASIDE
    assert conflicts_of(applied(unknown, decision)) == ["revenue"]
    assert step(decide(unknown, stated(period="2026"))) is Step.NEW


def test_an_older_figure_is_no_conflict() -> None:
    company = held()
    assert conflicts_of(applied(company, decide(company, stated(period="2024")))) == []


def test_a_code_that_was_merged_into_another_names_nothing() -> None:
    decision = decide(held(), Enterprise(OTHER_USCC, "示例旧名公司", {}))
    assert (decision.uscc, decision.is_renamed) == (USCC, False)


def test_an_old_list_does_not_take_a_new_name_back() -> None:
    company = held()
    renamed = applied(company, decide(company, Enterprise(USCC, "示例甲新公司", {})))
    assert renamed.name == "示例甲新公司"
    assert not decide(renamed, Enterprise(USCC, "示例甲公司", {})).is_renamed
    assert decide(renamed, Enterprise(USCC, "示例甲集团", {})).is_renamed


_FACTS = st.dictionaries(
    st.sampled_from(["revenue", "employees", "event"]),
    st.builds(
        Fact,
        st.sampled_from([Decimal(1), Decimal(2)]) | st.just(("甲",)),
        st.sampled_from([ADMIN, LIST, SELF]),
        st.sampled_from([None, date(2026, 1, 1)]),
        st.sampled_from([None, "2024", "2025"]),
    ),
    max_size=3,
)


@given(st.lists(_FACTS, min_size=1, max_size=5), _FACTS)
def test_saying_the_same_twice_changes_nothing_the_second_time(
    before: list[dict[str, Fact]], said: dict[str, Fact]
) -> None:
    company: HeldCompany | None = None
    for facts in [*before, said]:
        enterprise = Enterprise(USCC, "示例甲公司", facts)
        company = applied(company, decide(company, enterprise))
    assert decide(company, Enterprise(USCC, "示例甲公司", said)).facts == ()
