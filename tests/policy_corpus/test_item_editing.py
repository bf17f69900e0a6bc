"""Changes by hand: read by the fact table, anchored in the text, or refused with every place at once."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.item_checks import check_item
from policy_corpus.item_editing import FIELDS, UnusableChange, apply_changes
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.item_spans import is_by_hand
from policy_corpus.item_values import UnusableValue, read_condition
from policy_corpus.model import (
    AllOf,
    AnyOf,
    Benefit,
    BenefitKind,
    Condition,
    FreeText,
    ItemStatus,
    Node,
    Not,
    Operator,
    PolicyItem,
    leaves,
)
from tests.factories import make_condition, make_document, make_item, make_span

TEXT = "示例市支持措施\n第一条 对上年度营业收入2000万元以上的示例企业，给予一次性奖励30万元。\n受理部门：示例市工业局。"


def span_of(words: str) -> list[Any]:
    start = TEXT.index(words)
    return [start, start + len(words), words]


def leaf(attribute: str, op: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"attribute": attribute, "op": op, "value": value, "span": span_of("营业收入2000万元以上"), **more}


def changed(conditions: Any) -> list[Node]:
    return list(leaves(apply_changes(make_item(), TEXT, {"conditions": {"all": conditions}}).conditions))


def faults(changes: Any, item: PolicyItem | None = None) -> dict[str, str]:
    with pytest.raises(UnusableChange) as caught:
        apply_changes(item or make_item(), TEXT, changes)
    return {fault.path: fault.message for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("attribute", "op", "raw", "value", "unit"),
    [
        ("revenue", "ge", "3000万元", Decimal(30_000_000), "元"),
        ("revenue", "ge", "1.5亿", Decimal(150_000_000), "元"),
        ("revenue", "between", ["2000万元", 50_000_000], (Decimal(20_000_000), Decimal(50_000_000)), "元"),
        ("revenue", "between", "2000万元至1亿元", (Decimal(20_000_000), Decimal(100_000_000)), "元"),
        ("export_value", "lt", "500万美元", Decimal(5_000_000), "美元"),
        ("rd_ratio", "ge", "3.5%", Decimal("3.5"), "percent"),
        ("founded_years", "ge", "18个月", Decimal("1.5"), "年"),
        ("founded_date", "le", "2020年1月1日", "2020-01-01", None),
        ("employees", "lt", "50人", Decimal(50), "人"),
        ("patents", "ge", "3件", Decimal(3), "件"),
        ("region", "eq", "360400", "江西省九江市", None),
        ("region", "in", "九江市、南昌市", ("江西省九江市", "江西省南昌市"), None),
        ("industry", "eq", "C39", "计算机、通信和其他电子设备制造业", None),
        ("industry", "eq", "养老机构", "养老机构", None),
        ("size_class", "eq", "中小微", "中小微", None),
        ("other", "ge", "3万平方米", Decimal(30_000), "平方米"),
        ("event", "between", "2026-01-01至2026年6月30日", ("2026-01-01", "2026-06-30"), None),
        ("independent_legal_person", "has", None, True, None),
    ],
)
def test_a_value_is_read_as_the_fact_asks(
    attribute: str, op: str, raw: Any, value: Any, unit: str | None
) -> None:
    [found] = changed([leaf(attribute, op, raw)])
    assert isinstance(found, Condition)
    assert (found.value, found.unit, found.op.value) == (value, unit, op)


@pytest.mark.parametrize("raw", [None, "", " ", [], [None, ""], [[]]])
def test_what_is_not_filled_in_yet_is_kept_and_told_on_checking(raw: Any) -> None:
    for attribute, op in (("revenue", "ge"), ("region", "eq"), ("other", "has"), ("founded_date", "between")):
        [found] = changed([leaf(attribute, op, raw)])
        assert isinstance(found, Condition) and found.value is None
        assert check_item(make_item(found), make_document(TEXT))


def test_a_fact_that_was_added_has_its_own_unit() -> None:
    row = FactDefinition("robots", FactKind.COUNT, "机器人数量", "台")
    for raw, unit in ((30, None), ("30台", None), (30, "台")):
        assert read_condition(row, Operator.GE, raw, unit) == (Operator.GE, Decimal(30), "台")
    with pytest.raises(UnusableValue, match="可用：台"):
        read_condition(row, Operator.GE, "30人", None)


def test_a_denial_is_negated_and_several_names_are_any_of_them() -> None:
    denied, several = changed(
        [leaf("region", "not_has", "九江"), leaf("qualification", "has", "高新技术企业、示例称号")]
    )
    assert isinstance(denied, Condition) and denied.negated
    assert isinstance(several, Condition) and several.op is Operator.IN
    assert several.value == ("高新技术企业", "示例称号")


def test_all_faults_are_told_at_once_each_with_its_place() -> None:
    found = faults(
        {
            "title": " ",
            "conditions": {
                "all": [
                    leaf("revenue", "has", 5),
                    leaf("revenue", "ge", "许多"),
                    {"any": [leaf("no_such", "ge", 5), leaf("region", "eq", "鼓楼区")]},
                    {"not": leaf("employees", "ge", "50元")},
                    {**leaf("revenue", "ge", 5), "span": [0, 4, "别的话语"]},
                ]
            },
            "benefits": [{"kind": "奖励", "amount_yuan": "三十", "span": span_of("给予一次性奖励30万元")}],
            "window": {"closes_on": "2026年13月1日", "span": None},
            "colour": "red",
        }
    )
    assert set(found) == {
        "title",
        "conditions/all/0/op",
        "conditions/all/1/value",
        "conditions/all/2/any/0/attribute",
        "conditions/all/2/any/1/value",
        "conditions/all/3/not/value",
        "conditions/all/4/span",
        "benefits/0/amount_yuan",
        "window/closes_on",
        "colour",
    }
    assert "省" in found["conditions/all/2/any/1/value"]  # the places it may be are named


@pytest.mark.parametrize(
    "raw",
    [
        span_of("营业收入2000万元以上"),
        [TEXT.index("营业收入2000"), TEXT.index("营业收入2000") + len("营业收入2000万元以上")],
        "营业收入2000万元以上",
        "营业收入 2000\n万元以上",
        [0, 4, "营业收入2000万元以上"],
    ],
)
def test_a_sentence_is_taken_by_its_place_or_looked_for(raw: Any) -> None:
    [found] = changed([{"attribute": "revenue", "op": "ge", "value": 5, "span": raw}])
    assert found.span.quote == TEXT[found.span.start : found.span.end] == "营业收入2000万元以上"


def test_what_has_no_sentence_is_taken_only_where_it_is_marked_as_added_by_hand() -> None:
    bare = {"attribute": "employees", "op": "ge", "value": 5}
    assert faults({"conditions": {"all": [bare]}}).keys() == {"conditions/all/0/span"}
    [found] = changed([{**bare, "by_hand": True}])
    assert is_by_hand(found.span)
    item = apply_changes(make_item(), TEXT, {"conditions": {"all": [{**bare, "by_hand": True}]}})
    stored = json.loads(json.dumps(item_to_json(item)))
    assert item_from_json(stored, ItemStatus.PUBLISHED) == item
    other = apply_changes(
        item,
        TEXT,
        {"conditions": {"all": [*stored["conditions"]["all"], bare | {"by_hand": True, "value": 9}]}},
    )
    assert [one.span.quote for one in leaves(other.conditions)] == ["", ""]


def test_what_is_left_to_a_person_must_stand_in_the_text() -> None:
    assert changed([{"free_text": span_of("示例企业")}]) == [
        FreeText(make_span("示例企业", start=TEXT.index("示例企业")))
    ]
    assert faults({"conditions": {"all": [{"free_text": [0, 0, ""]}]}}).keys() == {"conditions/all/0/span"}


def test_what_stood_there_before_is_never_a_fault() -> None:
    odd = make_condition("region", Operator.EQ, "示例不存在的地方")
    item = make_item(odd, make_condition())
    handed = item_to_json(item)["conditions"]["all"]
    found = apply_changes(item, TEXT, {"conditions": {"all": [handed[0]]}})
    assert found.conditions == AllOf((odd,))
    assert faults({"conditions": {"all": [{**handed[0], "value": "另一个不存在的地方"}]}}, item)


def test_groups_and_denials_keep_their_shape() -> None:
    one, two, three = (leaf("employees", "ge", number) for number in (1, 2, 3))
    found = apply_changes(make_item(), TEXT, {"conditions": {"all": [one, {"any": [two, {"not": three}]}]}})
    first, group = found.conditions.children
    assert isinstance(first, Condition) and isinstance(group, AnyOf) and isinstance(group.children[1], Not)


def test_the_other_fields_are_read_too() -> None:
    found = apply_changes(
        make_item(),
        TEXT,
        {
            "title": "  示例企业\t奖励 ",
            "benefits": [
                {
                    "kind": "补贴/补助",
                    "rate_percent": "10%",
                    "max_yuan": "200万元",
                    "base": "设备投资额",
                    "span": "一次性奖励30万元",
                }
            ],
            "window": {"opens_on": "2026/3/1", "closes_on": "2026年9月30日", "span": None, "by_hand": True},
            "department": "示例市工业局",
            "channel": {"text": "网上申报", "by_hand": True},
            "materials": ["营业执照"],
            "no_application": True,
        },
    )
    assert found.title == "示例企业 奖励" and found.no_application
    [benefit] = found.benefits
    assert isinstance(benefit, Benefit) and benefit.kind is BenefitKind.SUBSIDY
    assert (benefit.rate_percent, benefit.max_yuan) == (Decimal(10), Decimal(2_000_000))
    assert found.window and found.window.closes_on and found.window.closes_on.isoformat() == "2026-09-30"
    assert found.department and found.department.span.quote == "示例市工业局"
    assert found.channel and is_by_hand(found.channel.span) and is_by_hand(found.materials[0].span)
    cleared = apply_changes(found, TEXT, {"window": None, "department": "", "materials": []})
    assert (cleared.window, cleared.department, cleared.materials) == (None, None, ())


def test_handing_an_item_back_as_it_is_changes_nothing() -> None:
    item = make_item(make_condition(), make_condition("other", Operator.HAS, "示例情况"))
    body = json.loads(json.dumps(item_to_json(item)))
    assert apply_changes(item, TEXT, {field: body[field] for field in FIELDS}) == item


@pytest.mark.parametrize(
    "changes",
    [[], None, "title", {"conditions": 5}, {"benefits": {}}, {"conditions": {"all": [1, [], None]}}],
)
def test_nonsense_is_a_fault_and_nothing_else(changes: Any) -> None:
    assert faults(changes)


def test_a_tree_that_never_ends_is_refused() -> None:
    tree: Any = leaf("employees", "ge", 1)
    for _ in range(60):
        tree = {"not": tree}
    assert faults({"conditions": tree})
    assert faults({"conditions": {"all": [leaf("employees", "ge", n) for n in range(600)]}})


def test_two_items_do_not_share_what_is_changed() -> None:
    one, two = make_item(), make_item(id="1111111111111111-001")
    found = apply_changes(one, TEXT, {"title": "新名称"})
    assert found == replace(one, title="新名称") and two.title == "示例事项"


WORDS = st.sampled_from([*FIELDS, "all", "any", "not", "free_text", "attribute", "op", "value", "unit", "span", "kind", "text", "by_hand", "opens_on", "rate_percent", *FACTS, *(op.value for op in Operator)])  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), WORDS,
    st.sampled_from(["2000万元", "5%", "2026-02-30", "九江", "鼓楼区", "C39", "9" * 400, "1e999", "\ud800", "\x00"]),
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=20,
)
CONDITIONS = st.fixed_dictionaries(
    {
        "attribute": st.sampled_from([*FACTS]),
        "op": st.sampled_from([*Operator]).map(lambda op: op.value),
        "value": JSON,
    },
    optional={
        "unit": SCALARS,
        "span": JSON,
        "by_hand": st.just(True),
        "implied": SCALARS,
        "negated": SCALARS,
    },
)


@given(
    changes=st.one_of(
        JSON,
        st.fixed_dictionaries(
            {"conditions": st.fixed_dictionaries({"all": st.lists(CONDITIONS, max_size=4)})}
        ),
    )
)
def test_whatever_is_sent_is_taken_or_refused_and_what_is_taken_can_be_stored(changes: Any) -> None:
    try:
        found = apply_changes(make_item(), TEXT, changes)
    except UnusableChange as error:
        assert error.faults and all(fault.message for fault in error.faults)
        return
    stored = json.loads(json.dumps(item_to_json(found), allow_nan=False))
    assert item_from_json(stored, found.status) == found
    check_item(found, make_document(TEXT), decided=True)
