"""Policy items -> the short lines an official reads; what scenarios expect and what the extractor found meet as these.

One line a condition ("营业收入 ≥ 2000 万元"), one a benefit ("补贴/补助 30%（设备投资额），最高 50 万元"). Conditions are
sorted at every level of the tree, so that a scenario may list them in any order; benefits keep the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from matching.figures_in_words import describe_figure, money
from matching.wording import describe_condition
from policy_corpus.facts import FACTS, SELF_STATED, FactKind
from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    Condition,
    FreeText,
    Node,
    Not,
    Operator,
    PolicyItem,
    Quoted,
    leaves,
)

SIGNS = {
    Operator.EQ: "为",
    Operator.IN: "为",
    Operator.HAS: "包含",
    Operator.NOT_HAS: "不包含",
    Operator.GE: "≥",
    Operator.GT: ">",
    Operator.LE: "≤",
    Operator.LT: "<",
    Operator.BETWEEN: "",
}
FREE = "人工核对："
UNKNOWN = "未写明"
INDENT = "  "


def item_lines(item: PolicyItem) -> list[str]:
    """Everything that an item says but its name, a line each under a heading for each field."""
    window = window_line(item.window) if item.window else None
    return fields_to_lines(
        {
            "条件": tree_lines(item.conditions.children),
            "支持": [benefit_line(benefit) for benefit in item.benefits],
            "申报期": [window] if window else [],
            "部门": _texts(item.department),
            "材料": _texts(*item.materials),
            "联系方式": _texts(*item.contacts),
            "申报渠道": _texts(item.channel),
            "免申即享": ["是"] if item.no_application else [],
        }
    )


def asked_lines(item: PolicyItem) -> list[str]:
    """What the company is asked to confirm, in the words that the pages show."""
    stated = (
        leaf
        for leaf in leaves(item.conditions)
        if isinstance(leaf, Condition) and leaf.attribute in SELF_STATED
    )
    return sorted(dict.fromkeys(squeeze(describe_condition(leaf)) for leaf in stated))


def fields_to_lines(fields: dict[str, list[str]]) -> list[str]:
    """Named lists of lines as one list, the empty ones left out."""
    return [line for name, lines in fields.items() if lines for line in (f"{name}：", *lines)]


def tree_lines(nodes: Iterable[Node]) -> list[str]:
    """The lines of nodes that must all hold, sorted."""
    blocks = sorted(_block(node) for node in _flat(nodes, AllOf))
    return [line for block in blocks for line in block]


def _flat(nodes: Iterable[Node], kind: type[AllOf] | type[AnyOf]) -> list[Node]:
    """The nodes, those of the same kind inside them opened."""
    return [
        one for node in nodes for one in (_flat(node.children, kind) if isinstance(node, kind) else [node])
    ]


def _block(node: Node) -> list[str]:
    match node:
        case AnyOf(children):
            blocks = sorted(_block(child) for child in _flat(children, AnyOf))
            return indented("任一", [line for block in blocks for line in block])
        case AllOf(children):
            return indented("全部", tree_lines(children))
        case Not(child):
            return indented("不得", _block(child))
        case FreeText(span):
            return [squeeze(FREE + span.quote)]
        case _:
            return [condition_line(node)]


def indented(head: str, lines: list[str]) -> list[str]:
    """A block of lines under its head (任一, 全部, 不得)."""
    return [f"{head}：", *(INDENT + line for line in lines)]


def squeeze(line: str) -> str:
    """A line without spaces: "5 %" and "5%" are the same to a reader.

    >>> squeeze("营业收入 ≥ 2000 万元")
    '营业收入≥2000万元'
    """
    return "".join(line.split())


def condition_line(condition: Condition) -> str:
    """A condition as a line: the fact, the sign, the value with its unit."""
    row = FACTS[condition.attribute]
    if row.kind is FactKind.YES_NO:
        wanted = condition.value is True and condition.op is not Operator.NOT_HAS
        return f"{row.label}为{'是' if wanted else '否'}"
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    words = [_value(value, row.kind, condition.unit or row.unit) for value in values]
    joined = ("～" if condition.op is Operator.BETWEEN else "、").join(words)
    return squeeze(f"{row.label}{SIGNS[condition.op]}{joined}")


def _value(value: object, kind: FactKind, unit: str | None) -> str:
    if value is None:
        return UNKNOWN
    if not isinstance(value, Decimal):
        return str(value)
    if unit == "percent_growth":
        return f"{describe_figure(FactKind.PERCENT, value, None)}（增长率）"
    if unit and unit.startswith(("元", "美元")):
        return money(value, unit)
    return describe_figure(kind, value, unit)


def benefit_line(benefit: Benefit) -> str:
    """A benefit as a line: kind, fixed sum, share and cap; the base stands in brackets behind the first figure."""
    figures = []
    if benefit.amount_yuan is not None:
        figures.append(money(benefit.amount_yuan))
    if benefit.rate_percent is not None:
        figures.append(describe_figure(FactKind.PERCENT, benefit.rate_percent, None))
    if benefit.max_yuan is not None:
        figures.append(f"最高{money(benefit.max_yuan)}")
    figures = figures or ["金额" + UNKNOWN]
    if benefit.base:
        figures[0] += f"（{benefit.base}）"
    kind = "其他支持" if benefit.kind.value == "other" else benefit.kind.value
    return squeeze(kind + "，".join(figures))


def window_line(window: ApplicationWindow) -> str:
    """An application window as a line."""
    opens, closes = window.opens_on, window.closes_on
    if opens and closes:
        days = f"{opens}～{closes}"
    elif closes:
        days = f"截止{closes}"
    elif opens:
        days = f"自{opens}"
    else:
        days = "" if window.always else "日期" + UNKNOWN
    return ("常年" if window.always else "每年" if window.yearly else "") + days


def _texts(*quoted: Quoted | None) -> list[str]:
    return [squeeze(one.text) for one in quoted if one is not None]
