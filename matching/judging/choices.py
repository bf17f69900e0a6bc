"""Judge conditions on facts with a few fixed values: size, ownership, legal form, listing, credit.

Policy texts name these in many words; the tables say which values a word surely covers and which only
possibly. A word outside the tables leaves the condition unknown.
"""

from __future__ import annotations

import re

from matching.comparisons import MET, NOT_MET, UNKNOWN, Scope, any_of, negate, of_bool
from matching.judging.judgement import Asked, Judgement, not_stated, undecided
from matching.model import Verdict
from policy_corpus.facts import FACTS, FactDefinition
from policy_corpus.folding import fold
from policy_corpus.model import Condition, Operator

Table = dict[str, Scope[str]]


def _rows(*rows: tuple[str, str, str]) -> Table:
    """Words, what they surely cover, what they possibly cover; each a list separated by spaces."""
    return {
        word: Scope(frozenset(certain.split()), frozenset(possible.split()))
        for words, certain, possible in rows
        for word in words.split()
    }


_EXCHANGES = "北交所 创业板 科创板 主板"

_TABLES: dict[str, Table] = {
    # 《中小企业促进法》第二条: 中小企业 includes the medium, the small and the micro ones.
    "size_class": _rows(
        ("中小微 中小 中小型 中小微型", "中型 小型 微型", ""),
        ("小微 小型微型 小微型", "小型 微型", ""),
        ("大中型", "大型 中型", ""),
        ("大中小", "大型 中型 小型", "微型"),
        ("小型微利", "", "中型 小型 微型"),  # a notion of tax law with bounds of its own
    ),
    "ownership": _rows(
        ("民营 民营企业 民企 私营 私营企业 非公有制 非公有制企业 非国有", "民营", "中外合资 其他"),
        ("国有 国有企业 国企 国有控股 国有及国有控股", "国有", ""),
        ("央企 中央企业 省属企业 市属国有企业", "", "国有"),
        ("集体 集体企业", "集体", ""),
        ("外商投资 外商投资企业 外资 外资企业 外企", "外商投资 中外合资", "港澳台投资"),
        ("外商独资 外商独资企业 世界500强", "", "外商投资"),
        ("港澳台投资 港澳台资 港澳台企业 港澳台商投资", "港澳台投资", "中外合资"),
        ("台资 台资企业 台商投资 台商投资企业 港资 港资企业 澳资", "", "港澳台投资 中外合资"),
        ("侨资 侨资企业", "", "港澳台投资 外商投资 中外合资"),
        ("合资 中外合资 合资企业 中外合资企业", "中外合资", "外商投资 港澳台投资"),
    ),
    "legal_form": _rows(
        ("有限责任公司 有限公司", "有限责任公司", ""),
        ("股份有限公司 股份公司 股份制", "股份有限公司", ""),
        ("公司 公司制 企业法人 法人企业", "有限责任公司 股份有限公司", "其他"),
        ("个人独资企业 个人独资", "个人独资企业", ""),
        ("合伙企业 合伙 合伙制", "合伙企业", ""),
        ("农民专业合作社 合作社 专业合作社 农民合作社", "农民专业合作社", ""),
        ("个体工商户 个体户 个体", "个体工商户", ""),
        ("事业单位 机关事业单位", "事业单位", ""),
        ("社会组织", "社会组织", ""),
        ("社会团体 民办非企业单位 民办非企业 基金会 行业协会 协会 社会服务机构", "", "社会组织"),
        ("分支机构 分公司", "分支机构", ""),
    ),
    "listing": _rows(
        ("上市 上市公司 上市企业 已上市", f"{_EXCHANGES} 境外上市", ""),
        ("境内外上市 境内外证券交易所", f"{_EXCHANGES} 境外上市", ""),
        ("境内上市 a股 沪深北 沪深北交易所 境内证券交易所", _EXCHANGES, ""),
        ("沪深交易所 沪深", "创业板 科创板 主板", ""),
        ("上交所 上海证券交易所", "科创板", "主板"),
        ("深交所 深圳证券交易所", "创业板", "主板"),
        ("北交所 北京证券交易所", "北交所", ""),
        ("境外上市 境外 境外证券交易所 境外主要证券交易所 境外主要资本市场", "境外上市", ""),
        ("港股 港交所 香港联交所 纳斯达克 纽交所 香港上市", "", "境外上市"),
        ("新三板 全国中小企业股份转让系统 全国股转系统", "新三板", "北交所"),
        ("区域股权市场 区域性股权市场 区域性股权交易市场 四板", "区域股权市场", ""),
        ("挂牌 挂牌企业", "新三板 区域股权市场", "北交所"),
        ("拟上市 拟上市企业 上市后备 上市后备企业 上市在辅导", "拟上市", "未上市 区域股权市场 新三板"),
        ("未上市 非上市 未上市企业 非上市公司", "未上市 拟上市 区域股权市场 新三板", ""),
    ),
}
_TURNS = re.compile(r"[拟非未不除等或及]|计划|后备|培育|辅导|申请|微利")
_DENIAL = re.compile(r"[无未不没非除]")
_SUFFIXES = ("企业", "公司", "单位")

