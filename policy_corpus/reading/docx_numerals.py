"""Write a number the way a Word list format asks: 一, 第十二, 壹, 甲, ①, iv, B; called by docx_numbering."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def chinese_number(
    number: int, digits: str = _DIGITS, units: tuple[str, str, str] = ("十", "百", "千")
) -> str:
    """A number 0-9999 in Chinese; larger ones stay in digits.

    >>> [chinese_number(n) for n in (3, 10, 12, 20, 105, 110, 1001)]
    ['三', '十', '十二', '二十', '一百零五', '一百一十', '一千零一']
    """
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text, gap = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        figure = number // power % 10
        if figure:
            text += ("零" if gap and text else "") + digits[figure] + unit
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith(digits[1] + units[0]) and digits is _DIGITS else text


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _legal(number: int) -> str:
    return chinese_number(number, _LEGAL, ("拾", "佰", "仟"))


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (number // amount)
        number %= amount
    return text


def _from_block(first: str, size: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= size else str(number)


def _circled(number: int) -> str:
    for first, low, high in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if low <= number <= high:
            return chr(ord(first) + number - low)
    return str(number)


def _cycle(names: str) -> Callable[[int], str]:
    return lambda number: names[(number - 1) % len(names)]


# ECMA-376 part 1, 17.18.59 ST_NumberFormat; what is missing here is written in digits.
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(number)),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "koreanDigital2": _positional,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _from_block("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from_block("⑴", 20),
    "decimalEnclosedFullstop": _from_block("⒈", 20),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}


def write_number(number: int, number_format: str) -> str:
    """The number in a Word list format; digits where the format is unknown or the number out of its range.

    >>> write_number(12, "chineseCountingThousand"), write_number(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    if not 0 <= number <= 9999:
        return str(number)
    return _FORMATS.get(number_format, str)(number) if number else "0"
