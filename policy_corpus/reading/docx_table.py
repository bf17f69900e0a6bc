"""A Word table -> tab rows, merged cells written once; a one-cell frame around text -> its paragraphs.

Called by docx.py with a function that reads the lines of a cell, so that numbers count on inside tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from policy_corpus.reading.docx_package import child, local, value

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_MAX_SPAN = 60


def table_lines(table: Element, read_cell: Callable[[Element], list[str]]) -> list[str]:
    """One line a row, cells separated by tabs; a cell merged over rows or columns is written once."""
    rows = [list(_inside(row, "tc")) for row in _inside(table, "tr") if not _is_deleted(row)]
    if all(len(row) <= 1 for row in rows):
        return [line for row in rows for cell in row for line in read_cell(cell)]
    lines = []
    for row in rows:
        cells = [part for cell in row for part in _cell(cell, read_cell)]
        if any(cells):
            lines.append("\t".join(cells))
    return lines


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows or cells of a parent, also those wrapped in content controls or tracked insertions."""
    for part in parent:
        if local(part) == wanted:
            yield part
        elif local(part) in _WRAPPERS:
            yield from _inside(part, wanted)


def _is_deleted(row: Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _cell(cell: Element, read_cell: Callable[[Element], list[str]]) -> list[str]:
    properties = child(cell, "tcPr")
    if child(properties, "cellDel") is not None:
        return []
    span = value(child(properties, "gridSpan")) or "1"
    width = min(int(span), _MAX_SPAN) if span.isascii() and span.isdigit() and len(span) < 6 else 1
    merged = child(properties, "vMerge")
    continued = (merged is not None and value(merged) != "restart") or value(
        child(properties, "hMerge")
    ) == "continue"
    lines = [] if continued else read_cell(cell)
    text = " ".join(" ".join(lines).split())
    return [text, *[""] * (width - 1)]
