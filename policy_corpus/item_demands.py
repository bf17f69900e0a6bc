"""Whether two demands on one fact can both be met by a company, as far as that is certain.

Whatever is not (words that the tables do not know, a region of an ambiguous name, figures that the sentences ask
of different things) is no contradiction, or only a doubtful one. Called by `item_contradictions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policy_corpus.codes.industries import codes_for, within
from policy_corpus.codes.regions import Region, covers, find_region
from policy_corpus.errors import CorpusError
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.folding import fold
from policy_corpus.item_operators import FIGURES
from policy_corpus.model import Condition, Operator

_O = Operator
# What a sentence may ask of a part of the fact, or of another time: figures of different ones are no contradiction.
_NARROWER = re.compile(
    r"实缴|实收|到位|财政|贡献|留成|专职|专业|教师|持证|研发|服务|业务|进出口|连续|其中|新增|增量|发明|实用新型|外观|"
    r"软件著作权|软著|申请|转化|项目|单[个项家]|前[一二两三年]|上上?一?(?:个)?(?:会计)?年|近[一二两三四五六七八九十\d]+年|当年|20\d\d"
)
_NOISE = re.compile(r"[\s，。；、：:,.;“”\"'‘’《》（）()]+")
_DENIAL = re.compile(r"[无未不没非除]")
_SIZES = {"大": "大型", "中": "中型", "小": "小型", "微": "微型"}
_EXCLUSIVE: dict[str, tuple[frozenset[str], ...]] = {
    "ownership": (frozenset({"民营", "国有", "集体"}),),
    "legal_form": (frozenset(FACTS["legal_form"].choices) - {"其他"},),
    "listing": (
        frozenset({"未上市", "北交所", "创业板", "科创板", "主板"}),
        frozenset({"未上市", "境外上市"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition that must hold, or under 非 must not. path: its place in the tree."""

    path: str
    condition: Condition
    denied: bool = False

    @property
    def excludes(self) -> bool:
        """Whether it asks for what the condition names not to be so."""
        return (self.condition.op is _O.NOT_HAS) is not self.denied


def deny_each_other(one: Demand, other: Demand) -> bool | None:
    """Whether two demands on one attribute cannot both hold: True certainly, False perhaps, None they can."""
    row = FACTS.get(one.condition.attribute)
    if row is None:
        return None
    if row.kind in FIGURES or row.kind is FactKind.DATE:
        return _figures(one, other, row.kind)
    if row.kind is FactKind.YES_NO:
        return True if _wants_yes(one) is not _wants_yes(other) else None
    if row.key == "credit" and (_DENIAL.search(_joined(one)) or _DENIAL.search(_joined(other))):
        return None
    if not _is_named(one, other):
        return None
    if one.excludes != other.excludes:
        wanted, barred = (other, one) if one.excludes else (one, other)
        return True if _is_barred(wanted, barred, row.kind) else None
    return None if one.excludes else _wanted_apart(one, other, row.key, row.kind)


def _is_named(one: Demand, other: Demand) -> bool:
    """Whether both ask for names, and none of them is a denial in itself (无失信记录)."""
    naming = (_O.EQ, _O.IN, _O.HAS, _O.NOT_HAS)
    return all(
        demand.condition.op in naming
        and (words := _words(demand))
        and not any(_DENIAL.match(word) for word in words)
        for demand in (one, other)
    )


def _is_barred(wanted: Demand, barred: Demand, kind: FactKind) -> bool:
    """Whether all that would do is excluded."""
    excluded = _words(barred)
    if kind is FactKind.REGION:
        return all(any(name == no or _covered(no, name) for no in excluded) for name in _words(wanted))
    return _words(wanted) <= excluded


def _wanted_apart(one: Demand, other: Demand, key: str, kind: FactKind) -> bool | None:
    pairs = [(first, second) for first in _words(one) for second in _words(other)]
    if kind is FactKind.REGION:
        return True if all(_are_apart(*pair) for pair in pairs) else None
    if kind is FactKind.INDUSTRY:
        return False if all(_other_trades(*pair) for pair in pairs) else None
    if kind is FactKind.CHOICE:
        return True if all(_other_choices(key, *pair) for pair in pairs) else None
    return None


def _words(demand: Demand) -> frozenset[str]:
    value = demand.condition.value
    values = value if isinstance(value, tuple) else (value,)
    return frozenset(word for one in values if isinstance(one, str) and (word := _NOISE.sub("", fold(one))))


def _joined(demand: Demand) -> str:
    return "".join(sorted(_words(demand))) or demand.condition.span.quote


