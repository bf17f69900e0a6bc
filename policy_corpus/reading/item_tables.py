"""A sheet -> lines of text: a policy list as one card a row, any other table as tab rows; called by spreadsheet.

A policy list has a row of heads near its top, one of them for the name of a matter and one for what is asked or given.
Its cards read "事项1：名称" and below it a line "申报条件：…" for each cell, which is how extraction knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policy_corpus.reading.item_columns import (
    BASIS,
    BENEFITS,
    CLOSES,
    CONDITIONS,
    KIND,
    NAME,
    NUMBER,
    OPENS,
    field_of,
    names_enterprise,
    role_of,
    unit_of,
)
from policy_corpus.reading.item_forms import field_lines, matter_line, read_forms
from policy_corpus.reading.normalising import count_hanzi

Range = tuple[tuple[int, int], tuple[int, int]]
_HEAD_ROWS = 20  # how far down the heads may stand
_LEAST_COLUMNS = 3
_LONGEST_HEAD = 40
_NUMERIC = re.compile(r"-?\d+(?:\.\d+)?")
_TOTALS = re.compile(r"^(?:合计|总计|小计)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as text: its cells row by row, "" for an empty one, and the ranges that are merged."""

    name: str
    rows: list[list[str]]
    merged: tuple[Range, ...] = ()


@dataclass(slots=True)
class SheetText:
    """The lines of a sheet, its title if it has one, and how many matters it lists."""

    lines: list[str] = field(default_factory=list)
    title: str | None = None
    matters: int = 0


@dataclass(frozen=True, slots=True)
class _Columns:
    """The heads of a policy list: where its first row of data is, and head, field and unit of each column."""

    first: int
    heads: list[str]
    fields: list[str | None]
    units: list[str]


def read_sheet(sheet: Sheet, number: int = 1) -> SheetText:
    """The text of one sheet. number: what its first matter is counted as."""
    rows = _filled(sheet)
    head = _find_head(rows, sheet.merged)
    text = SheetText()
    if head is None:
        forms = read_forms(rows, number)
        text.lines, text.matters = forms or ([line for row in rows if (line := _tab_row(row))], 0)
        text.title = _title_above(rows, _first_wide(rows))
        return text
    above, columns = head
    text.title = _title_above(rows, above) or (sheet.name if count_hanzi(sheet.name) >= 4 else None)
    text.lines = [" ".join(line.split()) for row in rows[:above] for line in _once(row)]
    if text.title and text.title not in text.lines:
        text.lines.insert(0, text.title)
    for card in _cards(rows[columns.first :], columns):
        text.lines += _card_lines(card, number + text.matters, columns)
        text.matters += card.is_matter
    return text


def _filled(sheet: Sheet) -> list[list[str]]:
    """The rows with what a merged range says in each of its rows, but in its first column alone."""
    rows = [list(row) for row in sheet.rows]
    room = 2 * sum(len(cell) for row in rows for cell in row) + 10_000  # what merging may repeat
    for (top, left), (bottom, _) in sheet.merged:
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left]:
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left] and room > 0:
                row[left] = rows[top][left]
                room -= len(row[left])
    return rows


