"""Write figures and dates as officials do: 2000 万元, 1.5 亿元, 3.2%, 6 个月, 2027年3月1日. Exact, no float."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from policy_corpus.facts import FactKind

_DIGITS = 30
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)


def plain(number: Decimal) -> str:
    """The number in full, without exponent and without zeros at its end.

    >>> plain(Decimal("5.20")), plain(Decimal("2E+3"))
    ('5.2', '2000')
    """
    if not _is_sensible(number):
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(yuan: Decimal, unit: str = "元") -> str:
    """A sum with the unit that keeps it short, exact to the last digit.

    >>> money(Decimal(20_000_000)), money(Decimal(150_000_000)), money(Decimal(9999)), money(Decimal(-120000))
    ('2000 万元', '1.5 亿元', '9999 元', '-12 万元')
    """
    size = abs(yuan) if _is_sensible(yuan) else Decimal(0)
    if size >= _YI:
        return f"{plain(_scaled(yuan, 8))} 亿{unit}"
    if size >= _WAN:
        return f"{plain(_scaled(yuan, 4))} 万{unit}"
    return f"{plain(yuan)} {unit}"


def describe_figure(kind: FactKind, value: Decimal, unit: str | None) -> str:
    """A figure of a fact with its unit; `unit` is the condition's own where it differs from the fact's."""
    if kind is FactKind.PERCENT or unit in ("percent", "%"):
        return f"{plain(value)}%"
    if kind is FactKind.YEARS:
        return duration(value)
    if kind is FactKind.YUAN:
        return money(value, unit or "元")
    return f"{plain(value)} {unit}" if unit else plain(value)


def duration(years: Decimal) -> str:
    """Years, or months where they are not whole years.

    >>> duration(Decimal(3)), duration(Decimal("0.5")), duration(Decimal("0.3"))
    ('3 年', '6 个月', '0.3 年')
    """
    months = years * 12
    if years == years.to_integral_value() or months != months.to_integral_value():
        return f"{plain(years)} 年"
    return f"{plain(months)} 个月"


def chinese_date(day: date) -> str:
    """A date as it is written on screen.

    >>> chinese_date(date(2027, 3, 1))
    '2027年3月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _is_sensible(number: Decimal) -> bool:
    # What is no figure at all (NaN, 1E+400) is shown as it stands, never spelled out digit by digit.
    return number.is_finite() and number.adjusted() < _DIGITS


def _scaled(number: Decimal, places: int) -> Decimal:
    # Moves the decimal point: exact for any number of digits, where a division would round to 28.
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) - places))
