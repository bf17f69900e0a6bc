"""Tables of enterprises (企业名录): the template that is filled in, and the reading of what comes back.

Called by the import workflow and the shell. XLSX, CSV and JSONL; one bad row spoils only itself, one bad
cell only its fact, and each is named with row, column, value and reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.model import Enterprise
from policy_corpus.facts import FactDefinition, FactKind, stored_facts
from service.enterprise_files import SHEETS, Row, csv_rows, json_lines, sheet_rows
from service.enterprise_json import Fault, ReadEnterprise, enterprise_from_json, shown
from service.enterprise_rows import (
    EXAMPLE,
    NAME_HEAD,
    PERIOD_HEAD,
    USCC_HEAD,
    Column,
    find_columns,
    is_example,
    read_row,
)
from service.errors import UnusableFile
from service.sheets import FormColumn, write_form

_HEAD_ROWS = 10  # how far down the heads may stand
_UNIT_SHOWN = {FactKind.YUAN: "元", FactKind.PERCENT: "%"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a table: row as the file numbers it, column by its head, value as given, reason."""

    row: int
    column: str | None
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row: the enterprise, None if refused, and every problem found in it."""

    row: int
    enterprise: Enterprise | None
    problems: tuple[Problem, ...]


def read_table(path: Path) -> Iterator[RowResult]:
    """The rows of an XLSX, CSV or JSONL file, one at a time. Raises UnusableFile if it is no such table."""
    source = f"导入：{path.name}"
    suffix = path.suffix.lower()
    if suffix in SHEETS:
        results = _read_cells(path, sheet_rows(path), source, from_sheet=True)
    elif suffix in (".csv", ".tsv", ".txt"):
        results = _read_cells(path, csv_rows(path), source, from_sheet=False)
    elif suffix in (".jsonl", ".ndjson", ".json"):
        results = _read_json(path, source)
    else:
        raise UnusableFile(f"不支持“{path.name}”这种文件，请用 .xlsx、.csv 或 .jsonl")
    yield from _with_repeats(results)


def _read_cells(path: Path, rows: Iterator[Row], source: str, from_sheet: bool) -> Iterator[RowResult]:
    head, columns, faults = _find_heads(path, rows)
    of_heads = _problems(head, faults)  # told once, with the first row
    for number, cells in rows:
        if is_example(cells) or all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        result = _result(number, read_row(columns, cells, source, from_sheet))
        yield RowResult(number, result.enterprise, of_heads + result.problems)
        of_heads = ()


def _find_heads(path: Path, rows: Iterator[Row]) -> tuple[int, list[Column | None], list[Fault]]:
    for number, cells in rows:
        columns, faults = find_columns(cells)
        keys = {column.key for column in columns if column}
        if {"uscc", "name"} <= keys:
            return number, columns, faults
        if number >= _HEAD_ROWS:
            break
    raise UnusableFile(
        f"文件“{path.name}”前 {_HEAD_ROWS} 行中没有“{USCC_HEAD}”和“{NAME_HEAD}”两列的表头，"
        "请用 huiqi enterprises template 导出模板后填写"
    )


def _read_json(path: Path, source: str) -> Iterator[RowResult]:
    for number, obj in json_lines(path):
        if isinstance(obj, ValueError):
            fault = Fault(None, shown(obj), "该行不是有效的 JSON，每行应为一家企业")
            yield RowResult(number, None, _problems(number, [fault]))
        else:
            yield _result(number, enterprise_from_json(obj, source))


def _result(number: int, read: ReadEnterprise) -> RowResult:
    return RowResult(number, read.enterprise, _problems(number, read.faults))


def _problems(number: int, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    return tuple(Problem(number, fault.column, fault.value, fault.reason) for fault in faults)


def _with_repeats(results: Iterable[RowResult]) -> Iterator[RowResult]:
    """Say so where one code stands in several rows; each row still counts, the later over the earlier."""
    first: dict[str, int] = {}
    for result in results:
        if result.enterprise is None:
            yield result
            continue
        uscc = result.enterprise.uscc
        earlier = first.setdefault(uscc, result.row)
        if earlier == result.row:
            yield result
            continue
        problem = Problem(result.row, USCC_HEAD, uscc, f"与第 {earlier} 行是同一家企业，以靠后的一行为准")
        yield RowResult(result.row, result.enterprise, (*result.problems, problem))


def write_template(path: Path) -> None:
    """Write the empty table as XLSX: heads, drop-down lists, an example row that imports skip, instructions.

    Raises UnusableFile if it cannot be written.
    """
    rows = stored_facts()
    columns = [
        FormColumn(f"{USCC_HEAD}*", EXAMPLE + "91360400MA35A00018", width=26),
        FormColumn(f"{NAME_HEAD}*", "示例科技有限公司", width=30),
        FormColumn(PERIOD_HEAD, "2025", width=10),
        *(FormColumn(_head(row), _EXAMPLES.get(row.key, ""), _choices(row)) for row in rows),
    ]
    write_form(path, "企业名录", columns, "填写说明", [*_INSTRUCTIONS, *_explained(rows)])


def _head(row: FactDefinition) -> str:
    unit = _UNIT_SHOWN.get(row.kind, row.unit)
    return f"{row.label}（{unit}）" if unit else row.label


def _choices(row: FactDefinition) -> tuple[str, ...]:
    return ("是", "否") if row.kind is FactKind.YES_NO else row.choices


_EXAMPLES: dict[str, str] = {
    "region": "江西省九江市柴桑区", "industry": "C3973", "founded_on": "2015-05-01", "employees": "150",
    "revenue": "36000000", "revenue_growth": "8.5", "total_assets": "43200000", "registered_capital": "3600000",
    "rd_expense": "1800000", "patents": "12", "invention_patents": "3", "size_class": "小型", "above_scale": "是",
    "legal_form": "有限责任公司", "ownership": "民营", "listing": "未上市", "credit": "正常",
    "independent_legal_person": "是", "financial_system": "是",
    "qualification": "国家级高新技术企业、省级专精特新中小企业", "event": "2025年首次升规；新建数字化车间",
    "activity": "购置工业机器人；参加境外展会", "compliance": "依法经营；按时足额纳税",
}  # fmt: skip
_INSTRUCTIONS: list[tuple[Any, Any]] = [
    (
        "怎么填",
        "每行一家企业。带 * 的列必填，其余列不清楚的留空：留空的指标按“未知”处理，不会被当作符合或不符合。",
    ),
    ("示例行", f"第 2 行以“{EXAMPLE}”开头，仅供参考，导入时自动跳过。"),
    ("信用代码", "18 位，以文本格式填写（本表已设好）。以数字格式填写会丢失末几位，导入时会被拒绝。"),
    ("金额", "表头写明单位为元；也可以在单元格内写明单位，如 3600万元、1.2亿元。"),
    ("百分比", "填写 5 或 5% 都表示 5%。请勿使用百分比格式的 0.05。"),
    ("数据年度", "营业收入、从业人员等年度指标所属的年份，如 2025。"),
    (
        "多项内容",
        "资质称号用顿号或分号隔开，级别写在前面，如“省级企业技术中心”；其他列用分号隔开。确认没有的填“无”。",
    ),
]
_KIND_NOTES: dict[FactKind, str] = {
    FactKind.YUAN: "数字，单位元",
    FactKind.COUNT: "整数",
    FactKind.PERCENT: "百分数，5 表示 5%",
    FactKind.DATE: "日期，如 2015-05-01",
    FactKind.YES_NO: "是 或 否",
    FactKind.REGION: "行政区划全称或六位代码，开发区写全称",
    FactKind.INDUSTRY: "GB/T 4754-2017 的名称或代码",
    FactKind.NAMES: "一项或多项，用顿号或分号隔开",
    FactKind.STATED: "企业自行陈述，一项或多项，用分号隔开",
}


def _explained(rows: Iterable[FactDefinition]) -> Iterator[tuple[Any, Any]]:
    for row in rows:
        yield _head(row), _KIND_NOTES.get(row.kind) or "下列之一：" + "、".join(row.choices)
