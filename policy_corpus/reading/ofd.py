"""An OFD (版式文件, GB/T 33190) -> Reading: its text in reading order with its tables, wrapped lines joined; called by dispatch.

The only import of ofdkit, which gives pieces of text with their places in millimetres; from there on a page is read
like one of a PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.archive_names import is_outside
from policy_corpus.reading.docx_package import check_package
from policy_corpus.reading.normalising import without_radicals
from policy_corpus.reading.ofd_rules import rules_of_page
from policy_corpus.reading.page_parts import PageParts, part_page, put_together
from policy_corpus.reading.pdf_lines import Char
from policy_corpus.reading.pdf_rules import tables_from_rules
from policy_corpus.reading.pdf_tables import Box

_DAMAGED = "OFD 文件不完整或已损坏，请重新下载或重新导出后载入"
_TOO_MUCH = "OFD 文件的内容过大，或含有被禁止的 XML 实体，已拒绝载入，请核对文件来源"
_OUTSIDE = "OFD 文件中的路径指向包外，已拒绝载入，请核对文件来源"
_LOCKED = "OFD 文件已加密，请解密或去除密码后重新载入"
_SCANNED = "OFD 中只有图像没有文字，是扫描件，请用阅读器导出为 PDF 后重新载入"
_NO_TEXT = "OFD 中没有可读的文字（文字可能已转成图形），请用阅读器导出为 PDF 后重新载入"
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".jb2", ".gbig2")
_MAX_PAGES = 1000
_MAX_CHARS_A_PAGE = 60_000
_POINTS = 72 / 25.4  # a millimetre in points, which the layout of pages counts in
_HALF = 0.5  # the width of a Latin character, of a Chinese one's


def read_ofd(data: bytes) -> Reading:
    """Read an OFD. Raises UnreadableDocument for an encrypted, scanned, broken or hostile file."""
    names = _checked_names(data)
    pages, warnings = _parts_of_pages(data)
    if not any(page.lines or page.tables for page in pages):
        pictures = any(name.lower().endswith(_PICTURES) for name in names)
        raise UnreadableDocument(_SCANNED if pictures else _NO_TEXT)
    text, title = put_together(pages)
    return Reading("ofd", text, title=title, warnings=warnings)


def _checked_names(data: bytes) -> list[str]:
    """The names in the package. Raises UnreadableDocument where they or their sizes are hostile."""
    entries = check_package(data, "OFD")
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(is_outside(name.lstrip("/")) for name in names):  # a leading slash is the package's root here
        raise UnreadableDocument(_OUTSIDE)
    if any(name.lower().endswith(("encryptions.xml", "decryptseed.dat")) for name in names):  # GM/T 0099
        raise UnreadableDocument(_LOCKED)
    return names


def _parts_of_pages(data: bytes) -> tuple[list[PageParts], tuple[str, ...]]:
    """The lines and tables of each page, and a warning that names the pages that cannot be read."""
    from ofdkit import OFDError, OFDFormatError, OFDLimitError
    from ofdkit import open as open_ofd

    try:
        with open_ofd(data) as document:
            if len(document.pages) > _MAX_PAGES:
                raise UnreadableDocument(
                    f"OFD 有 {len(document.pages)} 页，超过 {_MAX_PAGES} 页，请拆分后重新载入"
                )
            pages, lost = [], []
            for number, page in enumerate(document.pages, start=1):
                try:
                    pages.append(_parts(data, page))
                except OFDFormatError:
                    lost.append(number)
    except OFDLimitError as trouble:
        raise UnreadableDocument(_TOO_MUCH) from trouble
    except OFDError as trouble:
        raise UnreadableDocument(_DAMAGED) from trouble
    if lost and not pages:
        raise UnreadableDocument(_DAMAGED)
    return pages, (f"第 {'、'.join(map(str, lost[:20]))} 页已损坏，其内容未读入",) if lost else ()


def _parts(data: bytes, page: Any) -> PageParts:
    x0, y0, width, height = page.box
    runs = [run for run in page.runs if x0 <= run.x <= x0 + width and y0 <= run.y <= y0 + height]
    if sum(len(run.text) for run in runs) > _MAX_CHARS_A_PAGE:
        raise UnreadableDocument("OFD 单页内容过多，无法解析，请重新导出后载入")
    runs = [next(same) for _, same in groupby(runs, lambda run: (run.text, round(run.x, 1), round(run.y, 1)))]
    chars = [char for run in runs for char in _chars(run, x0, y0) if char.text.strip()]
    return part_page(chars, tables_from_rules(_rules(data, page, x0, y0)), height * _POINTS, careful=True)


def _rules(data: bytes, page: Any, left: float, top: float) -> list[Box]:
    return [
        ((x0 - left) * _POINTS, (y0 - top) * _POINTS, (x1 - left) * _POINTS, (y1 - top) * _POINTS)
        for x0, y0, x1, y1 in rules_of_page(data, page.location)
    ]


def _chars(run: Any, left: float, top: float) -> Iterator[Char]:
    """The characters of a run, spread over its width by the shares that Chinese and Latin ones take."""
    text = without_radicals(run.text)
    shares = [_HALF if char < "\u2000" else 1.0 for char in text]
    unit = max(run.width, 0.0) / (sum(shares) or 1.0)
    size = (run.size or 4.0) * _POINTS
    x, baseline = (run.x - left) * _POINTS, (run.y - top) * _POINTS
    for char, share in zip(text, shares, strict=True):
        end = x + unit * share * _POINTS
        yield Char(char, x, end, baseline - 0.88 * size, baseline + 0.12 * size, size)
        x = end
