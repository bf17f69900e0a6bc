"""Numbers with their units and comparing words -> quantities; called by measures, benefits and windows.

Money is brought to yuan, ratios to percent, durations to years, 万 and 亿 are multiplied out. The comparing
word is read by its legal meaning: 以上、以下、以内、届满 include the number, 超过、不满、以外 do not
(《民法典》第一千二百五十九条); "（含）" always includes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from policy_corpus.extraction.words.numerals import LARGEST, read_number
from policy_corpus.model import Operator

_NUMBER = r"(?:\d{1,15}(?:\.\d{1,6})?|[零〇一二两三四五六七八九十百千]{1,8}|半)"
_CURRENCY = "美元|美金|欧元|港元|港币|日元|英镑|人民币|元"
_COUNTED = (
    "平方公里|平方千米|平方米|平米|㎡|立方米|人次|车次|架次|公斤|千克|公里|千瓦时|千瓦|兆瓦|标准煤|吨|亩|公顷|"
    "周岁|岁|分钟|小时|工作日|天|名|人|家|户|所|个|项|件|台|套|次|倍|分|级|篇|场|期|辆|艘|座|间|张|部|款|种|条|"
    "位|册|批|只|头|箱|羽|株|标箱|TEU|标准箱|桩|床|班|课时"
)
_UNIT = (
    rf"(?P<factor>万亿|千万|百万|亿|万|千)?(?P<unit>{_CURRENCY}|个?百分点|%|‰|个?会计年度|个?完整年度|年度|周年|年|个月|个?季度|"
    rf"个?自然月|{_COUNTED})?"
)
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})(?:余|多)?{_UNIT}")
_PERCENT_IN_WORDS = re.compile(r"百分之(?P<number>\d{1,3}(?:\.\d{1,3})?|[零一二两三四五六七八九十百]{1,4})")
_FACTORS = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_MONTHS = Decimal(12)
_CALENDAR_YEAR = 1900

_BEFORE = {
    Operator.GE: [
        "不低于",
        "不少于",
        "不小于",
        "不得低于",
        "不得少于",
        "大于等于",
        "大于或等于",
        "≥",
        ">=",
        "达到",
        "达",
        "满",
        "至少",
        "最低",
        "届满",
        "不短于",
    ],
    Operator.GT: ["超过", "超", "大于", "高于", "多于", "突破", ">", "＞"],
    Operator.LE: [
        "不超过",
        "不得超过",
        "不高于",
        "不得高于",
        "不大于",
        "不多于",
        "至多",
        "最多",
        "最高",
        "小于等于",
        "小于或等于",
        "≤",
        "<=",
        "未超过",
        "不超",
        "上限为",
        "不长于",
        "控制在",
    ],
    Operator.LT: ["未满", "不满", "不足", "低于", "少于", "小于", "未达到", "未达", "不到", "<", "＜"],
}
_BEFORE_OF = {word: op for op, words in _BEFORE.items() for word in words}
_BEFORE_RE = re.compile(
    "(?P<word>" + "|".join(sorted(_BEFORE_OF, key=len, reverse=True)) + ")"
    "(?:人民币|约|为|到|各|了|或|等值)?(?P<gap>[^，。；：、\\d（）]{0,14})$"
)
_INCLUDED = r"(?:（含[^）]{0,12}）|（不含(?:本[数级]|[\d.]{1,8}[万亿千百]{0,2}[\u4e00-\u9fff%％]{0,3})?）)"  # （不含土地、厂房）: no bound
_AFTER_RE = re.compile(
    rf"(?P<before>{_INCLUDED})?(?P<word>及以上|或以上|及其以上|以上|之上|及以下|或以下|及以内|以下|以内|之内|内|以外|以后|左右)?(?P<after>{_INCLUDED})?"
)
_TO = re.compile(
    rf"(?:{_INCLUDED})?(?:以上)?(?:至|到|—|－|–|-|~|～|、?但?不超过|但?低于|、?不足|以上不满|但?小于){{1,2}}(?={_NUMBER})"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text. dimension: yuan, percent, points, years, count or none; unit: as the guide names it.

    op is None where no comparing word stands beside it; upper is set for a range. factor_only: "500万" without 元.
    """

    start: int
    end: int
    value: Decimal
    dimension: str
    unit: str | None
    op: Operator | None = None
    upper: Decimal | None = None
    number_start: int = 0
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    number: Decimal
    factor: str | None
    unit: str | None


def find_quantities(text: str) -> list[Quantity]:
    """Every number with a unit in a clause, left to right, ranges as one.

    >>> [(q.op.value, q.value, q.unit) for q in find_quantities("收入2亿元（含）以下，职工不足50人，注册满18个月")]
    [('le', Decimal('200000000'), '元'), ('lt', Decimal('50'), '人'), ('ge', Decimal('1.5'), '年')]
    >>> [(q.op.value, q.value) for q in find_quantities("不低于百分之三点")]
    [('ge', Decimal('3'))]
    >>> [(q.op.value, q.value, q.upper) for q in find_quantities("在3000万元至1亿元（含）的")]
    [('between', Decimal('30000000'), Decimal('100000000'))]
    """
    tokens = _tokens(text)
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        token, following = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
        bridge = _TO.match(text, token.end) if following else None
        if following and bridge and bridge.end() == following.start and _same_measure(token, following):
            found.append(_range(text, token, following))
            index += 2
            continue
        quantity = _single(text, token)
        if quantity:
            found.append(quantity)
        index += 1
    return found


