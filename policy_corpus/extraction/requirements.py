"""Statements that ask something -> requirements with their scope: which items they reach; called by items.

A condition section ("申报条件") reaches the items beside it, below the same parent; a sentence inside a measure
reaches that measure; 适用范围, 总则 and 附则 reach the whole document; "按下列标准给予奖补：" reaches its own list.
Conditions that a section sets out for several kinds of applicants by name ("未来工厂。…", "数字化车间。…") reach
the items that name the kind.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy_corpus.extraction.applicants import apart, called_for, kind_of, name_of, names_for, spoken_of
from policy_corpus.extraction.conditions.asides import opens_requirements
from policy_corpus.extraction.conditions.trees import compose, join_all, merge_tiers, says_any, widen, widens
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.statements import Statement
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.model import AllOf, AnyOf, Node

_APPLICANTS = re.compile(
    r"(?:申报|申请|享受|参评|受理|兑现)(?:奖补|奖励|补助|补贴|资金|政策)?的?(?:企业|单位|主体|机构|项目单位|申请人|对象|者)[^，。；]{0,6}?(?:应|须|需|必须|为|是|，)"
)
# "其中，甲类企业是指…；乙类机构是指…": each says who one kind of applicant is; nobody is all of them.
_DEFINES = re.compile(r"(?:其中[，：]?)?[^，；]{2,16}(?:是指|指的是)")
_LEAST_NAME = 3
_LONGEST_LIST = 200
_ASKING = (Role.CONDITIONS, Role.EXCLUSIONS)
# "有下列情形之一的，不予支持" without a colon opens a list all the same.
_OPENS_REFUSALS = re.compile(r"(?:下列|以下|如下)情[形况][^。；]{0,20}(?:不予|不得|不能|不)[^。；]{0,12}$")
# An article that only refuses ("已享受同类资金的，不予支持") speaks of everything the programme gives.
_REFUSES = re.compile(r"(?:不予|不得|不再|不能)(?:重复)?(?:支持|申报|申请|受理|资助|补贴|补助|奖励|享受)")


@dataclass(frozen=True, slots=True)
class Requirement:
    """Nodes that every item in or below one of `scope` must fulfil.

    for_all: said of the whole document or in passing, not of the matter itself; an item needs conditions besides.
    kinds: further nodes by the kind of applicant they are for; either: what holds for whom no kind is named.
    since, until: offsets in the document between which it holds; a subject named in passing reaches from its sentence to
    the next one that is named after a benefit.
    """

    scope: tuple[Section, ...]
    nodes: tuple[Node, ...]
    for_all: bool = False
    kinds: tuple[tuple[str, tuple[Node, ...]], ...] = ()
    either: tuple[Node, ...] = ()
    since: int = 0
    until: int = sys.maxsize

    def nodes_for(self, words: str) -> tuple[Node, ...]:
        """What is asked of an item with these words; where they name no kind, one of them, or without `either` none."""
        if not self.kinds:
            return self.nodes
        named = spoken_of((kind for kind, _ in self.kinds), words, given=not self.either)
        if named is not None:
            return (*self.nodes, *(node for kind, nodes in self.kinds if kind == named for node in nodes))
        return (*self.nodes, *self.either)


def collect_requirements(root: Section, statements: Mapping[int, list[Statement]]) -> list[Requirement]:
    """The requirements of a document, in the order of its text."""
    _mark_giving(root, statements)
    found: list[Requirement] = []
    _collect(root, statements, _matters(root, statements), found)
    return [one for one in found if one.nodes or one.kinds]


def _mark_giving(root: Section, statements: Mapping[int, list[Statement]]) -> None:
    """Note in the sections where something is given, in them or below them."""
    for section in root.walk():
        if any(statement.grants for statement in statements.get(id(section), ())):
            for one in (section, *section.ancestors()):
                one.gives = True


def _matters(root: Section, statements: Mapping[int, list[Statement]]) -> frozenset[str]:
    """The names of what gives something: a part of a condition section named alike asks for that matter only."""
    names: set[str] = set()
    for section in root.walk():
        if any(statement.grants for statement in statements.get(id(section), ())):
            names.update(name_of(one) for one in (section, *section.ancestors()))
    return frozenset(name for name in names if len(name) >= _LEAST_NAME)


def _collect(
    section: Section,
    statements: Mapping[int, list[Statement]],
    matters: frozenset[str],
    found: list[Requirement],
) -> None:
    parent = section.parent
    if parent is not None:
        if section.role in _ASKING and parent.role not in _ASKING:
            found.append(_of_section(section, statements, matters))
            return
        if _is_introduction(section):
            gives = any(statement.grants for statement in statements.get(id(section), ()))
            scope = section if gives else _scope_of(parent)  # 符合下列条件的，给予10万元：
            found.append(Requirement((scope,), _tree(section, statements), _is_general(section)))
            return
    found += _of_sentences(section, statements)
    for child in section.children:
        _collect(child, statements, matters, found)


def _of_section(
    section: Section, statements: Mapping[int, list[Statement]], matters: frozenset[str]
) -> Requirement:
    """The requirements of a condition section; its parts by name of applicant kept apart."""
    scope, for_all = (_scope_of(section.parent or section),), _is_general(section)
    kinds = _kinds(section, statements, matters)
    if not kinds:
        return Requirement(scope, _tree(section, statements), for_all)
    named = {id(child) for child, _ in kinds}
    common = list(_own(section, statements))
    for child in section.children:
        if id(child) not in named:
            common += _tree(child, statements)
    named_kinds = tuple((name, nodes) for child, nodes in kinds for name in names_for(child, matters))
    either = (AnyOf(tuple(join_all(nodes) for _, nodes in kinds)),)
    return Requirement(scope, tuple(common), for_all, named_kinds, either)


def _kinds(
    section: Section, statements: Mapping[int, list[Statement]], matters: frozenset[str]
) -> list[tuple[Section, tuple[Node, ...]]]:
    """The children that are headed by a matter of the document or a kind of applicant; fewer than two are none."""
    found = []
    for child in section.children:
        if called_for(child, matters):
            nodes = _tree(child, statements)
            found += [(child, nodes)] if nodes else []
    called = [called_for(child, matters) for child, _ in found]
    if len(set(called)) < len(called):
        return []
    kinds = [name for name in called if name not in matters]
    alone = apart(kinds) if len(kinds) > 1 else kinds
    kept = [
        (child, nodes)
        for (child, nodes), name in zip(found, called, strict=True)
        if name in matters or name in alone
    ]
    return kept if len(kept) > 1 else []


def _of_sentences(section: Section, statements: Mapping[int, list[Statement]]) -> list[Requirement]:
    """What sentences outside condition sections ask, each kind with its own reach."""
    found: list[Requirement] = []
    plain: list[Node] = []
    asking = [statement for statement in statements.get(id(section), ()) if statement.requirements]
    ends = _ends(statements.get(id(section), ()))
    speaks_to_all = any(statement.for_all for statement in asking)
    silent = not section.gives
    is_closing = silent and _APPLICANTS.match(section.plain.text)
    for statement in asking:
        nodes = _flat((join_all(compose(statement.plain, statement.requirements)),))
        if statement.for_all or (speaks_to_all and not (statement.announces or statement.ground)):
            found.append(Requirement(([section, *section.ancestors()][-1],), nodes, for_all=True))
        elif statement.meant:
            root = [section, *section.ancestors()][-1]
            found.append(Requirement((root,), (), for_all=True, kinds=((statement.meant, nodes),)))
        elif (is_closing or (silent and _is_refusal(statement))) and not statement.ground:
            found.append(Requirement((_programme_of(section, statements),), nodes, for_all=True))
        elif statement.announces:
            found.append(Requirement(_list_behind(section), nodes))
        elif statement.ground:
            since, until = statement.plain.offsets[0], ends[id(statement)]
            found.append(Requirement((section,), nodes, since=since, until=until))
        else:
            plain.append(join_all(nodes))
    if plain:
        scope = _reach(section)
        beside = scope is not section  # said in passing, not of the benefit itself
        found.append(Requirement((scope,), _flat(merge_tiers(plain)), beside or _is_general(section)))
    return found


def _ends(statements: Sequence[Statement]) -> dict[int, int]:
    """By subject named in passing, the offset in the document where one that is named after a benefit takes over."""
    ends: dict[int, int] = {}
    end = following = sys.maxsize
    for statement in reversed(statements):
        if statement.grants:
            end = following
        if statement.ground:
            ends[id(statement)] = end
            following = statement.plain.offsets[0]
    return ends


def _is_refusal(statement: Statement) -> bool:
    return all(one.negated for one in statement.requirements) and bool(_REFUSES.search(statement.plain.text))


def _programme_of(section: Section, statements: Mapping[int, list[Statement]]) -> Section:
    """What an article on applicants in general ("申报企业应在…注册") holds for.

    The nearest section above that gives anything; the whole document where the articles are numbered through.
    """
    above = list(section.ancestors())
    if section.parent is not None and section.number > len(section.parent.children):
        return above[-1]
    return next((one for one in above if one.gives), above[-1] if above else section)


def _list_behind(section: Section) -> tuple[Section, ...]:
    """The list that a sentence opens: what is below it, or the paragraphs behind it up to the next subject."""
    if section.children or section.parent is None:
        return (section,)
    siblings = section.parent.children
    first = section.place + 1
    behind: list[Section] = []
    for sibling in siblings[first : first + _LONGEST_LIST]:
        if sibling.plain.text.startswith(("对", "凡")) and not sibling.style:
            break
        if section.style and sibling.style == section.style:
            break
        behind.append(sibling)
    return (section, *behind)


def _is_general(section: Section) -> bool:
    return any(one.role is Role.GENERAL for one in (section, *section.ancestors()))


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
    if section.style or section.parent is None:
        return section
    return section.parent


def _is_introduction(section: Section) -> bool:
    """A paragraph that announces a list of conditions: "申报企业应符合下列条件："."""
    words = section.plain.text[-60:]
    if section.children and opens_requirements(words):
        return True
    opens = words.endswith("：") or bool(_OPENS_REFUSALS.search(words))
    return (
        bool(section.children) and opens and any(word in words for word in ("条件", "要求", "情形", "情况"))
    )


def _own(section: Section, statements: Mapping[int, list[Statement]]) -> tuple[Node, ...]:
    nodes: list[Node] = []
    defined: list[Node] = []
    for statement in statements.get(id(section), ()):
        if statement.requirements and widens(statement.plain):
            nodes = list(widen(_flat(tuple(nodes)), compose(statement.plain, statement.requirements)))
        elif statement.requirements:
            node = join_all(compose(statement.plain, statement.requirements))
            (defined if _DEFINES.match(statement.plain.text) else nodes).append(node)
    if len(defined) > 1:
        defined = [AnyOf(tuple(defined))]
    return _flat(merge_tiers([*nodes, *defined]))


def _tree(section: Section, statements: Mapping[int, list[Statement]]) -> tuple[Node, ...]:
    own = list(_own(section, statements))
    read = [
        (child, node) for child in section.children if (node := _joined(_tree(child, statements))) is not None
    ]
    below = [node for _, node in read]
    if len(below) > 1 and says_any(section.plain.text):
        return (*own, AnyOf(tuple(below)))
    kinds = apart(tuple(kind_of(child) for child, _ in read))
    if kinds:
        below = [node for (child, node) in read if kind_of(child) not in kinds]
        below.append(AnyOf(tuple(node for child, node in read if kind_of(child) in kinds)))
    return (*own, *_flat(merge_tiers(below)))


def _joined(nodes: tuple[Node, ...]) -> Node | None:
    return join_all(nodes) if nodes else None


def _flat(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """AllOf inside a list that must all hold is the list itself."""
    flat: list[Node] = []
    for node in nodes:
        flat += _flat(node.children) if isinstance(node, AllOf) else [node]
    return tuple(flat)
