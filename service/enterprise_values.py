"""One cell or JSON value -> the value of a fact, by the kind of the fact; or the reason why not, in Chinese.

Called by `enterprise_json` and `enterprise_rows`. Whatever is not certain is refused: a fact left out is
unknown, a fact misread is a wrong verdict.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from matching.model import FactValue
from policy_corpus.codes.industries import find_industry
from policy_corpus.codes.regions import contains, find_region
from policy_corpus.errors import CorpusError
from policy_corpus.facts import FactDefinition, FactKind

MAX_YUAN = Decimal(10) ** 15
_MAX_COUNT = Decimal(10) ** 9
_MAX_PERCENT = Decimal(10) ** 6
_MAX_TEXT = 500
_MAX_NAMES = 200
_SIGNED = frozenset({"revenue_growth"})
_YES = frozenset({"是", "有", "√", "对", "真", "Y", "YES", "TRUE", "1", "具有", "具备"})
_NO = frozenset({"否", "无", "×", "X", "错", "假", "N", "NO", "FALSE", "0", "没有", "不具备"})
NOTHING = frozenset({"无", "没有", "暂无", "-", "—", "/"})
_UNITS = {
    FactKind.YUAN: {"": 1, "元": 1, "人民币元": 1, "千元": 1000, "万": 10_000, "万元": 10_000, "万元人民币": 10_000,
                    "百万元": 1_000_000, "千万元": 10_000_000, "亿": 100_000_000, "亿元": 100_000_000},
    FactKind.COUNT: {"": 1, "人": 1, "名": 1, "项": 1, "件": 1, "个": 1, "万人": 10_000},
    FactKind.PERCENT: {"": 1, "%": 1, "个百分点": 1},
}  # fmt: skip
_NUMBER = re.compile(r"[¥￥]?([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(\.\d{1,8})?([^\d.,+-]*)")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_EXCEL_DAYS = (10_000, 80_000)  # serial numbers of 1927 to 2119


class UnreadableValue(Exception):
    """A value that cannot be taken; `reason` is shown beside its column."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_value(row: FactDefinition, raw: Any, unit: str = "", from_sheet: bool = False) -> FactValue:
    """The value of a fact as its kind asks for it. Raises UnreadableValue.

    unit: what the column head says plain numbers are in (万元). from_sheet: whether the value comes from a
    spreadsheet, where a typed 5% arrives as 0.05.
    """
    try:
        return _READERS[row.kind](row, raw, unit, from_sheet)
    except CorpusError as error:
        raise UnreadableValue(str(error)) from error


def unprotected(cell: Any) -> Any:
    """A cell without the apostrophe that `sheets.plain_cell` puts before what could be a formula.

    >>> unprotected("'-5"), unprotected("'示例"), unprotected(3)
    ('-5', "'示例", 3)
    """
    if isinstance(cell, str) and cell[:1] == "'" and cell[1:].strip(" \u00a0\u3000")[:1] in tuple("=+-@"):
        return cell[1:]
    return cell


def _text(raw: Any) -> str:
    """Text of a value, half-width, trimmed. Raises UnreadableValue for lists, objects and overlong text."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise UnreadableValue("无法识别，请填写文字或数字")
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**15:
        raw = int(raw)
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    if len(text) > _MAX_TEXT:
        raise UnreadableValue(f"内容过长（超过 {_MAX_TEXT} 字）")
    return text


def read_number(row: FactDefinition, raw: Any, unit: str, from_sheet: bool) -> Decimal:
    """A number in the unit of the fact: 3,600万元, 36000000 and (under a head in 万元) 3600 are one."""
    number, written = _amount(raw)
    factor = 1 if (written or unit) == row.unit else _UNITS[row.kind].get(written or unit)
    if factor is None:
        raise UnreadableValue(
            f"无法识别单位“{written}”，应为{'、'.join(u for u in _UNITS[row.kind] if u)[:40]}"
        )
    if row.kind is FactKind.PERCENT and from_sheet and isinstance(raw, float) and 0 < abs(raw) < 1:
        raise UnreadableValue(f"{raw} 可能是百分比格式的 {raw:.10g}×100%；如为 5%，请填写 5 或文本“5%”")
    return _checked(row, number * factor)


def _amount(raw: Any) -> tuple[Decimal, str]:
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        try:
            number = Decimal(str(raw))
        except (InvalidOperation, ValueError) as error:  # an int of more digits than Python prints
            raise UnreadableValue("数值无法识别") from error
        if not number.is_finite():
            raise UnreadableValue("数值无法识别")
        return number, ""
    text = re.sub(r"\s|约", "", _text(raw))
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise UnreadableValue("数值无法识别，请填写数字，如 3600 或 3,600万元")
    sign, whole, fraction, written = match.groups()
    return Decimal(sign + whole.replace(",", "") + (fraction or "")), written


def _checked(row: FactDefinition, number: Decimal) -> Decimal:
    """Within sense for its kind; whole where it counts something."""
    if not number.is_finite():
        raise UnreadableValue("数值无法识别")
    limit = {FactKind.YUAN: MAX_YUAN, FactKind.COUNT: _MAX_COUNT}.get(row.kind, _MAX_PERCENT)
    if abs(number) > limit:
        raise UnreadableValue("数值过大，无法识别，请核对单位")
    if number < 0 and (row.key not in _SIGNED or number < -100):
        raise UnreadableValue("数值为负，无法识别，请核对")
    if row.kind is FactKind.COUNT and number != number.to_integral_value():
        raise UnreadableValue("应为整数")
    if row.kind is FactKind.PERCENT and row.key.endswith("_ratio") and row.key != "rd_ratio" and number > 100:
        raise UnreadableValue("占比不应超过 100")
    whole = number == number.to_integral_value()
    return Decimal(int(number)) if whole else number.normalize()


def read_date(raw: Any) -> str:
    """A day as ISO text: 2015-05-01, 2015/5/1, 2015年5月1日, 20150501, a spreadsheet's date or serial number."""
    if isinstance(raw, datetime):
        return _day(raw.year, raw.month, raw.day)
    if isinstance(raw, date):
        return _day(raw.year, raw.month, raw.day)
    text = _text(raw)
    if match := _DATE.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and _EXCEL_DAYS[0] <= float(text) <= _EXCEL_DAYS[1]:
        serial = date(1899, 12, 30) + timedelta(int(float(text)))
        return serial.isoformat()
    raise UnreadableValue("日期无法识别，请按 2015-05-01 填写到日")