def _tokens(text: str) -> list[_Token]:
    tokens = [
        _Token(match.start(), match.end(), number, None, "%")
        for match in _PERCENT_IN_WORDS.finditer(text)
        if (number := read_number(match["number"])) is not None
    ]
    taken = {position for token in tokens for position in range(token.start, token.end)}
    for match in _QUANTITY.finditer(text):
        if match.start() in taken or match.end() - 1 in taken:
            continue
        number = read_number(match["number"])
        if number is None:
            continue
        before = text[match.start() - 1] if match.start() else ""
        chinese = not match["number"][0].isdigit()
        if chinese and (
            match["unit"] is None or before in "第之其统唯同万专进每" or match["unit"] in _VAGUE_AFTER_CHINESE
        ):
            continue
        if before.isascii() and before.isalpha():  # A4, ISO9001
            continue
        if match["unit"] in {"年", "年度"} and number >= _CALENDAR_YEAR:
            continue
        tokens.append(_Token(match.start(), match.end(), number, match["factor"], match["unit"]))
    return sorted(tokens, key=lambda token: token.start)


# 一次、一批、一部分、一级、一种: idioms more often than figures
_VAGUE_AFTER_CHINESE = frozenset(
    ["次", "批", "部", "级", "种", "个", "项", "条", "期", "分", "日", "件", "位", "套", "款", "场"]
)


def _same_measure(one: _Token, other: _Token) -> bool:
    if one.unit is None or one.unit == other.unit:
        return True
    return {one.unit, other.unit} <= {"年", "个月", "月"}


def _range(text: str, low: _Token, high: _Token) -> Quantity:
    unit = low.unit or high.unit
    factor = low.factor or (high.factor if low.unit is None else None)
    lower = _scaled(_Token(low.start, low.end, low.number, factor, unit))
    upper = _scaled(high if high.unit else _Token(high.start, high.end, high.number, high.factor, unit))
    end = high.end + len(_after(text, high.end)[1])
    dimension, name = _dimension(unit, high.factor)
    return Quantity(
        low.start, end, lower, dimension, name, Operator.BETWEEN, upper, low.start, _foreign(unit)
    )


def _single(text: str, token: _Token) -> Quantity | None:
    value = _scaled(token)
    if (token.unit is None and token.factor is None) or value > LARGEST:
        return None
    start, op = _before(text, token.start)
    after, consumed = _after(text, token.end)
    included = "（含" in consumed or text.startswith("（含", token.end)
    op = _settle(op, after, included, consumed)
    dimension, name = _dimension(token.unit, token.factor)
    return Quantity(
        start, token.end + len(consumed), value, dimension, name, op, None, token.start, _foreign(token.unit)
    )


def _settle(before: Operator | None, after: str, included: bool, consumed: str) -> Operator | None:
    op = before
    if after in {"以上", "及以上", "或以上", "及其以上", "之上", "以外"}:
        op = Operator.GT if "（不含" in consumed else Operator.GE
        if before in {Operator.LE, Operator.LT}:
            op = before
    elif after in {"以下", "及以下", "或以下", "以内", "及以内", "之内", "内"}:
        op = Operator.LT if "（不含" in consumed else Operator.LE
    if included and op is Operator.GT:
        return Operator.GE
    if included and op is Operator.LT:
        return Operator.LE
    return op


def _before(text: str, start: int) -> tuple[int, Operator | None]:
    match = _BEFORE_RE.search(text, max(0, start - 24), start)
    if not match:
        return start, None
    return match.start(), _BEFORE_OF[match["word"]]


def _after(text: str, end: int) -> tuple[str, str]:
    match = _AFTER_RE.match(text, end)
    if not match or not match[0]:
        return "", ""
    return match["word"] or "", match[0]


def _scaled(token: _Token) -> Decimal:
    value = token.number * _FACTORS.get(token.factor or "", 1)
    unit = token.unit or ""
    if unit == "‰":
        return value / 10
    if "月" in unit:
        return _rounded(value / _MONTHS)
    if "季度" in unit:
        return value / 4
    return value


def _rounded(value: Decimal) -> Decimal:
    rounded = value.quantize(Decimal("0.0001"))
    return Decimal(int(rounded)) if rounded == int(rounded) else rounded.normalize()


def _foreign(unit: str | None) -> bool:
    return unit in {"美元", "美金", "欧元", "港元", "港币", "日元", "英镑"}


def _dimension(unit: str | None, factor: str | None) -> tuple[str, str | None]:
    if unit is None:
        return ("yuan", "元") if factor in {"万", "亿", "百万", "千万"} else ("none", None)
    if unit in {"元", "人民币"} or _foreign(unit):
        return "yuan", "元" if unit in {"元", "人民币"} else unit
    if unit in {"%", "‰"}:
        return "percent", "percent"
    if "百分点" in unit:
        return "points", "percent"
    if unit in {"年", "周年", "年度"} or "月" in unit or "年度" in unit or "季度" in unit:
        return "years", "年"
    return "count", "人" if unit in {"名", "位"} else unit
