"""Chinese and Arabic numerals -> Decimal; called by quantities and windows."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = frozenset(_DIGITS) | frozenset(_TENS)
# Amounts above this are misreadings, such as a row of digits from a broken table.
LARGEST = Decimal(10) ** 15


def read_number(text: str) -> Decimal | None:
    """A numeral as Decimal; None where it is not one or absurdly large.

    >>> read_number("3,000.5"), read_number("两千零五十"), read_number("半"), read_number("十二")
    (Decimal('3000.5'), Decimal('2050'), Decimal('0.5'), Decimal('12'))
    >>> read_number("9" * 30) is None and read_number("年") is None
    True
    """
    if text == "半":
        return Decimal("0.5")
    if text and all(char in _CHINESE for char in text):
        return _read_chinese(text)
    plain = text.replace(",", "")
    if len(plain) > 22 or not plain.replace(".", "", 1).isascii() or not plain.replace(".", "", 1).isdigit():
        return None
    number = Decimal(plain)
    return number if number <= LARGEST else None


def _read_chinese(text: str) -> Decimal | None:
    if len(text) > 12:
        return None
    if not any(char in _TENS for char in text):  # 二〇二六
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _TENS:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return Decimal(total + (digit or 0))