def _day(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise UnreadableValue(f"没有这一天：{year}-{month}-{day}") from error
    if not 1900 <= year <= 2100:
        raise UnreadableValue(f"年份 {year} 不合理，请核对")
    return found.isoformat()


def read_yes_no(raw: Any) -> bool:
    """是 or 否, in the usual ways of writing."""
    if isinstance(raw, bool):
        return raw
    word = _text(raw).upper()
    if word in _YES or word in _NO:
        return word in _YES
    raise UnreadableValue("请填写“是”或“否”")


def read_choice(row: FactDefinition, raw: Any) -> str:
    """One of the fact's choices, also inside a longer wording (中型企业) if it is the only one there."""
    word = _text(raw)
    if word in row.choices:
        return word
    word = {
        "有限公司": "有限责任公司",
        "私营": "民营",
        "国企": "国有",
        "民企": "民营",
        "外资": "外商投资",
    }.get(re.sub("(?:企业|控股)$", "", word), word)
    inside = [choice for choice in row.choices if choice in word and choice != "其他"]
    inside = [choice for choice in inside if not any(choice != o and choice in o for o in inside)]
    if len(inside) == 1 and not re.search("[非不未拟无大中小微]", word.replace(inside[0], "", 1)):
        return inside[0]
    raise UnreadableValue(f"应为下列之一：{'、'.join(row.choices)}")


def read_region(raw: Any) -> str:
    """The code of a region given as name, code or {"name", "adcode"}."""
    return _coded(raw, "adcode", lambda text: find_region(text).code, contains)


def read_industry(raw: Any) -> str:
    """The code of an industry given as name, code or {"code", "name"}."""
    return _coded(raw, "code", lambda text: find_industry(text).code, lambda a, b: b.startswith(a))


def _coded(raw: Any, key: str, find: Callable[[str], str], holds: Callable[[str, str], bool]) -> str:
    if not isinstance(raw, Mapping):
        return find(_text(raw))
    unknown = set(raw) - {"name", key}
    if unknown:
        raise UnreadableValue(f"无法识别的字段 {'、'.join(sorted(map(str, unknown)))}")
    code, name = raw.get(key), raw.get("name")
    if not code:
        return find(_text(name or ""))
    found = find(_text(code))
    try:
        named = find(_text(name)) if name else found
    except CorpusError:  # an old or shared name beside a good code: the code decides
        return found
    if not holds(found, named) and not holds(named, found):
        raise UnreadableValue(f"代码“{code}”与名称“{name}”不一致，请核对")
    return found


def read_names(raw: Any, separators: str) -> tuple[str, ...]:
    """Names from a list or from one text; 无 is known to be none."""
    if isinstance(raw, str):
        pieces = [] if raw.strip() in NOTHING else re.split(separators, raw)
    elif isinstance(raw, (list, tuple)):
        pieces = [_title(piece) for piece in raw]
    else:
        raise UnreadableValue("应为文字或列表")
    names = [" ".join(piece.split()) for piece in pieces]
    names = [name for name in dict.fromkeys(names) if name]
    if len(names) > _MAX_NAMES or any(len(name) > _MAX_TEXT for name in names):
        raise UnreadableValue(f"内容过多（最多 {_MAX_NAMES} 项，每项 {_MAX_TEXT} 字）")
    return tuple(names)


def _title(piece: Any) -> str:
    """A title as plain text, or as {"name", "level"}: the level goes before a name that does not say it."""
    if isinstance(piece, str):
        return piece
    if (
        not isinstance(piece, Mapping)
        or set(piece) - {"name", "level"}
        or not isinstance(piece.get("name"), str)
    ):
        raise UnreadableValue("每项应为文字，或带有 name、level 的对象")
    name: str = piece["name"].strip()
    level = piece.get("level") or ""
    if not isinstance(level, str):
        raise UnreadableValue("level 应为文字，如“省级”")
    return name if name.startswith(level.strip()) else level.strip() + name


_Reader = Callable[[FactDefinition, Any, str, bool], FactValue]
_READERS: dict[FactKind, _Reader] = {
    FactKind.YUAN: read_number,
    FactKind.COUNT: read_number,
    FactKind.PERCENT: read_number,
    FactKind.DATE: lambda row, raw, unit, sheet: read_date(raw),
    FactKind.YES_NO: lambda row, raw, unit, sheet: read_yes_no(raw),
    FactKind.CHOICE: lambda row, raw, unit, sheet: read_choice(row, raw),
    FactKind.REGION: lambda row, raw, unit, sheet: read_region(raw),
    FactKind.INDUSTRY: lambda row, raw, unit, sheet: read_industry(raw),
    FactKind.NAMES: lambda row, raw, unit, sheet: read_names(raw, r"[、;；,，\n|]"),
    FactKind.STATED: lambda row, raw, unit, sheet: read_names(raw, r"[;；\n|]"),
}
