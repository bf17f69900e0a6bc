"""One match as a row of a table: what CSV, XLSX and Parquet show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matching.amounts import most_yuan
from matching.model import Match
from policy_corpus.item_json import number_to_json
from service.shapes import NamedDocument
from service.workflows.match_enterprises import EnterpriseMatches

COLUMNS = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "rank": "序号",
    "item_id": "事项编号",
    "title": "政策事项",
    "document_title": "政策文件",
    "document_number": "发文字号",
    "verdict": "判断",
    "open": "申报状态",
    "score": "匹配度",
    "relevance": "相关度",
    "deadline": "申报截止",
    "most_yuan": "最高金额（元）",
    "findings": "依据",
}
Row = tuple[Any, ...]


def rows_of(found: Iterable[EnterpriseMatches], documents: Mapping[str, NamedDocument]) -> Iterator[Row]:
    """A row a match, its values in the order of COLUMNS."""
    for one in found:
        for match in one.matches:
            yield one.enterprise.uscc, one.enterprise.name, *_values(match, documents)


def _values(match: Match, documents: Mapping[str, NamedDocument]) -> Row:
    item, document = match.item, documents[match.item.document_id]
    figures = [most for benefit in item.benefits if (most := most_yuan(benefit)) is not None]
    return (
        match.rank,
        item.id,
        item.title,
        document.title,
        document.document_number,
        match.eligibility.value,
        match.openness.value,
        match.score,
        match.relevance,
        item.window.closes_on.isoformat() if item.window and item.window.closes_on else None,
        number_to_json(max(figures)) if figures else None,
        "；".join(finding.reason for finding in match.findings),
    )