def _find_head(rows: list[list[str]], merged: Sequence[Range]) -> tuple[int, _Columns] | None:
    """The row of heads with the most known names, and the columns it makes; None if the sheet lists no matters."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        known = _known(row)
        if known >= _LEAST_COLUMNS and (best is None or known > best[0]):
            best = known, index
    if best is None:
        return None
    index = best[1]
    above = _group_heads(rows, index)
    heads = [own or group for own, group in zip(rows[index], above or [""] * len(rows[index]), strict=True)]
    if any(names_enterprise(head) for head in heads):
        return None
    fields = [field_of(head) for head in heads]
    roles = {role_of(one) for one in fields}
    if not roles & {NAME, KIND} or not roles & {CONDITIONS, BENEFITS}:
        return None
    if NAME not in roles:  # a list that names each row by its kind
        fields[fields.index(KIND)] = NAME
    _keep_one_name(fields, rows[index + 1 :])
    units = [unit_of(head) for head in heads]
    return (index - 1 if above else index), _Columns(index + 1, heads, fields, units)


def _keep_one_name(fields: list[str | None], rows: Sequence[Sequence[str]]) -> None:
    """Of several columns of names, the one that differs most from row to row names the matters: 政策文件 beside 条款."""
    named = [at for at, one in enumerate(fields) if one == NAME]
    best = max(named, key=lambda at: len({row[at] for row in rows if row[at]}))
    for at in named:
        if at != best:
            fields[at] = BASIS


def _known(row: Sequence[str]) -> int:
    short = [cell for cell in row if cell and len(cell) <= _LONGEST_HEAD]
    fields = [one for cell in short if (one := field_of(cell)) is not None]
    return len(set(fields)) if len(short) == sum(map(bool, row)) else 0


def _group_heads(rows: list[list[str]], index: int) -> list[str] | None:
    """The row above the heads if it names groups of columns, and single ones that have no second head."""
    if index == 0:
        return None
    above, own = rows[index - 1], rows[index]
    spread = [group for group, head in zip(above, own, strict=True) if group and head in ("", group)]
    return above if spread and _known(above) else None


@dataclass(slots=True)
class _Card:
    """The cells of one matter by column; each a list, since rows without a name go on with the card above."""

    name: str
    group: str
    cells: list[list[str]]
    is_matter: bool = True


def _cards(rows: Sequence[Sequence[str]], columns: _Columns) -> Iterator[_Card]:
    """Cards from the rows below the heads, and as cards without a matter what stands alone between them."""
    at = columns.fields.index(NAME)
    group, card = "", None
    for row in rows:
        told = [cell for cell in row if cell]
        if not told or _TOTALS.match(told[0]):
            continue
        alone = len(set(told)) == 1
        if alone and len(told[0]) > _LONGEST_HEAD:
            if card is not None:
                yield card
            card = None
            yield _Card(told[0], "", [], is_matter=False)
        elif alone and any(row[: at + 1]):
            group = told[0]
        elif card is None or (row[at] and not _goes_on(card, row, columns)):
            if card is not None:
                yield card
            card = _Card(" ".join(row[at].split()), group, [[cell] if cell else [] for cell in row])
        else:
            for cells, cell in zip(card.cells, row, strict=True):
                if cell and cell not in cells:
                    cells.append(cell)
    if card is not None:
        yield card


def _goes_on(card: _Card, row: Sequence[str], columns: _Columns) -> bool:
    """Whether a row has the name and the benefits of the card above, by merged cells: its conditions are more of the same."""
    given = [index for index, one in enumerate(columns.fields) if role_of(one) == BENEFITS]
    same = all(row[index] in card.cells[index] for index in given)
    return card.name == " ".join(row[columns.fields.index(NAME)].split()) and bool(given) and same


def _card_lines(card: _Card, number: int, columns: _Columns) -> list[str]:
    if not card.is_matter:
        return [" ".join(card.name.split())]
    lines = [matter_line(number, card.name)]
    if card.group:
        lines.append(f"{KIND}：{' '.join(card.group.split())}")
    opens = _of(card, columns, OPENS)
    for name, head, unit, cells in zip(columns.fields, columns.heads, columns.units, card.cells, strict=True):
        if name in (NAME, NUMBER, OPENS) or not cells:
            continue
        values = [_with_unit(cell, unit) for cell in cells]
        if name == CLOSES and opens:
            name, values = "申报时间", [f"{opens}至{values[0]}"]
        lines += field_lines(name or " ".join(head.split()), values)
    if opens and not _of(card, columns, CLOSES):
        lines.append(f"申报时间：{opens}起")
    return lines


def _of(card: _Card, columns: _Columns, name: str) -> str:
    """The first cell of a card in the column of this field."""
    return next(
        (cells[0] for one, cells in zip(columns.fields, card.cells, strict=True) if one == name and cells), ""
    )


def _with_unit(cell: str, unit: str) -> str:
    return f"{cell}{unit}" if unit and _NUMERIC.fullmatch(cell) else cell


def _tab_row(row: Sequence[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")


def _once(row: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(cell for cell in row if cell))


def _first_wide(rows: list[list[str]]) -> int:
    """Where a table begins: the first row of several cells."""
    return next((index for index, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))


def _title_above(rows: list[list[str]], index: int) -> str | None:
    """The first line above the heads that stands alone and is Chinese: 惠企政策清单."""
    for row in rows[:index]:
        told = _once(row)
        if len(told) == 1 and count_hanzi(told[0]) >= 4 and len(told[0]) <= 80:
            return " ".join(told[0].split())
    return None
