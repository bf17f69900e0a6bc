"""Turn the content element of a page into lines: a paragraph a line, a table row a line with tab cells.

Called by html.py. Line breaks in the source mean nothing between Chinese characters, `<br>` and block
elements do; numbers that the browser would put before list items are written out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policy_corpus.model import Link
from policy_corpus.reading.attachments import is_attachment
from policy_corpus.reading.html_nodes import TEXT, Node, children, text_of, walk
from policy_corpus.reading.normalising import is_hanzi

_BLOCK = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(
    r"\s{0,8}(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]|第[一二三四五六七八九十百\d]{1,8}[条章节])"
)
_STOPS = frozenset("。；：！？")
_MAX_SPAN = 100
_NO_NUMBER = re.compile(r"list-style(?:-type)?\s*:\s*(?:none|disc|circle|square)", re.IGNORECASE)


@dataclass
class _Lines:
    """Lines in the making."""

    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)
    label: str = ""

    def end_line(self) -> None:
        text = "".join(self.parts).strip()
        self.parts.clear()
        if text:
            if self.label and not _NUMBERED.match(text):
                text = self.label + text
            self.label = ""
            self.lines.append(text)

    def add_text(self, text: str) -> None:
        self.parts.append(_SPACE.sub(_meaning_of_space, text))


def _meaning_of_space(found: re.Match[str]) -> str:
    """A line break in the source is no space between Chinese characters; other runs are one space."""
    space = found[0]
    if "\n" not in space:
        return "\u3000" if "\u3000" in space else " "
    text, start, end = found.string, found.start(), found.end()
    if start and text[start - 1] in _STOPS and _NUMBERED.match(text, end):
        return "\n"  # the author meant a new paragraph, though a browser would not show it
    if start == 0 or end == len(text) or is_hanzi(text[start - 1]) or is_hanzi(text[end]):
        return ""
    return " "


def content_lines(content: Node, skip: Callable[[Node], bool]) -> tuple[list[str], tuple[Link, ...]]:
    """The lines of the content and the attachment links in it. skip: tells what to leave out."""
    page = _Lines()
    tables: set[int] = set()

    def skip_or_table(node: Node) -> bool:
        return skip(node) or (node.parent is not None and node.parent.mem_id in tables)

    for node, entering in walk(content, skip_or_table):
        if node.tag == TEXT:
            page.add_text(node.text_content or "")
        elif node.tag == "table" and entering:
            page.end_line()
            rows = table_rows(node, skip)
            if rows is not None:
                tables.add(node.mem_id)
                page.lines.extend("\t".join(row) for row in rows)
                page.links.extend(_links_below(node, skip))
        elif node.tag == "br" and entering:
            page.end_line()
        else:
            _edge(page, node, entering)
    page.end_line()
    return page.lines, tuple(dict.fromkeys(page.links))


def _edge(page: _Lines, node: Node, entering: bool) -> None:
    """Entering or leaving an element that is neither text, table nor line break."""
    if node.tag in _BLOCK:
        page.end_line()
    if node.tag in ("ol", "ul"):
        if entering:
            page.counters.append(_first_number(node))
        elif page.counters:
            page.counters.pop()
    elif node.tag == "li":
        page.label = _next_label(page) if entering else ""
    elif node.tag == "a" and entering:
        page.links.extend(_as_attachment(node))


def _first_number(node: Node) -> int | None:
    if node.tag == "ul" or _NO_NUMBER.search(node.attributes.get("style") or ""):
        return None
    start = node.attributes.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1


def _next_label(page: _Lines) -> str:
    if not page.counters or page.counters[-1] is None:
        return ""
    number = page.counters[-1]
    page.counters[-1] = number + 1
    return f"{number}."


def _as_attachment(node: Node) -> list[Link]:
    address = (node.attributes.get("href") or "").strip()
    if not address or len(address) > 2000:
        return []
    title = text_of(node) or (node.attributes.get("title") or "").strip()
    return [Link(title or address.rsplit("/", 1)[-1], address)] if is_attachment(address, title) else []


def _links_below(root: Node, skip: Callable[[Node], bool]) -> list[Link]:
    anchors = (node for node, entering in walk(root, skip) if entering and node.tag == "a")
    return [link for node in anchors for link in _as_attachment(node)]


def table_rows(table: Node, skip: Callable[[Node], bool]) -> list[list[str]] | None:
    """The rows of a data table with merged cells written once; None for a table that only lays out the page."""
    rows: list[list[Node]] = []
    for node, entering in walk(table, skip):
        if not entering or node.mem_id == table.mem_id:
            continue
        if node.tag == "table":
            return None  # a table within a table lays out the page
        if node.tag == "tr":
            rows.append([cell for cell in children(node) if cell.tag in ("td", "th") and not skip(cell)])
    if max((len(row) for row in rows), default=0) < 2 or _is_layout(rows):
        return None
    return _grid(rows)


def _is_layout(rows: list[list[Node]]) -> bool:
    """One row whose cell holds whole paragraphs is a frame around text, not a table."""
    return len(rows) == 1 and any(len(text_of(cell)) > 400 for cell in rows[0])


def _grid(rows: list[list[Node]]) -> list[list[str]]:
    covered: dict[int, int] = {}  # column -> rows still covered by a cell from above
    grid: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        cells = iter(row)
        while True:
            if covered.get(len(line), 0) > 0:
                covered[len(line)] -= 1
                line.append("")
                continue
            cell = next(cells, None)
            if cell is None or len(line) > _MAX_SPAN * 10:
                break
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(line), len(line) + width):
                covered[column] = height - 1
            line.extend([_cell_text(cell), *[""] * (width - 1)])
        grid.append(line)
    return [line for line in grid if any(line)]


def _span(cell: Node, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _cell_text(cell: Node) -> str:
    page = _Lines()
    for node, entering in walk(cell):
        if node.tag == TEXT:
            page.add_text(node.text_content or "")
        elif node.tag == "br":
            page.end_line()
        elif node.mem_id != cell.mem_id:
            _edge(page, node, entering)
    page.end_line()
    return " ".join(" ".join(page.lines).split())
