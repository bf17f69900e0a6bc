"""Kleene's logic and comparisons of figures known exactly or by bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.comparisons import MET, NOT_MET, UNKNOWN, Range, Scope, all_of, any_of, compare, exactly, negate
from matching.model import Verdict
from policy_corpus.model import Operator

ANY = st.sampled_from(Verdict)
SOME = st.lists(ANY, min_size=1, max_size=6)
FIGURE = st.decimals(-1000, 1000, places=2)
ORDERED = (Operator.GE, Operator.GT, Operator.LE, Operator.LT, Operator.EQ)


@given(SOME)
def test_negating_turns_all_into_any(verdicts: list[Verdict]) -> None:
    assert negate(all_of(verdicts)) is any_of(map(negate, verdicts))
    assert negate(any_of(verdicts)) is all_of(map(negate, verdicts))


@given(SOME, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(verdicts: list[Verdict], rng: object) -> None:
    shuffled = rng.sample(verdicts, len(verdicts))  # type: ignore[attr-defined]
    assert all_of(verdicts) is all_of(shuffled + verdicts)
    assert any_of(verdicts) is any_of(shuffled + verdicts)


@given(SOME, SOME, SOME)
def test_grouping_does_not_matter(one: list[Verdict], two: list[Verdict], three: list[Verdict]) -> None:
    assert all_of([all_of(one), all_of(two + three)]) is all_of(one + two + three)
    assert any_of([any_of(one + two), any_of(three)]) is any_of(one + two + three)


@given(ANY, SOME)
def test_joining_distributes(verdict: Verdict, others: list[Verdict]) -> None:
    assert all_of([verdict, any_of(others)]) is any_of(all_of([verdict, other]) for other in others)
    assert any_of([verdict, all_of(others)]) is all_of(any_of([verdict, other]) for other in others)


@given(SOME, st.integers(0, 5), ANY)
def test_learning_a_verdict_never_makes_a_known_answer_unknown(
    verdicts: list[Verdict], at: int, learned: Verdict
) -> None:
    place = at % len(verdicts)
    if verdicts[place] is not UNKNOWN:
        return
    after = [*verdicts[:place], learned, *verdicts[place + 1 :]]
    for join in (all_of, any_of):
        if join(verdicts) is not UNKNOWN:
            assert join(after) is join(verdicts)


def test_double_negation_is_none() -> None:
    assert [negate(negate(verdict)) for verdict in Verdict] == list(Verdict)


def test_an_empty_group_says_nothing() -> None:
    assert all_of([]) is any_of([]) is UNKNOWN


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (Operator.GE, NOT_MET, MET, MET),
        (Operator.GT, NOT_MET, NOT_MET, MET),
        (Operator.LE, MET, MET, NOT_MET),
        (Operator.LT, MET, NOT_MET, NOT_MET),
        (Operator.EQ, NOT_MET, MET, NOT_MET),
    ],
)
def test_each_operator_at_its_bound(op: Operator, below: Verdict, at: Verdict, above: Verdict) -> None:
    bound, step = Decimal("20000000"), Decimal("0.01")
    found = [compare(exactly(value), op, (bound,)) for value in (bound - step, bound, bound + step)]
    assert found == [below, at, above]


@pytest.mark.parametrize(
    ("value", "expected"), [("1.99", NOT_MET), ("2", MET), ("3", MET), ("4", MET), ("4.01", NOT_MET)]
)
@pytest.mark.parametrize("bounds", [("2", "4"), ("4", "2")])
def test_between_includes_both_ends(value: str, expected: Verdict, bounds: tuple[str, str]) -> None:
    low, high = map(Decimal, bounds)
    assert compare(exactly(Decimal(value)), Operator.BETWEEN, (low, high)) is expected


def test_in_is_any_of_the_values() -> None:
    bounds = (Decimal(1), Decimal(3))
    assert [compare(exactly(Decimal(n)), Operator.IN, bounds) for n in (1, 2, 3)] == [MET, NOT_MET, MET]


@pytest.mark.parametrize(
    ("op", "bounds"),
    [
        (Operator.GE, ()),
        (Operator.GE, (Decimal(1), Decimal(2))),
        (Operator.BETWEEN, (Decimal(1),)),
        (Operator.HAS, (Decimal(1),)),
        (Operator.GE, (Decimal("NaN"),)),
        (Operator.LE, (Decimal("Infinity"),)),
    ],
)
def test_a_senseless_comparison_is_unknown(op: Operator, bounds: tuple[Decimal, ...]) -> None:
    assert compare(exactly(Decimal(5)), op, bounds) is UNKNOWN


@given(FIGURE, FIGURE, FIGURE, st.sampled_from(ORDERED))
def test_a_range_decides_only_what_every_figure_in_it_decides(
    one: Decimal, other: Decimal, bound: Decimal, op: Operator
) -> None:
    low, high = min(one, other), max(one, other)
    verdict = compare(Range(low, high), op, (bound,))
    ends = {compare(exactly(value), op, (bound,)) for value in (low, (low + high) / 2, high)}
    if verdict is not UNKNOWN:
        assert ends == {verdict}


@given(FIGURE, FIGURE, st.sampled_from((Operator.GE, Operator.GT, Operator.LE, Operator.LT)))
def test_half_known_figures_agree_with_the_exact_one(value: Decimal, bound: Decimal, op: Operator) -> None:
    exact = compare(exactly(value), op, (bound,))
    for known in (Range(value, None), Range(None, value), Range(None, None)):
        assert compare(known, op, (bound,)) in (exact, UNKNOWN)


def test_a_scope_knows_three_answers() -> None:
    scope = Scope(frozenset({"小型"}), frozenset({"中型"}))
    assert [scope.judge(size) for size in ("小型", "中型", "大型")] == [MET, UNKNOWN, NOT_MET]
