"""Conditions of synthetic policies over all that a condition can ask, each written into the text it is quoted from.

Called by `corpus`, which hands in the draft of a text; every maker adds its own words there and returns the node that
an extractor would have made of them. The bounds are drawn around the figures that `corpus_enterprises` gives to
companies, so that about half of them meet one.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate

from bench.corpus_places import Place
from bench.corpus_texts import CLAUSES, Pen
from bench.corpus_trades import DEEDS, EVENTS, STATED_OTHERS, TITLES_HELD, Trade, trades
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Leaf, Node, Not, Operator, Span, Value

_OP = Operator


class Draft:
    """A text as it grows; `add` gives the span of what was added."""

    def __init__(self, document_id: str) -> None:
        self.document_id, self.length = document_id, 0
        self._parts: list[str] = []

    def add(self, words: str) -> Span:
        start = self.length
        self._parts.append(words)
        self.length += len(words)
        return Span(self.document_id, start, self.length, words)

    def text(self) -> str:
        return "".join(self._parts)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the conditions of one policy are drawn from."""

    draft: Draft
    pen: Pen
    place: Place
    trade: Trade


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that can be asked for. low, high: the bounds in `word`; scale: what one of them is in the fact's unit."""

    key: str
    words: str
    low: int
    high: int
    word: str
    unit: str
    scale: int = 1


_FIGURES = tuple(
    _Figure(key, words, low, high, word, unit, 10_000 if word == "万元" else 1)
    for key, words, low, high, word, unit in (
        ("revenue", "上年度营业收入", 100, 8000, "万元", "元"),
        ("employees", "从业人员", 5, 200, "人", "人"),
        ("rd_expense", "上年度研发费用", 5, 800, "万元", "元"),
        ("rd_ratio", "研发费用占营业收入比例", 1, 9, "%", "percent"),
        ("revenue_growth", "营业收入增长率", 3, 25, "%", "percent"),
        ("total_assets", "资产总额", 100, 20000, "万元", "元"),
        ("registered_capital", "注册资本", 50, 3000, "万元", "元"),
        ("tax_paid", "上年度纳税额", 5, 900, "万元", "元"),
        ("rd_staff_ratio", "研发人员占比", 3, 30, "%", "percent"),
        ("staff_degree_ratio", "大专以上学历人员占比", 10, 60, "%", "percent"),
        ("hightech_revenue_ratio", "高新技术产品收入占比", 20, 80, "%", "percent"),
        ("patents", "拥有知识产权", 1, 30, "项", "项"),
        ("invention_patents", "拥有发明专利", 1, 8, "项", "项"),
        ("output_value", "工业总产值", 200, 20000, "万元", "元"),
        ("export_value", "上年度出口额", 20, 6000, "万元", "元"),
        ("fixed_investment", "固定资产投资", 50, 9000, "万元", "元"),
        ("equipment_investment", "设备投资", 20, 5000, "万元", "元"),
    )
)
_COMPARED = (
    (_OP.GE, "不低于{}"), (_OP.GE, "达到{}以上"), (_OP.GE, "{}（含）以上"), (_OP.GE, "不少于{}"),
    (_OP.GT, "超过{}"), (_OP.LE, "不超过{}"), (_OP.LT, "低于{}"), (_OP.BETWEEN, "在{}至{}之间"),
)  # fmt: skip
_COMPARED_AT = tuple(accumulate((20, 20, 20, 15, 7, 7, 3, 8)))
_YES_NO = (
    ("above_scale", "属于规模以上企业"),
    ("independent_legal_person", "具有独立法人资格"),
    ("financial_system", "财务制度健全"),
)
_CHOICES: tuple[tuple[str, Operator, Value, str], ...] = (
    ("size_class", _OP.EQ, "中小微", "属于中小微企业"), ("size_class", _OP.EQ, "小微", "属于小微企业"),
    ("size_class", _OP.EQ, "中型", "属于中型企业"), ("size_class", _OP.EQ, "大中型", "属于大中型企业"),
    ("ownership", _OP.EQ, "民营", "属于民营企业"), ("ownership", _OP.IN, ("民营", "外商投资"), "民营或外商投资企业"),
    ("legal_form", _OP.EQ, "公司", "为公司制企业"), ("legal_form", _OP.EQ, "农民专业合作社", "为农民专业合作社"),
    ("listing", _OP.EQ, "上市", "已上市"), ("listing", _OP.IN, ("新三板", "区域股权市场"), "在新三板或区域股权市场挂牌"),
    ("listing", _OP.EQ, "未上市", "尚未上市"),
)  # fmt: skip
_CREDIT = ((_OP.HAS, "信用良好", "信用良好"), (_OP.NOT_HAS, "失信名单", "未列入严重失信名单"),
           (_OP.NOT_HAS, "经营异常名录", "未列入经营异常名录"))  # fmt: skip
_COMPLIANCE = ((_OP.HAS, "依法纳税", "依法纳税"), (_OP.NOT_HAS, "近三年行政处罚", "近三年未受到行政处罚"),
               (_OP.HAS, "近三年未发生较大以上安全生产事故", "近三年未发生较大以上安全生产事故"))  # fmt: skip


def _leaf(
    at: Setting, words: str, key: str, op: Operator, value: Value, unit: str | None = None
) -> Condition:
    return Condition(key, op, value, at.draft.add(words), unit, negated=op is _OP.NOT_HAS)


@cache
def _number(count: int) -> Decimal:
    return Decimal(count)


def _bound(chance: random.Random, row: _Figure) -> int:
    """A bound, small ones more often; above a hundred to the nearest ten, as people write."""
    found = round(row.low * (row.high / row.low) ** chance.random())
    return found if found < 100 else found // 10 * 10


