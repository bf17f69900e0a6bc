"""Employees, revenue and assets of a company in a trade -> 大型, 中型, 小型 or 微型.

《统计上大中小微型企业划分办法（2017）》（国统字〔2017〕213号）, whose limits are those of 工信部联企业〔2011〕300号.
Called by `derived_facts` where a company does not state its size. A missing figure makes the answer unknown
unless the others settle it: large, medium and small need all figures of the trade, micro needs only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SIZES = ("微型", "小型", "中型", "大型")


@dataclass(frozen=True, slots=True)
class SizeRule:
    """One row of the annex: lower limits of small, medium and large; money in 万元, as printed."""

    trade: str
    codes: tuple[str, ...]
    employees: tuple[int, int, int] | None = None
    revenue_wan: tuple[int, int, int] | None = None
    assets_wan: tuple[int, int, int] | None = None


# 附表 统计上大中小微型企业划分标准. Trades outside it (铁路运输, 金融, 教育, 卫生, 自有房地产经营) have no size by
# this measure. 其他未列明行业 as in note 3 of the annex.
RULES: tuple[SizeRule, ...] = (
    SizeRule("农、林、牧、渔业", ("A",), revenue_wan=(50, 500, 20_000)),
    SizeRule("工业", ("B", "C", "D"), (20, 300, 1000), (300, 2000, 40_000)),
    SizeRule("建筑业", ("E",), revenue_wan=(300, 6000, 80_000), assets_wan=(300, 5000, 80_000)),
    SizeRule("批发业", ("F51",), (5, 20, 200), (1000, 5000, 40_000)),
    SizeRule("零售业", ("F52",), (10, 50, 300), (100, 500, 20_000)),
    SizeRule("交通运输业", ("G54", "G55", "G56", "G57", "G58", "G591"), (20, 300, 1000), (200, 3000, 30_000)),
    SizeRule("仓储业", ("G592", "G593", "G594", "G595", "G596", "G599"), (20, 100, 200), (100, 1000, 30_000)),
    SizeRule("邮政业", ("G60",), (20, 300, 1000), (100, 2000, 30_000)),
    SizeRule("住宿业", ("H61",), (10, 100, 300), (100, 2000, 10_000)),
    SizeRule("餐饮业", ("H62",), (10, 100, 300), (100, 2000, 10_000)),
    SizeRule("信息传输业", ("I63", "I64"), (10, 100, 2000), (100, 1000, 100_000)),
    SizeRule("软件和信息技术服务业", ("I65",), (10, 100, 300), (50, 1000, 10_000)),
    SizeRule("房地产开发经营", ("K701",), None, (100, 1000, 200_000), (2000, 5000, 10_000)),
    SizeRule("物业管理", ("K702",), (100, 300, 1000), (500, 1000, 5000)),
    SizeRule("租赁和商务服务业", ("L",), (10, 100, 300), None, (100, 8000, 120_000)),
    SizeRule("其他未列明行业", ("K703", "K709", "M", "N", "O", "Q85", "R"), (10, 100, 300)),
)
_UNCOVERED = ("G53", "J", "K704", "P", "Q84", "S", "T")
_YUAN_PER_WAN = 10_000


def size_class(
    industry_code: str | None,
    employees: Decimal | None,
    revenue_yuan: Decimal | None,
    total_assets_yuan: Decimal | None,
) -> str | None:
    """大型, 中型, 小型 or 微型; None where the trade has no size or the figures do not settle it.

    >>> size_class("C3973", Decimal(150), Decimal(36_000_000), None)
    '小型'
    >>> size_class("C3973", Decimal(19), None, None), size_class("C3973", Decimal(150), None, None)
    ('微型', None)
    """
    if not industry_code:
        return None
    found = {_size(rule, employees, revenue_yuan, total_assets_yuan) for rule in _rules(industry_code)}
    return found.pop() if len(found) == 1 else None


def figures_used(industry_code: str) -> tuple[str, ...]:
    """The keys of the facts by which the trade of a code is measured, in the order of the annex."""
    rules = [rule for rule in _rules(industry_code) if rule is not None]
    keys = (("employees", "employees"), ("revenue_wan", "revenue"), ("assets_wan", "total_assets"))
    return tuple(key for name, key in keys if any(getattr(rule, name) for rule in rules))


def _rules(code: str) -> Iterator[SizeRule | None]:
    """The rules that a code can fall under; None stands for a trade outside the annex.

    A code coarser than the annex (F, G59) can fall under several.
    """
    yield from (rule for rule in RULES if any(_overlap(code, covered) for covered in rule.codes))
    if any(_overlap(code, covered) for covered in _UNCOVERED):
        yield None


def _overlap(code: str, other: str) -> bool:
    return code.startswith(other) or other.startswith(code)


def _size(
    rule: SizeRule | None, employees: Decimal | None, revenue: Decimal | None, assets: Decimal | None
) -> str | None:
    if rule is None:
        return None
    ranks = [
        _rank(employees, rule.employees, 1),
        _rank(revenue, rule.revenue_wan, _YUAN_PER_WAN),
        _rank(assets, rule.assets_wan, _YUAN_PER_WAN),
    ]
    asked = [rank for rank, limits in zip(ranks, (rule.employees, rule.revenue_wan, rule.assets_wan), strict=True)
             if limits is not None]  # fmt: skip
    known = [rank for rank in asked if rank is not None]
    if 0 in known:
        return SIZES[0]
    return SIZES[min(known)] if known and len(known) == len(asked) else None


def _rank(figure: Decimal | None, limits: tuple[int, int, int] | None, unit: int) -> int | None:
    """How many of the lower limits the figure reaches: 0 micro … 3 large."""
    if figure is None or limits is None:
        return None
    return sum(figure >= limit * unit for limit in limits)
