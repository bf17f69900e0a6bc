"""How a condition on each fact may compare, in which units, and the words for it: the menus of a form for conditions.

`item_values` reads values by these tables; the review screen draws its menus from `vocabulary`.
"""

from __future__ import annotations

from typing import Any

from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.model import Operator

_O, _K = Operator, FactKind
BOUNDS = (_O.GE, _O.GT, _O.LE, _O.LT, _O.BETWEEN, _O.EQ)
_NAMING = (_O.EQ, _O.IN, _O.HAS, _O.NOT_HAS)
_PHRASES = (_O.HAS, _O.NOT_HAS, _O.IN)
FIGURES = frozenset({_K.YUAN, _K.COUNT, _K.PERCENT, _K.YEARS})
_OPERATORS: dict[FactKind, tuple[Operator, ...]] = {
    **dict.fromkeys(FIGURES, BOUNDS),
    _K.DATE: BOUNDS,
    _K.YES_NO: (_O.HAS, _O.NOT_HAS, _O.EQ),
    _K.CHOICE: _NAMING,
    _K.REGION: _NAMING,
    _K.INDUSTRY: _NAMING,
    _K.NAMES: _NAMING,
    _K.STATED: _PHRASES,
}
# What some facts are asked besides what their kind is: 拥有专利, an event by its day, other things by a figure.
_MORE_OPERATORS: dict[str, tuple[Operator, ...]] = {
    "patents": (_O.HAS, _O.NOT_HAS),
    "invention_patents": (_O.HAS, _O.NOT_HAS),
    "event": BOUNDS,
    "other": BOUNDS,
}
_COMPARED = {
    _O.GE: "不低于",
    _O.GT: "超过",
    _O.LE: "不超过",
    _O.LT: "低于",
    _O.BETWEEN: "介于",
    _O.EQ: "等于",
}
_COMPARED_DAYS = {
    _O.GE: "不早于", _O.GT: "晚于", _O.LE: "不晚于", _O.LT: "早于", _O.BETWEEN: "介于", _O.EQ: "为"
}  # fmt: skip
_NAMED: dict[FactKind, tuple[str, str, str, str]] = {
    _K.REGION: ("在", "在其中之一", "在", "不在"),
    _K.INDUSTRY: ("属于", "属于其中之一", "属于", "不属于"),
    _K.NAMES: ("具有", "具有其中之一", "具有", "未获得"),
    _K.CHOICE: ("为", "为其中之一", "具有", "不是"),
    _K.YES_NO: ("为", "为", "具有", "不具有"),
    _K.STATED: ("为", "有其中之一", "有", "不存在"),
}
# Units that a condition may be in beside the fact's own; a figure in another unit is not compared with the fact.
_UNITS: dict[str, tuple[str, ...]] = {
    "元": ("元", "元(增量)", "美元", "欧元", "日元", "港元", "英镑"),
    "人": ("人", "人(研发)"),
    "项": ("项", "件", "个"),
    "percent": ("percent",),
    "年": ("年",),
}
_MORE_UNITS = {"employees": ("percent_growth",)}


def operators_of(row: FactDefinition) -> tuple[Operator, ...]:
    """How a condition on a fact may compare, the usual ones first."""
    return tuple(dict.fromkeys((*_OPERATORS[row.kind], *_MORE_OPERATORS.get(row.key, ()))))


def units_of(row: FactDefinition) -> tuple[str, ...]:
    """The units that a condition on a fact may be in, the fact's own first; () where it has none."""
    own = (row.unit,) if row.unit else ()
    return (*_UNITS.get(row.unit or "", own), *_MORE_UNITS.get(row.key, ()))


def operator_words(row: FactDefinition, op: Operator) -> str:
    """An operator as it stands between a fact and its value (不低于, 在, 具有)."""
    if row.kind is _K.DATE or (row.key == "event" and op in BOUNDS):
        return _COMPARED_DAYS.get(op, op.value)
    if op in _COMPARED and (row.kind in FIGURES or (row.kind is _K.STATED and op is not _O.IN)):
        return _COMPARED[op]
    names = _NAMED.get(row.kind, ("为", "为其中之一", "拥有", "没有"))
    return dict(zip(_NAMING, names, strict=True)).get(op, _COMPARED.get(op, op.value))


def vocabulary() -> list[dict[str, Any]]:
    """All that a form for conditions offers: a row a fact with its operators, units and choices."""
    return [
        {
            "key": row.key,
            "label": row.label,
            "kind": row.kind.value,
            "unit": row.unit,
            "units": list(units_of(row)),
            "operators": [{"op": op.value, "label": operator_words(row, op)} for op in operators_of(row)],
            "choices": list(row.choices),
            "self_stated": row.kind is _K.STATED,
            "retired": row.retired,  # known where a condition asks for it already, not to be chosen
        }
        for row in FACTS.values()
        if row.key != "founded_on"  # conditions ask for founded_date and founded_years
    ]
