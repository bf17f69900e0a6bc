"""What a sentence or a list asks -> a condition tree: 且 by default, 或 where the words say so; called by items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.kinds import APPLICANTS, split_among, with_kind
from policy_corpus.extraction.conditions.steps import starts_above, steps_in
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Node, Operator, leaves

_OR = re.compile(r"^[，、；]{0,1}(?:或者?|亦或)|(?:，|、)?(?:或者?)$")
_ANY = re.compile(r"之一|任[一意](?:一)?[项个条种]?|[其之]?中的?[一1][项个条种]|任选")
_REFUSES = re.compile(r"不予|不得|不能|不享受|不再|不适用|不纳入|除外")
_TIERED = frozenset({"revenue", "employees", "other", "founded_years", "fixed_investment", "total_assets"})
_LIST_MARK = re.compile(
    r"(?:企业|单位|机构|公司|主体|称号|认定|证书){0,2}(?:、|及|和|，?以及|与)(?:各类|其他|示范性?|新型|重点|骨干|规范化?的?|符合条件的|[省市县区]级(?:及?以上)?){0,2}"
)
_SIDES = frozenset({"event", "other"})
_LOW, _HIGH = (Operator.LE, Operator.LT), (Operator.GE, Operator.GT)


def compose(plain: Plain, found: Sequence[Found]) -> tuple[Node, ...]:
    """The finds of one sentence as nodes that must all hold; "A或B且C" is A or (B and C)."""
    steps = steps_in(found)
    if steps:
        start, end = steps
        pairs = zip(found[start:end:2], found[start + 1 : end : 2], strict=True)
        each = tuple(AllOf((size.leaf(plain), asked.leaf(plain))) for size, asked in pairs)
        return (*compose(plain, found[:start]), AnyOf(each), *compose(plain, found[end:]))
    general, among = split_among(plain, found)
    if among:
        return with_kind(plain, compose(plain, general), among)
    groups: list[list[list[Found]]] = []
    for one in found:
        if groups:
            last = groups[-1][-1][-1]
            between = plain.text[last.end : one.start]
            sides = one.start < last.end and {one.attribute, last.attribute} & _SIDES
            if sides:  # 首次认定的|高新技术企业, 市级企业技术中心|满1年: two sides of one thing
                groups[-1][-1].append(one)
                continue
            if (_OR.search(between) and len(between) <= 8) or _are_places(last, one, between):
                if between.startswith(("，", "；")):
                    _take_in_and(plain.text, groups)
                groups[-1].append([one])
                continue
            if _are_registered(last, one, between, plain.text):
                groups[-1].append([one])
                continue
            if _are_listed(last, one, between):
                _take_in_front(plain.text, groups)
                groups[-1].append([one])
                continue
            goes_on = "且" in between or last.attribute == "other"  # 或取得同意企业进入|区域股权市场|挂牌的函
            if len(groups[-1]) > 1 and goes_on and not re.search("[，；、。]", between):
                groups[-1][-1].append(one)
                continue
        groups.append([[one]])
    return tuple(node for group in groups for node in _nodes(plain, group))


def _are_listed(last: Found, one: Found, between: str) -> bool:
    """Applicants named in a list ("高新技术企业、科研院所和社会组织"): one of them applies, nobody is all of them."""
    if not _LIST_MARK.fullmatch(between):
        return False
    kinds = {last.attribute, one.attribute}
    nouns = kinds & APPLICANTS
    return (
        bool(nouns)
        and all(kind in APPLICANTS or kind == "other" for kind in kinds)
        and last.negated == one.negated
    )


def _take_in_front(text: str, groups: list[list[list[Found]]]) -> None:
    """ "规模以上工业企业和高新技术企业": what stands right before the first applicant of a list is said of that one only."""
    while len(groups) > 1 and len(groups[-1]) == 1 and len(groups[-2]) == 1:
        before, first = groups[-2][0][-1], groups[-1][0][0]
        if before.attribute not in APPLICANTS or text[before.end : first.start].strip("的"):
            return
        groups[-2:] = [[[*groups[-2][0], *groups[-1][0]]]]


def _take_in_and(text: str, groups: list[list[list[Found]]]) -> None:
    """ "收入达3000万元且税收达100万元，或者出口达…": what 且 joins before the comma is one way in."""
    while len(groups) > 1 and len(groups[-1]) == 1 and len(groups[-2]) == 1:
        between = text[groups[-2][0][-1].end : groups[-1][0][0].start]
        if "且" not in between or re.search("[，；。]", between):
            return
        groups[-2:] = [[[*groups[-2][0], *groups[-1][0]]]]


def _are_places(one: Found, other: Found, between: str) -> bool:
    """ "注册地在甲县、乙县": no company is in both."""
    both = one.attribute == other.attribute == "region" and not (one.negated or other.negated)
    return both and bool(re.fullmatch("、|和|及|以及|与|或者?|/", between))


# "在内地登记的机构，在香港、澳门注册的机构": each is one way to be an applicant
_REGISTERED = re.compile(r"在[^，；]{2,40}(?:登记|注册)[^，；]{0,4}的?(?:机构|单位|企业|公司)(?:或单位)?")
_IS_BODY = re.compile(r"[^，；。]{0,48}的(?:机构|单位|企业|公司)")


def _are_registered(last: Found, one: Found, between: str, text: str) -> bool:
    """Whether two clauses name bodies registered in one place and in another."""
    before = bool(_REGISTERED.fullmatch(text[last.start : last.end]))
    return (
        before
        and between == "，"
        and one.attribute == "region"
        and bool(_IS_BODY.match(text, one.taken()[1]))
    )


def _nodes(plain: Plain, group: list[list[Found]]) -> list[Node]:
    if len(group) == 1:
        return [one.leaf(plain) for one in group[0]]
    return [AnyOf(tuple(join_all(one.leaf(plain) for one in option) for option in group))]


def join_all(nodes: Iterable[Node]) -> Node:
    """One node for several that must all hold; a single one stays bare."""
    kept = tuple(nodes)
    return kept[0] if len(kept) == 1 else AllOf(kept)


_LIKEWISE = re.compile(r"参照执行$")


def widens(plain: Plain) -> bool:
    """Whether a sentence lets further applicants in on the same terms ("注册在示例市其他区域的…参照执行")."""
    return bool(_LIKEWISE.search(plain.text))


def widen(nodes: Sequence[Node], others: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes with the place that they ask for made a choice between it and those of `others`.

    Where they ask for no place, the others are let in already.
    """
    places = tuple(one for one in others if isinstance(one, Condition) and one.attribute == "region")
    widened: list[Node] = []
    for node in nodes:
        if isinstance(node, Condition) and node.attribute == "region" and not node.negated and places:
            node, places = AnyOf((node, *places)), ()
        widened.append(node)
    return tuple(widened)


