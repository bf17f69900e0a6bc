"""Pages as characters and ruled tables -> one text with its title; called by the readers of PDF, OFD and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_corpus.reading.normalising import normalise_text
from policy_corpus.reading.page_title import find_title
from policy_corpus.reading.pdf_layout import Block, drop_furniture, join_paragraphs
from policy_corpus.reading.pdf_lines import Char, Line, build_lines
from policy_corpus.reading.pdf_tables import (
    RuledTable,
    holds_whole,
    is_inside,
    is_table,
    join_continued,
    read_rows,
)


@dataclass(frozen=True, slots=True)
class PageParts:
    """The lines of a page outside its tables, the rows of each table with its top, and the page's height, in points."""

    lines: list[Line]
    tables: list[tuple[float, tuple[tuple[str, ...], ...]]]
    height: float


def part_page(
    chars: Sequence[Char], tables: Sequence[RuledTable], height: float, *, careful: bool = False
) -> PageParts:
    """Lines and tables of a page.

    careful: rules were found rather than told, so that a table which does not hold each of its pieces of text whole in
    one cell is read as lines.
    """
    kept = [table for table in tables if is_table(table) and (not careful or holds_whole(table, chars))]
    outside = [char for char in chars if not any(is_inside(char, table.box) for table in kept)]
    rows = [(table.box[1], read_rows(table, chars)) for table in kept]
    return PageParts(build_lines(outside), [row for row in rows if row[1]], height)


def put_together(pages: Sequence[PageParts]) -> tuple[str, str | None]:
    """The text of all pages, headers and page numbers out and wrapped lines joined, and the title if one stands out."""
    texts = drop_furniture([page.lines for page in pages], [page.height for page in pages])
    blocks = [block for number, page in enumerate(pages) for block in _in_order(number, page, texts[number])]
    return normalise_text("\n".join(join_paragraphs(join_continued(blocks)))), find_title(texts)


def _in_order(number: int, page: PageParts, lines: list[Line]) -> list[Block]:
    placed = [(line.top, Block(number, line=line)) for line in lines]
    placed += [(top, Block(number, rows=rows)) for top, rows in page.tables]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]
