"""What a judgement depends on: of the condition, and of the enterprise.

Two conditions of the same `asked_form` get the same judgement, and two of the same `verdict_form` the same
verdict, from every enterprise; two enterprises of the same `fact_key` get the same verdict on every
condition on that attribute. So a judgement is made once and remembered under these keys. They hold no rule
of their own: each is put together from the functions by which the judges themselves read a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from matching.derived_facts import find_fact
from matching.judging.choices import choice_asked, credit_asked
from matching.judging.figures import (
    age_asked,
    date_asked,
    figure_asked,
    parse_date,
    patents_asked,
    yes_asked,
)
from matching.judging.judgement import Asked
from matching.judging.places import places_meant, trades_meant, words_asked
from matching.judging.stated import phrases_asked
from matching.judging.titles import parse_title, titles_asked
from matching.model import Enterprise, Fact, FactValue
from policy_corpus.additions import forgets
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.model import Condition, Operator

# A judge that runs into one of these leaves the condition undecided.
BROKEN = (ArithmeticError, AttributeError, TypeError, ValueError)
FIGURES = (FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT)
PATENTS = ("patents", "invention_patents")

KeyReader = Callable[[Enterprise, date], Hashable | None]

_NAMING = (Operator.EQ, Operator.IN, Operator.HAS, Operator.NOT_HAS)
_UNRECOGNISED, _CONTRADICTORY, _UNREADABLE = ("unrecognised",), ("contradictory",), "unreadable"


def is_judged(condition: Condition) -> bool:
    """Whether a judge is asked at all: the attribute is known, and the negation goes with the operator."""
    return condition.attribute in FACTS and condition.negated == (condition.op is Operator.NOT_HAS)


def asked_form(condition: Condition) -> Hashable:
    """All that the judgement on a condition, its notes included, depends on."""
    row = FACTS.get(condition.attribute)
    if row is None:
        return _UNRECOGNISED
    if not is_judged(condition):
        return _CONTRADICTORY
    try:
        return condition.attribute, condition.op, _asked(condition, row)
    except BROKEN:
        return condition.attribute, _UNREADABLE


def verdict_form(condition: Condition) -> Hashable:
    """All that the verdict alone depends on; names that mean the same are one. Its `repr` is the same in every process."""
    form: Any = asked_form(condition)
    if len(form) < 3 or not form[2]:
        return form  # type: ignore[no-any-return]  # a tuple as made above
    attribute, op, asked = form
    try:
        return attribute, op, _meant(FACTS[attribute].kind, asked)
    except BROKEN:
        return form  # type: ignore[no-any-return]


def words_of(condition: Condition) -> tuple[str, ...]:
    """The words any of which a condition on places, trades, choices or titles asks for; () for all others."""
    row = FACTS.get(condition.attribute)
    if row is None or row.key == "credit" or condition.op not in _NAMING or not is_judged(condition):
        return ()
    match row.kind:
        case FactKind.REGION | FactKind.INDUSTRY:
            return words_asked(condition)
        case FactKind.CHOICE:
            return choice_asked(condition)
        case FactKind.NAMES:
            return titles_asked(condition)
        case _:
            return ()


def _meant(kind: FactKind, asked: Any) -> Hashable:
    match kind:
        case FactKind.REGION:
            return places_meant(asked)
        case FactKind.INDUSTRY:
            return trades_meant(asked)
        case FactKind.NAMES:
            parsed = {parse_title(title) for title in asked}
            return tuple(sorted((title.name, title.ranks, title.province or "") for title in parsed))
        case FactKind.STATED:
            return tuple(sorted(set(asked)))
        case _:
            return asked  # type: ignore[no-any-return]


def _asked(condition: Condition, row: FactDefinition) -> Hashable:
    if row.key in PATENTS:
        return patents_asked(condition, row)
    if row.key == "credit":
        return credit_asked(condition)
    match row.kind:
        case FactKind.YUAN | FactKind.COUNT | FactKind.PERCENT:
            return figure_asked(condition, row)
        case FactKind.YEARS:
            return age_asked(condition)
        case FactKind.DATE:
            return date_asked(condition)
        case FactKind.YES_NO:
            return yes_asked(condition)
        case FactKind.CHOICE:
            return choice_asked(condition)
        case FactKind.REGION | FactKind.INDUSTRY:
            return words_asked(condition)
        case FactKind.NAMES:
            return titles_asked(condition)
        case FactKind.STATED:
            return phrases_asked(condition)


def fact_key(attribute: str, enterprise: Enterprise, as_of: date) -> Hashable | None:
    """All that the judges of an attribute look up of an enterprise; None: every verdict is unknown."""
    return key_reader(attribute)(enterprise, as_of)


@forgets
@cache
def key_reader(attribute: str) -> KeyReader:
    """`fact_key` of one attribute, for those who ask of many enterprises."""
    row = FACTS.get(attribute)
    if row is None:
        return lambda enterprise, as_of: None
    if row.key in PATENTS:
        return _counts
    if row.kind is FactKind.YEARS:
        return _age
    key, taken = row.fact or row.key, _TAKEN.get(row.kind, str)

    def read(enterprise: Enterprise, as_of: date) -> Hashable | None:
        try:
            fact = find_fact(enterprise, key, as_of)
            return None if fact is None else taken(fact.value)
        except BROKEN:
            return None

    return read


def _counts(enterprise: Enterprise, as_of: date) -> Hashable | None:
    states = tuple(_count_state(enterprise.facts.get(key)) for key in PATENTS)
    return None if states == (None, None) else states


def _age(enterprise: Enterprise, as_of: date) -> Hashable | None:
    founded = enterprise.facts.get("founded_on")
    day = None if founded is None else parse_date(founded.value)
    return None if day is None else (day, as_of)


def _number(value: FactValue) -> Hashable | None:
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _yes_or_no(value: FactValue) -> Hashable | None:
    return value if isinstance(value, bool) else None


def _names(value: FactValue) -> Hashable | None:
    return value if isinstance(value, tuple) and all(isinstance(part, str) for part in value) else None


def _statements(value: FactValue) -> Hashable | None:
    return _names(value) or None  # of who states nothing nothing is known


_TAKEN: dict[FactKind, Callable[[FactValue], Hashable | None]] = {
    FactKind.YUAN: _number,
    FactKind.COUNT: _number,
    FactKind.PERCENT: _number,
    FactKind.DATE: parse_date,
    FactKind.YES_NO: _yes_or_no,
    FactKind.NAMES: _names,
    FactKind.STATED: _statements,
}


def _count_state(fact: Fact | None) -> Decimal | str | None:
    """None where nothing is stated, "" for what is no number, "nan" for what no number compares with."""
    if fact is None:
        return None
    if not isinstance(fact.value, Decimal):
        return ""
    return "nan" if fact.value.is_nan() else fact.value


def one_who_states(attribute: str, key: Any) -> Asked:
    """An enterprise of which nothing is known but what the key of an attribute holds."""
    row = FACTS[attribute]
    if row.kind is FactKind.YEARS:
        founded, as_of = key
        return _only({"founded_on": founded.isoformat()}, as_of)
    if attribute in PATENTS:
        states = zip(PATENTS, key, strict=True)
        stated = {name: state for name, state in states if state is not None}
        return _only({name: Decimal(state) if state == "nan" else state for name, state in stated.items()})
    value = key.isoformat() if isinstance(key, date) else key
    return _only({row.fact or attribute: value})


def _only(facts: dict[str, FactValue], as_of: date = date.min) -> Asked:
    return Asked(Enterprise("", "", {key: Fact(value, "") for key, value in facts.items()}), as_of)
