"""A row of cells under Chinese heads -> an enterprise or its problems; called by `enterprise_table`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.model import Enterprise, Fact
from policy_corpus.facts import FactDefinition, FactKind, stored_facts
from service.enterprise_json import Fault, ReadEnterprise, read_identity, read_period, shown
from service.enterprise_values import UnreadableValue, read_value, unprotected

USCC_HEAD, NAME_HEAD, PERIOD_HEAD = "统一社会信用代码", "企业名称", "数据年度"
ROW_HEAD, REASON_HEAD = "第几行", "原因"
SHARE_HEAD, SOURCES_HEAD, CHANGED_HEAD = "可回答的条件", "数据来源", "最近变动"
# Columns of lists that we write ourselves, passed over when such a list is corrected and comes back.
_OURS = frozenset({ROW_HEAD, REASON_HEAD, SHARE_HEAD, SOURCES_HEAD, CHANGED_HEAD})
EXAMPLE = "示例："
_HEADS = {
    USCC_HEAD: "uscc", "信用代码": "uscc", "社会信用代码": "uscc", "统一信用代码": "uscc", "uscc": "uscc",
    NAME_HEAD: "name", "名称": "name", "单位名称": "name", "公司名称": "name", "企业": "name", "name": "name",
    PERIOD_HEAD: "period", "数据所属年度": "period", "年度": "period", "period": "period",
}  # fmt: skip
_ALSO = {
    "所属地区": "region", "注册地区": "region", "所在地区": "region", "行政区划": "region", "行业": "industry",
    "行业代码": "industry", "国民经济行业": "industry", "成立时间": "founded_on", "注册时间": "founded_on",
    "职工人数": "employees", "员工人数": "employees", "从业人数": "employees", "人数": "employees",
    "营收": "revenue", "年营业收入": "revenue", "销售收入": "revenue", "总资产": "total_assets",
    "资产总计": "total_assets", "注册资金": "registered_capital", "纳税总额": "tax_paid", "研发投入": "rd_expense",
    "研发经费": "rd_expense", "研发费用占比": "rd_ratio", "规模": "size_class", "划型": "size_class",
    "企业类型": "legal_form", "资质": "qualification", "资质荣誉": "qualification", "荣誉资质": "qualification",
    "是否规上": "above_scale", "规模以上": "above_scale", "规上企业": "above_scale",
    "规模以上企业": "above_scale", "是否规模以上企业": "above_scale",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a key of the fact table (or uscc, name, period), its head, the unit and year the head names."""

    key: str
    head: str
    unit: str
    row: FactDefinition | None = None
    year: str | None = None


def find_columns(heads: Sequence[Any]) -> tuple[list[Column | None], list[Fault]]:
    """The column behind each head, None where it is not known, with a fault for each unknown or repeated one."""
    known = _known_heads()
    columns: list[Column | None] = []
    faults: list[Fault] = []
    for head in heads:
        year, (name, unit) = _year_of(head)[0], split_head(_year_of(head)[1])
        key, row = known.get(name, (None, None))
        column = Column(key, str(head).strip(), unit, row, year) if key else None
        earlier = (
            next((at for at, one in enumerate(columns) if one and one.key == key), None) if key else None
        )
        if column is None and name and name not in _OURS:
            faults.append(Fault(shown(head), "", "无法识别的列，已忽略；列名请以模板为准"))
        elif column is not None and earlier is not None:
            column = _of_two(columns, earlier, column, faults)
        columns.append(column)
    return columns, faults


def _of_two(columns: list[Column | None], earlier: int, later: Column, faults: list[Fault]) -> Column | None:
    """Of two columns of one fact that of the later year, else the first; the other is named and passed over."""
    first = columns[earlier]
    if first is None or not (first.year and later.year and later.year > first.year):
        same = first is None or first.year == later.year or not (first.year and later.year)
        reason = "该列重复，只采用第一列" if same else "同一指标有几个年度，只采用最近的一年"
        faults.append(Fault(shown(later.head), "", reason))
        return None
    faults.append(Fault(shown(first.head), "", "同一指标有几个年度，只采用最近的一年"))
    columns[earlier] = None
    return later


def _year_of(head: Any) -> tuple[str | None, str]:
    """The year that a head begins with, and the rest of it.

    >>> _year_of("2025年度营业收入（万元）"), _year_of("2025年"), _year_of("营业收入")
    (('2025', '营业收入(万元)'), ('2025', ''), (None, '营业收入'))
    """
    text = unicodedata.normalize("NFKC", "" if head is None else str(head)).strip()
    match = re.match(r"((?:19|20)\d\d) ?年(?:度|末|底)?", text)
    return (match[1], text[match.end() :].strip()) if match else (None, text)


