"""What differs between two versions: paired by what is asked, nothing left out, nothing said twice; and its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.item_wording import NOTHING, describe_node, describe_window, difference
from policy_corpus.item_difference import changed_fields, find_changes, placed_leaves
from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    BenefitKind,
    Condition,
    FreeText,
    Not,
    Operator,
    PolicyItem,
    Quoted,
    Span,
)
from tests.factories import make_condition, make_item, make_span

BY_HAND = Span("0" * 16, 0, 0, "")


def revenue(wan: int, quote: str = "营业收入2000万元以上") -> Condition:
    return make_condition("revenue", Operator.GE, Decimal(wan * 10_000), span=make_span(quote), unit="元")


def title_held(name: str) -> Condition:
    return make_condition("qualification", Operator.HAS, name, span=make_span(name))


def said(old: PolicyItem, new: PolicyItem) -> list[tuple[str, str, str]]:
    return [(change.label, change.before, change.after) for change in difference(old, new)]


def test_a_changed_value_is_one_change_with_both_values() -> None:
    old, new = make_item(revenue(2000), title_held("甲称号")), make_item(title_held("甲称号"), revenue(3000))
    assert said(old, new) == [("申报条件", "营业收入不低于 2000 万元", "营业收入不低于 3000 万元")]
    assert [change.path for change in find_changes(old, new)] == ["conditions/all/1"]


def test_what_is_gone_and_what_is_new_stand_against_nothing() -> None:
    old, new = make_item(revenue(2000)), make_item(FreeText(make_span("其他要求")))
    assert said(old, new) == [
        ("申报条件", NOTHING, "待核实：其他要求"),
        ("申报条件", "营业收入不低于 2000 万元", NOTHING),
    ]


def test_another_joint_is_told_and_order_alone_is_not_called_one() -> None:
    one, two, three = title_held("甲称号"), title_held("乙称号"), revenue(2000)
    old, new = make_item(one, two, three), make_item(AnyOf((one, two)), three)
    assert said(old, new) == [
        (
            "申报条件的且、或关系",
            "具有甲称号；且具有乙称号；且营业收入不低于 2000 万元",
            "（具有甲称号，或具有乙称号）；且营业收入不低于 2000 万元",
        )
    ]
    both = [change.label for change in difference(old, make_item(AnyOf((one, two)), revenue(3000)))]
    assert both == ["申报条件", "申报条件的且、或关系"]
    assert len(difference(old, make_item(three, one, two, title_held("丙称号")))) == 1


def test_a_condition_added_to_an_alternative_shows_the_whole() -> None:
    one, two, three = title_held("甲称号"), title_held("乙称号"), revenue(2000)
    changes = difference(make_item(one, three), make_item(AnyOf((one, two)), three))
    assert [change.after for change in changes] == [
        "具有乙称号",
        "（具有甲称号，或具有乙称号）；且营业收入不低于 2000 万元",
    ]
    assert len(difference(make_item(AnyOf((one, two)), three), make_item(one, three))) == 2
    assert len(difference(make_item(one), make_item(one, AllOf((two, three))))) == 2


def test_another_sentence_for_the_same_is_told_by_the_sentence() -> None:
    old = make_item(revenue(2000))
    assert said(old, make_item(revenue(2000, "年营收2000万元以上"))) == [
        (
            "申报条件",
            "营业收入不低于 2000 万元（依据：“营业收入2000万元以上”）",
            "营业收入不低于 2000 万元（依据：“年营收2000万元以上”）",
        )
    ]
    [(_, _, added)] = said(old, make_item(replace(revenue(2000), span=BY_HAND)))
    assert added.endswith("（人工补充，无原文依据）")


def test_every_field_has_its_words() -> None:
    old = make_item(materials=(Quoted("甲材料", make_span("甲材料")),))
    new = replace(
        old,
        title="新名称",
        benefits=(
            Benefit(
                BenefitKind.SUBSIDY, make_span("补助"), None, Decimal(2_000_000), Decimal(10), "设备投资额"
            ),
        ),
        window=ApplicationWindow(BY_HAND, date(2026, 3, 1), date(2026, 9, 30)),
        materials=(Quoted("乙材料", BY_HAND),),
        department=Quoted("示例局", BY_HAND),
        no_application=True,
    )
    assert said(old, new) == [
        ("事项名称", "示例事项", "新名称"),
        ("支持标准", NOTHING, "补助 设备投资额的10%，最高200万元"),
        ("支持标准", "奖励 30万元", NOTHING),
        ("申报期", NOTHING, "2026年3月1日至2026年9月30日"),
        ("申报材料", NOTHING, "乙材料"),
        ("申报材料", "甲材料", NOTHING),
        ("受理部门", NOTHING, "示例局"),
        ("免申即享", "否", "是"),
    ]
    assert set(changed_fields(old, new)) == {
        "title",
        "benefits",
        "window",
        "materials",
        "department",
        "no_application",
    }


def test_windows_in_words() -> None:
    assert describe_window(ApplicationWindow(BY_HAND, always=True)) == "常年受理"
    assert (
        describe_window(ApplicationWindow(BY_HAND, date(2026, 3, 1), date(2026, 4, 1), yearly=True))
        == "每年3月1日至4月1日"
    )
    assert describe_window(ApplicationWindow(BY_HAND, closes_on=date(2026, 4, 1))) == "2026年4月1日截止"


def test_what_was_added_by_hand_has_words_of_its_own() -> None:
    figure = make_condition("other", Operator.GE, Decimal(30), span=BY_HAND, unit="平方米")
    day = make_condition("event", Operator.GE, "2026-01-01", span=BY_HAND)
    words = [describe_node(one) for one in (figure, day, Not(figure))]
    assert words == [
        "其他情况不低于 30 平方米",
        "已发生事项不早于 2026年1月1日",
        "不属于：其他情况不低于 30 平方米",
    ]


LEAVES = st.builds(revenue, st.integers(1, 3)) | st.builds(title_held, st.sampled_from(["甲称号", "乙称号"]))
TREES: Any = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: AnyOf(tuple(nodes)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda nodes: AllOf(tuple(nodes)))
        | inner.map(Not)
    ),
    max_leaves=6,
)


@given(st.lists(TREES, max_size=3), st.lists(TREES, max_size=3))
def test_nothing_differs_without_being_told_and_nothing_is_told_that_does_not(old: Any, new: Any) -> None:
    before, after = make_item(*old), make_item(*new)
    changes = find_changes(before, after)
    assert bool(changes) is (before.conditions != after.conditions)
    single = [change for change in changes if not isinstance(change.after, AllOf)]
    gone = sum(change.after is None for change in single)
    come = sum(change.before is None for change in single)
    leaves = [len(list(placed_leaves("conditions", item.conditions))) for item in (before, after)]
    assert leaves[1] - leaves[0] == come - gone
    assert all(change.before != change.after for change in changes)
    assert len({(change.path, change.after is None) for change in single}) == len(single)
