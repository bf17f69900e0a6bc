"""What a person edited stays in the next edition, unless the sentence under it changed; nothing is lost silently."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.editions import FIELDS
from policy_corpus.hand_edits import carry_hand_edits, place_quote, spans_in
from policy_corpus.model import Benefit, BenefitKind, PolicyItem, Quoted, Span
from tests.factories import make_item

OLD, NEW = "a" * 16, "b" * 16
TEXT = "示例办法\n第一条 对示例企业奖励{amount}万元。受理部门为{office}。\n第二条 本办法自发布之日起施行。"


def span(text: str, quote: str, document: str) -> Span:
    return Span(document, text.index(quote), text.index(quote) + len(quote), quote)


def text_of(amount: int = 30, office: str = "示例局", before: str = "") -> str:
    return before + TEXT.format(amount=amount, office=office)


def item_of(text: str, document: str, amount: int = 30, office: str = "示例局") -> PolicyItem:
    return make_item(
        id=f"{document}-001",
        title="示例企业奖励",
        benefits=(
            Benefit(
                BenefitKind.REWARD,
                span(text, f"奖励{amount}万元", document),
                amount_yuan=Decimal(amount * 10_000),
            ),
        ),
        spans=(span(text, f"对示例企业奖励{amount}万元。受理部门为{office}。", document),),
        department=Quoted(office, span(text, office, document)),
    )


def edited(item: PolicyItem) -> PolicyItem:
    """As a person corrected it: it is a subsidy, and the department has a fuller name."""
    benefit = replace(item.benefits[0], kind=BenefitKind.SUBSIDY)
    assert item.department
    return replace(item, benefits=(benefit,), department=replace(item.department, text="示例市示例局"))


def test_an_edit_stays_where_its_sentence_stands() -> None:
    old_text, new_text = text_of(), text_of(before="（2026年修订版）\n")
    old, new = edited(item_of(old_text, OLD)), item_of(new_text, NEW)
    found = carry_hand_edits(old, ["benefits/0/kind", "department"], new, old_text, new_text)
    assert found.kept == ("benefits", "department") and not found.conflicts
    assert found.item.benefits[0].kind is BenefitKind.SUBSIDY and found.item.department.text == "示例市示例局"
    for placed in spans_in(found.item):
        assert placed.document_id == NEW and new_text[placed.start : placed.end] == placed.quote


def test_an_edit_whose_sentence_changed_is_shown_with_the_new_reading() -> None:
    old_text, new_text = text_of(), text_of(amount=50)
    old, new = edited(item_of(old_text, OLD)), item_of(new_text, NEW, amount=50)
    found = carry_hand_edits(old, ["benefits", "department/text"], new, old_text, new_text)
    assert found.kept == ("department",)
    (conflict,) = found.conflicts
    assert (conflict.field, conflict.old, conflict.new) == ("benefits", old.benefits, new.benefits)
    assert found.item.benefits == new.benefits


def test_what_a_person_decides_to_keep_is_kept_on_the_new_passage() -> None:
    old_text, new_text = text_of(), text_of(amount=50)
    old, new = edited(item_of(old_text, OLD)), item_of(new_text, NEW, amount=50)
    found = carry_hand_edits(old, ["benefits"], new, old_text, new_text, decided=["benefits"])
    assert found.kept == ("benefits",) and not found.conflicts
    assert found.item.benefits[0].amount_yuan == Decimal(300_000)
    assert found.item.benefits[0].span == new.spans[0]


def test_a_sentence_that_is_new_is_not_dropped_for_an_edit() -> None:
    old_text = text_of()
    new_text = old_text.replace("奖励30万元。", "奖励30万元。另给予设备补助10万元。")
    old = edited(item_of(old_text, OLD))
    new = item_of(new_text.replace("另给予设备补助10万元。", ""), NEW)
    more = Benefit(BenefitKind.SUBSIDY, span(new_text, "补助10万元", NEW), amount_yuan=Decimal(100_000))
    new = replace(new, benefits=(*new.benefits, more))
    found = carry_hand_edits(old, ["benefits"], new, old_text, new_text)
    assert [conflict.field for conflict in found.conflicts] == ["benefits"]


def test_a_field_that_a_person_emptied_stays_empty() -> None:
    text = text_of()
    old, new = replace(item_of(text, OLD), department=None), item_of(text, NEW)
    assert carry_hand_edits(old, ["department"], new, text, text).item.department is None


def test_a_quote_is_found_nearest_to_the_item_and_with_other_white_space() -> None:
    text = "奖励 30万元。" + "其他文字。" * 9 + "奖励30\n万元。"
    item = replace(item_of(text_of(), NEW), spans=(Span(NEW, 40, 41, text[40]),))
    found = place_quote("奖励30万元", item, text)
    assert found and found.start > 40 and text[found.start : found.end] == found.quote
    assert place_quote("没有这句话", item, text) is None


@given(
    st.sets(st.sampled_from(FIELDS)), st.sampled_from((30, 50)), st.sampled_from(("示例局", "另一局")), st.booleans()
)  # fmt: skip
def test_every_edited_field_is_kept_or_in_conflict(
    fields: set[str], amount: int, office: str, decide: bool
) -> None:
    old_text, new_text = text_of(), text_of(amount, office, before="前言。\n")
    old, new = edited(item_of(old_text, OLD)), item_of(new_text, NEW, amount, office)
    found = carry_hand_edits(old, fields, new, old_text, new_text, decided=fields if decide else ())
    assert sorted([*found.kept, *(conflict.field for conflict in found.conflicts)]) == sorted(fields)
    for placed in spans_in(found.item):
        assert placed.document_id == NEW and new_text[placed.start : placed.end] == placed.quote