# What the credit fact says about the adverse word of a condition; the first row whose word occurs counts.
_CREDIT_ADVERSE: tuple[tuple[tuple[str, ...], dict[str, Verdict]], ...] = (
    # Ratings of other authorities and in other fields: the fact holds nothing of them.
    (("环境信用", "环保信用", "纳税信用", "纳税等级", "信用等级", "信用评级"), {}),
    # 《企业信息公示暂行条例》第十七条: entry for unpublished reports, apart from the dishonesty lists.
    (("经营异常", "异常名录"), {"良好": NOT_MET}),
    # "失信记录" and all lists named after 失信: 正常 is stated for "on none of them".
    (("失信", "黑名单", "不良", "惩戒"), {"良好": NOT_MET, "正常": NOT_MET, "严重失信": MET}),
)
_CREDIT_FAVOURABLE: tuple[tuple[tuple[str, ...], dict[str, Verdict]], ...] = (
    (_CREDIT_ADVERSE[0][0], {}),
    (("正常",), {"良好": MET, "正常": MET, "严重失信": NOT_MET}),
    (("良好", "诚信", "诚实", "守信", "信誉", "信用"), {"良好": MET, "严重失信": NOT_MET}),
)


def judge_choice(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """A fact with fixed values against the word, or any of the words, of the condition."""
    words = choice_asked(condition)
    if not words or condition.op not in (Operator.EQ, Operator.IN, Operator.HAS, Operator.NOT_HAS):
        return undecided("条件的内容无法识别")
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    held = str(fact.value)
    if held not in row.choices:
        return undecided(f"企业填报的{row.label}无法识别", fact)
    verdict = any_of(_covered(row.key, word, held) for word in words)
    note = f"“{'、'.join(words)}”是否包括“{held}”，请自行核对" if verdict is UNKNOWN else None
    return Judgement(verdict, fact, note)


def judge_credit(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Credit standing against free words: adverse words ask for a stain, favourable ones for none."""
    words = credit_asked(condition)
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    verdict = _credit_verdict(words, str(fact.value), condition.op)
    note = f"信用状况“{fact.value}”不足以判断“{words}”，请自行核对" if verdict is UNKNOWN else None
    return Judgement(verdict, fact, note)


def credit_asked(condition: Condition) -> str:
    """The words on credit that a condition asks about: its values, without any its original words."""
    return "".join(choice_asked(condition)) or fold(condition.span.quote)


def choice_asked(condition: Condition) -> tuple[str, ...]:
    """The words that a condition names."""
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return tuple(fold(value).strip() for value in values if isinstance(value, str) and value.strip())


def _covered(key: str, word: str, held: str) -> Verdict:
    table = _TABLES.get(key, {})  # a fact that was added has its choices alone
    bare = word.lower().translate({ord(quote): None for quote in "“”\"'《》（）()"})
    names = [bare, *(bare.removesuffix(suffix) for suffix in _SUFFIXES if bare.endswith(suffix))]
    for name in names:
        if name in table:
            return table[name].judge(held)
        if name in map(str.lower, FACTS[key].choices):
            return of_bool(name == held.lower())
    return _covered_in_part(table, bare, held)


def _covered_in_part(table: Table, word: str, held: str) -> Verdict:
    """A known word with something before or behind it (新三板创新层) covers a part of what the word covers."""
    known = max((name for name in table if len(name) > 2 and name in word), key=len, default=None)
    if known is None or _TURNS.search(word):
        return UNKNOWN
    return NOT_MET if table[known].judge(held) is NOT_MET else UNKNOWN


def _credit_verdict(words: str, held: str, op: Operator) -> Verdict:
    adverse = _credit_says(_CREDIT_ADVERSE, words, held)
    if op is Operator.NOT_HAS:
        return adverse or UNKNOWN
    if adverse is None:
        return _credit_says(_CREDIT_FAVOURABLE, words, held) or UNKNOWN
    return negate(adverse) if _DENIAL.search(words) else adverse


def _credit_says(
    table: tuple[tuple[tuple[str, ...], dict[str, Verdict]], ...], words: str, held: str
) -> Verdict | None:
    for triggers, verdicts in table:
        if any(trigger in words for trigger in triggers):
            return verdicts.get(held, UNKNOWN)
    return None
