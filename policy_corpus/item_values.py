"""What a person types as the value of a condition -> the value that is matched; or the reason why not, in Chinese.

The fact that a condition asks about says which operators and units are allowed (`item_operators`) and how the
value is read. Called by `item_editing`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from policy_corpus.codes.industries import find_industry
from policy_corpus.codes.regions import find_region
from policy_corpus.errors import CorpusError
from policy_corpus.extraction.words.quantities import Quantity, find_quantities
from policy_corpus.facts import FactDefinition, FactKind
from policy_corpus.item_operators import BOUNDS, FIGURES, operator_words, operators_of, units_of
from policy_corpus.model import Operator, Value

_O, _K = Operator, FactKind
_SPELLINGS = {
    "%": "percent",
    "％": "percent",
    "名": "人",
    "位": "人",
    "人民币": "元",
    "美金": "美元",
    "港币": "港元",
}
NATION = frozenset({"全国", "中国", "国内", "境内", "我国", "中国境内"})
LARGEST = Decimal(10) ** 15
_LONGEST, _MOST = 500, 100
_PLAIN = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,8})?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CODE = re.compile(r"[A-Ta-t]?\d{2,4}|[A-Ta-t]")


class UnusableValue(Exception):
    """A value that cannot be taken; `str()` is the reason, in Chinese."""


def read_condition(
    row: FactDefinition, op: Operator, raw: Any, unit: str | None, within: str | None = None
) -> tuple[Operator, Value, str | None]:
    """Operator, value and unit of a condition as they are matched. Raises UnusableValue.

    raw: a JSON value: a number in the unit, text such as 2000万元, or a list; None: not filled in yet.
    within: the region that an ambiguous place name is looked for in.
    """
    if op not in operators_of(row):
        words = "、".join(operator_words(row, one) for one in operators_of(row))
        raise UnusableValue(f"“{row.label}”不能用“{operator_words(row, op)}”比较，可用：{words}")
    if row.kind is _K.YES_NO:
        return op, read_yes_no(raw), None
    if _is_blank(raw):
        return op, None, _own_unit(row, op, unit)
    if op in BOUNDS and _asks_for_figure(row, op, raw, unit):
        return _read_figures(row, op, raw, unit)
    if op in BOUNDS and row.kind in (_K.DATE, _K.STATED):
        return op, _bounds(op, [read_day(one) for one in _listed(op, raw)]), None
    return (*_as_one_or_many(row, op, _read_words(row, raw, within)), None)


def read_amount(raw: Any, *, percent: bool = False) -> Decimal | None:
    """A sum in yuan, or a percentage: a number, or text such as 30万元, 1.5亿, 20%. None for nothing."""
    if _is_blank(raw):
        return None
    kind = _K.PERCENT if percent else _K.YUAN
    number, unit, _ = _figure(kind, raw)
    if unit not in (None, "percent" if percent else "元"):
        raise UnusableValue(f"单位“{unit}”不可用，请换算为{'百分数' if percent else '人民币元'}")
    return number


def read_day(raw: Any) -> str:
    """A day as ISO text: 2026-09-30, 2026/9/30, 2026年9月30日. Raises UnusableValue."""
    if isinstance(raw, str) and (found := _DAY.fullmatch(unicodedata.normalize("NFKC", raw).strip())):
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            raise UnusableValue(f"没有这一天：{raw.strip()}") from None
        if 1900 <= day.year <= 2100:
            return day.isoformat()
    raise UnusableValue("日期无法识别，请按 2026-09-30 填写到日")


def read_yes_no(raw: Any) -> bool:
    """A yes or a no; nothing said is a yes. Raises UnusableValue."""
    if isinstance(raw, bool):
        return raw
    if _is_blank(raw) or raw in ("是", "true", "True"):
        return True
    if raw in ("否", "false", "False"):
        return False
    raise UnusableValue("请填写“是”或“否”")


def read_text(raw: Any, longest: int = _LONGEST) -> str:
    """One line of text, trimmed, without control characters. Raises UnusableValue: no text, empty, too long."""
    if not isinstance(raw, str):
        raise UnusableValue("应为文字")
    text = " ".join("".join(char if char.isprintable() else " " for char in raw).split())
    if not text:
        raise UnusableValue("请填写内容")
    if len(text) > longest:
        raise UnusableValue(f"内容过长（超过 {longest} 字）")
    return text


def _is_blank(raw: Any) -> bool:
    if isinstance(raw, (list, tuple)):
        return all(_is_blank(one) for one in raw)
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _asks_for_figure(row: FactDefinition, op: Operator, raw: Any, unit: str | None) -> bool:
    if row.kind in FIGURES:
        return True
    if row.kind is not _K.STATED:
        return False
    return row.key == "other" or bool(unit) or not any(isinstance(one, str) for one in _as_list(raw))


def _own_unit(row: FactDefinition, op: Operator, unit: str | None) -> str | None:
    if op not in BOUNDS or row.kind is _K.DATE:
        return None
    return _checked_unit(row, unit)


def _checked_unit(row: FactDefinition, unit: str | None) -> str | None:
    """The unit, the fact's own where none is given. Raises UnusableValue for one that the fact is not in."""
    given = _SPELLINGS.get(unit.strip(), unit.strip()) if isinstance(unit, str) else None
    if row.kind is _K.STATED:
        return read_text(given, 20) if given else None
    if not given:
        return row.unit
    if given not in units_of(row):
        raise UnusableValue(f"“{row.label}”的单位不能是“{given}”，可用：{'、'.join(units_of(row))}")
    return given


