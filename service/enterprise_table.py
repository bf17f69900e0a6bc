"""Tables of enterprises (企业名录): the template that is filled in, and the reading of what comes back.

Called by the import workflow and the shell. XLSX, CSV and JSONL; one bad row spoils only itself, one bad
cell only its fact, and each is named with row, column, value and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from matching.model import Enterprise
from policy_corpus.facts import FactDefinition, FactKind, offered_facts, stored_facts
from service.enterprise_files import FileKind, Row, TableFile, csv_rows, json_lines, read_file, sheet_rows
from service.enterprise_json import Fault, enterprise_from_json, shown
from service.enterprise_rows import (
    EXAMPLE,
    NAME_HEAD,
    PERIOD_HEAD,
    USCC_HEAD,
    Column,
    find_columns,
    is_example,
    join_heads,
    read_row,
)
from service.errors import UnusableFile
from service.sheets import FormColumn, write_form

_HEAD_ROWS = 10  # how far down the heads may stand
_LONGEST_CELL = 32_000  # characters; a spreadsheet takes 32,767
_UNIT_SHOWN = {FactKind.YUAN: "元", FactKind.PERCENT: "%"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a table: row as the file numbers it, column by its head, value as given, reason.

    at: which cell of the row it is in, counted from 0; None where it is in none.
    """

    row: int
    column: str | None
    value: str
    reason: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row: the enterprise, None if refused, every problem found in it, and its cells as they were given."""

    row: int
    enterprise: Enterprise | None
    problems: tuple[Problem, ...]
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True)
class CompanyTable:
    """A table of companies that has been opened. heads: of its columns, those of the template for JSON lines."""

    heads: tuple[str, ...]
    results: Iterator[RowResult]


def read_table(path: Path) -> Iterator[RowResult]:
    """The rows of an XLSX, XLS, CSV or JSONL file, one at a time. Raises UnusableFile if it is no such table."""
    return open_table(read_file(path)).results


def open_table(file: TableFile) -> CompanyTable:
    """A table with its heads and its rows, read one at a time. Raises UnusableFile if it is no such table."""
    source = f"导入：{' '.join(file.name.split())}"
    if file.kind is FileKind.JSON:
        return CompanyTable(_json_heads(), _with_repeats(_read_json(file, source)))
    from_sheet = file.kind is FileKind.SHEET
    rows = sheet_rows(file) if from_sheet else csv_rows(file)
    heads = _find_heads(file.name, rows)
    shown_heads = tuple("" if head is None else str(head).strip() for head in heads.cells)
    return CompanyTable(shown_heads, _with_repeats(_read_cells(heads, rows, source, from_sheet)))


@dataclass(frozen=True)
class _Heads:
    """The row of heads. first: a row read beyond it that holds data."""

    row: int
    cells: Sequence[Any]
    columns: list[Column | None]
    faults: list[Fault]
    first: Row | None

    def place(self, fault: Fault) -> int | None:
        """Which cell a fault is in."""
        key = {USCC_HEAD: "uscc", NAME_HEAD: "name"}.get(fault.column or "")
        for at, column in enumerate(self.columns):
            if column is not None and (column.head == fault.column or column.key == key):
                return at
        return None


def _read_cells(heads: _Heads, rows: Iterator[Row], source: str, from_sheet: bool) -> Iterator[RowResult]:
    of_heads = _problems(heads.row, heads.faults)  # told once, with the first row
    for number, cells in chain([heads.first] if heads.first else [], rows):
        if is_example(cells) or all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        read = read_row(heads.columns, cells, source, from_sheet)
        problems = _problems(number, read.faults, heads.place)
        yield RowResult(number, read.enterprise, of_heads + problems, tuple(cells))
        of_heads = ()


def _find_heads(name: str, rows: Iterator[Row]) -> _Heads:
    for number, cells in rows:
        columns, faults = find_columns(cells)
        keys = {column.key for column in columns if column}
        if {"uscc", "name"} <= keys:
            below = next(rows, None)
            joined = join_heads(cells, below[1]) if below else None
            if below is not None and joined is not None:
                return _Heads(below[0], joined, *find_columns(joined), None)
            return _Heads(number, cells, columns, faults, below)
        if number >= _HEAD_ROWS:
            break
    raise UnusableFile(
        f"文件“{name}”前 {_HEAD_ROWS} 行中没有“{USCC_HEAD}”和“{NAME_HEAD}”两列的表头，"
        "请用 huiqi enterprises template 导出模板，或在企业库页面下载模板后填写"
    )


def _read_json(file: TableFile, source: str) -> Iterator[RowResult]:
    places = {row.label: at for at, row in enumerate(stored_facts(), 3)} | {USCC_HEAD: 0, NAME_HEAD: 1}
    for number, line, obj in json_lines(file):
        if isinstance(obj, ValueError):
            problem = Problem(number, None, shown(obj), "该行不是有效的 JSON，每行应为一家企业", 0)
            yield RowResult(number, None, (problem,), (line[:_LONGEST_CELL],))
        else:
            read = enterprise_from_json(obj, source)
            problems = _problems(number, read.faults, lambda fault: places.get(fault.column or ""))
            yield RowResult(number, read.enterprise, problems, _json_cells(obj))


def _json_heads() -> tuple[str, ...]:
    return (USCC_HEAD, NAME_HEAD, PERIOD_HEAD, *map(head_of, stored_facts()))


def _json_cells(obj: Any) -> tuple[Any, ...]:
    """A line's values as cells under the heads of the template."""
    if not isinstance(obj, Mapping):
        return (shown(obj),)
    facts = obj.get("facts")
    given = facts if isinstance(facts, Mapping) else {}
    values = [
        obj.get("uscc"),
        obj.get("name"),
        obj.get("period"),
        *(given.get(row.key) for row in stored_facts()),
    ]
    return tuple(map(_as_cell, values))


def _as_cell(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _as_cell(value.get("adcode") or value.get("code") or value.get("name"))
    if isinstance(value, list):
        return "；".join(
            str(value_of.get("name") if isinstance(value_of, Mapping) else value_of) for value_of in value
        )
    if isinstance(value, bool):
        return "是" if value else "否"
    return shown(value) if value is not None and not isinstance(value, (str, int, float, Decimal)) else value


def _problems(
    number: int, faults: Iterable[Fault], place: Callable[[Fault], int | None] = lambda _: None
) -> tuple[Problem, ...]:
    return tuple(Problem(number, one.column, one.value, one.reason, place(one)) for one in faults)


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
        problem = Problem(
            result.row, USCC_HEAD, uscc, f"与第 {earlier} 行是同一家企业，以靠后的一行为准", None
        )
        yield replace(result, problems=(*result.problems, problem))


def write_template(path: Path) -> None:
    """Write the empty table as XLSX: heads, drop-down lists, an example row that imports skip, instructions.

    Raises UnusableFile if it cannot be written.
    """
    rows = offered_facts()
    columns = [
        FormColumn(f"{USCC_HEAD}*", EXAMPLE + "91360400MA35A00018", width=26),
        FormColumn(f"{NAME_HEAD}*", "示例科技有限公司", width=30),
        FormColumn(PERIOD_HEAD, "2025", width=10),
        *(FormColumn(head_of(row), _EXAMPLES.get(row.key, ""), _choices(row)) for row in rows),
    ]
    write_form(path, "企业名录", columns, "填写说明", [*_INSTRUCTIONS, *_explained(rows)])


def head_of(row: FactDefinition) -> str:
    """The head of a fact's column in the template, with its unit."""
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
        yield head_of(row), _KIND_NOTES.get(row.kind) or "下列之一：" + "、".join(row.choices)
