"""Policy items and document details to and from JSON: how `library` stores them and the faces show them.

Numbers are JSON numbers where they are whole or short, so that people's scripts can read them; they come
back as Decimal. A span is [start, end, quote]; the document id is the item's own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    BenefitKind,
    Condition,
    FreeText,
    ItemStatus,
    Node,
    Not,
    Operator,
    PolicyItem,
    Quoted,
    Span,
    Value,
)

Json = Any


def number_to_json(number: Decimal | None) -> int | float | None:
    """A Decimal as a JSON number: whole as int, else float (exact to 15 digits).

    >>> number_to_json(Decimal("30.00")), number_to_json(Decimal("5.5"))
    (30, 5.5)
    """
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def value_to_json(value: Value) -> Json:
    """A condition's value as JSON; a tuple becomes a list."""
    if isinstance(value, tuple):
        return [value_to_json(part) for part in value]
    return number_to_json(value) if isinstance(value, Decimal) else value


def value_from_json(value: Json) -> Value:
    """The inverse of `value_to_json`."""
    if isinstance(value, list):
        return tuple(value_from_json(part) for part in value)  # type: ignore[return-value]  # homogeneous as written
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(str(value))
    return value  # type: ignore[no-any-return]  # str, bool or None, as written


def _span(span: Span) -> Json:
    return [span.start, span.end, span.quote]


def node_to_json(node: Node) -> Json:
    """A condition tree as nested objects: {"all": […]}, {"any": […]}, {"not": …}, {"free_text": span} or a leaf."""
    match node:
        case AllOf(children):
            return {"all": [node_to_json(child) for child in children]}
        case AnyOf(children):
            return {"any": [node_to_json(child) for child in children]}
        case Not(child):
            return {"not": node_to_json(child)}
        case FreeText(span):
            return {"free_text": _span(span)}
        case Condition():
            return {
                "attribute": node.attribute,
                "op": node.op.value,
                "value": value_to_json(node.value),
                "unit": node.unit,
                "negated": node.negated,
                "implied": node.implied,
                "span": _span(node.span),
            }


def _quoted(quoted: Quoted | None) -> Json:
    return None if quoted is None else {"text": quoted.text, "span": _span(quoted.span)}


def _benefit(benefit: Benefit) -> Json:
    return {
        "kind": benefit.kind.value,
        "amount_yuan": number_to_json(benefit.amount_yuan),
        "max_yuan": number_to_json(benefit.max_yuan),
        "rate_percent": number_to_json(benefit.rate_percent),
        "base": benefit.base,
        "span": _span(benefit.span),
    }


def _window(window: ApplicationWindow | None) -> Json:
    if window is None:
        return None
    return {
        "opens_on": window.opens_on.isoformat() if window.opens_on else None,
        "closes_on": window.closes_on.isoformat() if window.closes_on else None,
        "always": window.always,
        "yearly": window.yearly,
        "span": _span(window.span),
    }


def item_to_json(item: PolicyItem) -> dict[str, Json]:
    """Everything of an item but its status, which is a column of its own."""
    return {
        "id": item.id,
        "document_id": item.document_id,
        "ordinal": item.ordinal,
        "title": item.title,
        "conditions": node_to_json(item.conditions),
        "benefits": [_benefit(benefit) for benefit in item.benefits],
        "spans": [_span(span) for span in item.spans],
        "window": _window(item.window),
        "materials": [_quoted(material) for material in item.materials],
        "department": _quoted(item.department),
        "contacts": [_quoted(contact) for contact in item.contacts],
        "channel": _quoted(item.channel),
        "no_application": item.no_application,
    }


class _Reader:
    """Rebuilds values whose spans all lie in one document."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id

    def span(self, raw: Json) -> Span:
        start, end, quote = raw
        return Span(self.document_id, start, end, quote)

    def node(self, raw: Json) -> Node:
        if "all" in raw:
            return AllOf(tuple(self.node(child) for child in raw["all"]))
        if "any" in raw:
            return AnyOf(tuple(self.node(child) for child in raw["any"]))
        if "not" in raw:
            return Not(self.node(raw["not"]))
        if "free_text" in raw:
            return FreeText(self.span(raw["free_text"]))
        return Condition(
            raw["attribute"],
            Operator(raw["op"]),
            value_from_json(raw["value"]),
            self.span(raw["span"]),
            raw["unit"],
            raw["negated"],
            raw["implied"],
        )

    def quoted(self, raw: Json) -> Quoted | None:
        return None if raw is None else Quoted(raw["text"], self.span(raw["span"]))

    def quoteds(self, raws: list[Json]) -> tuple[Quoted, ...]:
        return tuple(Quoted(raw["text"], self.span(raw["span"])) for raw in raws)

    def benefit(self, raw: Json) -> Benefit:
        figures = {key: _decimal(raw[key]) for key in ("amount_yuan", "max_yuan", "rate_percent")}
        return Benefit(BenefitKind(raw["kind"]), self.span(raw["span"]), base=raw["base"], **figures)

    def window(self, raw: Json) -> ApplicationWindow | None:
        if raw is None:
            return None
        opens, closes = (
            date.fromisoformat(raw[key]) if raw[key] else None for key in ("opens_on", "closes_on")
        )
        return ApplicationWindow(
            self.span(raw["span"]), opens, closes, raw["always"], raw.get("yearly", False)
        )


def _decimal(raw: Json) -> Decimal | None:
    return None if raw is None else Decimal(str(raw))


def item_from_json(raw: dict[str, Json], status: ItemStatus) -> PolicyItem:
    """The inverse of `item_to_json`."""
    read = _Reader(raw["document_id"])
    conditions = read.node(raw["conditions"])
    return PolicyItem(
        id=raw["id"],
        document_id=raw["document_id"],
        ordinal=raw["ordinal"],
        title=raw["title"],
        conditions=conditions if isinstance(conditions, AllOf) else AllOf((conditions,)),
        benefits=tuple(read.benefit(benefit) for benefit in raw["benefits"]),
        spans=tuple(read.span(span) for span in raw["spans"]),
        window=read.window(raw["window"]),
        materials=read.quoteds(raw["materials"]),
        department=read.quoted(raw["department"]),
        contacts=read.quoteds(raw["contacts"]),
        channel=read.quoted(raw["channel"]),
        no_application=raw["no_application"],
        status=status,
    )
