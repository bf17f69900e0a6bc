"""Write the ranked lists of many enterprises to a file: JSONL, CSV, XLSX or Parquet.

JSONL holds one enterprise a line in the contract's shape; the tables hold one match a row. A file is
written aside and put in place when it is whole, so that a broken run leaves no half file.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from matching.amounts import most_yuan
from matching.model import Match
from policy_corpus.item_json import number_to_json
from service.shapes import enterprise_matches_to_json
from service.sheets import plain_cell, write_sheet
from service.store.shelf import Shelf
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
Row = dict[str, Any]


def _rows(found: Iterable[EnterpriseMatches], shelf: Shelf) -> Iterator[Row]:
    for one in found:
        for match in one.matches:
            yield {"uscc": one.enterprise.uscc, "name": one.enterprise.name} | _match_row(match, shelf)


def _match_row(match: Match, shelf: Shelf) -> Row:
    document = shelf.documents[match.item.document_id]
    window = match.item.window
    figures = [most for benefit in match.item.benefits if (most := most_yuan(benefit)) is not None]
    return {
        "rank": match.rank,
        "item_id": match.item.id,
        "title": match.item.title,
        "document_title": document.title,
        "document_number": document.document_number,
        "verdict": match.eligibility.value,
        "open": match.openness.value,
        "score": match.score,
        "relevance": match.relevance,
        "deadline": window.closes_on.isoformat() if window and window.closes_on else None,
        "most_yuan": number_to_json(max(figures)) if figures else None,
        "findings": "；".join(finding.reason for finding in match.findings),
    }


class _Counter:
    """Counts enterprises while they pass through a writer."""

    def __init__(self, found: Iterable[EnterpriseMatches]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[EnterpriseMatches]:
        for one in self._found:
            self.count += 1
            yield one


def write_matches(out: Path, found: Iterable[EnterpriseMatches], shelf: Shelf) -> int:
    """Write all lists to `out`, whose ending names the format; returns how many enterprises there were."""
    counted = _Counter(found)
    partial = out.with_name(f".{out.name}.partial")
    try:
        FORMATS[out.suffix.lstrip(".").lower()](partial, counted, shelf)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return counted.count


def _write_jsonl(path: Path, found: Iterable[EnterpriseMatches], shelf: Shelf) -> None:
    with path.open("w", encoding="utf-8") as handle:
        for one in found:
            answer = enterprise_matches_to_json(one, shelf.documents, shelf.as_of)
            handle.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _write_csv(path: Path, found: Iterable[EnterpriseMatches], shelf: Shelf) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS.values())
        writer.writerows([plain_cell(row[key]) for key in COLUMNS] for row in _rows(found, shelf))


def _write_xlsx(path: Path, found: Iterable[EnterpriseMatches], shelf: Shelf) -> None:
    rows = ([row[key] for key in COLUMNS] for row in _rows(found, shelf))
    write_sheet(path, "匹配结果", list(COLUMNS.values()), rows)


def _write_parquet(path: Path, found: Iterable[EnterpriseMatches], shelf: Shelf) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"rank": pa.int32(), "score": pa.float64(), "relevance": pa.float64(), "most_yuan": pa.float64()}
    schema = pa.schema([(key, kinds.get(key, pa.string())) for key in COLUMNS])
    with pq.ParquetWriter(path, schema) as writer:
        batch: list[Row] = []
        for row in _rows(found, shelf):
            batch.append(row)
            if len(batch) == 10_000:
                writer.write_table(pa.Table.from_pylist(batch, schema))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, schema))


FORMATS: dict[str, Callable[[Path, Iterable[EnterpriseMatches], Shelf], None]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "parquet": _write_parquet,
}
