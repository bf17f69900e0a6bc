"""The entries of 词典与指标 as a table, out and in again: XLSX or CSV, an entry a row, a reason beside each row refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.actors import Actor
from service.enterprise_files import FileKind, Row, TableFile, csv_rows, sheet_rows
from service.errors import DictionaryRefused, UnusableFile
from service.sheets import book_of, plain_cell
from service.store.data_folder import DataFolder
from service.store.dictionaries import KINDS, DictionaryEntry
from service.workflows.change_dictionaries import check_change, insert_checked, settle
from service.workflows.dictionary_checks import name_of
from service.workflows.dictionary_words import text_given
from service.workflows.fact_checks import KIND_WORDS

HEADS = ("类别", "名称", "别名", "级别", "蕴含的称号", "所在地代码", "键", "指标类型", "计量单位", "可选值", "年度指标",
         "状态", "修改人", "修改时间")  # fmt: skip
_MOST_ROWS = 5000
_KIND_OF = {words: kind for kind, words in KINDS.items()} | {kind: kind for kind in KINDS}
_FACT_KIND_OF = {words: kind.value for kind, words in KIND_WORDS.items()}
_TYPED_HEADS = {"name": "名称", "others": "别名", "level": "级别", "implies": "蕴含的称号", "parent": "所在地代码",
                "key": "键", "kind": "指标类型", "unit": "计量单位", "choices": "可选值", "per_period": "年度指标"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row. reason: why it is not in; None where it was added. already: it stands there as it is."""

    row: int
    kind: str
    name: str
    reason: str | None = None
    already: bool = False


def entries_as_rows(entries: Iterable[DictionaryEntry]) -> Iterator[list[Any]]:
    """The entries under HEADS."""
    for entry in entries:
        body = entry.body
        others = (
            body.get("others") or body.get("aliases") or body.get("synonyms") or body.get("words", [])[1:]
        )
        yield [
            KINDS[entry.kind],
            body["words"][0] if entry.kind == "synonym" else entry.name,
            "、".join(others),
            body.get("level", ""),
            "、".join(body.get("implies", ())),
            body.get("parent", ""),
            body.get("key", ""),
            {kind.value: words for kind, words in KIND_WORDS.items()}.get(body.get("kind", ""), ""),
            body.get("unit") or "" if entry.kind == "fact" else "",
            "、".join(body.get("choices", ())),
            "是" if body.get("per_period") else "",
            "停用" if entry.retired else "",
            entry.changed_by,
            f"{entry.changed_at:%Y-%m-%d %H:%M}",
        ]


def export_entries(entries: Iterable[DictionaryEntry], as_csv: bool = False) -> bytes:
    """The entries as the bytes of an XLSX or CSV file."""
    rows = entries_as_rows(entries)
    if not as_csv:
        return book_of("词典与指标", HEADS, rows)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def import_entries(
    folder: DataFolder, file: TableFile, *, by: Actor, now: Callable[[], datetime]
) -> list[RowOutcome]:
    """Add the rows of a table; one bad row spoils only itself. Raises UnusableFile if it is no such table."""
    rows = list(_rows(file))
    with folder.writing():
        outcomes = [_take(folder, number, given, by, now()) for number, given in rows]
        if any(outcome.reason is None and not outcome.already for outcome in outcomes):
            settle(folder)
    return outcomes


def _take(folder: DataFolder, number: int, cells: dict[str, str], by: Actor, at: datetime) -> RowOutcome:
    name = cells.get("名称", "")
    kind = _KIND_OF.get(cells.get("类别", ""))
    if kind is None:
        return RowOutcome(number, cells.get("类别", ""), name, f"类别应为{'、'.join(KINDS.values())}之一")
    given = _given(kind, cells)
    try:
        if _is_there(folder, kind, given):
            return RowOutcome(number, kind, name, already=True)
        insert_checked(folder, kind, given, by=by, at=at)
    except DictionaryRefused as refusal:
        return RowOutcome(number, kind, name, str(refusal))
    return RowOutcome(number, kind, name)


def _is_there(folder: DataFolder, kind: str, given: dict[str, Any]) -> bool:
    """Whether an entry of that name says the same already, whatever its key or code. Raises DictionaryRefused."""
    held = folder.dictionaries.find(kind, name_of(kind, given))
    if held is None:
        return False
    return check_change(folder, held, given).body == held.body


def _given(kind: str, cells: dict[str, str]) -> dict[str, Any]:
    """The cells of a row as the entry's own fields."""
    given: dict[str, Any] = {field: cells.get(head, "") for field, head in _TYPED_HEADS.items()}
    match kind:
        case "term":
            return {"word": given["name"]}
        case "synonym":
            return {"words": f"{given['name']}、{given['others']}"}
        case "title":
            return given
        case "zone":
            return {"name": given["name"], "parent": given["parent"], "aliases": given["others"]}
        case _:
            named = {"label": given["name"], "synonyms": given["others"]}
            return given | named | {"kind": _FACT_KIND_OF.get(given["kind"], given["kind"])}


def _rows(file: TableFile) -> Iterator[tuple[int, dict[str, str]]]:
    rows = sheet_rows(file) if file.kind is FileKind.SHEET else csv_rows(file)
    heads = _heads(file.name, rows)
    for count, (number, cells) in enumerate(rows):
        if count >= _MOST_ROWS:
            raise UnusableFile(f"文件“{file.name}”超过 {_MOST_ROWS} 行，请拆分后导入")
        given = {head: _cell(cell) for head, cell in zip(heads, cells, strict=False) if head}
        if any(given.values()):
            yield number, given


def _heads(name: str, rows: Iterator[Row]) -> Sequence[str]:
    for _, cells in rows:
        heads = [_cell(cell) for cell in cells]
        if {"类别", "名称"} <= set(heads):
            return [head if head in HEADS else "" for head in heads]
        if any(heads):
            break
    raise UnusableFile(f"文件“{name}”的首行应有“类别”和“名称”两列，请先导出一份作为模板")


def _cell(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return text_given("" if cell is None else str(cell)).removeprefix("'")
