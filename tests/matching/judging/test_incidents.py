"""Denials of accidents and offences: a longer period, a lower grade and more subjects rule out more, never less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.judging.incidents import read_incident, ruled_out

YEARS = st.sampled_from(["", "近一年", "近两年", "近3年", "近五年内"])
GRADES = st.sampled_from(["", "一般", "较大以上", "重大", "特别重大"])
SUBJECTS = st.sampled_from(["安全生产事故", "环境污染事件", "产品质量事故", "偷税、骗税行为", "行政处罚"])


@pytest.mark.parametrize(
    ("statements", "phrase"),
    [
        (("近三年未发生较大以上安全生产事故",), "近两年发生较大以上安全生产事故"),
        (("近三年未发生安全生产事故和环境污染事件",), "近三年较大以上安全生产事故和环境污染事件"),
        (("近三年未发生安全生产事故", "近三年无环境污染事件"), "近两年发生重大安全、环保事故"),
        (("无偷税骗税行为",), "存在偷税、骗税行为"),
    ],
)
def test_denials_rule_out_what_they_cover(statements: tuple[str, ...], phrase: str) -> None:
    assert ruled_out(statements, phrase) == statements


@pytest.mark.parametrize(
    ("statement", "phrase"),
    [
        ("近一年未发生安全生产事故", "近三年发生安全生产事故"),  # too short a time
        ("近三年未发生安全生产事故", "发生安全生产事故"),  # ever
        ("近三年未发生重大安全事故", "近三年发生较大以上安全事故"),  # too high a grade
        ("近三年未发生安全生产事故", "近三年发生环境污染事件"),  # another subject
        ("近三年发生安全生产事故", "近三年发生安全生产事故"),  # no denial
        ("近三年未发生安全生产事故", "近三年发生重大旅游投诉和安全事故"),  # not understood completely
    ],
)
def test_denials_rule_out_nothing_else(statement: str, phrase: str) -> None:
    assert ruled_out((statement,), phrase) == ()


@given(YEARS, GRADES, SUBJECTS)
def test_a_denial_in_the_same_words_rules_out_the_thing(years: str, grade: str, subject: str) -> None:
    statement = f"{years}未发生{grade}{subject}"
    assert ruled_out((statement,), f"{years}发生{grade}{subject}") == (statement,)


@given(st.text(alphabet="近三年未发生较大以上安全生产事故和的污染偷税处罚0123", max_size=30))
def test_any_phrase_is_taken_apart_or_left_alone(text: str) -> None:
    incident = read_incident(text)
    assert incident is None or incident.subjects
