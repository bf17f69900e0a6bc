"""A PDF -> Reading; called by dispatch. The only import of pdfplumber.

Encrypted and broken files are each refused with their own reason; pages that are scans, or whose fonts do not tell
their characters, must be recognised.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.needs import Helper, NeedsHelp
from policy_corpus.reading.normalising import without_radicals
from policy_corpus.reading.page_parts import PageParts, part_page, put_together
from policy_corpus.reading.pdf_lines import Char
from policy_corpus.reading.pdf_tables import RuledTable
from policy_corpus.reading.recognised import (
    NEEDS_RECOGNITION,
    NOTHING_FOUND,
    RecognisedPage,
    assess,
    read_recognised,
)

_BROKEN = "PDF 文件不完整或已损坏，请重新下载或重新导出后载入"
_ENCRYPTED = "PDF 文件有打开密码，请去除密码后重新载入"
_SCANNED = f"PDF 没有文字层，是扫描件，{NEEDS_RECOGNITION}"
_NO_TEXT = f"PDF 中没有可读的文字（文字可能已转成图形），{NEEDS_RECOGNITION}"
_UNMAPPED = f"PDF 的字体没有文字对照表，读出的是乱码，{NEEDS_RECOGNITION}"
_PARTLY = f"PDF 有几页是扫描图像，{NEEDS_RECOGNITION}"
_TAIL = 16 * 1024
_MAX_PAGES = 1000
_MAX_CHARS_A_PAGE = 60_000
_CID = re.compile(r"\(cid:\d+\)")
_PICTURED = 0.3  # of a page's area
_FEW = 20  # characters a page below which a page with pictures counts as scanned


def read_pdf(data: bytes, form: str = "pdf", aid: bytes = b"") -> Reading:
    """Read a PDF. aid: the pages that were recognised, as read_recognised takes them; without it pages that are scans
    raise NeedsHelp. Raises UnreadableDocument for an encrypted or broken file.
    """
    if b"startxref" not in data[-_TAIL:]:
        raise UnreadableDocument(_BROKEN)
    with _opened(data) as pdf:
        pages = pdf.pages
        if not pages:
            raise UnreadableDocument(_BROKEN)
        if len(pages) > _MAX_PAGES:
            raise UnreadableDocument(f"PDF 有 {len(pages)} 页，超过 {_MAX_PAGES} 页，请拆分后重新载入")
        read = [_read_page(page) for page in pages]
    if not aid:
        _ask_for_help(read)
    known = read_recognised(aid) if aid else {}
    read = [_recognised(known[i]) if i in known else page for i, page in enumerate(read, start=1)]
    sure, notes = assess(known)
    warnings = (*notes, *_warnings(read))
    text, title = put_together([page.parts for page in read])
    if known and not text:
        raise UnreadableDocument(NOTHING_FOUND)
    return Reading(form, _CID.sub("", text), title=title, warnings=warnings, confidence=sure)


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on one page, how many glyphs it has, whether pictures fill it, and how many glyphs were lost."""

    parts: PageParts
    chars: int
    pictured: bool
    lost: int


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pdfplumber

    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # they comment on every odd font
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        pdf = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as trouble:
        cause = trouble.args[0] if trouble.args else trouble
        locked = isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError))
        raise UnreadableDocument(_ENCRYPTED if locked else _BROKEN) from trouble
    with pdf:
        yield pdf


def _read_page(page: Any) -> _Page:
    glyphs = page.chars
    if len(glyphs) > _MAX_CHARS_A_PAGE:
        raise UnreadableDocument("PDF 单页内容过多，无法解析，请重新导出后载入")
    chars = [char for glyph in glyphs if (char := _char(glyph)) is not None]
    lost = sum(bool(_CID.match(glyph["text"])) for glyph in glyphs)
    parts = part_page(chars, _ruled_tables(page), float(page.height))
    result = _Page(parts, len(chars), _is_pictured(page), lost)
    page.close()
    return result


def _is_pictured(page: Any) -> bool:
    """Whether pictures cover so much of a page that it may be a scan, whole or in strips; a seal or a logo does not."""
    covered = sum(
        max(0.0, float(image["x1"]) - float(image["x0"]))
        * max(0.0, float(image["bottom"]) - float(image["top"]))
        for image in page.images
    )
    return covered >= _PICTURED * float(page.width) * float(page.height)


def _char(glyph: dict[str, Any]) -> Char | None:
    """A glyph as a Char; None for rotated ones (watermarks), spaces and glyphs without a character."""
    text = glyph["text"]
    if not glyph.get("upright", True) or not text.strip() or _CID.match(text):
        return None
    text = without_radicals(text.replace("\u00ad", "-"))  # some fonts map their hyphen to the soft one
    size = float(glyph["size"]) or 1.0
    return Char(
        text, float(glyph["x0"]), float(glyph["x1"]), float(glyph["top"]), float(glyph["bottom"]), size
    )


def _ruled_tables(page: Any) -> list[RuledTable]:
    if len(page.lines) + len(page.rects) + len(page.curves) < 3 or len(page.edges) > 4000:
        return []
    found = page.find_tables()
    return [RuledTable(table.bbox, tuple(tuple(row.cells) for row in table.rows)) for table in found]


def _recognised(page: RecognisedPage) -> _Page:
    return _Page(page.parts, page.chars, False, 0)


def _ask_for_help(pages: list[_Page]) -> None:
    """Raise NeedsHelp where pages are pictures of text, or their text is garbled."""
    chars, lost = sum(page.chars for page in pages), sum(page.lost for page in pages)
    whole = tuple(range(1, len(pages) + 1))
    scanned = _scanned(pages)
    if lost > chars * 0.3 and lost > _FEW:
        raise NeedsHelp(_UNMAPPED, Helper.RECOGNITION, "pdf", whole)
    if chars == 0 and not scanned:
        raise NeedsHelp(_NO_TEXT, Helper.RECOGNITION, "pdf", whole)
    if chars == 0 or (len(scanned) == len(pages) and chars < _FEW * len(pages)):
        raise NeedsHelp(_SCANNED, Helper.RECOGNITION, "pdf", scanned)
    if scanned:
        raise NeedsHelp(_PARTLY, Helper.RECOGNITION, "pdf", scanned, partly=True)


def _scanned(pages: list[_Page]) -> tuple[int, ...]:
    """The numbers of the pages that have pictures and hardly any text."""
    return tuple(i for i, page in enumerate(pages, start=1) if page.chars < _FEW and page.pictured)


def _warnings(pages: list[_Page]) -> Iterator[str]:
    """What of single pages was not read."""
    scanned, lost = _scanned(pages), sum(page.lost for page in pages)
    if scanned:
        yield f"第 {'、'.join(map(str, scanned[:20]))} 页没有文字层，是扫描图像，其内容未读入"
    if lost:
        yield f"有 {lost} 个字的字体没有文字对照表，未能读出"
