"""Cut a document's text into paragraphs and tables, with the passages that something points at marked.

Offsets are those of `Document.text`. A passage may overlap others and run over several paragraphs; every
piece carries the keys of all passages that cover it, and the piece in which a passage begins is the one a
link leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policy_corpus.model import Span

_CHAPTER = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]+[章编节部](?:\s|　|$|[^，。；、的])")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]+、|附件|附则)[^。；，]{0,40}$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to mark. key: what points at it, unique on the page; label: what stands beside it."""

    key: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks. begins: the marks whose passage starts here; start: its offset."""

    text: str
    keys: tuple[str, ...] = ()
    begins: tuple[Mark, ...] = ()
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph ("p"), heading ("h") or table ("table"). rows: for a table its rows of cells of pieces."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


def mark_text(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """The blocks of text[start:end]; marks whose quote does not stand in the text are left out."""
    end = len(text) if end is None else min(end, len(text))
    true = [
        mark for mark in marks if mark.span.quote and text[mark.span.start : mark.span.end] == mark.span.quote
    ]
    blocks: list[Block] = []
    rows: list[tuple[tuple[Piece, ...], ...]] = []
    for line_start, line_end, near in _with_marks(_lines(text, start, end), true):
        line = text[line_start:line_end]
        if "\t" in line:
            rows.append(tuple(_pieces(text, near, *cell) for cell in _cells(line, line_start)))
            continue
        if rows:
            blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        if line.strip():
            kind = "h" if _CHAPTER.match(line) or _HEADING.fullmatch(line) else "p"
            blocks.append(Block(kind, _pieces(text, near, line_start, line_end)))
    return (*blocks, Block("table", rows=tuple(rows))) if rows else tuple(blocks)


def part_around(text: str, spans: Sequence[Span], longest: int, margin: int) -> tuple[int, int]:
    """What of a long text to show: all of it if it is short, else from before the first span to after the last."""
    if len(text) <= longest or not spans:
        return 0, min(len(text), longest)
    first = max(min(span.start for span in spans) - margin, 0)
    last = min(max(span.end for span in spans) + margin, len(text), first + longest)
    begin = text.rfind("\n", 0, first) + 1
    finish = text.find("\n", last)
    return begin, finish if 0 <= finish < last + margin else last


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _with_marks(
    lines: Iterable[tuple[int, int]], marks: Sequence[Mark]
) -> Iterator[tuple[int, int, Sequence[Mark]]]:
    """Each line with the marks that touch it, in their order; a long text is walked once, not once a mark."""
    coming = sorted(enumerate(marks), key=lambda pair: -pair[1].span.start)
    open_marks: list[tuple[int, Mark]] = []
    for start, end in lines:
        while coming and coming[-1][1].span.start < end:
            open_marks.append(coming.pop())
        open_marks = [pair for pair in open_marks if pair[1].span.end > start]
        yield start, end, [mark for _, mark in sorted(open_marks, key=lambda pair: pair[0])]


def _cells(line: str, offset: int) -> Iterator[tuple[int, int]]:
    for cell in line.split("\t"):
        yield offset, offset + len(cell)
        offset += len(cell) + 1


def _pieces(text: str, marks: Sequence[Mark], start: int, end: int) -> tuple[Piece, ...]:
    inside = [mark for mark in marks if mark.span.start < end and mark.span.end > start]
    edges = {start, end, *(mark.span.start for mark in inside), *(mark.span.end for mark in inside)}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    return tuple(
        Piece(
            text[left:right],
            tuple(mark.key for mark in inside if mark.span.start <= left and mark.span.end >= right),
            tuple(mark for mark in inside if mark.span.start == left),
            left,
        )
        for left, right in pairwise(cuts)
    )
