"""Statements that ask something -> requirements with their scope: which items they reach; called by items.

A condition section ("申报条件") reaches the items beside it, below the same parent; a sentence inside a measure
reaches that measure; 适用范围, 总则 and 附则 reach the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section
from policy_corpus.extraction.passages import Statement
from policy_corpus.extraction.trees import compose, join_all, merge_tiers, says_any
from policy_corpus.model import AllOf, AnyOf, Node

# "本措施适用于…", "…适用本办法", "享受本政策的企业应…": said once for the whole document.
_FOR_ALL = re.compile(
    r"本(?:若干)?(?:措施|办法|政策|细则|意见|规定|通知|方案|条款)[^，。]{0,6}(?:适用于|适用范围|扶持|所称企业|支持对象)"
    r"|适用(?:于)?本(?:措施|办法|政策|细则|规定|意见)|(?:享受|申请|申报)本(?:措施|办法|政策|细则|规定|意见)"
)
_ASKING = (Role.CONDITIONS, Role.EXCLUSIONS)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Nodes that every item below `scope` must fulfil."""

    scope: Section
    nodes: tuple[Node, ...]

    def reaches(self, section: Section) -> bool:
        """Whether an item of this section stands under the requirement."""
        return section is self.scope or any(above is self.scope for above in section.ancestors())


def collect_requirements(root: Section, statements: Mapping[int, list[Statement]]) -> list[Requirement]:
    """The requirements of a document, in the order of its text."""
    found: list[Requirement] = []
    _collect(root, statements, found)
    return found


def _collect(section: Section, statements: Mapping[int, list[Statement]], found: list[Requirement]) -> None:
    nodes: tuple[Node, ...]
    if section.parent is not None and section.role in _ASKING and section.parent.role not in _ASKING:
        nodes = _tree(section, statements)
        if nodes:
            found.append(Requirement(_scope_of(section.parent), nodes))
        return
    if section.parent is not None and _is_introduction(section):
        nodes = _tree(section, statements)
        if nodes:
            found.append(Requirement(_scope_of(section.parent), nodes))
        return
    nodes = _own(section, statements)
    if nodes:
        found.append(Requirement(_reach(section), nodes))
    for child in section.children:
        _collect(child, statements, found)


def _scope_of(parent: Section) -> Section:
    """Where a condition section's requirements hold: its parent; the whole document for 总则 and 附则."""
    node = parent
    while node.parent is not None and (
        node.role is Role.GENERAL or (not node.plain.text and node.style == "field")
    ):
        node = node.parent
    return node


def _reach(section: Section) -> Section:
    if section.role is Role.GENERAL:
        return _scope_of(section)
    if _FOR_ALL.search(section.plain.text):
        return [section, *section.ancestors()][-1]
    if section.style or section.parent is None:
        return section
    return section.parent


def _is_introduction(section: Section) -> bool:
    """A paragraph that announces a list of conditions: "申报企业应符合下列条件："."""
    words = section.plain.text[-60:]
    return (
        bool(section.children)
        and words.endswith("：")
        and any(word in words for word in ("条件", "要求", "情形"))
    )


def _own(section: Section, statements: Mapping[int, list[Statement]]) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for statement in statements.get(id(section), ()):
        if statement.requirements:
            nodes.append(join_all(compose(statement.plain, statement.requirements)))
    return _flat(merge_tiers(nodes))


def _tree(section: Section, statements: Mapping[int, list[Statement]]) -> tuple[Node, ...]:
    own = list(_own(section, statements))
    below = [node for child in section.children if (node := _joined(_tree(child, statements))) is not None]
    if len(below) > 1 and says_any(section.plain.text):
        return (*own, AnyOf(tuple(below)))
    return (*own, *_flat(merge_tiers(below)))


def _joined(nodes: tuple[Node, ...]) -> Node | None:
    return join_all(nodes) if nodes else None


def _flat(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """AllOf inside a list that must all hold is the list itself."""
    flat: list[Node] = []
    for node in nodes:
        flat += _flat(node.children) if isinstance(node, AllOf) else [node]
    return tuple(flat)
