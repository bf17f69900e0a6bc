"""Open a DOCX: check the ZIP against bombs, find the parts by their relations, parse their XML safely.

Called by docx.py. Only the parts that hold text are unpacked, pictures never. Entities and document type
declarations are refused by defusedxml, which is imported here alone.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from policy_corpus.errors import UnreadableDocument

_MAX_ENTRIES = 5000
_MAX_UNPACKED = 400 * 1024 * 1024
_MAX_PART = 30 * 1024 * 1024
_MAX_RATIO = 300  # deflate reaches 1032; document.xml of real files stays below 60
_RATIO_MATTERS_FROM = 4 * 1024 * 1024
_LOCAL_HEADER = 30
_DAMAGED = "DOCX 文件不完整或已损坏，请重新下载或用 Word、WPS 另存后载入"


class DocxPackage:
    """The parts of one DOCX file, unpacked on demand. Raises UnreadableDocument where it is damaged or hostile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {info.filename: info for info in self._archive.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as trouble:
            raise UnreadableDocument(_DAMAGED) from trouble
        check_archive(self._archive.infolist())
        self.main = self._related("_rels/.rels", "officeDocument", "") or "word/document.xml"

    def document(self) -> Element:
        """The root of the main part."""
        root = self._part(self.main)
        if root is None:
            raise UnreadableDocument(_DAMAGED)
        return root

    def related(self, kind: str) -> Element | None:
        """The root of the part that the main part names for this kind ("numbering", "styles", "footnotes")."""
        folder, name = posixpath.split(self.main)
        path = self._related(f"{folder}/_rels/{name}.rels", kind, folder)
        return self._part(path or f"{folder}/{kind}.xml")

    def core_properties(self) -> Element | None:
        """The root of docProps/core.xml, if there is one."""
        return self._part(self._related("_rels/.rels", "core-properties", "") or "docProps/core.xml")

    def _related(self, rels: str, kind: str, folder: str) -> str | None:
        root = self._part(rels)
        for relation in root if root is not None else ():
            if (
                relation.get("Type", "").rsplit("/", 1)[-1] == kind
                and relation.get("TargetMode") != "External"
            ):
                target = relation.get("Target", "")
                joined = target if target.startswith("/") else posixpath.join("/", folder, target)
                return posixpath.normpath(joined).lstrip("/")
        return None

    def _part(self, path: str) -> Element | None:
        info = self._entries.get(path)
        return None if info is None else _parse(self._unpack(info))

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise UnreadableDocument("DOCX 文件有打开密码，请去除密码后重新载入")
        try:
            with self._archive.open(info) as part:
                data = part.read(_MAX_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            ValueError,
        ) as trouble:
            raise UnreadableDocument(_DAMAGED) from trouble
        if len(data) > _MAX_PART:
            raise UnreadableDocument("DOCX 文件的正文部分过大，不像一份政策文件，请拆分后重新载入")
        return data


def check_package(data: bytes, name: str) -> list[zipfile.ZipInfo]:
    """The entries of a document that comes as a ZIP. Raises UnreadableDocument for a damaged, locked or hostile one.

    name: what the reason calls the file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as trouble:
        raise UnreadableDocument(
            f"{name} 文件不完整或已损坏，请重新下载，或用原来的软件打开另存后重新载入"
        ) from trouble
    check_archive(entries, name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument(f"{name} 文件有打开密码，请去除密码后重新载入")
    return entries


def check_archive(entries: list[zipfile.ZipInfo], name: str = "DOCX") -> None:
    """Refuse a ZIP with too many, too large, too tightly packed or overlapping entries. Raises UnreadableDocument.

    name: what the reason calls the file.
    """
    bomb = UnreadableDocument(f"{name} 文件的压缩结构异常（疑似压缩炸弹），已拒绝载入，请核对文件来源")
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise bomb
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        packed_tightly = entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)
        if packed_tightly and entry.file_size > _RATIO_MATTERS_FROM:
            raise bomb
        if entry.header_offset < end:
            raise bomb
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def _parse(data: bytes) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as trouble:
        raise UnreadableDocument("DOCX 文件中含有被禁止的 XML 实体或外部引用，已拒绝载入") from trouble
    except (ParseError, ValueError, LookupError) as trouble:
        raise UnreadableDocument(_DAMAGED) from trouble
    return root


def local(element: Element) -> str:
    """The tag without its namespace: strict and transitional files differ in nothing else.

    >>> local(Element("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))
    'p'
    """
    return element.tag.rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first child with this local name."""
    for part in element if element is not None else ():
        if local(part) == name:
            return part
    return None


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    for key, text in element.attrib.items() if element is not None else ():
        if key.rpartition("}")[2] == name:
            return text
    return None


def is_on(element: Element | None) -> bool:
    """Whether a toggle property is present and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
