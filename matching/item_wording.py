"""A policy item's fields, and what differs between two versions of it, in the words of officials.

`policy_corpus.item_difference` says what differs; here each piece is put into words. Called by the history of
an item, the command line and re-import.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.benefit_words import benefit_words, kind_words
from matching.figures_in_words import chinese_date
from matching.wording import describe_condition
from policy_corpus.item_difference import Piece, PieceChange, find_changes
from policy_corpus.item_editing import FIELDS
from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    Condition,
    FreeText,
    Node,
    Not,
    PolicyItem,
    Quoted,
    Span,
)

NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One difference in words. before, after: （无） where there is nothing."""

    path: str
    label: str
    before: str
    after: str


def difference(old: PolicyItem, new: PolicyItem) -> tuple[FieldChange, ...]:
    """What differs between two versions of an item, in the order of the fields."""
    return tuple(_worded(change) for change in find_changes(old, new))


def describe_node(node: Node, inside: bool = False) -> str:
    """A condition tree in one sentence: 甲；且（乙，或丙）."""
    match node:
        case AllOf(children) | AnyOf(children):
            joint = "；且" if isinstance(node, AllOf) else "，或"
            words = joint.join(describe_node(child, inside=True) for child in children)
            return f"（{words}）" if inside and len(children) > 1 else words or NOTHING
        case Not(child):
            return f"不属于：{describe_node(child, inside=True)}"
        case FreeText(span):
            return f"待核实：{span.quote}"
        case _:
            return describe_condition(node)


def describe_benefit(benefit: Benefit) -> str:
    """What is given and how much of it: 奖励 30万元."""
    kind, words = kind_words(benefit.kind), benefit_words(benefit)
    return kind if words == kind else f"{kind} {words}"


def describe_window(window: ApplicationWindow) -> str:
    """When one can apply: 每年3月1日至9月30日, 常年受理."""
    if window.always:
        return "常年受理"
    opens, closes = (
        day and (f"{day.month}月{day.day}日" if window.yearly else chinese_date(day))
        for day in (window.opens_on, window.closes_on)
    )
    words = f"{opens}至{closes}" if opens and closes else f"{opens}起" if opens else f"{closes}截止"
    return f"每年{words}" if window.yearly else words


def _worded(change: PieceChange) -> FieldChange:
    before, after = (_words(piece) for piece in (change.before, change.after))
    label = FIELDS[change.field]
    if isinstance(change.before, AllOf):
        label += "的且、或关系"
    if before == after:  # the same is said of another sentence
        before, after = (f"{_words(piece)}{_sentence(piece)}" for piece in (change.before, change.after))
    return FieldChange(change.path, label, before, after)


def _words(piece: Piece | None) -> str:
    match piece:
        case None | "":
            return NOTHING
        case bool():
            return "是" if piece else "否"
        case Benefit():
            return describe_benefit(piece)
        case ApplicationWindow():
            return describe_window(piece)
        case Quoted(text):
            return text
        case Condition() | FreeText() | AllOf():
            return describe_node(piece)
        case _:
            return str(piece)


def _sentence(piece: Piece | None) -> str:
    span: Span | None = getattr(piece, "span", None)
    if span is None:
        return ""
    return f"（依据：“{' '.join(span.quote.split())}”）" if span.quote else "（人工补充，无原文依据）"
