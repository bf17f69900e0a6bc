"""The review screen as values: all that the page shows and its scripts start from, made of a document and its items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matching.state_words import STATUS_WORDS
from policy_corpus.coverage import Coverage, coverage
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.item_checks import Problem
from policy_corpus.item_operators import vocabulary
from policy_corpus.model import BenefitKind, Document, ItemStatus, PolicyItem
from service.editing_shapes import edit_to_json
from service.web.checklist import Group, checklist
from service.web.item_page import item_marks
from service.web.marked_text import Block, Mark, mark_text
from service.web.wording import kind_words
from service.workflows.edit_items import Edit

LONGEST = 400_000  # characters of the original on the page; what lies beyond is in the download
# The groups in which facts are offered, with the keys that come first; other facts stand by their kind.
_FACT_GROUPS: dict[str, tuple[str, ...]] = {
    "基本情况": ("region", "industry", "founded_years", "founded_date", "size_class", "legal_form", "ownership", "listing",
             "registered_capital", "independent_legal_person", "above_scale"),
    "经营与财务": ("revenue", "revenue_growth", "total_assets", "tax_paid", "output_value", "export_value",
              "fixed_investment", "equipment_investment", "hightech_revenue_ratio", "financial_system"),
    "人员": ("employees", "rd_staff_ratio", "staff_degree_ratio"),
    "研发与知识产权": ("rd_expense", "rd_ratio", "patents", "invention_patents"),
    "资质与信用": ("qualification", "credit"),
    "由企业自行确认": ("event", "activity", "compliance", "other"),
}  # fmt: skip
_OTHER_GROUP = "其他指标"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One item of the document as it is being edited."""

    edit: Edit
    coverage: Coverage
    problems: tuple[Problem, ...]

    @property
    def item(self) -> PolicyItem:
        """The item, its working copy where there is one."""
        return self.edit.item

    @property
    def status_word(self) -> str:
        """Its state in words, with what is not published yet."""
        return status_words(self.edit)

    @property
    def is_undecided(self) -> bool:
        """Whether it waits for a decision."""
        return self.item.status in (ItemStatus.DRAFT, ItemStatus.IN_REVIEW)


def status_words(edit: Edit) -> str:
    """The state of an item in words."""
    words = STATUS_WORDS[edit.item.status]
    return f"{words}，有修改" if edit.is_working_copy and edit.item.status is ItemStatus.PUBLISHED else words


def review_item(edit: Edit, problems: Sequence[Problem]) -> ReviewItem:
    """An item with what is understood of it and what stands in the way of publishing it."""
    return ReviewItem(edit, coverage(edit.item), tuple(problems))


def item_data(one: ReviewItem, urls: dict[str, str]) -> dict[str, Any]:
    """What the scripts start from, of one item: the answer of its edit.json, and where to ask."""
    known = edit_to_json(one.edit, one.problems)
    known.pop("words")  # the scripts have words of their own
    beside = {"id": one.item.id, "ordinal": one.item.ordinal, "status_word": one.status_word, "urls": urls}
    return known | beside


def review_data(
    items: Sequence[ReviewItem], page_urls: dict[str, str], item_urls: Callable[[str], dict[str, str]]
) -> dict[str, Any]:
    """What the scripts start from: the items, the menus, and where to ask."""
    return {
        "items": [item_data(one, item_urls(one.item.id)) for one in items],
        "facts": fact_menu(),
        "benefit_kinds": [[kind.value, kind_words(kind)] for kind in BenefitKind],
        "urls": page_urls,
    }


def fact_menu() -> list[dict[str, Any]]:
    """The facts that a condition may ask about, with their group and the words that policy texts use for them."""
    order = {key: (group, at) for at, (group, key) in enumerate(_grouped())}
    rows = [
        row
        | {
            "group": order.get(row["key"], (_group_of(row), 0))[0],
            "synonyms": list(FACTS[row["key"]].synonyms),
        }
        for row in vocabulary()
    ]
    return sorted(rows, key=lambda row: order.get(row["key"], ("", len(order)))[1])


def _grouped() -> Iterator[tuple[str, str]]:
    return ((group, key) for group, keys in _FACT_GROUPS.items() for key in keys)


def _group_of(row: dict[str, Any]) -> str:
    return "由企业自行确认" if row["kind"] == FactKind.STATED.value else _OTHER_GROUP


def original_blocks(
    document: Document, items: Sequence[ReviewItem], current: ReviewItem | None
) -> tuple[Block, ...]:
    """The text with the passages of all items marked, and every field of the current one at its sentence."""
    marks = [mark for one in items if one is not current for mark in _passages(one.item)]
    if current is not None:
        marks += item_marks(current.item, conditions_of(current.item))
    return mark_text(document.text, marks, 0, LONGEST)


def conditions_of(item: PolicyItem) -> Group:
    """The conditions of an item as a checklist, for a page without scripts."""
    return checklist(item.conditions)


def _passages(item: PolicyItem) -> Iterator[Mark]:
    for at, span in enumerate(item.spans):
        yield Mark(f"i{item.ordinal}" if at == 0 else f"i{item.ordinal}-{at}", f"事项{item.ordinal}", span)
