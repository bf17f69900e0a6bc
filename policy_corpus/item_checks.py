"""What stands in the way of publishing an item: empty, contradictory, impossible or undecided, each with its place.

An error keeps an item from being published, a warning only asks to look again. Paths are those of the item's
JSON (conditions/all/2/value), so that a screen can point at the field. Called by reviewing and loading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from policy_corpus.codes.industries import find_industry
from policy_corpus.codes.regions import find_region
from policy_corpus.errors import AmbiguousRegion, CorpusError
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.item_contradictions import Clash, find_clashes
from policy_corpus.item_operators import BOUNDS, operator_words, operators_of, units_of
from policy_corpus.item_values import LARGEST, NATION
from policy_corpus.model import (
    AllOf,
    AnyOf,
    BenefitKind,
    Condition,
    Document,
    FreeText,
    Node,
    Not,
    Operator,
    PolicyItem,
    Span,
)

_CODE = re.compile(r"\d{6}(?:-[A-Z]{2}\d?)?")
_INDUSTRY_CODE = re.compile(r"[A-Za-z]?\d{2,4}")
_LAST_YEAR = 2100
_HUNDRED = Decimal(100)


class Severity(StrEnum):
    """Whether a problem keeps an item from being published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. path: the field it is in, such as window/closes_on; message: what and what to do, in Chinese."""

    severity: Severity
    path: str
    message: str


def check_item(item: PolicyItem, document: Document, *, decided: bool = False) -> tuple[Problem, ...]:
    """Every problem of an item, in the order of its fields.

    decided: a person is to have decided everything, so what is left unparsed is an error, not a warning.
    """
    problems = [
        *_whole(item),
        *_tree("conditions", item.conditions, document, decided),
        *(_told(clash) for clash in find_clashes(item.conditions)),
        *_benefits(item, document),
        *_window(item, document),
        *_quotes(item, document),
    ]
    return tuple(dict.fromkeys(problems))


def errors_of(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep the item from being published."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _error(path: str, message: str) -> Problem:
    return Problem(Severity.ERROR, path, message)


def _warning(path: str, message: str) -> Problem:
    return Problem(Severity.WARNING, path, message)


def _whole(item: PolicyItem) -> Iterator[Problem]:
    if not item.title.strip():
        yield _error("title", "事项名称为空，请填写")
    if not item.benefits and not item.conditions.children:
        yield _error("conditions", "没有申报条件，也没有支持标准，请补充后再发布")


def _tree(path: str, node: Node, document: Document, decided: bool) -> Iterator[Problem]:
    match node:
        case AllOf(children) | AnyOf(children):
            name = "all" if isinstance(node, AllOf) else "any"
            if not children and path != "conditions":
                yield _error(path, "条件组为空，请补充条件或删除该组")
            for number, child in enumerate(children):
                yield from _tree(f"{path}/{name}/{number}", child, document, decided)
        case Not(child):
            yield from _tree(f"{path}/not", child, document, decided)
        case FreeText(span):
            severity = Severity.ERROR if decided else Severity.WARNING
            words = f"待核实：“{_clipped(span.quote)}”尚未解析，请改为条件、由企业确认或删除"
            yield Problem(severity, path, words)
        case Condition():
            yield from _condition(path, node, document)


def _condition(path: str, condition: Condition, document: Document) -> Iterator[Problem]:
    row = FACTS.get(condition.attribute)
    if row is None:
        yield _error(f"{path}/attribute", f"没有“{condition.attribute}”这一指标，请从列表中选择")
        return
    if condition.op not in operators_of(row):
        yield _error(
            f"{path}/op", f"“{row.label}”不能用“{operator_words(row, condition.op)}”比较，请重新选择"
        )
        return
    if condition.negated != (condition.op is Operator.NOT_HAS):
        yield _error(f"{path}/op", f"“{row.label}”的肯定与否定不一致，请重新选择比较方式")
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    if (condition.value is None and row.kind is not FactKind.YES_NO) or not values:
        yield _error(f"{path}/value", f"“{row.label}”没有填写{'数值' if condition.op in BOUNDS else '内容'}")
        return
    for value in values:
        if isinstance(value, Decimal):
            yield from _figure(f"{path}/value", row, condition, value)
        elif isinstance(value, str):
            yield from _word(f"{path}/value", row, condition, value, document)


def _figure(path: str, row: FactDefinition, condition: Condition, value: Decimal) -> Iterator[Problem]:
    if not value.is_finite() or abs(value) > LARGEST:
        yield _error(path, f"“{row.label}”的数值无法识别，请核对")
        return
    least = -_HUNDRED if row.key.endswith("_growth") else Decimal(0)
    if value < least:
        yield _error(path, f"“{row.label}”的数值 {_plain(value)} 为负，不可能达到，请核对")
    if row.key.endswith("_ratio") and value > _HUNDRED:
        yield _error(path, f"“{row.label}”为比例，{_plain(value)}% 超过 100%，请核对")
    is_counted = condition.unit in (None, *units_of(row)) and condition.unit != "percent_growth"
    if row.kind is FactKind.COUNT and is_counted and value != value.to_integral_value():
        yield _error(path, f"“{row.label}”应为整数，{_plain(value)} 不可能达到，请核对")
    if row.kind is FactKind.YEARS and (value * 12) != (value * 12).to_integral_value():
        yield _warning(path, f"“{row.label}”{_plain(value)} 年不是整月，系统无法自动核对，请核对")


def _word(
    path: str, row: FactDefinition, condition: Condition, value: str, document: Document
) -> Iterator[Problem]:
    if not value.strip():
        yield _error(path, f"“{row.label}”的内容为空，请填写")
    elif row.kind is FactKind.REGION:
        yield from _region(path, value)
    elif row.kind is FactKind.INDUSTRY and _INDUSTRY_CODE.fullmatch(value):
        try:
            find_industry(value)
        except CorpusError as error:
            yield _error(path, str(error))
    elif row.kind is FactKind.DATE and not _is_day(value):
        yield _error(path, f"“{row.label}”的日期“{_clipped(value)}”无法识别，请按 2026-09-30 填写")


def _region(path: str, value: str) -> Iterator[Problem]:
    if value in NATION:
        return
    try:
        find_region(value)
    except AmbiguousRegion as error:
        yield _warning(path, str(error))
    except CorpusError as error:
        severity = Severity.ERROR if _CODE.fullmatch(value) else Severity.WARNING
        yield Problem(severity, path, str(error))


def _told(clash: Clash) -> Problem:
    """A clash in words. Both conditions are named as they are understood, for their sentences may say more."""
    if clash.one is None or clash.other is None:
        return _error(clash.path, "“或”的每一种情形都与其他条件矛盾，没有企业能够符合，请核对")
    one, other = (_words(demand.condition, demand.denied) for demand in (clash.other, clash.one))
    if clash.certain:
        return _error(clash.path, f"“{one}”与“{other}”不可能同时满足，请核对是否应为“或”")
    return _warning(clash.path, f"“{one}”与“{other}”可能不能同时满足，请核对")


def _benefits(item: PolicyItem, document: Document) -> Iterator[Problem]:
    for number, benefit in enumerate(item.benefits):
        path = f"benefits/{number}"
        for name in ("amount_yuan", "max_yuan", "rate_percent"):
            figure: Decimal | None = getattr(benefit, name)
            if figure is None:
                continue
            if not figure.is_finite() or abs(figure) > LARGEST:
                yield _error(f"{path}/{name}", "支持标准的数值无法识别，请核对")
            elif figure < 0:
                yield _error(f"{path}/{name}", f"支持标准的数值 {_plain(figure)} 为负，请核对")
        rate = benefit.rate_percent
        if rate is not None and rate > _HUNDRED:
            # 加计扣除 may be more than the whole (财政部 税务总局公告2023年第7号: 100 %, 200 % of intangible assets).
            severity = Severity.WARNING if benefit.kind is BenefitKind.TAX else Severity.ERROR
            yield Problem(severity, f"{path}/rate_percent", f"支持比例 {_plain(rate)}% 超过 100%，请核对")


def _window(item: PolicyItem, document: Document) -> Iterator[Problem]:
    window = item.window
    if window is None:
        return
    opens, closes = window.opens_on, window.closes_on
    if opens and closes and closes < opens:
        yield _error("window/closes_on", f"申报截止（{closes}）早于申报开始（{opens}），请核对")
    for name, day in (("opens_on", opens), ("closes_on", closes)):
        if day and not 1949 <= day.year <= _LAST_YEAR:
            yield _error(f"window/{name}", f"申报期的年份 {day.year} 不合理，请核对")
    issued = document.dated_on or document.published_on
    if closes and issued and closes < issued and not window.yearly:
        yield _error("window/closes_on", f"申报截止（{closes}）早于文件日期（{issued}），请核对年份")


def _quotes(item: PolicyItem, document: Document) -> Iterator[Problem]:
    for path, span in spans_of(item):
        if span.quote and document.text[span.start : span.end] != span.quote:
            yield _error(f"{path}/span", f"原文中没有“{_clipped(span.quote)}”这句话，请重新选取依据")


def spans_of(item: PolicyItem) -> Iterator[tuple[str, Span]]:
    """Every sentence of an item with the path of its field."""
    yield from _spans_in("conditions", item.conditions)
    for number, benefit in enumerate(item.benefits):
        yield f"benefits/{number}", benefit.span
    if item.window:
        yield "window", item.window.span
    for name in ("materials", "contacts"):
        for number, quoted in enumerate(getattr(item, name)):
            yield f"{name}/{number}", quoted.span
    for name in ("department", "channel"):
        if (one := getattr(item, name)) is not None:
            yield name, one.span


def _spans_in(path: str, node: Node) -> Iterator[tuple[str, Span]]:
    match node:
        case AllOf(children) | AnyOf(children):
            name = "all" if isinstance(node, AllOf) else "any"
            for number, child in enumerate(children):
                yield from _spans_in(f"{path}/{name}/{number}", child)
        case Not(child):
            yield from _spans_in(f"{path}/not", child)
        case _:
            yield path, node.span


def _words(condition: Condition, denied: bool) -> str:
    row = FACTS[condition.attribute]
    if row.kind is FactKind.YES_NO:
        wanted = (condition.value is not False) is (condition.op is not Operator.NOT_HAS)
        return f"{row.label}：{'是' if wanted is not denied else '否'}"
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    joint = "至" if condition.op is Operator.BETWEEN else "、"
    shown = joint.join(_shown(row, condition, value) for value in values)
    said = f"{row.label}{operator_words(row, condition.op)}{shown}"
    return f"不属于：{said}" if denied else said


def _shown(row: FactDefinition, condition: Condition, value: object) -> str:
    if not isinstance(value, Decimal):
        return _clipped(str(value))
    unit = condition.unit or row.unit or ""
    if unit == "percent":
        return f"{_plain(value)}%"
    if unit == "元" and abs(value) >= 10_000 and value % 100 == 0:
        return f"{_plain(value / 10_000)}万元"
    return f"{_plain(value)}{unit}"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False
