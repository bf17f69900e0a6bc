"""Test data by factory: name only what the test is about, the rest has a quiet default."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum.cn import uscc as uscc_standard

from matching.catalogue.catalogue import Catalogue
from matching.catalogue.day import Day, Standing
from matching.model import Enterprise, Fact
from policy_corpus.model import (
    AllOf,
    Benefit,
    BenefitKind,
    Condition,
    Document,
    DocumentKind,
    ItemStatus,
    Level,
    Node,
    Operator,
    PolicyItem,
    Span,
    Value,
)

USCC = "91360400MA35A00018"
OTHER_USCC = "91360400MA35A0002B"


def make_span(quote: str = "原文", document_id: str = "0" * 16, start: int = 0) -> Span:
    return Span(document_id, start, start + len(quote), quote)


def make_condition(
    attribute: str = "revenue", op: Operator = Operator.GE, value: Value = None, **kw: Any
) -> Condition:
    if value is None and attribute == "revenue":
        value = Decimal(20_000_000)
    return Condition(attribute, op, value, kw.pop("span", None) or make_span(), **kw)


def make_item(
    *conditions: Node, id: str = "0000000000000000-001", title: str = "示例事项", **kw: Any
) -> PolicyItem:
    document_id, ordinal = id.rsplit("-", 1)
    kw.setdefault(
        "benefits", (Benefit(BenefitKind.REWARD, make_span("奖励30万元"), amount_yuan=Decimal(300_000)),)
    )
    kw.setdefault("spans", (make_span("对符合条件的企业奖励30万元"),))
    kw.setdefault("status", ItemStatus.PUBLISHED)
    return PolicyItem(
        id=id,
        document_id=document_id,
        ordinal=int(ordinal),
        title=title,
        conditions=AllOf(tuple(conditions)),
        **kw,
    )


def make_enterprise(uscc: str = USCC, name: str = "示例科技有限公司", **facts: Any) -> Enterprise:
    """Facts as plain values: `make_enterprise(revenue=35_000_000, qualification=("高新技术企业",))`."""
    return Enterprise(uscc, name, {key: make_fact(value) for key, value in facts.items()})


def make_fact(value: Any, source: str = "企业填报", dated: date | None = date(2026, 6, 1)) -> Fact:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = Decimal(str(value))
    if isinstance(value, Iterable) and not isinstance(value, str):
        value = tuple(value)
    return Fact(value, source, dated)


def make_document(text: str = "第一条 对示例企业给予奖励。", **kw: Any) -> Document:
    defaults: dict[str, Any] = {
        "id": "0" * 16,
        "content_hash": "0" * 64,
        "file_name": "示例.txt",
        "format": "txt",
        "title": "示例市促进示例产业发展若干措施",
        "kind": DocumentKind.MEASURES,
        "level": Level.CITY,
        "region_code": "360400",
    }
    return Document(text=text, **{**defaults, **kw})


def make_day(items: Iterable[PolicyItem], as_of: date, title: str = "示例市促进示例产业发展若干措施") -> Day:
    """The items as the catalogue of a day on which all their documents are in force."""
    items = list(items)
    catalogue = Catalogue.build(1, items, lambda _: title)
    return Day.of(catalogue, as_of, {item.document_id: Standing(listed=True) for item in items})


def make_uscc(number: int, region: str = "360400") -> str:
    """A valid code of the series that is kept for examples; the organisation's number is the same in every region."""
    body = f"91{region}MA{number:06d}"
    body = f"{body}0"[:17].ljust(17, "0")
    return body + uscc_standard.calc_check_digit(body)