def _wants_yes(demand: Demand) -> bool:
    return (demand.condition.value is not False) is not demand.excludes


def _region(name: str) -> Region | None:
    try:
        return find_region(name)
    except CorpusError:
        return None


def _are_apart(one: str, other: str) -> bool:
    first, second = _region(one), _region(other)
    if first is None or second is None:
        return False
    return covers(first.code, second.code) is False and covers(second.code, first.code) is False


def _covered(outer: str, inner: str) -> bool:
    first, second = _region(outer), _region(inner)
    return first is not None and second is not None and covers(first.code, second.code) is True


def _other_trades(one: str, other: str) -> bool:
    first, second = ((*scope.certain, *scope.possible) for scope in (codes_for(one), codes_for(other)))
    shared = any(within(a, b) or within(b, a) for a in first for b in second)
    return bool(first and second) and not shared


def _other_choices(key: str, one: str, other: str) -> bool:
    if key == "size_class":
        first, second = _sizes(one), _sizes(other)
        return bool(first and second) and not first & second
    return one != other and any({one, other} <= group for group in _EXCLUSIVE.get(key, ()))


def _sizes(word: str) -> frozenset[str]:
    """The sizes that a word such as 中小微企业 names; empty for a word of another kind.

    中小企业 includes the micro ones (《中小企业促进法》第二条).
    """
    bare = word.removesuffix("企业").removesuffix("型")
    if not bare or any(char not in "大中小微型" for char in bare):
        return frozenset()
    if {"中", "小"} <= set(bare):
        bare += "微"
    return frozenset(_SIZES[char] for char in bare if char in _SIZES)


_Interval = tuple[Decimal, bool, Decimal, bool]  # from, open, to, open
_LOW, _HIGH = Decimal("-Infinity"), Decimal("Infinity")
_OPPOSITE = {_O.GE: _O.LT, _O.LT: _O.GE, _O.GT: _O.LE, _O.LE: _O.GT}
_INTERVALS: dict[Operator, Callable[[Decimal, Decimal], _Interval]] = {
    _O.GE: lambda low, high: (low, False, _HIGH, True),
    _O.GT: lambda low, high: (low, True, _HIGH, True),
    _O.LE: lambda low, high: (_LOW, True, high, False),
    _O.LT: lambda low, high: (_LOW, True, high, True),
    _O.EQ: lambda low, high: (low, False, high, False),
    _O.BETWEEN: lambda low, high: (low, False, high, False),
}


def _figures(one: Demand, other: Demand, kind: FactKind) -> bool | None:
    if _unit(one) != _unit(other):
        return None
    first, second = _interval(one, kind), _interval(other, kind)
    if first is None or second is None or not _is_empty(first, second):
        return None
    return _asked_of(one) == _asked_of(other)


def _interval(demand: Demand, kind: FactKind) -> _Interval | None:
    """The figures that would do, None where they are not one stretch or cannot be read."""
    op = demand.condition.op
    if demand.denied:
        denied = _OPPOSITE.get(op)
        if denied is None:
            return None
        op = denied
    value = demand.condition.value
    numbers = [_number(one) for one in (value if isinstance(value, tuple) else (value,))]
    known = sorted(number for number in numbers if number is not None)
    if op not in _INTERVALS or not known or len(known) != len(numbers):
        return None
    if len(known) != (2 if op is _O.BETWEEN else 1):
        return None
    low, low_open, high, high_open = _INTERVALS[op](known[0], known[-1])
    if kind is FactKind.COUNT:  # whole numbers: more than 5 is at least 6
        if low_open and low.is_finite() and low == low.to_integral_value():
            low, low_open = low + 1, False
        if high_open and high.is_finite() and high == high.to_integral_value():
            high, high_open = high - 1, False
    return low, low_open, high, high_open


def _is_empty(one: _Interval, other: _Interval) -> bool:
    low, low_open = max((one[0], one[1]), (other[0], other[1]))
    high, closed = min((one[2], not one[3]), (other[2], not other[3]))
    return low > high or (low == high and (low_open or not closed))


def _number(value: object) -> Decimal | None:
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, str):
        try:
            return Decimal(date.fromisoformat(value).toordinal())
        except ValueError:
            return None
    return None


def _unit(demand: Demand) -> str | None:
    unit = demand.condition.unit or FACTS[demand.condition.attribute].unit
    return {"件": "项", "个": "项", "名": "人", "%": "percent"}.get(unit or "", unit)


def _asked_of(demand: Demand) -> frozenset[str]:
    """What a sentence asks the figure of, beside the fact itself: a year, a part, a kind."""
    return frozenset(_NARROWER.findall(fold(demand.condition.span.quote)))
