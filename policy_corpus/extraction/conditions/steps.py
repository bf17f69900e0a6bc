"""Steps that meet at a figure ("5000万元至2亿元", "2亿元以上") -> which of them the figure itself belongs to.

"以上" includes its figure (Civil Code, article 1259), but two steps of one scale cannot both hold at it: where the lower
step ends with a figure, the upper one begins above it unless it says 及以上 or （含）. Called by trees and prediction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.model import Condition, Operator

_INCLUDED = re.compile(r"及以上|及其以上|含|不低于|不少于|不小于|达到|≥")


def starts_above(one: Found | Condition, words: str, others: Iterable[Found | Condition]) -> bool:
    """Whether the step `one`, written as `words`, begins above its figure because a lower step ends with it.

    >>> low = Found("revenue", Operator.LE, Decimal(20000000), 0, 1)
    >>> starts_above(Found("revenue", Operator.GE, Decimal(20000000), 2, 9), "收入2000万元以上", [low])
    True
    >>> starts_above(Found("revenue", Operator.GE, Decimal(20000000), 2, 9), "收入2000万元及以上", [low])
    False
    """
    if one.op is not Operator.GE or not isinstance(one.value, Decimal) or _INCLUDED.search(words):
        return False
    return "以上" in words and any(
        other.attribute == one.attribute and _ends(other) == one.value for other in others
    )


def _ends(step: Found | Condition) -> object:
    if step.op is Operator.BETWEEN and isinstance(step.value, Sequence):
        return step.value[-1]
    return step.value if step.op is Operator.LE else None