def says_any(words: str) -> bool:
    """Whether an introduction asks for one of the list only.

    A refusal ("有下列情形之一的，不予支持") refuses each: none of the list may hold.

    >>> says_any("符合下列条件之一的："), says_any("同时符合以下条件：")
    (True, False)
    >>> says_any("有下列情形之一的，不予支持："), says_any("不得有下列情形之一："), says_any("满足以下条件中的一项：")
    (False, False, True)
    """
    return bool(_ANY.search(words[-60:])) and not _REFUSES.search(words[-60:])


def merge_tiers(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """ "收入小于5000万元的，比例不低于5%；收入在…的，不低于4%": one of the tiers holds, not all of them."""
    merged: list[Node] = []
    tiers: list[Node] = []
    for node in [*(step for one in nodes for step in _steps_in(one)), None]:
        if node is not None and _tier(node) and (not tiers or _tier(node) == _tier(tiers[-1])):
            tiers.append(node)
            continue
        merged += [AnyOf(tuple(_apart(tiers)))] if _partition(tiers) else tiers
        tiers = []
        if node is not None:
            (tiers if _tier(node) else merged).append(node)
    return _merge_subjects(merged)


_SUBJECT = re.compile(
    r"(?!属于|聚焦|从事|符合|面向|具有|为|在)[^，；。]{2,20}(?:企业|项目|机构|单位|平台|公司)"
)
_LEAST_SUBJECTS = 3


def _merge_subjects(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """ "图书项目，须…。期刊项目，须…。音像项目，须…。": three trades or more one after another; no company is in all."""
    merged: list[Node] = []
    subjects: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and _opens_with_trade(node):
            subjects.append(node)
            continue
        named = {leaf.value for leaf in map(_first, subjects) if isinstance(leaf, Condition)}
        many = len(named) == len(subjects) >= _LEAST_SUBJECTS
        merged += [AnyOf(tuple(subjects))] if many else subjects
        subjects = []
        merged += [] if node is None else [node]
    return tuple(merged)


def _first(node: Node) -> Node:
    return node.children[0] if isinstance(node, AllOf) else node


def _opens_with_trade(node: Node) -> bool:
    first = _first(node)
    return (
        isinstance(node, AllOf)
        and isinstance(first, Condition)
        and first.attribute == "industry"
        and not first.negated
        and bool(_SUBJECT.fullmatch(first.span.quote))
    )


def _steps_in(node: Node) -> tuple[Node, ...]:
    """The tiers of one sentence ("收入小于5000万元的，比例不低于5%，收入在…的，不低于4%"), or the node itself."""
    if not isinstance(node, AllOf) or not isinstance(node.children[0], Condition):
        return (node,)
    size = node.children[0].attribute
    steps: list[list[Node]] = []
    for child in node.children:
        if isinstance(child, Condition) and child.attribute == size:
            steps.append([])
        steps[-1].append(child)
    tiers = tuple(AllOf(tuple(step)) for step in steps if len(step) > 1)
    alike = len(tiers) > 1 and len(tiers) == len(steps) and len({_tier(tier) for tier in tiers}) == 1
    return tiers if alike and _tier(tiers[0]) and _partition(list(tiers)) else (node,)


def _apart(tiers: list[Node]) -> list[Node]:
    """The tiers without a figure that belongs to two of them."""
    firsts = [one for tier in tiers for one in leaves(tier) if isinstance(one, Condition)]
    apart: list[Node] = []
    for tier in tiers:
        first = tier.children[0] if isinstance(tier, AllOf) else tier
        if (
            isinstance(tier, AllOf)
            and isinstance(first, Condition)
            and starts_above(first, first.span.quote, firsts)
        ):
            tier = AllOf((replace(first, op=Operator.GT), *tier.children[1:]))
        apart.append(tier)
    return apart


def _tier(node: Node) -> tuple[str, ...] | None:
    """The attributes of a "size or kind, then what is asked of it" pair."""
    if not isinstance(node, AllOf) or len(node.children) < 2:
        return None
    pair = [child for child in node.children if isinstance(child, Condition)][:2]
    if len(pair) < 2:
        return None
    first, second = pair
    if first.attribute in APPLICANTS and not first.negated and second.op in (*_LOW, *_HIGH, Operator.BETWEEN):
        return ("kind", first.attribute)
    if first.attribute not in _TIERED or first.op not in (*_LOW, *_HIGH, Operator.BETWEEN):
        return None
    return (first.attribute, second.attribute)


def _partition(tiers: list[Node]) -> bool:
    """Whether steps of one size, or what is asked of different kinds, cannot all hold of one company."""
    firsts = [
        leaf for node in tiers if isinstance(node, AllOf) and isinstance(leaf := node.children[0], Condition)
    ]
    if len(firsts) < 2:
        return False
    if firsts[0].attribute in APPLICANTS:
        return len({leaf.value for leaf in firsts}) == len(firsts)
    ops = [leaf.op for leaf in firsts]
    return any(op in _LOW or op is Operator.BETWEEN for op in ops) and len(set(ops)) > 1


def dedupe(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Without nodes that ask the same again (attribute, operator and value)."""
    kept: list[Node] = []
    seen: set[object] = set()
    for node in nodes:
        key: object = node
        if isinstance(node, Condition):
            key = (node.attribute, node.op, node.value)
        elif isinstance(node, FreeText):
            key = node.span.quote
        if key not in seen:
            seen.add(key)
            kept.append(node)
    return tuple(kept)
