"""Say a condition, a verdict and what is missing in plain Chinese, from the data that the judges give.

Figures are written exactly, with the unit a reader expects (2000 万元, 1.5 亿元); nothing passes through
binary floating point. Called by eligibility for the findings that are shown, and by pages and tables.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from matching.figures_in_words import chinese_date, describe_figure
from matching.gaps import describe_gap
from matching.judging.figures import parse_date
from matching.judging.judgement import Asked, Judgement, answering_fact
from matching.model import Fact, Finding, Verdict
from policy_corpus.additions import forgets
from policy_corpus.codes.industries import get_industry
from policy_corpus.codes.regions import get_region
from policy_corpus.errors import CorpusError
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.folding import fold
from policy_corpus.model import Condition, FreeText, Leaf, Operator

_COMPARED = {
    Operator.GE: "不低于",
    Operator.GT: "超过",
    Operator.LE: "不超过",
    Operator.LT: "低于",
    Operator.EQ: "为",
    Operator.IN: "为",
}
_YEARS = {Operator.GE: "满", Operator.GT: "超过", Operator.LE: "不超过", Operator.LT: "不满"}
_DATES = {
    Operator.GE: "不早于",
    Operator.GT: "晚于",
    Operator.LE: "不晚于",
    Operator.LT: "早于",
    Operator.EQ: "为",
}
_VERDICTS = {Verdict.MET: "符合", Verdict.NOT_MET: "不符合", Verdict.UNKNOWN: "无法判断"}
_FIGURES = (FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT)
# The time a figure is asked for stays in the words: 上年度, 近三年, 2025年度.
_EXISTS = re.compile(r"^(?:存在|发生过?|出现|受到|有)(?=.{2})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PERIOD = re.compile(
    r"上一?(?:个)?(?:会计|自然|纳税)?年度?|近[一二两三四五六七八九十\d]+个?(?:完整)?(?:会计|自然|纳税)?年度?|连续[一二两三四五\d]+年|"
    r"(?:当|本|申报)年度?|20\d\d年度?"
)


def finding_of(leaf: Leaf, judgement: Judgement, asked: Asked, denied: bool = False) -> Finding:
    """The finding to show for a leaf. denied: it stands under Not, so the judgement is already turned."""
    text = _words_of(leaf)
    gap = None
    if isinstance(leaf, Condition) and not denied:
        gap = describe_gap(leaf, judgement, asked)
    return Finding(
        condition=leaf,
        verdict=judgement.verdict,
        text=f"不属于以下情形：{text}" if denied else text,
        reason=describe_reason(leaf, judgement),
        actual=judgement.actual,
        gap=gap,
        decisive=judgement.decisive,
    )


@forgets
@lru_cache(maxsize=8192)
def _words_of(leaf: Leaf) -> str:
    """The same leaf is shown to many enterprises."""
    return describe_condition(leaf)


def describe_condition(leaf: Leaf) -> str:
    """A condition in plain words, such as 上年度营业收入不低于 2000 万元; the original words where unparsed."""
    if isinstance(leaf, FreeText):
        return leaf.span.quote
    if leaf.attribute not in FACTS:
        return leaf.span.quote or leaf.attribute
    row = FACTS[leaf.attribute]
    bounds = _decimals(leaf)
    if row.kind is FactKind.YEARS and bounds:
        return _describe_years(leaf, row, bounds)
    if row.kind is FactKind.DATE:
        return _describe_date(leaf, row)
    if bounds and leaf.op in (*_COMPARED, Operator.BETWEEN) and row.kind is not FactKind.STATED:
        return _period(leaf, row) + row.label + _compared(leaf, row, bounds)
    if row.kind is FactKind.YES_NO:
        wanted = leaf.value is not False and leaf.op is not Operator.NOT_HAS
        return row.label if wanted else f"不是{row.label}" if row.key == "above_scale" else f"无{row.label}"
    return _describe_words(leaf, row)


def describe_reason(leaf: Leaf, judgement: Judgement) -> str:
    """Why the verdict is what it is, in one sentence."""
    if judgement.missing:
        return f"未填写{judgement.missing}，无法判断"
    if isinstance(leaf, FreeText) or judgement.actual is None or leaf.attribute not in FACTS:
        return judgement.note or "需企业自行核对"
    row = answering_fact(FACTS[leaf.attribute])
    shown = "、".join(judgement.decisive) or describe_value(row, judgement.actual)
    seen = f"{_whose(row)}{shown}（{_origin(judgement.actual)}）"
    if judgement.verdict is Verdict.UNKNOWN:
        return f"{seen}，{judgement.note or '无法判断'}"
    return f"{seen}，{_VERDICTS[judgement.verdict]}"


def _whose(row: FactDefinition) -> str:
    if row.kind is FactKind.YES_NO:
        return f"{row.label}："
    if row.kind in (FactKind.NAMES, FactKind.STATED):
        return f"企业填报的{row.label}："
    return f"{row.label}为 " if row.label.startswith("企业") else f"企业{row.label}为 "


def describe_value(row: FactDefinition, fact: Fact) -> str:
    """A fact's value as it is shown."""
    value = fact.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return describe_figure(row.kind, value, row.unit)
    if isinstance(value, tuple):
        return "、".join(value) or "（无）"
    if row.kind is FactKind.DATE and (day := parse_date(value)):
        return chinese_date(day)
    if row.kind in (FactKind.REGION, FactKind.INDUSTRY):
        return _name_of_code(row.kind, value)
    return value


