"""Tables with named columns (项目 | 支持对象 | 支持标准 | 责任单位): each row is a card of its own; called by outline.

A row of known column names, at least one of them for conditions, benefits or papers, opens a table; the rows behind it are
read under those names. A cell that is empty because it is merged with the one above means what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass

from policy_corpus.extraction.lexicon.columns import COLUMNS, KINDS, NAMES, UNTOLD
from policy_corpus.extraction.lexicon.headings import FIELDS, Role

_LONGEST_NAME = 12
_TELLING = (Role.CONDITIONS, Role.BENEFITS, Role.MATERIALS)
_FEWEST, _MOST = 2, 12
# Merged cells are read again for each row that they stand for: together at most the length of the document and so many
# characters more. Rows behind that are lines like others.
_REPEATED = 10_000

Place = tuple[int, int]
"""Where a cell stands in the document, without the blanks around it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row under named columns; the row of the names themselves has no fields. name: the cell that names it."""

    name: Place | None = None
    fields: tuple[tuple[Role, str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all tables by the place of their first character; cut: some were left out for want of room."""

    rows: dict[int, Row]
    cut: bool


def read_tables(folded: str) -> Tables:
    """Every row of every table with named columns.

    >>> text = "项目\\t条件\\t标准\\n升规奖励\\t首次升规\\t10万元"
    >>> [(text[slice(*row.name)], [text[slice(*place)] for *_, place in row.fields]) for row in read_tables(text).rows.values() if row.name]
    [('升规奖励', ['首次升规', '10万元'])]
    """
    rows: dict[int, Row] = {}
    columns: list[str] | None = None
    above: list[Place] = []
    position, room = 0, _REPEATED + len(folded)
    for line in folded.split("\n"):
        cells = _cells(line, position)
        position += len(line) + 1
        written = [cell for cell in cells if cell[0] < cell[1]]
        if not written:
            continue
        names = [folded[a:b] for a, b in cells]
        if _are_columns(names):
            columns, above = names, []
            rows[written[0][0]] = Row()
        elif columns is None or "\t" not in line:
            columns = None
        elif len(cells) == len(columns) and (len(written) > 1 or written[0] != cells[0]):
            merged = [one[0] == one[1] for one in cells]
            above = [
                up if empty else one for one, up, empty in zip(cells, above or cells, merged, strict=True)
            ]
            room -= sum(end - start for (start, end), empty in zip(above, merged, strict=True) if empty)
            if room >= 0 or not any(merged):
                rows[written[0][0]] = _row(folded, columns, above)
    return Tables(rows, room < 0)


def _cells(line: str, position: int) -> list[Place]:
    cells = []
    for cell in line.split("\t"):
        words = cell.strip()
        begin = position + (cell.index(words) if words else 0)
        cells.append((begin, begin + len(words)))
        position += len(cell) + 1
    return cells


def _are_columns(names: list[str]) -> bool:
    """Whether a row says what stands in its columns: nothing but known names, one of them of conditions, benefits or papers."""
    if not _FEWEST <= len(names) <= _MOST or any(len(name) > _LONGEST_NAME for name in names):
        return False
    known = all(_role(name) is not None or name in NAMES | KINDS | UNTOLD for name in names)
    return known and any(_role(name) in _TELLING for name in names)


def _role(name: str) -> Role | None:
    return None if name in UNTOLD else FIELDS.get(name) or COLUMNS.get(name)


def _row(folded: str, columns: list[str], cells: list[Place]) -> Row:
    told = [(name, cell) for name, cell in zip(columns, cells, strict=True) if cell[0] < cell[1]]
    fields = [(role, name, cell) for name, cell in told if (role := _role(name)) is not None]
    kinds = [cell for name, cell in told if name in KINDS]
    if kinds and not any(role is Role.CONDITIONS for role, *_ in fields):
        fields = [*((Role.CONDITIONS, "条件", cell) for cell in kinds), *fields]
    named = next((cell for name, cell in told if name in NAMES), kinds[0] if kinds else None)
    return Row(named, tuple(fields))
