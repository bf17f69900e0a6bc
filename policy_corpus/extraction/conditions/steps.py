"""Steps that meet at a figure ("5000万元至2亿元", "2亿元以上") -> which of them the figure itself belongs to.

"以上" includes its figure (Civil Code, article 1259), but two steps of one scale cannot both hold at it: where the lower
step ends with a figure, the upper one begins above it unless it says 及以上 or （含）. A sentence that sets out several steps
("收入2000万元以下的不低于8%，2000万元以上的不低于5%") asks for one of them. Called by trees and prediction.
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


_SIZES = frozenset(
    {"revenue", "employees", "total_assets", "founded_years", "fixed_investment", "output_value"}
)
_LEAST_STEPS = 2
_LOW = (Operator.LE, Operator.LT)


def steps_in(found: Sequence[Found]) -> tuple[int, int] | None:
    """Where the finds of a sentence are steps: pairs of a size and what is asked at it; None where they are none.

    >>> pair = [Found("revenue", Operator.LE, Decimal(20), 0, 4), Found("rd_ratio", Operator.GE, Decimal(8), 5, 9)]
    >>> next_pair = [Found("revenue", Operator.GT, Decimal(20), 10, 14), Found("rd_ratio", Operator.GE, Decimal(5), 15, 19)]
    >>> steps_in([*pair, *next_pair]), steps_in(pair)
    ((0, 4), None)
    """
    for start in range(len(found) - 2 * _LEAST_STEPS + 1):
        size, asked = found[start].attribute, found[start + 1].attribute
        if size not in _SIZES or asked == size:
            continue
        end = start
        while end + 1 < len(found) and _is_step(found[end], found[end + 1], size, asked):
            end += 2
        bounds = [one.op in _LOW for one in found[start:end:2]]
        if len(bounds) >= _LEAST_STEPS and len(set(bounds)) > 1:
            return start, end
    return None


def _is_step(one: Found, other: Found, size: str, asked: str) -> bool:
    figures = isinstance(one.value, Decimal | tuple) and isinstance(other.value, Decimal)
    return figures and one.attribute == size and other.attribute == asked
