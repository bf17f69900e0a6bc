"""Every named rule for reliefs finds its own example, and the examples of what gives are read as benefits."""

from __future__ import annotations

import re

import pytest

from policy_corpus.extraction.benefits.relief_talk import (
    ABOUT_RULES,
    NOT_GIVEN,
    RELATIVE_RULES,
    SUBJECT_RULES,
)
from policy_corpus.extraction.benefits.relief_words import RULES, Rule

TABLES = (RULES, NOT_GIVEN, RELATIVE_RULES, SUBJECT_RULES, ABOUT_RULES)


@pytest.mark.parametrize("rule", [rule for table in TABLES for rule in table], ids=lambda rule: rule[0])
def test_every_rule_finds_its_example(rule: Rule) -> None:
    _, pattern, example = rule
    assert re.search(pattern, example)


@pytest.mark.parametrize("table", TABLES)
def test_no_two_rules_of_a_table_have_one_name(table: tuple[Rule, ...]) -> None:
    names = [name for name, _, _ in table]
    assert len(names) == len(set(names))
