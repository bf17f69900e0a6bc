"""Pages as they were recognised -> lines, paragraphs and how sure the reading is; called by the readers of PDF and pictures.

A document's confidence is that of its worst page, the mean over the page's characters: one page that is badly read is
enough to get a condition wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.page_parts import PageParts, part_page, put_together
from policy_corpus.reading.pdf_lines import Char
from policy_corpus.reading.pdf_rules import tables_from_rules

NEEDS_RECOGNITION = "需要文字识别组件才能读取，请联系管理员运行 make ocr 安装，或提供文字版（.docx、可复制文字的 PDF 或文本）后重新载入"
NOTHING_FOUND = "没有识别出文字，可能是空白页或照片，请核对后重新载入"
_PAGE_NUMBER = re.compile(r"[-—–一_~·.]{1,3} ?(\d{1,4}) ?[-—–一_~·.]{1,3}")
_WIDE_MARKS = dict(zip("(),:;?!", "（），：；？！", strict=True))
_NARROW_MARK = re.compile(
    r"\((?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\)|(?<=[\d\u4e00-\u9fff）〕》”])[,:;?!](?=[\u4e00-\u9fff（《“]|$)"
)
_LOOK_AGAIN = 0.9
_HALF = 0.5  # the width of a Latin character, of a Chinese one's
_LONG_ENOUGH = 8  # characters from which the width of a line tells the size of its type
_BOX = 1.09  # the height of a box, of the size of the type in it, where no long line tells
_SAME_SIZE = 0.15
_RULE_SLACK = 6.0  # points by which the ends of rules in a scan may miss each other


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page's lines and tables, how many characters it has, and how sure they are (0-1, None if there are none)."""

    parts: PageParts
    chars: int
    sure: float | None


def read_recognised(aid: bytes) -> dict[int, RecognisedPage]:
    """Pages by number from what the recognising child answered for each. A page that failed is not among them."""
    return {int(number): _page(row) for number, row in json.loads(aid).items()}


def _page(row: Mapping[str, Any]) -> RecognisedPage:
    lines = [(_as_printed(text), x0, top, x1, bottom) for text, _, x0, top, x1, bottom in row["lines"]]
    heights = [
        (bottom - top) / ((x1 - x0) / _widths(text))
        for text, x0, top, x1, bottom in lines
        if _widths(text) >= _LONG_ENOUGH
    ]
    chars = [_char(line, median(heights) if heights else _BOX) for line in lines]
    usual = median(char.size for char in chars for _ in char.text) if chars else 0.0
    chars = [
        replace(char, size=usual) if abs(char.size - usual) < _SAME_SIZE * usual else char for char in chars
    ]
    count = sum(len(line[0]) for line in row["lines"])
    sure = sum(line[1] * len(line[0]) for line in row["lines"]) / count if count else None
    tables = tables_from_rules([(x0, top, x1, bottom) for x0, top, x1, bottom in row["rules"]], _RULE_SLACK)
    return RecognisedPage(part_page(chars, tables, float(row["height"]), careful=True), count, sure)


def _as_printed(text: str) -> str:
    """A line with the marks that stand in print: Chinese ones beside Chinese characters, dashes about a page number.

    >>> _as_printed("(一）支持对象:小微企业"), _as_printed("-2一"), _as_printed("申报时间2026:9:1")
    ('（一）支持对象：小微企业', '— 2 —', '申报时间2026:9:1')
    """
    found = _PAGE_NUMBER.fullmatch(text)
    if found:
        return f"— {found[1]} —"
    return _NARROW_MARK.sub(lambda mark: _WIDE_MARKS[mark[0]], text)


def _char(line: tuple[str, float, float, float, float], box: float) -> Char:
    """A line found as one piece; the size of its type follows from its width, where it is short from its height too.

    box: how high the boxes of this page are, of the size of the type in them.
    """
    text, x0, top, x1, bottom = line
    size = (x1 - x0) / _widths(text)
    if _widths(text) < _LONG_ENOUGH:
        size = (size + (bottom - top) / box) / 2
    return Char(text, x0, x1, top, bottom, max(size, 1.0))


def _widths(text: str) -> float:
    """How many Chinese characters wide a text is."""
    return sum(_HALF if char < "\u2000" else 1.0 for char in text)


def reading_of(form: str, pages: Mapping[int, RecognisedPage], count: int) -> Reading:
    """The reading of a document of so many pages, all of them pictures. Raises UnreadableDocument if nothing was found."""
    if not any(page.chars for page in pages.values()):
        raise UnreadableDocument(NOTHING_FOUND)
    text, title = put_together([page.parts for page in pages.values()])
    sure, notes = assess(pages)
    missing = [str(number) for number in range(1, count + 1) if number not in pages]
    if missing:
        notes = (*notes, f"第 {'、'.join(missing[:20])} 页未能识别，其内容未读入")
    return Reading(form, text, title=title, warnings=notes, confidence=sure)


def assess(pages: Mapping[int, RecognisedPage]) -> tuple[float | None, tuple[str, ...]]:
    """How sure the worst page is, and what to say of it; None and nothing where no text was recognised."""
    known = {number: page.sure for number, page in pages.items() if page.sure is not None}
    if not known:
        return None, ()
    notes = ["正文由文字识别得出，发布前请对照原件核对"]
    doubtful = [number for number, sure in known.items() if sure < _LOOK_AGAIN]
    if doubtful:
        listed = "、".join(map(str, doubtful[:20]))
        notes.append(f"第 {listed} 页的识别可信度低于 90%（最低 {min(known.values()):.0%}），请逐字核对")
    return round(min(known.values()), 4), tuple(notes)
