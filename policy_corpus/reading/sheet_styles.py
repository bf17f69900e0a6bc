"""How an XLSX shows its numbers, which calamine does not tell: the cells shown as shares, and failed formulas.

Called by spreadsheet.py. Only the attributes of cells are looked at, by a pattern that runs in one pass.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from policy_corpus.reading.docx_package import local, value

_CELL = re.compile(rb"<(?:\w{1,8}:)?c ([^<>]{1,200})>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_FAILED = re.compile(rb'\bt="e"')
_SHARE_FORMATS = frozenset((9, 10))  # ECMA-376 18.8.30: 0% and 0.00%
_MAX_PART = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Styled:
    """shares: for each sheet by its index, the places (row, column from 0) shown as percent; errors: failed formulas;
    spanned: how many cells the largest sheet spans, empty ones included."""

    shares: dict[int, frozenset[tuple[int, int]]] = field(default_factory=dict)
    errors: int = 0
    spanned: int = 0


def shown_otherwise(data: bytes) -> Styled:
    """Look through an XLSX; whatever cannot be read of it is left to the reader of the workbook to refuse."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _styled(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        LookupError,
        RuntimeError,
        ParseError,
    ):
        return Styled()


def _styled(package: zipfile.ZipFile) -> Styled:
    styles = _share_styles(_root(package, "xl/styles.xml"))
    shares: dict[int, frozenset[tuple[int, int]]] = {}
    errors = spanned = 0
    for index, path in enumerate(_sheet_paths(package)):
        places = set()
        last_row = last_column = 0
        for attributes in _CELL.findall(_part(package, path)):
            errors += _FAILED.search(attributes) is not None
            style, place = _STYLE.search(attributes), _PLACE.search(attributes)
            if place is None:
                continue
            row, column = int(place[2]) - 1, _column(place[1].decode())
            last_row, last_column = max(row, last_row), max(column, last_column)
            if style and int(style[1]) in styles:
                places.add((row, column))
        shares[index] = frozenset(places)
        spanned = max(spanned, (last_row + 1) * (last_column + 1))
    return Styled(shares, errors, spanned)


def _part(package: zipfile.ZipFile, path: str) -> bytes:
    try:
        info = package.getinfo(path)
    except KeyError:
        return b""
    if info.file_size > _MAX_PART:
        return b""
    return package.read(info)


def _root(package: zipfile.ZipFile, path: str) -> Element | None:
    from defusedxml.ElementTree import fromstring

    data = _part(package, path)
    if not data:
        return None
    root: Element = fromstring(data, forbid_dtd=True)
    return root


def _share_styles(root: Element | None) -> frozenset[int]:
    """The numbers of the cell styles that show a share."""
    if root is None:
        return frozenset()
    formats = set(_SHARE_FORMATS)
    found: list[int] = []
    for part in root:
        if local(part) == "numFmts":
            formats |= {
                int(value(one, "numFmtId") or 0) for one in part if "%" in (value(one, "formatCode") or "")
            }
        if local(part) == "cellXfs":
            found = [index for index, one in enumerate(part) if int(value(one, "numFmtId") or 0) in formats]
    return frozenset(found)


def _sheet_paths(package: zipfile.ZipFile) -> list[str]:
    """The parts of the sheets in the order of the workbook."""
    book, links = _root(package, "xl/workbook.xml"), _root(package, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return []
    targets = {value(one, "Id"): value(one, "Target") or "" for one in links}
    ids = [_relation(one) for part in book if local(part) == "sheets" for one in part]
    return [posixpath.normpath(posixpath.join("/xl", targets.get(one, ""))).lstrip("/") for one in ids]


def _relation(sheet: Element) -> str | None:
    return next((text for key, text in sheet.attrib.items() if key.endswith("}id")), None)


def _column(letters: str) -> int:
    """
    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
