"""Random conditions, trees and enterprises of every kind, sound and broken: what the columns must survive."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from matching.model import Enterprise, Fact
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Node, Not, Operator
from tests.factories import OTHER_USCC, make_span

DAYS = st.sampled_from([date(2026, 11, 23), date(2024, 2, 29), date(2027, 2, 28)])
NUMBERS = st.one_of(
    st.sampled_from(
        [Decimal(text) for text in ("0", "1", "2", "5", "5.0", "10", "0.5", "20000000", "-1", "1E+3")]
    ),
    st.integers(0, 12).map(Decimal),
)
BROKEN_NUMBERS = st.sampled_from(
    [Decimal("NaN"), Decimal("Infinity"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("1E+999999")]
)
PHRASES = (
    "获得天使投资", "无重大安全事故", "重大安全事故", "近三年未发生较大以上安全生产事故", "近两年发生重大安全事故",
    "未受到行政处罚", "行政处罚记录", "不存在环境污染问题", "环境污染", "完成首次纳统", "完成技术改造", "在我市纳税",
    "没有发生偷税行为", "偷税", "重大旅游投诉", "未", "", "无", "近一年内无产品质量事故", "技术改造",
)  # fmt: skip
AROUND = (
    "",
    "",
    "已",
    "拟",
    "我公司",
    "，",
    "没有",
    "无",
    "未曾",
    "受到",
    "发生",
    "行为",
    "的记录",
    "计划",
    "2025年",
    "等情况",
)
TITLES = (
    "高新技术企业", "国家高新技术企业", "省级及以上“专精特新”中小企业", "专精特新中小企业", "专精特新“小巨人”企业", "创新型中小企业",
    "省级企业技术中心", "江西省企业技术中心", "市级企业技术中心", "国家级企业技术中心", "2023年度科技型中小企业", "绿色工厂",
    "示例称号一二三", "示例称号一二三四", "AAA级旅行社", " ",
)  # fmt: skip
PLACES = (
    "江西省", "九江市", "360400", "柴桑区", "浔阳区", "九江市高新区", "九江经开区", "鼓楼区", "全国", "本市", "北京市", "朝阳区",
    "九江市行政区域内", "南昌市", "赣江新区", "360400-HT", "朝阳", "吉林", "海南", "共青城市", "重庆市", "渝中区", "东莞市", "中国（上海）自由贸易试验区",
    "仙桃市", "湖北省",
)  # fmt: skip
CODES = (
    "360000", "360400", "360403", "360404", "360400-HT", "360400-ET", "110000", "110105", "350102", "320106", "360100", "500000",
    "500103", "441900", "310000", "429004", "420000", "360482", "999999", "220000", "220200", "460000", "310115-FT",
)  # fmt: skip
TRADES = (
    "制造业",
    "软件和信息技术服务业",
    "餐饮企业",
    "人工智能",
    "旅游、餐饮企业",
    "C39",
    "工业",
    "零售",
    "规模以上工业",
    "住宿餐饮",
    "示例行当",
)
INDUSTRIES = ("C", "C39", "C3973", "I65", "I6513", "H62", "H", "F52", "A", "J66", "X99")
WORDS: dict[str, tuple[str, ...]] = {
    "size_class": ("中小微", "小型微利", "微型", "中型企业", "大型", "示例"),
    "ownership": ("民营企业", "国有控股", "外资", "港资", "集体", "示例"),
    "legal_form": ("有限公司", "合作社", "企业法人", "个体户", "协会", "示例"),
    "listing": ("上市公司", "拟上市", "新三板创新层", "科创板", "港股", "未上市", "示例"),
    "credit": ("未列入失信名单", "严重失信", "信用良好", "无经营异常", "纳税信用A级", "正常", "示例"),
}
QUOTES = (
    "原文", "连续两年营业收入", "实缴资本100元以上", "进出口额", "服务收入", "发明专利1项", "软件著作权", "Ⅰ类知识产权", "专利申请受理",
    "地方财政贡献", "专职人员", "未被列入失信名单", "知识产权10项", "信用良好", "",
)  # fmt: skip
UNITS = st.sampled_from(
    [None, None, None, "元", "人", "名", "项", "件", "percent", "%", "年", "月", "美元", "元(增量)"]
)
DATES = st.sampled_from(
    ["2020-01-01", "2020-02-29", "2023-11-23", "2025-11-24", "2026-11-23", "2030-01-01", "2020年", ""]
)
ANYTHING: Any = st.sampled_from(
    [None, True, False, "万元", (), ("一", "二"), (Decimal(1), "一"), (None,), Decimal(1), ""]
)


@st.composite
def statements(draw: Any) -> str:
    """A phrase as a company may put it, turned round, filled up or inside a longer one."""
    return str(draw(st.sampled_from(AROUND)) + draw(st.sampled_from(PHRASES)) + draw(st.sampled_from(AROUND)))


_SOUND_VALUES: dict[FactKind, Any] = {
    FactKind.YEARS: NUMBERS,
    FactKind.DATE: DATES,
    FactKind.YES_NO: st.booleans(),
    FactKind.REGION: st.sampled_from(PLACES),
    FactKind.INDUSTRY: st.sampled_from(TRADES),
    FactKind.NAMES: st.sampled_from(TITLES),
    FactKind.STATED: st.one_of(statements(), st.sampled_from(PHRASES), st.sampled_from(PHRASES)),
}


_COMPARED = (FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT, FactKind.YEARS, FactKind.DATE)
_NAMING = [Operator.EQ, Operator.IN, Operator.HAS, Operator.NOT_HAS]
_COMPARING = [Operator.GE, Operator.GT, Operator.LE, Operator.LT, Operator.BETWEEN, Operator.EQ, Operator.IN]
_SOUND_OPERATORS = (_NAMING, _COMPARING)


@st.composite
def conditions(draw: Any, attributes: Any = None) -> Condition:
    """A condition on any attribute, known or not, sound or broken."""
    attribute = draw(attributes if attributes is not None else st.sampled_from([*FACTS, "colour"]))
    kind = FACTS[attribute].kind if attribute in FACTS else FactKind.YUAN
    one = st.sampled_from(WORDS[attribute]) if attribute in WORDS else _SOUND_VALUES.get(kind, NUMBERS)
    if kind not in (FactKind.YES_NO, FactKind.DATE, FactKind.YEARS) and kind in _SOUND_VALUES:
        one = st.one_of(one, one, one, one, one, st.text(max_size=6))
    several = st.lists(one, min_size=1, max_size=3).map(tuple)
    sound = draw(st.integers(0, 5)) > 0
    if sound:
        value = draw(st.one_of(one, one, several))
        op = draw(st.sampled_from(_SOUND_OPERATORS[kind in _COMPARED]))
        unit = draw(st.sampled_from([None, FACTS[attribute].unit if attribute in FACTS else None]))
    else:
        value = draw(st.one_of(one, several, ANYTHING, BROKEN_NUMBERS))
        op, unit = draw(st.sampled_from(Operator)), draw(UNITS)
    negated = op is Operator.NOT_HAS
    if not sound and draw(st.integers(0, 3)) == 0:
        negated = not negated
    return Condition(attribute, op, value, make_span(draw(st.sampled_from(QUOTES))), unit, negated)


def trees(leaf: Any = None) -> Any:
    """Trees of any shape, empty groups and free text among them."""
    leaves = st.one_of(
        leaf if leaf is not None else conditions(), st.just(FreeText(make_span("经济效益良好")))
    )
    nodes: Any = st.recursive(
        leaves,
        lambda children: st.one_of(
            st.lists(children, max_size=4).map(lambda found: AllOf(tuple(found))),
            st.lists(children, max_size=4).map(lambda found: AnyOf(tuple(found))),
            children.map(Not),
        ),
        max_leaves=8,
    )
    return st.lists(nodes, max_size=5).map(_all_of)


def _all_of(children: list[Node]) -> AllOf:
    return AllOf(tuple(children))


@st.composite
def facts(draw: Any, key: str) -> Any:
    """A value of a fact, as its kind asks for or, seldom, of another kind."""
    row = FACTS[key]
    if draw(st.integers(0, 19)) == 0:
        return draw(st.one_of(ANYTHING.filter(lambda value: value is not None), BROKEN_NUMBERS))
    match row.kind:
        case FactKind.REGION:
            return draw(st.sampled_from(CODES))
        case FactKind.INDUSTRY:
            return draw(st.sampled_from(INDUSTRIES))
        case FactKind.CHOICE:
            return draw(st.sampled_from(row.choices))
        case FactKind.NAMES:
            return draw(st.lists(st.sampled_from(TITLES), max_size=4).map(tuple))
        case FactKind.STATED:
            return draw(st.lists(statements(), max_size=5).map(tuple))
        case FactKind.DATE:
            return draw(DATES)
        case FactKind.YES_NO:
            return draw(st.booleans())
        case _:
            return draw(NUMBERS)


@st.composite
def enterprises(draw: Any, keys: Any = None, uscc: str = OTHER_USCC) -> Enterprise:
    """A company with any of its facts missing."""
    asked = sorted(set(keys)) if keys is not None else list(FACTS)
    known = [key for key in asked if draw(st.integers(0, 3))]
    periods = st.sampled_from([None, "2025"])
    held = {key: Fact(draw(facts(key)), "企业填报", None, draw(periods)) for key in known}
    return Enterprise(uscc, "示例公司", held)
