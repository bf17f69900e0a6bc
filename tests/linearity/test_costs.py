"""The lint refuses what can take more than linear time and lets pass what cannot; its rules stand in costs.py."""

from __future__ import annotations

import ast
import re

import pytest

from tests.linearity.costs import MOST_STEPS, Refused, steps_of
from tests.linearity.patterns import calls_in_functions


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"(?:a+)+$", "inside another repeat"),
        (r"(?:[^，]*，)*完", "inside another repeat"),
        (r"(?:给予|给予奖励?){1,30}元", "steps"),
        (r"(?:[^，]{1,12}、){1,12}等", "steps"),
        (r"(?:小微|小微企业?)+$", "several ways"),
        (r"(?:和?)*$", "several ways or be empty"),
        (r"(?:和?){2,9}$", "can be empty"),
        (r"^\d+\d+元", "begin like it"),
        (r"^[^，]*万?[^。]*元", "begin like it"),
        (r"^.*企业.*奖励", "begin like it"),
        (r"\d+万元", "begin anywhere"),
        (r"\s+$", "begin anywhere"),
        (r"\d{1,1000}元", "begin anywhere"),
        (r"（[^）]*）", "begin anywhere"),
        (r"《[^《》]*》[^，奖]+奖", "begin anywhere"),
        (r"(?=[^奖]*奖励)企业", "begin anywhere"),
        (r"(?<!\d)(?![^处]*处罚)企业", "begin anywhere"),
        (r"(?>\d+)万元", "begin anywhere"),
        (r"(?>[^，]{0,90}甲[^，]{0,90}乙[^，]{0,90}丙)", "steps"),
        (r"(甲|乙)[^。]{0,9}\1", "not used here"),
        (r"(?:^|，)\d+元", "begin anywhere"),
        (r"x*(?:年|$)", "begin anywhere"),
        (r"a{0,90}b{0,9}a{0,90}b{0,9}a{0,90}c", "steps"),
    ],
)
def test_a_pattern_that_may_take_more_than_linear_time_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        steps_of(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "高新技术企业|专精特新",
        r"\d{1,12}(?:\.\d{1,4})?(?:万|亿)?元",
        r"[^，；。]{2,40}(?:企业|机构)",
        r"^\s*第[一二三]+条\s*$",
        r"《[^《》]+》",
        r"（[^（）]*）的[^，]{0,9}",
        r"\s+",
        r"《[^《》]{2,40}》(?:、《[^《》]{2,40}》){0,6}",
        r"(?<=：)[^：]+$",
        r"^(?:[^，]{1,12}，)*$",
        r"(?:企业|单位|机构){1,9}$",
        r"“[^”]{2,20}”(?:、“[^”]{2,20}”){1,11}等",
        r"[^，]{0,60}甲(?>[^，]{0,60}乙[^，]{0,9})丙",
        r"(?:首次)?(?:认定|评定)为(?=[^，]{0,20}企业)",
    ],
)
def test_a_pattern_that_is_linear_passes(pattern: str) -> None:
    assert 0 < steps_of(pattern) <= MOST_STEPS


def test_what_is_tied_to_the_start_may_take_more_steps_for_it_makes_one_attempt() -> None:
    pattern = "[^，]{0,90}甲[^，]{0,90}乙[^，]{0,9}丙"
    assert steps_of(f"^{pattern}") > MOST_STEPS
    assert steps_of(f"^企业|^{pattern}") > MOST_STEPS
    for untied in (pattern, f"企业|^{pattern}"):
        with pytest.raises(Refused, match="steps"):
            steps_of(untied)


def test_flags_and_bytes_are_understood() -> None:
    assert steps_of("a[^A]+a", re.IGNORECASE) > 0
    assert steps_of(rb"<[^<>]+>") > 0
    with pytest.raises(Refused, match="begin like it"):
        steps_of("a[^A]+a")


def test_calls_in_functions_are_found_and_factories_are_left_to_the_record_of_imports() -> None:
    source = """
import re
ROWS = tuple(re.compile(words) for words in ("甲", "乙"))
def _row(words): return re.compile(words)
RULES = (_row("甲"), _row("乙"))
def find(words, text): return re.search(words, text) or [re.sub("丙", "", one) for one in text]
def _hidden(words): return re.compile(words)
def uses(words): return _hidden(words)
"""
    assert [call.lineno for call in calls_in_functions(ast.parse(source))] == [6, 6, 7]
