"""What is missing, in words, where it can be computed: 还差 12 万元, 成立满 1 年的日期为 2027年3月1日."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from matching.figures_in_words import chinese_date, describe_figure, duration, money, plain
from matching.judging.figures import anniversary, parse_date, whole_months
from matching.judging.judgement import Asked, Judgement
from matching.model import Verdict
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.model import Condition, Operator

_FIGURES = (FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT)
_FLOORS = (Operator.GE, Operator.GT)
_CEILINGS = (Operator.LE, Operator.LT)


def describe_gap(condition: Condition, judgement: Judgement, asked: Asked) -> str | None:
    """What separates the enterprise from a condition it does not meet; None where nothing can be said."""
    row = FACTS.get(condition.attribute)
    if judgement.verdict is not Verdict.NOT_MET or judgement.actual is None or row is None:
        return None
    value = judgement.actual.value
    if row.kind is FactKind.YEARS:
        return _gap_in_time(condition, value)
    if row.kind in _FIGURES and isinstance(value, Decimal):
        return _gap_in_figures(condition, row, value, asked)
    if row.kind is FactKind.NAMES and condition.op is not Operator.NOT_HAS:
        names = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        return "需取得" + "或".join(f"“{name}”" for name in names)
    if row.key == "above_scale" and condition.op is not Operator.NOT_HAS:
        return "需纳入规模以上（限额以上）统计"
    return None


def _gap_in_time(condition: Condition, value: object) -> str | None:
    founded, years = parse_date(value), _lower_bound(condition)
    months = whole_months(years) if years is not None else None
    if founded is None or years is None or months is None:
        return None
    return f"成立满 {duration(years)}的日期为 {chinese_date(anniversary(founded, months))}"


def _gap_in_figures(condition: Condition, row: FactDefinition, value: Decimal, asked: Asked) -> str | None:
    low, high = _lower_bound(condition), _upper_bound(condition)
    if low is not None and value <= low:
        if value == low:
            return f"须超过 {describe_figure(row.kind, low, row.unit)}"
        return f"还差 {_difference(row, low - value)}{_in_yuan(row.key, low, asked)}"
    if high is not None and value >= high:
        if value == high:
            return f"须低于 {describe_figure(row.kind, high, row.unit)}"
        return f"超出 {_difference(row, value - high)}"
    return None


def _lower_bound(condition: Condition) -> Decimal | None:
    value = condition.value
    if condition.op in _FLOORS:
        value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
        return value if isinstance(value, Decimal) else None
    return _ends(condition)[0]


def _upper_bound(condition: Condition) -> Decimal | None:
    value = condition.value
    if condition.op in _CEILINGS:
        value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
        return value if isinstance(value, Decimal) else None
    return _ends(condition)[1]


def _ends(condition: Condition) -> tuple[Decimal | None, Decimal | None]:
    value = condition.value
    if condition.op is not Operator.BETWEEN or not isinstance(value, tuple) or len(value) != 2:
        return None, None
    ends = sorted(end for end in value if isinstance(end, Decimal))
    return (ends[0], ends[1]) if len(ends) == 2 else (None, None)


def _difference(row: FactDefinition, difference: Decimal) -> str:
    if row.kind is FactKind.PERCENT:
        return f"{plain(difference)} 个百分点"
    return describe_figure(row.kind, difference, row.unit)


def _in_yuan(key: str, percent: Decimal, asked: Asked) -> str:
    """For the share of research in revenue: the sum of money that would close the gap at this revenue."""
    revenue, spent = asked.find("revenue"), asked.find("rd_expense")
    if key != "rd_ratio" or revenue is None or spent is None:
        return ""
    if not isinstance(revenue.value, Decimal) or not isinstance(spent.value, Decimal):
        return ""
    needed = revenue.value * percent / 100 - spent.value
    return (
        f"，按现有营业收入约需再投入研发费用 {money(needed.to_integral_value(ROUND_CEILING))}"
        if needed > 0
        else ""
    )
