"""Characters of a PDF page with their places -> lines of text; called by pdf.py and pdf_tables.py.

Space glyphs are not believed: generators put them between Chinese characters and digits at will. A space
is written where the gap says so, by the kind of the two neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from policy_corpus.reading.normalising import is_hanzi

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]{1,8}[条章节款项编]$")
_WIDE_GAP = 0.9  # in em: between Chinese characters, less is justification
_WORD_GAP = 0.2
_OVERPRINT = 0.3  # of a character's own width


@dataclass(frozen=True, slots=True)
class Char:
    """One glyph: its text, box in points (top-down) and font size."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: text, box in points (top-down), median font size."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


def build_lines(chars: Iterable[Char]) -> list[Line]:
    """Group characters to lines, top to bottom, left to right."""
    rows: list[list[Char]] = []
    for char in sorted((c for c in chars if c.text.strip()), key=lambda c: ((c.top + c.bottom) / 2, c.x0)):
        if rows and _same_row(rows[-1], char):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda c: c.x0)) for row in rows]


def _same_row(row: Sequence[Char], char: Char) -> bool:
    anchor = max(row[-8:], key=lambda c: c.size)
    middle = (char.top + char.bottom) / 2
    return (
        anchor.top <= middle <= anchor.bottom
        and abs(middle - (anchor.top + anchor.bottom) / 2) < 0.6 * anchor.size
    )


def _line(row: list[Char]) -> Line:
    parts: list[str] = []
    previous: Char | None = None
    for char in row:
        if previous is not None:
            if char.text == previous.text and char.x0 - previous.x0 < _OVERPRINT * (char.x1 - char.x0):
                continue  # bold by printing twice
            if _is_space(parts, previous, char):
                parts.append(" ")
        parts.append(char.text)
        previous = char
    return Line(
        "".join(parts),
        row[0].x0,
        max(c.x1 for c in row),
        min(c.top for c in row),
        max(c.bottom for c in row),
        median(c.size for c in row),
    )


def _is_space(parts: list[str], previous: Char, char: Char) -> bool:
    gap = (char.x0 - previous.x1) / max(char.size, previous.size, 1.0)
    if gap < _WORD_GAP:
        return False
    if _is_western(previous.text) and _is_western(char.text):
        return True
    if gap >= _WIDE_GAP:
        return is_hanzi(previous.text[-1]) or is_hanzi(char.text[0])
    return bool(_ARTICLE.search("".join(parts[-12:])))


def _is_western(text: str) -> bool:
    return text[-1] < "\u2e80" and text[-1] not in "“”‘’…—·"