def _figure(at: Setting) -> Leaf:
    chance = at.pen.chance
    row = chance.choice(_FIGURES)
    op, words = chance.choices(_COMPARED, cum_weights=_COMPARED_AT)[0]
    bounds = [_bound(chance, row)]
    if op is _OP.BETWEEN:
        bounds.append(bounds[0] + max(1, bounds[0] // 2))
    said = row.words + words.format(*(f"{bound}{row.word}" for bound in bounds))
    values = tuple(_number(bound * row.scale) for bound in bounds)
    return _leaf(at, said, row.key, op, values if op is _OP.BETWEEN else values[0], row.unit)


def _age(at: Setting) -> Leaf:
    chance = at.pen.chance
    if chance.random() < 0.25:
        year = chance.randint(2012, 2024)
        return _leaf(at, f"{year}年1月1日以后成立", "founded_date", _OP.GE, f"{year}-01-01")
    years = chance.choice((1, 1, 2, 3, 5, 8))
    op, words = (
        (_OP.GE, f"成立满{years}年") if chance.random() < 0.8 else (_OP.LE, f"成立不超过{years + 4}年")
    )
    return _leaf(at, words, "founded_years", op, _number(years if op is _OP.GE else years + 4), "年")


def _yes_no(at: Setting) -> Leaf:
    key, words = at.pen.chance.choice(_YES_NO)
    return _leaf(at, words, key, _OP.HAS, True)


def _choice(at: Setting) -> Leaf:
    key, op, value, words = at.pen.chance.choice(_CHOICES)
    return _leaf(at, words, key, op, value)


def _credit(at: Setting) -> Leaf:
    op, value, words = at.pen.chance.choice(_CREDIT)
    return _leaf(at, words, "credit", op, value)


def _industry(at: Setting) -> Leaf:
    """Mostly the policy's own trade, or what it lies in; at times two trades."""
    chance = at.pen.chance
    name = at.trade.names[min(chance.randrange(4), len(at.trade.names) - 1)]
    if chance.random() < 0.75:
        return _leaf(at, f"从事{name}的企业", "industry", _OP.EQ, name)
    other = chance.choice(trades()).names[0]
    return _leaf(at, f"从事{name}或{other}的企业", "industry", _OP.IN, (name, other))


def _title(at: Setting) -> Leaf:
    chance = at.pen.chance
    if chance.random() < 0.75:
        title = chance.choice(TITLES_HELD)
        return _leaf(at, f"获得{title}称号", "qualification", _OP.HAS, title)
    pair = tuple(chance.sample(TITLES_HELD, 2))
    return _leaf(at, f"获得{pair[0]}或{pair[1]}称号", "qualification", _OP.IN, pair)


def _event(at: Setting) -> Leaf:
    chance = at.pen.chance
    said = chance.choice(EVENTS) if chance.random() < 0.6 else f"首次认定为{chance.choice(TITLES_HELD)}"
    return _leaf(at, said, "event", _OP.HAS, said)


def _activity(at: Setting) -> Leaf:
    chance = at.pen.chance
    said = chance.choice(DEEDS) if chance.random() < 0.7 else f"从事{at.pen.word('n')}生产"
    return _leaf(at, said, "activity", _OP.HAS, said)


def _compliance(at: Setting) -> Leaf:
    op, value, words = at.pen.chance.choice(_COMPLIANCE)
    return _leaf(at, words, "compliance", op, value)


def _other(at: Setting) -> Leaf:
    said = at.pen.chance.choice(STATED_OTHERS)
    return _leaf(at, said, "other", _OP.HAS, said)


def _free(at: Setting) -> Leaf:
    return FreeText(at.draft.add(at.pen.one_of(CLAUSES)))


_MAKERS: tuple[Callable[[Setting], Leaf], ...] = (
    _figure, _age, _yes_no, _choice, _credit, _industry, _title, _event, _activity, _compliance, _other, _free,
)  # fmt: skip
_MAKERS_AT = tuple(accumulate((38, 8, 10, 8, 8, 14, 8, 4, 4, 5, 2, 3)))


def _region(at: Setting) -> Leaf:
    """The region of who speaks: written, or (a third of them) following from the title alone."""
    place = at.place
    if at.pen.chance.random() < 1 / 3:
        span = at.draft.add(f"本{place.name[-1]}企业")
        return Condition("region", _OP.EQ, place.full_name, span, implied=True)
    return _leaf(at, f"在{place.name}注册", "region", _OP.EQ, place.full_name)


def draw_conditions(at: Setting) -> AllOf:
    """Three to six leaves: the region, unless the nation speaks, and others, some of them joined by 或 or denied."""
    chance = at.pen.chance
    room = chance.randint(3, 6)
    nodes: list[Node] = []
    if at.place.code:
        nodes.append(_region(at))
        room -= 1
    while room > 0:
        if nodes:
            at.draft.add("，")
        node, leaves = _draw(at, room)
        nodes.append(node)
        room -= leaves
    return AllOf(tuple(nodes))


def _draw(at: Setting, room: int) -> tuple[Node, int]:
    kind = at.pen.chance.random()
    if kind < 0.12 and room > 1:
        first = _make(at)
        at.draft.add("或者")
        return AnyOf((first, _make(at))), 2
    if kind < 0.16:
        trade = at.pen.chance.choice(trades())
        at.draft.add("除")
        node = Not(_leaf(at, f"{trade.names[0]}企业", "industry", _OP.EQ, trade.names[0]))
        at.draft.add("外")
        return node, 1
    return _make(at), 1


def _make(at: Setting) -> Leaf:
    return at.pen.chance.choices(_MAKERS, cum_weights=_MAKERS_AT)[0](at)
