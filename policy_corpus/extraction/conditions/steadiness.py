"""Head counts that must not fall ("参保人数与上年持平或有所增长") -> growth conditions without a figure; called by reading."""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.model import Operator

_STEADY = re.compile(
    r"(?:职工|员工|参保|用工|从业人员|平均|缴纳)[^，；]{0,12}人数[^，；]{0,8}(?:与|同|较)(?:去年|上一?年度?)(?:同期)?[^，；]{0,4}持平"
    r"(?:或者?(?:有所)?(?:增长|增加|上升))?(?:(?P<most>\d{1,3})%(?:以下|以内))?"
)


def find_steadiness(clause: str) -> list[Found]:
    """Growth of the head count in percent, at least nought.

    >>> [(f.attribute, f.op.value, f.value, f.unit) for f in find_steadiness("年末参保人数与上年持平或有所增长的企业")]
    [('employees', 'ge', Decimal('0'), 'percent_growth')]
    """
    found = []
    for match in _STEADY.finditer(clause):
        most = match["most"]
        op = Operator.BETWEEN if most else Operator.GE
        value = (Decimal(0), Decimal(most)) if most else Decimal(0)
        found.append(Found("employees", op, value, match.start(), match.end(), "percent_growth"))
    return found
