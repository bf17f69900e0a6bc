"""A data folder of a small town: a dozen documents, three dozen items, sixty companies that differ."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from matching.model import Enterprise
from policy_corpus.model import ApplicationWindow, FreeText, Operator, PolicyItem
from service.store.data_folder import DataFolder
from tests.factories import make_condition, make_document, make_enterprise, make_item, make_span

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DOCUMENTS, ITEMS, COMPANIES = 12, 36, 60
_TITLES = ("=技术改造补助", "高新技术企业奖励", "贷款贴息", "稳岗返还", "出口信用补贴")
_CONDITIONS = (
    make_condition("revenue", Operator.GE, Decimal(20_000_000), span=make_span("营业收入2000万元以上")),
    make_condition("region", Operator.EQ, "九江市", span=make_span("在九江市注册")),
    make_condition("qualification", Operator.HAS, "高新技术企业", span=make_span("高新技术企业")),
    make_condition("employees", Operator.LE, Decimal(300), span=make_span("从业人员300人以下")),
    FreeText(make_span("经济效益良好")),
)


def make_town(path: Path) -> Path:
    """Fill a data folder; returns it."""
    with DataFolder.open(path) as folder, folder.db.atomic():
        for number in range(DOCUMENTS):
            id_ = f"{number:016x}"
            title = f"示例市促进第 {number} 项产业发展若干措施"
            document = make_document(
                f"第一条 对第 {number} 类示例企业给予奖励。", id=id_, content_hash=id_ * 4, title=title
            )
            folder.documents.add(document, None, NOW)
        folder.policies.add(_item(number) for number in range(ITEMS))
        for number in range(COMPANIES):
            folder.enterprises.register(_company(number), NOW)
    return path


def _item(number: int) -> PolicyItem:
    some = [_CONDITIONS[(number * step) % len(_CONDITIONS)] for step in (1, 2)]
    window = ApplicationWindow(make_span("2026年底前"), closes_on=date(2026, 12, 1 + number % 28))
    return make_item(
        *some,
        id=f"{number % DOCUMENTS:016x}-{1 + number // DOCUMENTS:03}",
        title=f"{_TITLES[number % len(_TITLES)]}（{number}）",
        window=window if number % 3 else None,
    )


def _company(number: int) -> Enterprise:
    facts: dict[str, object] = {"region": "360403" if number % 2 else "330106"}
    if number % 3:
        facts |= {"revenue": 1_000_000 * number, "employees": 10 * number}
    if number % 4 == 1:
        facts["qualification"] = ("高新技术企业",)
    return make_enterprise(f"91360400MA{number:08}", f"示例科技{number}有限公司", **facts)
