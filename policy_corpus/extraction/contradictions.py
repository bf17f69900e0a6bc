"""Requirements that deny each other: they were meant for different applicants, so a person must say for whom; called by items.

A guide for two kinds of applicants asks "具有法人资格" of one and "未注册企业" of the other. Where the words do not say
which is which, to ask both of one company would refuse everybody. Each of the two is kept, in its own words, as 待核实.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from policy_corpus.codes.regions import covers, find_region
from policy_corpus.errors import CorpusError
from policy_corpus.model import Condition, FreeText, Node, Operator

_LEAST = frozenset({Operator.GE, Operator.GT})
_MOST = frozenset({Operator.LE, Operator.LT})
_OWN_WORDS = frozenset(
    {"other", "event", "activity"}
)  # the same figure of two different things is no contradiction


def leave_to_person(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes of one "and", those that deny each other as FreeText."""
    leaves = [node for node in nodes if isinstance(node, Condition) and node.attribute not in _OWN_WORDS]
    denied = {id(one) for pair in combinations(leaves, 2) if _deny_each_other(*pair) for one in pair}
    return tuple(
        FreeText(node.span) if isinstance(node, Condition) and id(node) in denied else node for node in nodes
    )


def _deny_each_other(one: Condition, other: Condition) -> bool:
    if one.attribute != other.attribute:
        return False
    if one.negated != other.negated:
        return one.value == other.value
    if one.attribute == "region":
        return not one.negated and _are_apart(str(one.value), str(other.value))
    low, high = (one, other) if one.op in _LEAST else (other, one)
    if low.op in _LEAST and high.op in _MOST and low.unit == high.unit:
        return isinstance(low.value, Decimal) and isinstance(high.value, Decimal) and low.value > high.value
    return False


def _are_apart(one: str, other: str) -> bool:
    """Whether nothing lies in both regions; False where a name is not known."""
    try:
        first, second = find_region(one), find_region(other)
    except CorpusError:
        return False
    return covers(first.code, second.code) is False and covers(second.code, first.code) is False
