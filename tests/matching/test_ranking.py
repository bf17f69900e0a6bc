"""The order of results."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching.model import Eligibility
from matching.ranking import rank_key, round_relevance, score_of

E, U, X = Eligibility.ELIGIBLE, Eligibility.UNDETERMINED, Eligibility.INELIGIBLE
SOON, LATER = date(2026, 12, 1), date(2027, 1, 1)


def test_eligibility_score_relevance_deadline_and_id_decide_in_this_order() -> None:
    wanted = [
        rank_key(E, 1.0, 0.1, LATER, "z"),
        rank_key(E, 0.5, 0.9, SOON, "a"),
        rank_key(E, 0.5, 0.8, SOON, "b"),
        rank_key(E, 0.5, 0.8, LATER, "a"),
        rank_key(E, 0.5, 0.8, None, "a"),
        rank_key(E, 0.5, 0.8, None, "b"),
        rank_key(U, 1.0, 1.0, SOON, "a"),
        rank_key(X, 1.0, 1.0, SOON, "a"),
    ]
    assert sorted(reversed(wanted)) == wanted


def test_a_score_is_the_share_of_conditions_met() -> None:
    assert [score_of(0, 0), score_of(0, 3), score_of(1, 3), score_of(3, 3)] == [0.0, 0.0, 0.333333, 1.0]


@given(st.floats(-1e-7, 1 + 1e-7))
def test_relevance_stays_between_nothing_and_all(cosine: float) -> None:
    assert 0 <= round_relevance(cosine) <= 1
    assert round_relevance(round_relevance(cosine)) == round_relevance(cosine)
