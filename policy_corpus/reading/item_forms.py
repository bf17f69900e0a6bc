"""A sheet that is a form (政策名称 | 甲, below it 申报条件 | 乙) -> the lines of a card; called by item_tables.

The lines are those of a row of a policy list: "事项1：甲", "申报条件：乙".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy_corpus.reading.item_columns import BENEFITS, CONDITIONS, NAME, NUMBER, field_of, role_of

_LEAST_PAIRS = 3
_MOSTLY = 0.6
_LONGEST_HEAD = 16


def read_forms(rows: Sequence[Sequence[str]], number: int) -> tuple[list[str], int] | None:
    """The lines of the cards that a sheet of names beside values makes, and how many; None for any other sheet.

    number: what the first card is counted as.
    """
    told = [cells for row in rows if (cells := [cell for cell in row if cell])]
    paired = [pairs for cells in told if (pairs := list(_pairs(cells)))]
    roles = {role_of(name) for pairs in paired for name, _, _ in pairs}
    if (
        len(paired) < max(_LEAST_PAIRS, _MOSTLY * len(told))
        or NAME not in roles
        or not roles & {CONDITIONS, BENEFITS}
    ):
        return None
    lines: list[str] = []
    count = 0
    for cells in told:
        pairs = list(_pairs(cells))
        if not pairs:
            lines.append(" ".join(" ".join(cells).split()))
        for name, head, value in pairs:
            if name == NAME:
                lines.append(matter_line(number + count, " ".join(value.split())))
                count += 1
            elif name != NUMBER:
                lines += field_lines(name or head, [value])
    return lines, count


def _pairs(cells: Sequence[str]) -> Iterator[tuple[str | None, str, str]]:
    """Field, head and value of a row that is heads and values in turn; nothing if its first cell is no known head."""
    if len(cells) % 2 or field_of(cells[0]) is None:
        return
    for head, value in zip(cells[::2], cells[1::2], strict=True):
        if len(head) <= _LONGEST_HEAD:
            yield field_of(head), " ".join(head.split()), value


def matter_line(number: int, name: str) -> str:
    """The line that opens a card."""
    return f"事项{number}：{name or '（未写名称）'}"


def field_lines(name: str, values: Sequence[str]) -> list[str]:
    """A field of a card: on one line, or its name on a line and what stands in it below."""
    lines = [" ".join(line.split()) for value in values for line in value.split("\n") if line.strip()]
    if not name:
        return lines
    return [f"{name}：{lines[0]}"] if len(lines) == 1 else [f"{name}：", *lines]
