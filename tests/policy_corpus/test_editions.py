"""A document that came again: is it an edition of another, and which item is which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.editions import (
    EditionReason,
    ItemFate,
    changed_fields,
    compare_editions,
    edition_reason,
    pair_items,
)
from policy_corpus.model import Benefit, BenefitKind, Document, DocumentKind, FreeText, PolicyItem
from tests.factories import make_condition, make_document, make_item, make_span

OLD, NEW = "a" * 16, "b" * 16
MATTERS = ("购置设备补助", "首次认定高新技术企业奖励", "引进人才安家补贴", "参加境外展会补助", "贷款贴息")


def item(number: int, title: str, amount: int = 30, document: str = OLD, **kw: Any) -> PolicyItem:
    quote = f"{title}，给予{amount}万元"
    benefit = Benefit(BenefitKind.REWARD, make_span(quote, document), amount_yuan=Decimal(amount * 10_000))
    kw.setdefault("benefits", (benefit,))
    return make_item(
        id=f"{document}-{number:03d}", title=title, spans=(make_span(f"对{quote}。", document),), **kw
    )


def edition(id: str, **kw: Any) -> Document:
    return make_document(
        id=id, **{"document_number": "示府〔2026〕1号", "dated_on": date(2026, 1, 5), "issuing_authority": "示例局", **kw}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "similarity", "address", "reason"),
    [
        ({}, {}, 0.9, False, EditionReason.SAME_NUMBER),
        ({}, {"document_number": "示府[2026]1号"}, 0.9, False, EditionReason.SAME_NUMBER),
        ({}, {"document_number": "示府〔2026〕2号"}, 0.99, False, None),
        ({"title": "示例融资租赁补贴"}, {"title": "示例挂牌补贴"}, 0.5, False, None),
        ({"title": "示例融资租赁补贴"}, {"title": "示例挂牌补贴"}, 0.95, False, EditionReason.SAME_NUMBER),
        ({}, {"document_number": None}, 0.9, False, EditionReason.SAME_TITLE),
        ({}, {"document_number": None}, 0.6, False, None),
        ({}, {"document_number": None, "issuing_authority": "另一局"}, 0.9, False, None),
        ({}, {"document_number": None, "dated_on": date(2025, 1, 5)}, 0.9, False, None),
        ({}, {"kind": DocumentKind.INTERPRETATION}, 0.9, False, None),
        ({}, {"kind": DocumentKind.DRAFT}, 0.9, True, None),
        ({}, {"title": "全新的标题", "document_number": None}, 0.2, True, EditionReason.SAME_ADDRESS),
        ({}, {}, 0.1, False, None),
    ],
)
def test_what_makes_an_edition(
    old: dict[str, Any], new: dict[str, Any], similarity: float, address: bool, reason: EditionReason | None
) -> None:
    assert edition_reason(edition(NEW, **new), edition(OLD, **old), similarity, address) is reason


def test_the_notice_of_another_year_is_another_document() -> None:
    old = edition(OLD, title="示例市2025年示例项目申报通知", document_number=None, dated_on=None)
    new = replace(old, id=NEW, title="示例市2026年示例项目申报通知")
    assert edition_reason(new, old, 0.99) is None


def test_a_document_is_no_edition_of_itself() -> None:
    assert edition_reason(edition(OLD), edition(OLD), 1.0, True) is None


def test_each_item_is_told_what_became_of_it() -> None:
    old = [item(1, MATTERS[0]), item(2, MATTERS[1]), item(3, MATTERS[2])]
    new = [item(1, MATTERS[0], 50, NEW), item(2, MATTERS[2], document=NEW), item(3, MATTERS[3], document=NEW)]
    found = compare_editions(old, new)
    assert [change.fate for change in found] == [
        ItemFate.CHANGED,
        ItemFate.GONE,
        ItemFate.UNCHANGED,
        ItemFate.NEW,
    ]
    assert found[0].fields == ("benefits",)


def test_where_a_sentence_stands_does_not_matter_but_an_unparsed_one_does() -> None:
    old = item(1, MATTERS[0])
    moved = replace(old, spans=(make_span("对另一段", NEW, 90),))
    assert changed_fields(old, moved) == ()
    free, other = (make_item(FreeText(make_span(words))) for words in ("信誉良好", "信誉 优良"))
    assert changed_fields(free, other) == ("conditions",)
    spaced = make_item(FreeText(make_span("信誉 良好", start=7)))
    assert changed_fields(free, spaced) == ()


items_of_an_edition = st.lists(st.tuples(st.sampled_from(MATTERS), st.sampled_from((10, 30, 50))), max_size=6)


@given(items_of_an_edition, items_of_an_edition, st.randoms())
def test_pairing_is_one_to_one_and_the_same_in_any_order(
    old: list[tuple[str, int]], new: list[tuple[str, int]], random: Any
) -> None:
    before = [item(n, title, amount) for n, (title, amount) in enumerate(old, 1)]
    after = [item(n, title, amount, NEW) for n, (title, amount) in enumerate(new, 1)]
    pairs = pair_items(before, after)
    assert len({one.id for one, _, _ in pairs}) == len({other.id for _, other, _ in pairs}) == len(pairs)
    shuffled = random.sample(before, len(before)), random.sample(after, len(after))
    assert pair_items(*shuffled) == pairs
    changes = compare_editions(*shuffled)
    assert sorted(c.old.id for c in changes if c.old) == sorted(entry.id for entry in before)
    assert sorted(c.new.id for c in changes if c.new) == sorted(entry.id for entry in after)


@given(items_of_an_edition)
def test_an_edition_compared_with_its_copy_is_unchanged(listed: list[tuple[str, int]]) -> None:
    before = [item(n, title, amount, OLD) for n, (title, amount) in enumerate(listed, 1)]
    after = [item(n, title, amount, NEW) for n, (title, amount) in enumerate(listed, 1)]
    assert {change.fate for change in compare_editions(before, after)} <= {ItemFate.UNCHANGED}


def test_a_condition_with_another_figure_is_a_change_of_conditions() -> None:
    old = make_item(make_condition(value=Decimal(20_000_000)))
    new = make_item(make_condition(value=Decimal(10_000_000)))
    assert changed_fields(old, new) == ("conditions",)
