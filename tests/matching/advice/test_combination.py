"""The best combination: exact, the same in whatever order it is asked, and honest about what is given up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from matching.advice.combination import Combination, Conflict, GroupCap, Option, best_combination

_IDS = "abcdefghij"


def _options(**sums: int) -> list[Option]:
    return [Option(id_, Decimal(yuan)) for id_, yuan in sums.items()]


def _conflicts(*pairs: str) -> list[Conflict]:
    return [Conflict(pair[0], pair[1], f"规则{pair}") for pair in pairs]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Option], list[Conflict], list[GroupCap]]:
    """Up to ten options with any conflicts between them and any caps, that may cross."""
    ids = _IDS[: draw(st.integers(0, len(_IDS)))]
    options = [Option(id_, Decimal(draw(st.integers(0, 12))) / 4) for id_ in ids]
    pairs = draw(st.lists(st.sampled_from(list(combinations(ids, 2))), max_size=14)) if len(ids) > 1 else []
    caps = [
        GroupCap(
            frozenset(draw(st.sets(st.sampled_from(ids)))),
            Decimal(draw(st.integers(0, 9))) / 2,
            f"上限{number}",
        )
        for number in range(draw(st.integers(0, 4)) if ids else 0)
    ]
    return options, [Conflict(one, other, f"规则{one}{other}") for one, other in pairs], caps


def _paid(options: Sequence[Option], caps: Sequence[GroupCap]) -> float:
    """What is paid of these options under the caps, by a solver that is not ours."""
    if not options:
        return 0.0
    matrix = [[float(option.id in cap.ids) for option in options] for cap in caps]
    found = linprog(
        c=-np.ones(len(options)),
        A_ub=matrix or None,
        b_ub=[float(cap.yuan) for cap in caps] or None,
        bounds=[(0, float(option.yuan)) for option in options],
    )
    return float(-found.fun)


def _is_possible(ids: Sequence[str], conflicts: Sequence[Conflict]) -> bool:
    return not any(one.one in ids and one.other in ids for one in conflicts)


def _by_trying_all(
    options: Sequence[Option],
    conflicts: Sequence[Conflict],
    caps: Sequence[GroupCap],
    with_: str | None = None,
) -> float:
    best = 0.0
    for size in range(len(options) + 1):
        for some in combinations(options, size):
            ids = [option.id for option in some]
            if _is_possible(ids, conflicts) and (with_ is None or with_ in ids):
                best = max(best, _paid(some, caps) if caps else float(sum(option.yuan for option in some)))
    return best


@settings(max_examples=60, deadline=None)
@given(cases())
def test_it_is_as_good_as_trying_every_set(case: tuple[list[Option], list[Conflict], list[GroupCap]]) -> None:
    options, conflicts, caps = case
    small = options[:7] if caps else options  # the other solver takes its time
    found = best_combination(small, conflicts, caps)
    assert found.proven
    assert _is_possible(found.chosen, conflicts)
    assert abs(float(found.total_yuan) - _by_trying_all(small, conflicts, caps)) < 0.011
    chosen = [option for option in small if option.id in found.chosen]
    assert abs(float(found.total_yuan) - _paid(chosen, caps)) < 0.011


@settings(max_examples=40, deadline=None)
@given(cases())
def test_what_is_given_up_tells_the_best_total_with_it(
    case: tuple[list[Option], list[Conflict], list[GroupCap]],
) -> None:
    options, conflicts, caps = case[0][:6], case[1], case[2][:2]
    found = best_combination(options, conflicts, caps)
    assert {option.id for option in options} == {*found.chosen, *(one.id for one in found.given_up)}
    for one in found.given_up:
        assert one.instead_of and set(one.instead_of) <= set(found.chosen)
        assert one.rules and set(one.drops) >= set(one.instead_of)
        assert one.total_yuan <= found.total_yuan
        assert abs(float(one.total_yuan) - _by_trying_all(options, conflicts, caps, one.id)) < 0.011


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(
    case: tuple[list[Option], list[Conflict], list[GroupCap]], random: object
) -> None:
    options, conflicts, caps = case
    mixed: list[list[object]] = [list(options), [*conflicts], [*caps]]
    turned = [Conflict(one.other, one.one, one.rule) for one in conflicts]
    for many in mixed:
        random.shuffle(many)  # type: ignore[attr-defined]
    assert best_combination(*mixed) == best_combination(options, turned, caps)  # type: ignore[arg-type]


@given(cases(), st.sampled_from(list(combinations(_IDS, 2))))
def test_one_more_conflict_never_brings_more(
    case: tuple[list[Option], list[Conflict], list[GroupCap]], pair: tuple[str, str]
) -> None:
    options, conflicts, caps = case
    before = best_combination(options, conflicts, caps)
    after = best_combination(options, [*conflicts, Conflict(*pair, "又一条")], caps)
    assert after.total_yuan <= before.total_yuan <= sum((option.yuan for option in options), Decimal(0))


def test_two_smaller_ones_beat_the_one_that_excludes_both() -> None:
    found = best_combination(_options(a=50, b=30, c=30), _conflicts("ab", "ac"))
    assert (found.chosen, found.total_yuan) == (("b", "c"), Decimal(60))
    given_up = found.given_up[0]
    assert (given_up.id, given_up.instead_of, given_up.total_yuan) == ("a", ("b", "c"), Decimal(50))
    assert given_up.rules == ("规则ab", "规则ac")


def test_taking_what_was_given_up_may_let_others_in_again() -> None:
    found = best_combination(_options(a=50, b=45, c=20), _conflicts("ab", "ac"))
    assert found.chosen == ("b", "c")
    found = best_combination(_options(a=50, b=45, c=1), _conflicts("ab", "bc"))
    assert found.chosen == ("a", "c")
    assert found.given_up[0].drops == ("a", "c")


def test_equal_sums_are_decided_by_id() -> None:
    found = best_combination(_options(b=10, a=10), _conflicts("ab"))
    assert found.chosen == ("a",)


def test_a_cap_tells_what_it_holds_back() -> None:
    cap = GroupCap(frozenset("ab"), Decimal(100), "年度总额")
    found = best_combination(_options(a=80, b=40, c=5), [], [cap])
    assert (found.chosen, found.total_yuan) == (("a", "b", "c"), Decimal(105))
    biting = found.biting[0]
    assert (biting.sum_yuan, biting.lost_yuan, biting.ids) == (Decimal(120), Decimal(20), ("a", "b"))


def test_a_cap_that_is_not_reached_is_not_mentioned() -> None:
    found = best_combination(_options(a=60, b=40), [], [GroupCap(frozenset("ab"), Decimal(100), "年度总额")])
    assert found.biting == ()


def test_a_cap_can_make_another_choice_the_best() -> None:
    cap = GroupCap(frozenset("ac"), Decimal(50), "年度总额")
    without = best_combination(_options(a=50, b=40, c=30), _conflicts("ab"))
    found = best_combination(_options(a=50, b=40, c=30), _conflicts("ab"), [cap])
    assert (without.chosen, found.chosen) == (("a", "c"), ("b", "c"))
    assert found.total_yuan == Decimal(70)


def test_what_brings_no_known_sum_is_kept_where_it_excludes_nothing() -> None:
    found = best_combination(_options(a=10, b=0, c=0), _conflicts("ab"))
    assert found.chosen == ("a", "c")


def test_uncertain_pairs_are_told_where_both_are_chosen_and_cost_nothing() -> None:
    found = best_combination(_options(a=30, b=20, c=10), _conflicts("bc"), uncertain=_conflicts("ba", "ca"))
    assert found.total_yuan == Decimal(50)
    assert [(one.one, one.other) for one in found.uncertain] == [("a", "b")]


def test_ids_that_are_no_options_are_left_aside() -> None:
    cap = GroupCap(frozenset("ax"), Decimal(5), "年度总额")
    found = best_combination(_options(a=10), _conflicts("ax", "aa"), [cap], _conflicts("ay"))
    assert (found.chosen, found.total_yuan, found.uncertain) == (("a",), Decimal(5), ())


def test_nothing_to_choose_from_brings_nothing() -> None:
    assert best_combination([], []) == Combination((), Decimal(0), (), (), (), True)


def test_forty_that_exclude_each_other_are_one() -> None:
    options = [Option(f"{at:02}", Decimal(100 + at)) for at in range(40)]
    pairs = [Conflict(one.id, other.id, "规则") for one, other in combinations(options, 2)]
    found = best_combination(options, pairs)
    assert (found.chosen, found.proven, len(found.given_up)) == (("39",), True, 39)


def test_what_is_too_large_to_be_searched_through_says_so() -> None:
    random = np.random.default_rng(1)
    options = [Option(f"{at:03}", Decimal(int(random.integers(90, 110)))) for at in range(150)]
    pairs = [
        Conflict(one.id, other.id, "规则")
        for one, other in combinations(options, 2)
        if random.random() < 0.06
    ]
    found = best_combination(options, pairs)
    assert not found.proven
    assert _is_possible(found.chosen, pairs)