def _read_figures(
    row: FactDefinition, op: Operator, raw: Any, unit: str | None
) -> tuple[Operator, Value, str | None]:
    kind = row.kind if row.kind in FIGURES else None
    read = [_figure(kind, one) for one in _listed(op, raw)]
    numbers = [number for number, _, _ in read]
    if len(read) == 1 and read[0][2] is not None:
        numbers = [read[0][0], read[0][2]]
    written = {_SPELLINGS.get(one, one) for _, one, _ in read if one}
    if len(written) > 1:
        raise UnusableValue("两个数的单位不一致")
    return op, _bounds(op, numbers), _checked_unit(row, next(iter(written), None) or unit)


def _figure(kind: FactKind | None, raw: Any) -> tuple[Decimal, str | None, Decimal | None]:
    """A figure, the unit written behind it, and the upper end where a range is written."""
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return _sensible(Decimal(str(raw))), None, None
    if not isinstance(raw, str) or len(raw) > 60:
        raise UnusableValue("数值无法识别，请填写数字，如 2000 或 2000万元")
    text = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", raw))
    if _PLAIN.fullmatch(text):
        return _sensible(Decimal(text)), None, None
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    found = find_quantities(text)
    if len(found) != 1 or not _is_whole(found[0], text):
        raise UnusableValue("数值无法识别，请填写数字，如 2000 或 2000万元")
    unit = _written_unit(kind, found[0], text)
    return _sensible(sign * found[0].value), unit, found[0].upper


def _is_whole(found: Quantity, text: str) -> bool:
    """Whether the text is the figure and nothing else; a comparing word belongs into the operator."""
    return found.start == 0 and found.end == len(text) and found.op in (None, _O.BETWEEN)


def _written_unit(kind: FactKind | None, found: Quantity, text: str) -> str | None:
    """The unit written behind a figure. Raises UnusableValue for one of another measure."""
    if found.dimension in ("yuan", "none") and "元" not in text and found.unit in (None, "元"):
        return None  # 2000万: in the unit of the fact
    wanted = {_K.YUAN: "yuan", _K.PERCENT: "percent", _K.YEARS: "years", _K.COUNT: "count"}.get(
        kind or _K.DATE
    )
    if wanted and found.dimension != wanted and not (wanted == "percent" and found.dimension == "points"):
        raise UnusableValue(f"单位“{found.unit or text}”与该指标不符")
    return found.unit


def _sensible(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number) > LARGEST:
        raise UnusableValue("数值过大或无法识别，请核对单位")
    whole = number == number.to_integral_value()
    return Decimal(int(number)) if whole else number.normalize()


def _as_list(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, (list, tuple)) else [raw]


def _listed(op: Operator, raw: Any) -> list[Any]:
    """The one value, or the two of BETWEEN, that a comparison needs; two days may stand in one text."""
    listed = _as_list(raw)
    if op is _O.BETWEEN and len(listed) == 1 and isinstance(raw, str):
        listed = re.split(r"[~～至到]", raw) if _DAY.search(raw) else listed
    if len(listed) > 2 or (len(listed) == 2 and op is not _O.BETWEEN):
        raise UnusableValue("请只填写一个值" if op is not _O.BETWEEN else "请填写起止两个值")
    return listed


def _bounds(op: Operator, values: Sequence[Any]) -> Value:
    if op is not _O.BETWEEN:
        if len(values) > 1:
            raise UnusableValue("请只填写一个值；填写区间请用“介于”")
        return values[0]  # type: ignore[no-any-return]
    if len(values) != 2:
        raise UnusableValue("请填写起止两个值")
    return tuple(sorted(values))


def _read_words(row: FactDefinition, raw: Any, within: str | None) -> tuple[str, ...]:
    read = _WORDS.get(row.kind, _as_written)
    separators = _SEPARATORS.get(row.kind)
    given = separators.split(raw) if isinstance(raw, str) and separators else _as_list(raw)
    words: list[str] = []
    for one in given:
        if _is_blank(one) and len(given) > 1:
            continue
        words.append(read(read_text(one), within))
    if len(words) > _MOST:
        raise UnusableValue(f"内容过多（最多 {_MOST} 项）")
    return tuple(dict.fromkeys(words))


def _as_one_or_many(row: FactDefinition, op: Operator, words: tuple[str, ...]) -> tuple[Operator, Value]:
    """Several words any of which will do are IN, one alone is EQ or HAS; a denial keeps its operator."""
    if op is _O.NOT_HAS:
        return op, words if len(words) > 1 else words[0]
    if len(words) > 1:
        return _O.IN, words
    single = _O.EQ if row.kind in (_K.REGION, _K.INDUSTRY, _K.CHOICE) else _O.HAS
    return (single if op is _O.IN else op), words[0]


def _as_written(text: str, within: str | None) -> str:
    return text


def _read_region(text: str, within: str | None) -> str:
    if text in NATION:
        return "全国"
    try:
        return find_region(text, within).full_name
    except CorpusError as error:
        raise UnusableValue(str(error)) from error


def _read_industry(text: str, within: str | None) -> str:
    """A code as its name, any other word of a policy text (养老机构) as it stands."""
    if not _CODE.fullmatch(text):
        return text
    try:
        return find_industry(text).name
    except CorpusError as error:
        raise UnusableValue(str(error)) from error


_WORDS: Mapping[FactKind, Callable[[str, str | None], str]] = {
    _K.REGION: _read_region,
    _K.INDUSTRY: _read_industry,
}
_SEPARATORS = {
    _K.REGION: re.compile(r"[、；;，,\n]"),
    _K.INDUSTRY: re.compile(r"[、；;\n]"),
    _K.CHOICE: re.compile(r"[、；;，,\n]"),
    _K.NAMES: re.compile(r"[、；;\n]"),
    _K.STATED: re.compile(r"[；;\n]"),
}
