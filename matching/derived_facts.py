"""A fact of an enterprise, stated or following from what it states; called wherever a fact is asked for.

What is stated always wins. What is derived says from what, in the words of its `source`, and takes over the
period and the oldest date of the facts that it comes from. Whatever cannot be derived for certain is absent.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal

from matching.model import Enterprise, Fact
from matching.size_class import figures_used, size_class
from policy_corpus.facts import FACTS

_FOUR_PLACES = Decimal("0.0001")


def find_fact(enterprise: Enterprise, key: str, as_of: date) -> Fact | None:
    """The fact of this key on a day: as stated, else derived, else None (unknown)."""
    stated = enterprise.facts.get(key)
    if stated is not None:
        return stated
    derive = _DERIVED.get(key)
    return derive(enterprise, as_of) if derive else None


def _founded_years(enterprise: Enterprise, as_of: date) -> Fact | None:
    founded = enterprise.facts.get("founded_on")
    day = _day(founded)
    if founded is None or day is None or day > as_of:
        return None
    return _derived(years_between(day, as_of), f"由成立日期计算（截至 {as_of.isoformat()}）", founded)


def _founded_date(enterprise: Enterprise, as_of: date) -> Fact | None:
    founded = enterprise.facts.get("founded_on")
    return founded if _day(founded) is not None else None


def _rd_ratio(enterprise: Enterprise, as_of: date) -> Fact | None:
    expense, revenue = enterprise.facts.get("rd_expense"), enterprise.facts.get("revenue")
    if expense is None or revenue is None or expense.period != revenue.period:
        return None
    part, whole = expense.value, revenue.value
    if not isinstance(part, Decimal) or not isinstance(whole, Decimal) or whole <= 0:
        return None
    ratio = (part * 100 / whole).quantize(_FOUR_PLACES, ROUND_DOWN)  # never rounded up over a threshold
    return _derived(ratio.normalize() + 0, "由研发费用和营业收入计算", expense, revenue)


def _size_class(enterprise: Enterprise, as_of: date) -> Fact | None:
    industry = enterprise.facts.get("industry")
    if industry is None or not isinstance(industry.value, str):
        return None
    found = {key: fact for key in figures_used(industry.value) if (fact := _figure(enterprise, key))}
    if len({fact.period for fact in found.values()}) > 1:
        return None
    values: dict[str, Decimal | None] = {k: f.value for k, f in found.items() if isinstance(f.value, Decimal)}
    size = size_class(
        industry.value, values.get("employees"), values.get("revenue"), values.get("total_assets")
    )
    if size is None:
        return None
    words = "、".join([FACTS["industry"].label, *(FACTS[key].label for key in found)])
    return _derived(size, f"由{words}按《统计上大中小微型企业划分办法（2017）》推算", *found.values())


def _figure(enterprise: Enterprise, key: str) -> Fact | None:
    fact = enterprise.facts.get(key)
    return fact if fact is not None and isinstance(fact.value, Decimal) else None


_DERIVED: dict[str, Callable[[Enterprise, date], Fact | None]] = {
    "founded_years": _founded_years,
    "founded_date": _founded_date,
    "rd_ratio": _rd_ratio,
    "size_class": _size_class,
}


def _derived(value: Decimal | str, source: str, *inputs: Fact) -> Fact:
    dates = [fact.dated for fact in inputs if fact.dated is not None]
    return Fact(value, source, min(dates, default=None), inputs[0].period if inputs else None)


def _day(fact: Fact | None) -> date | None:
    if fact is None or not isinstance(fact.value, str):
        return None
    try:
        return date.fromisoformat(fact.value)
    except ValueError:
        return None


def years_between(start: date, end: date) -> Decimal:
    """Years from one day to a later one, whole months exact, part of a month by days; start <= end.

    The same day of a later month completes the month, and where that month has no such day its last day does
    (民法典第二百零二条), so 29 February 2020 is three years old on 28 February 2023.

    >>> years_between(date(2020, 2, 29), date(2023, 2, 28)), years_between(date(2025, 1, 1), date(2025, 7, 1))
    (Decimal('3'), Decimal('0.5'))
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if _month_day(start, months) > end:
        months -= 1
    last = _month_day(start, months)
    if last == end:
        return Decimal(months) / 12
    length = (_month_day(start, months + 1) - last).days
    return ((months + Decimal((end - last).days) / length) / 12).quantize(_FOUR_PLACES, ROUND_DOWN)


def _month_day(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
