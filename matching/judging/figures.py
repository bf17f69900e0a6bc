"""Judge conditions on figures and dates: amounts, head counts, ratios, years since founding.

A figure answers a condition only in the same unit. Where the words of the condition ask for something
narrower or wider than the fact holds (paid-in rather than registered capital, one kind of patent), the
fact is only a ceiling or a floor, and the verdict is given only where that suffices.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from matching.comparisons import MET, UNKNOWN, Range, compare, exactly, of_bool
from matching.judging.judgement import Asked, Judgement, not_stated, undecided
from matching.model import Fact, Verdict
from policy_corpus.facts import FactDefinition
from policy_corpus.folding import fold
from policy_corpus.model import Condition, Operator

_SAME_UNITS = {
    "人": {"人", "名"},
    "项": {"项", "件", "个"},
    "percent": {"percent", "%"},
    "年": {"年"},
    "元": {"元"},
}
_PATENT_KINDS = ("发明专利", "实用新型", "外观设计", "著作权", "软著", "集成电路布图", "植物新品种")
_FOREIGN = {"美元", "欧元", "日元", "港元", "港币", "英镑"}


def _ceiling(value: Decimal) -> Range:
    return Range(Decimal(0), value)


def _floor(value: Decimal) -> Range:
    return Range(value, None)


class _Reading(NamedTuple):
    attribute: str
    words: tuple[str, ...]
    known: Callable[[Decimal], Range]
    note: str


_READINGS = (
    _Reading("registered_capital", ("实缴", "实收", "到位"), _ceiling, "条件要求的是实缴资本，企业只填报了注册资本"),
    _Reading("tax_paid", ("地方财政", "财政贡献", "经济贡献", "地方留成"), _ceiling,
             "条件要求的是地方财政贡献，企业只填报了纳税额"),
    _Reading("employees", ("专职", "专业服务人员", "相关工作人员", "相关服务的工作人员", "教师", "持证"), _ceiling,
             "条件要求的是部分岗位的人数，企业只填报了从业人员总数"),
    _Reading("revenue", ("服务收入", "业务取得的收入"), _ceiling, "条件要求的是某项业务的收入，企业只填报了营业收入"),
    _Reading("export_value", ("进出口",), _floor, "条件要求的是进出口额，企业只填报了出口额"),
)  # fmt: skip


class FigureAsked(NamedTuple):
    """All that `judge_figure` looks at in a condition but its operator.

    reading: which of the narrower or wider readings the words ask for. in_a_row: for several years on end.
    """

    bounds: tuple[Decimal, ...] | None
    mismatch: str | None
    reading: int | None
    in_a_row: bool


class PatentsAsked(NamedTuple):
    """All that `judge_patents` looks at in a condition: the comparison that it means, and the kind named."""

    op: Operator
    bounds: tuple[Decimal, ...] | None
    mismatch: str | None
    kind: str


def figure_asked(condition: Condition, row: FactDefinition) -> FigureAsked:
    """What a condition on a yuan, count or percent fact asks."""
    words = fold(condition.span.quote)
    reading = next(
        (
            number
            for number, one in enumerate(_READINGS)
            if one.attribute == condition.attribute and any(word in words for word in one.words)
        ),
        None,
    )
    in_a_row = "连续" in condition.span.quote
    return FigureAsked(bounds_of(condition), _unit_mismatch(condition, row), reading, in_a_row)


def patents_asked(condition: Condition, row: FactDefinition) -> PatentsAsked:
    """What a condition on intellectual property asks; to have some is to have at least one."""
    op, bounds = condition.op, bounds_of(condition)
    if op in (Operator.HAS, Operator.NOT_HAS, Operator.EQ) and bounds is None:
        op, bounds = Operator.GE, (Decimal(1),)
    return PatentsAsked(op, bounds, _unit_mismatch(condition, row), _patent_kind(condition))


def age_asked(condition: Condition) -> tuple[tuple[Decimal, ...] | None, str | None]:
    """What a condition on years since founding asks: the bounds and their unit."""
    return bounds_of(condition), condition.unit


def date_asked(condition: Condition) -> tuple[date, ...] | None:
    """The days that a condition on a date names, None where one of them cannot be read."""
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    found = tuple(day for value in values if (day := parse_date(value)))
    return found if found and len(found) == len(values) else None


def yes_asked(condition: Condition) -> bool:
    """Whether a yes is asked for: it is unless the value is False."""
    return condition.value if isinstance(condition.value, bool) else True


def judge_figure(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Compare a yuan, count or percent fact with the condition's bounds, exactly (Decimal)."""
    bounds, mismatch, reading, in_a_row = figure_asked(condition, row)
    if bounds is None:
        return undecided("条件中的数额无法识别")
    if mismatch:
        return undecided(mismatch)
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    if not isinstance(fact.value, Decimal) or not fact.value.is_finite():
        return undecided(f"企业填报的{row.label}无法识别", fact)
    known, note = exactly(fact.value), None
    if reading is not None:
        known, note = _READINGS[reading].known(fact.value), _READINGS[reading].note
    return _careful(Judgement(compare(known, condition.op, bounds), fact), in_a_row, note)


