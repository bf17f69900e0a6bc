"""Steps that one sentence sets out ("收入2000万元以下的不低于8%，2000万元以上的不低于5%"): one of them holds; called by trees."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.model import Operator

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
