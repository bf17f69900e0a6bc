"""A condition tree as a checklist: each leaf with its finding, 且 and 或 as groups, what is still to be answered.

Findings stand in the order of the leaves (see `matching.eligibility`), so a tree and its findings are
walked together. Without an enterprise the same rows carry no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.model import Finding, Verdict
from matching.wording import describe_condition
from policy_corpus.item_spans import is_by_hand
from policy_corpus.model import AllOf, AnyOf, Condition, Leaf, Node, Not


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf. number: 1, 2, … in the order of the text, which is also its mark in the text."""

    number: int
    leaf: Leaf
    text: str
    finding: Finding | None

    @property
    def key(self) -> str:
        """The key of its mark in the original."""
        return f"c{self.number}"

    @property
    def is_implied(self) -> bool:
        """Whether it follows from who speaks rather than from a written condition."""
        return isinstance(self.leaf, Condition) and self.leaf.implied

    @property
    def is_added(self) -> bool:
        """Whether a person added it, without a sentence of the original."""
        return is_by_hand(self.leaf.span)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that hold together. joint: "all" (且) or "any" (或)."""

    joint: str
    children: tuple[Row | Group, ...]


def checklist(conditions: AllOf, findings: Sequence[Finding] | None = None) -> Group:
    """The checklist of an item's conditions; groups of one child are shown as that child."""
    found = iter(findings) if findings is not None else None
    numbers = iter(range(1, 1_000_000))
    children = tuple(_entry(child, found, numbers, False) for child in conditions.children)
    return Group("all", tuple(child for child in children if child is not None))


def rows(group: Group) -> Iterator[Row]:
    """Every row of a checklist in its order."""
    for child in group.children:
        if isinstance(child, Row):
            yield child
        else:
            yield from rows(child)


def answers_needed(group: Group) -> int:
    """The least number of unknown rows that must turn out met before the whole is met; 0 if none would do."""
    return _needed(group) or 0


def _entry(
    node: Node, found: Iterator[Finding] | None, numbers: Iterator[int], denied: bool
) -> Row | Group | None:
    match node:
        case AllOf(children) | AnyOf(children):
            entries = [_entry(child, found, numbers, denied) for child in children]
            kept = tuple(entry for entry in entries if entry is not None)
            if len(kept) < 2:
                return kept[0] if kept else None
            # De Morgan: 非(甲或乙) asks for 非甲 and 非乙.
            return Group("all" if isinstance(node, AllOf) is not denied else "any", kept)
        case Not(child):
            return _entry(child, found, numbers, not denied)
        case _:
            finding = next(found, None) if found is not None else None
            text = finding.text if finding else describe_condition(node)
            return Row(next(numbers), node, f"不属于：{text}" if denied and not finding else text, finding)


def _needed(entry: Row | Group) -> int | None:
    """How many answers the entry needs to be met; None where it cannot be."""
    if isinstance(entry, Row):
        verdict = entry.finding.verdict if entry.finding else Verdict.UNKNOWN
        return {Verdict.MET: 0, Verdict.UNKNOWN: 1, Verdict.NOT_MET: None}[verdict]
    needs = [_needed(child) for child in entry.children]
    if entry.joint == "any":
        return min((need for need in needs if need is not None), default=None)
    return None if None in needs else sum(need for need in needs if need is not None)