def judge_patents(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Count of intellectual property; a kind named in the words narrows what the facts can prove."""
    op, bounds, mismatch, kind = patents_asked(condition, row)
    if bounds is None:
        return undecided("条件中的数量无法识别")
    if mismatch:
        return undecided(mismatch)
    known, fact = _known_patents(kind, asked)
    if fact is None:
        return not_stated(row)
    verdict = compare(known, op, bounds)
    note = "企业填报的知识产权未分类别，无法确定该类数量" if verdict is UNKNOWN else None
    return Judgement(verdict, fact, note)


def judge_age(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Years since founding, by calendar date: one full year is reached on the same day a year later."""
    bounds, unit = age_asked(condition)
    if bounds is None or unit not in (None, "年"):
        return undecided("条件中的年限无法识别")
    fact = asked.find("founded_on")
    if fact is None:
        return not_stated(row)
    founded = parse_date(fact.value)
    if founded is None:
        return undecided("企业填报的成立日期无法识别", fact)
    if any(whole_months(bound) is None for bound in bounds):
        return undecided("条件中的年限无法识别", fact)
    return Judgement(_compare_age(founded, asked.as_of, condition.op, bounds), fact)


def judge_date(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """A date fact against ISO dates; BETWEEN includes both days."""
    bounds = date_asked(condition)
    if bounds is None:
        return undecided("条件中的日期无法识别")
    fact = asked.find("founded_on" if row.fact == "founded_on" else row.key)
    if fact is None:
        return not_stated(row)
    day = parse_date(fact.value)
    if day is None:
        return undecided(f"企业填报的{row.label}无法识别", fact)
    ordinals = tuple(Decimal(bound.toordinal()) for bound in bounds)
    return Judgement(compare(exactly(Decimal(day.toordinal())), condition.op, ordinals), fact)


def judge_yes_no(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """A yes-or-no fact; the condition asks for yes unless its value is False."""
    wanted = yes_asked(condition)
    if condition.op not in (Operator.EQ, Operator.HAS, Operator.NOT_HAS):
        return undecided("条件的比较方式无法识别")
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    if not isinstance(fact.value, bool):
        return undecided(f"企业填报的{row.label}无法识别", fact)
    return Judgement(of_bool(fact.value is wanted), fact)


def parse_date(value: object) -> date | None:
    """An ISO date, None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def whole_months(years: Decimal) -> int | None:
    """Years as months, None unless they are a whole number of months and sensible.

    >>> whole_months(Decimal("1.5")), whole_months(Decimal("0.01"))
    (18, None)
    """
    months = years * 12
    if not months.is_finite() or months != months.to_integral_value() or not 0 <= months <= 12_000:
        return None
    return int(months)


def anniversary(day: date, months: int) -> date:
    """The same day so many months later; the first of the next month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return anniversary(day.replace(day=1), months + 1)


def _compare_age(founded: date, as_of: date, op: Operator, bounds: tuple[Decimal, ...]) -> Verdict:
    # Compared as days on the calendar: "满一年" is the day itself, whatever the length of the year.
    reached = tuple(Decimal(anniversary(founded, whole_months(bound) or 0).toordinal()) for bound in bounds)
    return compare(exactly(Decimal(as_of.toordinal())), op, reached)


def bounds_of(condition: Condition) -> tuple[Decimal, ...] | None:
    """The numbers that a condition names, None where one of them is no number."""
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    found = tuple(value for value in values if isinstance(value, Decimal) and value.is_finite())
    return found if found and len(found) == len(values) else None


def _unit_mismatch(condition: Condition, row: FactDefinition) -> str | None:
    unit = condition.unit
    if unit is None or row.unit is None or unit in _SAME_UNITS.get(row.unit, {row.unit}):
        return None
    if unit in _FOREIGN:
        return f"条件以{unit}计，未与人民币换算，请自行核对"
    return f"条件的计量口径为“{unit}”，与企业填报的{row.label}不同，请自行核对"


def _careful(judgement: Judgement, in_a_row: bool, note: str | None) -> Judgement:
    if judgement.verdict is MET and in_a_row:
        # One year's figure can refute a run of years, never prove it.
        return undecided("条件要求连续多年达到，目前只有一年的数据", judgement.actual)
    return undecided(note, judgement.actual) if note and judgement.verdict is UNKNOWN else judgement


def _patent_kind(condition: Condition) -> str:
    value = condition.value if isinstance(condition.value, str) else ""
    words = fold(value + condition.span.quote)
    if any(word in words for word in ("申请", "受理", "实质审查", "有效期", "转化")):
        return "unknowable"
    if "类知识产权" in words:  # Ⅰ类, Ⅱ类: a part of all
        return "part"
    kinds = {word for word in _PATENT_KINDS if word in words}
    if condition.attribute == "invention_patents" or kinds == {"发明专利"}:
        return "invention"
    return "part" if (kinds or "专利" in words) and "知识产权" not in words else "all"


def _known_patents(kind: str, asked: Asked) -> tuple[Range, Fact | None]:
    every, inventions = asked.find("patents"), asked.find("invention_patents")
    most = every.value if every and isinstance(every.value, Decimal) else None
    fewest = inventions.value if inventions and isinstance(inventions.value, Decimal) else None
    if kind == "invention" and fewest is not None:
        return exactly(fewest), inventions
    if kind == "all":
        return (exactly(most), every) if most is not None else (Range(fewest, None), inventions)
    if kind == "unknowable":
        return Range(Decimal(0), None), every
    return Range(Decimal(0), most), every