def join_heads(upper: Sequence[Any], lower: Sequence[Any]) -> list[Any] | None:
    """One row of heads of two that stand over each other, None where the lower row holds no heads but data.

    The lower row names the columns of a group (经营指标（万元） over 营业收入 and 资产总额); code and name stand above.
    A unit or a year in the group's head is that of its columns which name none.
    """
    known = _known_heads()
    above = [split_head(head) for head in upper]
    named = [at for at, head in enumerate(lower) if split_head(_year_of(head)[1])[0] in known]
    identity = [
        at for at, (name, _) in enumerate(above) if known.get(name, ("", None))[0] in ("uscc", "name")
    ]
    if not named or any(at < len(lower) and lower[at] not in (None, "") for at in identity):
        return None
    joined, group_unit, group_year = list[Any](), "", ""
    for at in range(max(len(upper), len(lower))):
        head, below = _at(upper, at), _at(lower, at)
        if head is not None:
            group_unit, group_year = above[at][1], _year_of(head)[0] or ""
        if below is None:
            joined.append(head)
            continue
        year, (name, unit) = _year_of(below)[0], split_head(_year_of(below)[1])
        row = known.get(name, ("", None))[1]
        takes = row is not None and row.kind is FactKind.YUAN and not unit and group_unit.endswith("元")
        before = f"{group_year}年" if group_year and not year else ""
        joined.append(f"{before}{below}（{group_unit}）" if takes else f"{before}{below}")
    return joined


def _at(cells: Sequence[Any], at: int) -> Any:
    """The cell at a place, None where it is blank or the row ends before it."""
    cell = cells[at] if at < len(cells) else None
    return None if isinstance(cell, str) and not cell.strip() else cell


def split_head(head: Any) -> tuple[str, str]:
    """A head without its unit, and the unit.

    >>> split_head(" 营业收入（万元）*"), split_head("研发人员占比(%)"), split_head("企业名称")
    (('营业收入', '万元'), ('研发人员占比', '%'), ('企业名称', ''))
    """
    text = unicodedata.normalize("NFKC", "" if head is None else str(head))
    text = re.sub(r"\s|\*|必填|\(必填\)", "", text)
    match = re.fullmatch(r"(.+?)\(?(?:单位:)?((?:百万|千万|千|万|亿)?元|%|人|项|件|个)\)", text)
    if match is None:
        return text, ""
    return match[1], match[2]


def _known_heads() -> dict[str, tuple[str, FactDefinition | None]]:
    found: dict[str, tuple[str, FactDefinition | None]] = {head: (key, None) for head, key in _HEADS.items()}
    rows = {row.key: row for row in stored_facts()}
    for row in rows.values():
        label = unicodedata.normalize("NFKC", row.label)
        found |= {label: (row.key, row), row.key: (row.key, row), label.split("(")[0]: (row.key, row)}
        found.setdefault(f"是否{label}", (row.key, row))
        found.setdefault(f"{label}({row.unit})", (row.key, row))  # a unit that `split_head` does not know
    for head, key in _ALSO.items():
        found.setdefault(head, (key, rows[key]))
    return found


def is_example(cells: Sequence[Any]) -> bool:
    """Whether this is the template's example row: a first cell that begins with 示例：."""
    first = next((cell for cell in cells if cell not in (None, "")), "")
    return isinstance(first, str) and first.strip().startswith((EXAMPLE, "示例:"))


def read_row(
    columns: Sequence[Column | None], cells: Sequence[Any], source: str, from_sheet: bool
) -> ReadEnterprise:
    """The enterprise of one row. A bad code or name refuses it; a bad fact is left out and named."""
    given = {
        column.key: (column, unprotected(cell))
        for column, cell in zip(columns, cells, strict=False)
        if column
    }
    uscc, name, faults = read_identity(*(given[key][1] if key in given else None for key in ("uscc", "name")))
    if faults:
        return ReadEnterprise(None, tuple(faults))
    period = read_period(given["period"][1]) if "period" in given else None
    facts: dict[str, Fact] = {}
    for key, (column, cell) in given.items():
        if column.row is None or cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        try:
            value = read_value(column.row, cell, column.unit, from_sheet)
        except UnreadableValue as error:
            faults.append(Fault(column.head, shown(cell), error.reason))
        else:
            facts[key] = Fact(value, source, None, (column.year or period) if column.row.per_period else None)
    return ReadEnterprise(Enterprise(uscc, name, facts), tuple(faults))
