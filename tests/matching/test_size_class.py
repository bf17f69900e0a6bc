from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.size_class import _UNCOVERED, RULES, SIZES, SizeRule, figures_used, size_class
from policy_corpus.codes.industries import _table

WAN = 10_000
BIG = Decimal(10) ** 12
FIGURES = st.decimals(0, 10**12, places=2) | st.none()
CODES = sorted(_table())


def figures(rule: SizeRule, rank: int) -> dict[str, Decimal]:
    """The lowest figures that make the rank; 0: nothing at all."""
    return {
        key: Decimal(limits[rank - 1] * unit) if rank else Decimal(0)
        for key, limits, unit in (
            ("employees", rule.employees, 1),
            ("revenue_yuan", rule.revenue_wan, WAN),
            ("total_assets_yuan", rule.assets_wan, WAN),
        )
        if limits
    }


def classed(code: str, given: dict[str, Decimal]) -> str | None:
    return size_class(code, given.get("employees"), given.get("revenue_yuan"), given.get("total_assets_yuan"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.trade)
@pytest.mark.parametrize("rank", range(4))
def test_the_lower_limits_of_every_row_belong_to_the_class(rule: SizeRule, rank: int) -> None:
    for code in rule.codes:
        assert classed(code, figures(rule, rank)) == SIZES[rank]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.trade)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_one_figure_below_its_limit_is_the_class_below(rule: SizeRule, rank: int) -> None:
    for key in figures(rule, rank):
        given = figures(rule, 3) | {key: figures(rule, rank)[key] - Decimal("0.01")}
        assert classed(rule.codes[0], given) == SIZES[rank - 1]


def test_every_class_of_the_standard_is_in_one_row_or_named_as_uncovered() -> None:
    for code in (c for c in CODES if len(c) == 5):
        rows = [rule.trade for rule in RULES if code.startswith(rule.codes)]
        assert len(rows) + code.startswith(_UNCOVERED) == 1, code


def test_employees_alone_can_make_a_micro_enterprise_but_no_larger_one() -> None:
    assert size_class("C39", Decimal(19), None, None) == "微型"
    assert size_class("C39", Decimal(20), None, None) is None
    assert size_class("C39", None, None, None) is None


def test_a_trade_without_a_size_or_too_coarse_a_code_is_unknown() -> None:
    assert size_class("J66", Decimal(5), Decimal(0), Decimal(0)) is None
    assert size_class("K704", Decimal(5), Decimal(0), Decimal(0)) is None
    assert size_class(None, Decimal(5), Decimal(0), Decimal(0)) is None
    assert (
        size_class("F", Decimal(12), Decimal(9_000_000), None) is None
    )  # small as retail, micro as wholesale
    assert size_class("F", Decimal(1), Decimal(0), None) == "微型"
    assert size_class("H", Decimal(50), Decimal(5_000_000), None) == "小型"  # both rows agree


def test_figures_used_are_those_of_the_trade() -> None:
    assert figures_used("C39") == ("employees", "revenue")
    assert figures_used("E47") == ("revenue", "total_assets")
    assert figures_used("J66") == ()


@given(st.sampled_from(CODES), FIGURES, FIGURES, FIGURES, st.integers(0, 2), st.decimals(0, 10**12, places=2))
def test_more_of_anything_never_makes_an_enterprise_smaller(
    code: str,
    employees: Decimal | None,
    revenue: Decimal | None,
    assets: Decimal | None,
    which: int,
    more: Decimal,
) -> None:
    before = [employees, revenue, assets]
    after = [f + more if n == which and f is not None else f for n, f in enumerate(before)]
    small, large = size_class(code, *before), size_class(code, *after)
    if small is not None and large is not None:
        assert SIZES.index(small) <= SIZES.index(large)


@given(st.sampled_from(CODES), FIGURES, FIGURES, FIGURES, st.integers(0, 2), st.decimals(0, 10**12, places=2))
def test_learning_a_figure_never_changes_a_certain_answer(
    code: str,
    employees: Decimal | None,
    revenue: Decimal | None,
    assets: Decimal | None,
    which: int,
    new: Decimal,
) -> None:
    before = [employees, revenue, assets]
    after = [new if n == which and f is None else f for n, f in enumerate(before)]
    known = size_class(code, *before)
    assert known is None or size_class(code, *after) == known
