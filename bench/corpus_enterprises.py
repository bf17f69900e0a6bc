"""Synthetic companies with facts of every kind, some of them missing, as in a real register."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from stdnum.cn.uscc import calc_check_digit

from bench.corpus import chance_for
from bench.corpus_places import PROVINCE, world
from bench.corpus_texts import STATEMENTS, Pen
from bench.corpus_trades import DEEDS, EVENTS, STATED_OTHERS, TITLES_HELD, trade_of_topic
from bench.corpus_words import TOPICS
from matching.model import Enterprise, Fact, FactValue

SOURCE = "企业填报"
DATED = date(2026, 4, 1)
PERIOD = "2025"
_KNOWN = 0.88  # share of the facts that a company has told
_COMPLIANCE = (
    "依法经营",
    "依法纳税",
    "近三年未受到行政处罚",
    "近三年未发生较大以上安全生产事故",
    "无偷税骗税行为",
)
_FORMS = ("有限责任公司", "股份有限公司", "个人独资企业", "农民专业合作社", "合伙企业")
_OWNERS = ("民营", "国有", "外商投资", "港澳台投资", "中外合资")
_LISTED = ("未上市", "拟上市", "区域股权市场", "新三板", "科创板", "主板")


def make_enterprise(number: int, root: str = PROVINCE) -> Enterprise:
    """Enterprise `number` of the world below `root`, registered in one of its counties."""
    chance = chance_for("enterprise", number)
    seat, topic = world(root).seat(chance), chance.randrange(TOPICS)
    pen = Pen(chance, topic)
    facts = {"region": Fact(seat.code, SOURCE, DATED)}
    told = [
        ("industry", trade_of_topic(chance, topic).code, False),
        *_figures(chance),
        *_standing(chance),
        *_stated(chance, pen),
    ]
    for key, value, yearly in told:
        if chance.random() < _KNOWN:
            facts[key] = Fact(value, SOURCE, DATED, PERIOD if yearly else None)
    code = f"91{seat.code}MA{_base31(number):0>7}"
    name = f"{seat.short}示例{pen.word('n')}{pen.word('n')}有限公司"
    return Enterprise(code + calc_check_digit(code), name, facts)


def make_enterprises(count: int, root: str = PROVINCE) -> Iterator[Enterprise]:
    """The first `count` enterprises."""
    return (make_enterprise(number, root) for number in range(count))


def _base31(number: int) -> str:
    digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    found = ""
    while number:
        number, digit = divmod(number, 31)
        found = digits[digit] + found
    return found


def _spread(chance: random.Random, middle: float, spread: float = 1.2) -> Decimal:
    """A figure around `middle`, most of them within a factor of three."""
    return Decimal(round(middle * chance.lognormvariate(0, spread)))


def _figures(chance: random.Random) -> Iterator[tuple[str, FactValue, bool]]:
    employees = max(_spread(chance, 45), Decimal(1))
    revenue = employees * _spread(chance, 600_000, 0.6)
    yield "employees", employees, True
    yield "revenue", revenue, True
    yield "revenue_growth", Decimal(chance.randint(-150, 400)) / 10, True
    yield "total_assets", revenue * Decimal(chance.randint(60, 200)) // 100, True
    yield "registered_capital", _spread(chance, 500) * 10_000, False
    yield "tax_paid", revenue * Decimal(chance.randint(10, 90)) // 1000, True
    yield "rd_expense", revenue * Decimal(chance.randint(0, 90)) // 1000, True
    for key, low, high in (
        ("rd_staff_ratio", 0, 35),
        ("staff_degree_ratio", 5, 80),
        ("hightech_revenue_ratio", 0, 95),
    ):
        yield key, Decimal(chance.randint(low * 10, high * 10)) / 10, True
    patents = _spread(chance, 6)
    yield "patents", patents, False
    yield "invention_patents", patents // 4, False
    yield "output_value", revenue * Decimal(chance.randint(80, 120)) // 100, True
    for key, share in (("export_value", 0.5), ("fixed_investment", 0.8), ("equipment_investment", 0.5)):
        yield key, revenue * Decimal(round(chance.random() ** 2 * share * 100)) // 100, True
    yield (
        "founded_on",
        date(chance.randint(2000, 2025), chance.randint(1, 12), chance.randint(1, 28)).isoformat(),
        False,
    )


def _standing(chance: random.Random) -> Iterator[tuple[str, FactValue, bool]]:
    yield "above_scale", chance.random() < 0.4, False
    yield "legal_form", chance.choices(_FORMS, (70, 15, 5, 5, 5))[0], False
    yield "ownership", chance.choices(_OWNERS, (80, 8, 5, 4, 3))[0], False
    yield "listing", chance.choices(_LISTED, (80, 6, 6, 4, 2, 2))[0], False
    yield "credit", chance.choices(("良好", "正常", "严重失信"), (60, 38, 2))[0], False
    yield "independent_legal_person", chance.random() < 0.95, False
    yield "financial_system", chance.random() < 0.95, False


def _stated(chance: random.Random, pen: Pen) -> Iterator[tuple[str, FactValue, bool]]:
    yield "qualification", _some(chance, TITLES_HELD, 4), False
    yield "event", _some(chance, EVENTS, 3), False
    own = tuple(pen.one_of(STATEMENTS) for _ in range(chance.randint(3, 7)))
    yield "activity", own + _some(chance, DEEDS, 4), False
    yield "compliance", _some(chance, _COMPLIANCE, 4), False
    yield "other", _some(chance, STATED_OTHERS, 2), False


def _some(chance: random.Random, names: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(chance.sample(names, chance.randint(0, most)))
