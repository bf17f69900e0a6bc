"""Lines of all pages -> paragraphs: headers, footers and page numbers out, wrapped lines joined.

Called by pdf.py. Geometry decides first (is the line full, is the next one indented), punctuation and
markers (第一条, （一）, 1.) where it leaves a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_corpus.reading.pdf_lines import Line

_PAGE_NUMBER = re.compile(
    r"^[—–―\-－─_·.•~]{0,23}第?\d{1,4}页?(?:[,，/／]?(?:共|of)?\d{1,4}页?)?[—–―\-－─_·.•~]{0,23}$"
    r"|^第[一二三四五六七八九十百\d]{1,5}页(?:[，,/]?共[一二三四五六七八九十百\d]{1,5}页)?$"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.13  # headers and footers stand in the outer 13 % of a page
_NUMERAL = "一二三四五六七八九十百零〇"
_MARKER = re.compile(
    rf"^(?:第[{_NUMERAL}\d]{{1,8}}[章节编](?:\s|(?=[^规的之中和与、，]))"
    rf"|第[{_NUMERAL}\d]{{1,8}}条(?!规定|第|款|所|的|之|和|与|至|或|、|，|中|明确|（|\()"
    rf"|[{_NUMERAL}]{{1,4}}[、.．]|[（(][{_NUMERAL}\d]{{1,4}}[）)](?!项|款|目|和|、|至)"
    r"|\d{1,3}(?:[.．](?!\d)|、|[)）])|[①-⑳]|附件\s{0,4}\d{0,3}\s{0,4}[:：]?|附[:：]|[—-]{1,2}(?=[^\d—-]))"
)
_ENDS = tuple("。；！？：.;!?:”」』）)")
_SENTENCE_END = tuple("。；！？：;!?:")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text, or the rows of a table standing between lines."""

    page: int
    line: Line | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the body stands. pitch: usual distance of two lines; indented: paragraphs begin with an indent."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool


def drop_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without running headers, footers and page numbers."""
    seen: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_key(line) for line in lines if _at_edge(line, height)})
    often = max(2, round(len(pages) * 0.4))
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        body = [
            line
            for line in lines
            if not (_at_edge(line, height) and (seen[_key(line)] >= often or _is_page_number(line, lines)))
        ]
        kept.append(body)
    return kept


def _key(line: Line) -> str:
    """Digits set aside, and the place, so that an often repeated sentence of the text is no header."""
    return f"{_DIGITS.sub('#', ''.join(line.text.split()))}@{round(line.top / 8)}"


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < height * _EDGE or line.top > height * (1 - _EDGE)


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    outermost = line in (lines[0], lines[-1]) or line in lines[-2:]
    return outermost and len(line.text) < 24 and bool(_PAGE_NUMBER.match("".join(line.text.split())))


def join_paragraphs(blocks: Sequence[Block]) -> list[str]:
    """Paragraphs and table rows (cells separated by tabs), one a line."""
    margins = _margins([block.line for block in blocks if block.line is not None])
    out: list[list[str]] = []
    previous: Line | None = None
    for block in blocks:
        if block.line is None:
            out.extend(["\t".join(row)] for row in block.rows)
            previous = None
            continue
        if previous is not None and _continues(previous, block.line, margins):
            out[-1] += [seam(previous.text, block.line.text), block.line.text]
        else:
            out.append([block.line.text])
        previous = block.line
    return ["".join(pieces) for pieces in out]


def _margins(lines: Iterable[Line]) -> _Margins:
    lines = list(lines)
    if not lines:
        return _Margins(0, 0, 12, 0, True)
    longest = sorted(lines, key=lambda line: line.x1 - line.x0)[len(lines) // 3 :]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] or 12
    body = [line for line in longest if abs(line.size - size) < 0.1 * size] or longest
    lefts, rights = sorted(line.x0 for line in body), sorted(line.x1 for line in body)
    left = lefts[len(lefts) // 10]
    indents = sum(1.2 * size < line.x0 - left < 2.8 * size for line in lines)
    return _Margins(left, rights[-1 - len(rights) // 10], size, _pitch(lines), indents > len(lines) * 0.06)


def _pitch(lines: Sequence[Line]) -> float:
    steps = Counter(round(b.top - a.top) for a, b in pairwise(lines) if b.top > a.top)
    return float(steps.most_common(1)[0][0]) if steps else 0.0


def _continues(line: Line, following: Line, margins: _Margins) -> bool:
    """Whether the following line belongs to the same paragraph."""
    em = max(line.size, 1.0)
    if abs(line.size - following.size) > 0.15 * em:
        return False
    if min(line.size, following.size) > 1.15 * margins.size:
        return _is_title_pair(line, following)
    if _is_centred(line, margins) or _is_centred(following, margins):
        return False
    if line.x1 < margins.right - 2.2 * em:
        return False  # the line stops short of the margin: the paragraph ends here
    if margins.pitch and following.top - line.top > 1.25 * margins.pitch + 1:
        return False  # paragraphs set apart by space
    marked = bool(_MARKER.match(following.text))
    ended = line.text.rstrip().endswith(_SENTENCE_END)
    if following.x0 > margins.left + 1.2 * em:
        return _is_hanging(line, following, margins) and not ended and not marked
    return not ended or (margins.indented and not marked)


def _is_hanging(line: Line, following: Line, margins: _Margins) -> bool:
    """Whether an indented line goes on with a block that is indented as a whole, not by a first-line indent."""
    em = max(line.size, 1.0)
    if line.x0 - margins.left > 0.5 * (margins.right - margins.left):
        return False  # 落款: who signs, and below it when
    first_line_indent = 1.2 * em < following.x0 - margins.left < 2.8 * em
    if first_line_indent and margins.indented:
        return False
    return following.x0 < line.x0 + 0.6 * em and not line.text.rstrip().endswith(("）", ")"))


def _is_centred(line: Line, margins: _Margins) -> bool:
    em = max(line.size, 1.0)
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left > 2.6 * em and right > 2.6 * em and abs(left - right) < 2 * em


def _is_title_pair(line: Line, following: Line) -> bool:
    """Two lines of one large title; a 文号 or a note in brackets stays alone."""
    close = 0 <= following.top - line.bottom < 1.6 * line.size
    return close and "〕" not in line.text + following.text and not following.text.startswith(("（", "("))


def seam(before: str, after: str) -> str:
    """What stands between two pieces of one wrapped sentence: a space only between Latin words or numbers.

    >>> seam("给予最高", "30万元"), seam("industrial", "internet"), seam("https://example.com/", "a")
    ('', ' ', '')
    """
    if not before or not after:
        return ""
    last, first = before[-1], after[0]
    if not (last.isascii() and first.isascii()) or last in "-/" or (last.isdigit() and first.isdigit()):
        return ""
    return " "
