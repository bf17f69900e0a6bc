"""Documents that wait for review, made without reading files: invented text, items whose sentences stand in it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from policy_corpus.library import NearDuplicate
from policy_corpus.model import (
    AllOf,
    Benefit,
    BenefitKind,
    Condition,
    Document,
    FreeText,
    ItemStatus,
    Node,
    Operator,
    PolicyItem,
    Span,
)
from service.store.data_folder import DataFolder
from tests.factories import OTHER_USCC, USCC, make_document, make_enterprise

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=8)))
REVENUE = "上年度营业收入不低于2000万元"
UNREAD = "项目建设契合本地产业导向"
GIFT = "给予一次性奖励30万元"
TEXT = f"示例市若干措施（示例）\n一、技术改造奖励。对{REVENUE}，且{UNREAD}的企业，{GIFT}。\n指标\t标准\n营业收入\t2000万元\n二、{REVENUE}的企业，{GIFT}。"


def span(quote: str, document_id: str, text: str = TEXT) -> Span:
    start = text.index(quote)
    return Span(document_id, start, start + len(quote), quote)


def waiting_item(document_id: str, ordinal: int, *, unread: bool = False, **kw: Any) -> PolicyItem:
    revenue = Condition("revenue", Operator.GE, Decimal(20_000_000), span(REVENUE, document_id), "元")
    conditions: tuple[Node, ...] = (revenue, FreeText(span(UNREAD, document_id))) if unread else (revenue,)
    return PolicyItem(
        f"{document_id}-{ordinal:03d}",
        document_id,
        ordinal,
        kw.pop("title", f"示例事项{ordinal}"),
        AllOf(conditions),
        (Benefit(BenefitKind.REWARD, span(GIFT, document_id), Decimal(300_000)),),
        (span(GIFT, document_id),),
        **kw,
    )


def add_waiting(
    folder: DataFolder,
    number: int,
    *,
    items: int = 1,
    unread: bool = False,
    near: NearDuplicate | None = None,
    status: ItemStatus = ItemStatus.DRAFT,
    loaded_at: datetime = NOW,
    **kw: Any,
) -> Document:
    """A document with so many items."""
    id_ = f"{number:016x}"
    kw.setdefault("title", f"示例市措施{number}")
    document = make_document(TEXT, id=id_, content_hash=f"{number:064x}", file_name=f"示例{number}.txt", **kw)
    with folder.writing():  # a server may be writing to the same folder
        folder.documents.add(document, near, loaded_at)
        folder.policies.add(waiting_item(id_, n, unread=unread, status=status) for n in range(1, items + 1))
    return document


def waiting_folder(path: Path) -> DataFolder:
    """A folder with two companies: one above the revenue that the items ask for, one below."""
    folder = DataFolder.open(path)
    folder.enterprises.register(make_enterprise(USCC, "示例甲有限公司", revenue=35_000_000), NOW)
    folder.enterprises.register(make_enterprise(OTHER_USCC, "示例乙有限公司", revenue=5_000_000), NOW)
    return folder
