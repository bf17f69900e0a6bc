"""Every scenario of docs/scenarios: the items of its text are exactly those an expert clerk would write down."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pytest

from policy_corpus.extraction import extract_items
from policy_corpus.facts import FACTS
from policy_corpus.model import BenefitKind, Condition, Document, Operator, PolicyItem, Span, leaves
from tests.scenarios.book import BadScenario, Scenario, read_theme, read_themes
from tests.scenarios.words import asked_lines, item_lines

THEMES = tuple(read_themes())


def _cases() -> Iterator[object]:
    for theme in THEMES:
        for one in theme.scenarios:
            marks = [pytest.mark.xfail(reason=one.undone, strict=True)] if one.undone else []
            yield pytest.param(one, id=f"{theme.name}:{one.title}", marks=marks)


@pytest.mark.parametrize("scenario", list(_cases()))
def test_a_text_is_read_as_an_expert_clerk_reads_it(scenario: Scenario) -> None:
    items = extract_items(scenario.document())
    expected = [line for one in scenario.items for line in ("事项：", *one.lines)]
    found = [line for one in items for line in ("事项：", *item_lines(one))]
    difference = list(difflib.unified_diff(expected, found, "应为", "实为", n=99, lineterm=""))
    assert not difference, "\n".join(["", scenario.text, *difference])
    for one, item in zip(scenario.items, items, strict=True):
        assert one.name in (None, item.title)
        assert one.asks in (None, tuple(asked_lines(item)))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_word_found_is_quoted_from_its_place(theme: object) -> None:
    for scenario in theme.scenarios:
        document = scenario.document()
        for item in extract_items(document):
            for span in _spans(item):
                assert document.text[span.start : span.end] == span.quote != "", scenario.title


def _spans(item: PolicyItem) -> Iterator[Span]:
    yield from (leaf.span for leaf in leaves(item.conditions))
    yield from (benefit.span for benefit in item.benefits)
    yield from item.spans
    quoted = (*item.materials, *item.contacts, item.department, item.channel)
    yield from (one.span for one in quoted if one is not None)
    if item.window:
        yield item.window.span


def test_every_attribute_operator_and_kind_of_benefit_has_a_scenario() -> None:
    """What no scenario shows, nobody has said how to read."""
    items = [item for theme in THEMES for one in theme.scenarios for item in extract_items(one.document())]
    asked = [leaf for item in items for leaf in leaves(item.conditions) if isinstance(leaf, Condition)]
    assert {leaf.attribute for leaf in asked} == set(FACTS) - {
        "founded_on"
    }  # asked as founded_date, founded_years
    assert {leaf.op for leaf in asked} == set(Operator)
    assert {benefit.kind for item in items for benefit in item.benefits} == set(BenefitKind)


def test_the_document_of_a_scenario_is_its_text() -> None:
    document = THEMES[0].scenarios[0].document()
    assert isinstance(document, Document)
    assert document.text == THEMES[0].scenarios[0].text


@pytest.mark.parametrize(
    "written",
    [
        "主题: 甲\n场景:\n- {标题: 乙, 原文: 丙, 事项: 无, 条键: []}",
        "主题: 甲\n场景:\n- {标题: 乙, 原文: 丙, 事项: 无, 条件: []}",
        "主题: 甲\n场景:\n- {标题: 乙, 原文: 丙, 支持: [], 条件: [{或者: []}]}",
        "主题: 甲\n场景:\n- {标题: 乙, 原文: 丙}",
        "主题: 甲\n场景:\n- {标题: 乙, 原文: 丙, 原文: 丁, 事项: 无}",
        "主题: 甲\n场景:\n- {标题: 乙, 原文: 丙, 事项: 无}\n- {标题: 乙, 原文: 丁, 事项: 无}",
        "主题: 甲\n题目: 丁\n场景:\n- {标题: 乙, 原文: 丙, 事项: 无}",
    ],
)
def test_a_file_that_does_not_keep_to_the_format_is_refused(written: str) -> None:
    with pytest.raises(BadScenario):
        read_theme("甲.yaml", written)
