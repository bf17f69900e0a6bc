"""Ruled tables of a PDF page -> rows of cells; a table that runs over a page break is one table.

Called by pdf.py, which hands over the cells' boxes; wrapped lines inside a cell are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_corpus.reading.pdf_layout import Block, seam
from policy_corpus.reading.pdf_lines import Char, build_lines

Box = tuple[float, float, float, float]
_SLACK = 1.0
_MOST_OF_IT = 0.8
_CELL_ENDS = tuple("。；！？;!?）)")


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's box and, row by row, the boxes of its cells (None where a merged cell covers the place)."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


def is_table(table: RuledTable) -> bool:
    """Whether it is a real table: one box around text, or a single column, is not."""
    columns = max((len(row) for row in table.rows), default=0)
    real = [sum(cell is not None for cell in row) for row in table.rows]
    return columns >= 2 and len(table.rows) >= 2 and max(real) >= 2


def is_inside(char: Char, box: Box) -> bool:
    """Whether the middle of a character lies in a box."""
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] - _SLACK <= x <= box[2] + _SLACK and box[1] - _SLACK <= y <= box[3] + _SLACK


def holds_whole(table: RuledTable, chars: Sequence[Char]) -> bool:
    """Whether each piece of text in the table's box stands in one of its cells, with most of its width."""
    cells = [cell for row in table.rows for cell in row if cell is not None]
    for char in chars:
        if is_inside(char, table.box):
            cell = next((cell for cell in cells if _in_cell(char, cell)), None)
            if cell is None or min(char.x1, cell[2]) - max(char.x0, cell[0]) < _MOST_OF_IT * (
                char.x1 - char.x0
            ):
                return False
    return True


def read_rows(table: RuledTable, chars: Sequence[Char]) -> tuple[tuple[str, ...], ...]:
    """The text of the cells, row by row; rows without any text are left out."""
    within = [char for char in chars if is_inside(char, table.box)]
    rows = []
    for row in table.rows:
        cells = tuple(
            "" if box is None else _cell_text([c for c in within if _in_cell(c, box)]) for box in row
        )
        if any(cells):
            rows.append(cells)
    return tuple(rows)


def _in_cell(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _cell_text(chars: Sequence[Char]) -> str:
    text = ""
    for line in build_lines(chars):
        text += seam(text, line.text) + line.text
    return " ".join(text.split())


def join_continued(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in which a table cut by a page break is one: a repeated head is dropped, a cut row mended."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if before is not None and before.rows and block.rows and _same_table(before, block):
            out[-1] = Block(block.page, rows=_joined(before.rows, block.rows))
        else:
            out.append(block)
    return out


def _same_table(before: Block, block: Block) -> bool:
    return block.page == before.page + 1 and len(before.rows[-1]) == len(block.rows[0])


def _joined(
    first: tuple[tuple[str, ...], ...], second: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    if second[0] == first[0]:
        second = second[1:]
    if second and _is_rest_of(first[-1], second[0]):
        mended = tuple(a + seam(a, b) + b for a, b in zip(first[-1], second[0], strict=True))
        return (*first[:-1], mended, *second[1:])
    return first + second


def _is_rest_of(row: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a row is the rest of the row before: it starts empty and goes on in unfinished sentences."""
    if following[0] or not any(following):
        return False
    cut = [a for a, b in zip(row, following, strict=True) if b]
    return all(len(cell) > 8 and not cell.endswith(_CELL_ENDS) for cell in cut)
