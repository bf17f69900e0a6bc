"""Documents -> items: what becomes an item, what it asks, and that every word points at its place."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from policy_corpus.extraction import extract_items
from policy_corpus.model import (
    AnyOf,
    Condition,
    Document,
    DocumentKind,
    FreeText,
    Level,
    PolicyItem,
    leaves,
)
from tests.factories import make_document

MEASURES = """示例市促进示例产业发展若干措施
第一条 本措施适用于在本市注册、具有独立法人资格的企业。
第二条 对首次认定为高新技术企业的，给予一次性奖励30万元。
第三条 对国家级、省级企业技术中心，分别给予100万元、50万元奖励。
第四条 对承租市属写字楼的律师事务所，免收两个月租金。
第五条 市财政局负责资金拨付，骗取资金的，追回资金并处三万元罚款。
"""


def spans(item: PolicyItem) -> list:
    found = [leaf.span for leaf in leaves(item.conditions)]
    found += [benefit.span for benefit in item.benefits]
    found += [*item.spans, *(q.span for q in (*item.materials, *item.contacts))]
    found += [q.span for q in (item.department, item.channel) if q is not None]
    return [*found, item.window.span] if item.window else found


def check_spans(document: Document) -> None:
    for item in extract_items(document):
        for span in spans(item):
            assert document.text[span.start : span.end] == span.quote
            assert span.quote


def conditions(item: PolicyItem, attribute: str) -> list[Condition]:
    return [
        leaf
        for leaf in leaves(item.conditions)
        if isinstance(leaf, Condition) and leaf.attribute == attribute
    ]


def test_each_benefit_becomes_an_item_and_duties_become_none() -> None:
    items = extract_items(make_document(MEASURES))
    assert [item.benefits[0].amount_yuan for item in items] == [
        Decimal(300000),
        Decimal(1000000),
        Decimal(500000),
        None,
    ]
    assert items[3].benefits[0].rate_percent == 100


def test_tiers_that_are_given_in_turn_become_an_item_each() -> None:
    _, national, provincial, _ = extract_items(make_document(MEASURES))
    assert [c.value for c in conditions(national, "qualification")] == ["国家级企业技术中心"]
    assert [c.value for c in conditions(provincial, "qualification")] == ["省级企业技术中心"]


def test_scope_of_the_document_reaches_every_item() -> None:
    for item in extract_items(make_document(MEASURES)):
        assert conditions(item, "independent_legal_person")
        assert any(c.value == "江西省九江市" for c in conditions(item, "region"))


def test_condition_section_reaches_the_benefit_beside_it() -> None:
    text = "示例市级技术中心\n补助20万元\n申报条件\n1.在本市注册一年以上；\n2.上年度营业收入不低于2000万元。"
    (item,) = extract_items(make_document(text))
    assert conditions(item, "founded_years")[0].value == 1
    assert conditions(item, "revenue")[0].value == Decimal(20000000)


def test_one_of_the_following_becomes_any_of() -> None:
    text = (
        "一、申报条件\n企业应符合下列条件之一：\n1.上年度营业收入不低于1亿元；\n2.拥有发明专利5项以上。\n"
        "二、支持标准\n给予一次性补助10万元。"
    )
    (item,) = extract_items(make_document(text))
    assert any(isinstance(node, AnyOf) for node in item.conditions.children)


def test_item_without_any_condition_asks_a_person() -> None:
    (item,) = extract_items(
        make_document("一、给予一次性奖励5万元。", level=Level.NATIONAL, region_code=None)
    )
    assert [type(leaf) for leaf in leaves(item.conditions)] == [FreeText]


def test_unknown_region_of_a_city_is_never_passed_over() -> None:
    (item,) = extract_items(make_document("对首次升规的工业企业给予奖励5万元。", region_code=None))
    assert any(isinstance(leaf, FreeText) for leaf in leaves(item.conditions))


def test_laws_and_news_give_no_items() -> None:
    for kind in (DocumentKind.LAW, DocumentKind.NEWS, DocumentKind.INTERPRETATION, DocumentKind.ANNOUNCEMENT):
        assert extract_items(make_document(MEASURES, kind=kind)) == ()


def test_every_span_quotes_the_document() -> None:
    check_spans(make_document(MEASURES))
    check_spans(make_document(MEASURES.replace("\n", " 　　").replace("30万元", "３０\n万 元")))


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [*MEASURES.splitlines(), "一、申报条件", "（一）", "\t", "　　", "1.", "万元", "以上", "，", "。"]
        ),
        max_size=12,
    )
)
def test_spans_hold_for_shuffled_pieces(pieces: list[str]) -> None:
    check_spans(make_document("\n".join(pieces) or "空"))


@settings(max_examples=60)
@given(
    st.text(
        alphabet="对企业给予奖励补助%万元亿0123456789，。；：、（）《》\n\t 　一二三第条不超过以上的或且",
        max_size=200,
    )
)
def test_spans_hold_for_any_text(text: str) -> None:
    check_spans(make_document(text or "空"))