def _name_of_code(kind: FactKind, code: str) -> str:
    try:
        return get_region(code).full_name if kind is FactKind.REGION else get_industry(code).name
    except CorpusError:
        return code


def _origin(fact: Fact) -> str:
    period = f"{fact.period} 年，" if fact.period and fact.period.isdigit() else ""
    period = f"{fact.period}，" if fact.period and not period else period
    return period + fact.source


def _decimals(condition: Condition) -> tuple[Decimal, ...]:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    found = tuple(value for value in values if isinstance(value, Decimal) and value.is_finite())
    return found if len(found) == len(values) else ()


def _words(condition: Condition) -> str:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    words = "、".join(str(value) for value in values if isinstance(value, str))
    return words or condition.span.quote or "（未填写）"


def _period(condition: Condition, row: FactDefinition) -> str:
    found = _PERIOD.search(fold(condition.span.quote)) if row.per_period else None
    return found[0] if found else ""


def _compared(condition: Condition, row: FactDefinition, bounds: tuple[Decimal, ...]) -> str:
    unit = condition.unit or row.unit
    figures = [describe_figure(row.kind, bound, unit) for bound in bounds]
    if condition.op is Operator.BETWEEN and len(figures) == 2:
        return f"在 {figures[0]} 至 {figures[1]} 之间"
    return f"{_COMPARED.get(condition.op, '为')} {' 或 '.join(figures)}"


def _describe_years(condition: Condition, row: FactDefinition, bounds: tuple[Decimal, ...]) -> str:
    figures = [describe_figure(row.kind, bound, None) for bound in bounds]
    if condition.op is Operator.BETWEEN and len(figures) == 2:
        return f"成立 {figures[0]} 至 {figures[1]}"
    return f"成立{_YEARS.get(condition.op, '')} {figures[0]}"


def _describe_date(condition: Condition, row: FactDefinition) -> str:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    days = [chinese_date(day) for value in values if (day := parse_date(value))]
    if not days or len(days) != len(values):
        return condition.span.quote or f"{row.label}{_words(condition)}"
    if condition.op is Operator.BETWEEN and len(days) == 2:
        return f"{row.label}在 {days[0]} 至 {days[1]} 之间"
    return f"{row.label}{_DATES.get(condition.op, '为')} {days[0]}"


def _describe_words(condition: Condition, row: FactDefinition) -> str:
    words, denied = _words(condition), condition.op is Operator.NOT_HAS
    either = words.replace("、", " 或 ") if isinstance(condition.value, tuple) and not denied else words
    match row.kind:
        case FactKind.REGION:
            return f"{row.label}{'不在' if denied else '在'}{either}"
        case FactKind.INDUSTRY:
            return f"{row.label}{'不属于' if denied else '属于'}{either}"
        case FactKind.NAMES:
            return f"{'未获得' if denied else '具有'}{either}"
        case FactKind.STATED | FactKind.CHOICE if row.key != "credit":
            return _describe_choice_or_statement(condition, row, either)
        case FactKind.COUNT:
            return f"{'没有' if denied else '拥有'}{either}"
        case _:
            return f"无{words}" if denied else words


def _describe_choice_or_statement(condition: Condition, row: FactDefinition, words: str) -> str:
    denied = condition.op is Operator.NOT_HAS
    if row.kind is FactKind.CHOICE:
        return f"{row.label}{'不是' if denied else '为'}{words}"
    bounds = _decimals(condition)
    if bounds or _DAY.search(words):  # a bare figure or day says nothing without its sentence
        return condition.span.quote or _describe_added(condition, row, bounds)
    return f"不存在：{_EXISTS.sub('', words)}" if denied else words


def _describe_added(condition: Condition, row: FactDefinition, bounds: tuple[Decimal, ...]) -> str:
    """A figure or a day that a person added without a sentence."""
    return row.label + _compared(condition, row, bounds) if bounds else _describe_date(condition, row)
