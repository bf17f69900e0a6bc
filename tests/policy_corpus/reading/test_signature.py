from __future__ import annotations

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import read_document
from tests.policy_corpus.reading.docx_factory import make_docx, para, zip_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
TYPES = {"[Content_Types].xml": b"<Types/>"}


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\x00" * 64


REFUSED = [
    (
        ole("WordDocument"),
        "a.doc",
        r"旧版 Word（.doc）需要 LibreOffice（或 antiword），请联系管理员安装，或用 Word 或 WPS 另存为 .docx 后重新载入",
    ),
    (ole("WordDocument"), "a.wps", "WPS 文字"),
    (ole("Workbook"), "a.docx", "Excel 文件不完整"),
    (ole("EncryptedPackage"), "a.docx", "加密的 Office 文件"),
    (zip_of({"OFD.xml": b"<OFD/>"}), "a.docx", "OFD"),
    (zip_of(TYPES | {"xl/workbook.xml": b"<w/>"}), "a.docx", "Excel"),
    (zip_of(TYPES | {"ppt/presentation.xml": b"<p/>"}), "a.docx", "PowerPoint"),
    (zip_of({"政策/措施.txt": b"x"}), "a.docx", "ZIP 压缩包"),
    (b"{\\rtf1\\ansi hello}", "a.doc", "RTF"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "a.txt", "图片"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 100, "a.pdf", "图片"),
    (b"MZ\x90\x00" + b"\x00\x01" * 100, "a.txt", "可执行程序"),
    (b"\x7fELF\x02\x01" + b"\x00\x01" * 100, "a.txt", "可执行程序"),
    (b"Rar!\x1a\x07\x00" + b"\x00" * 100, "a.txt", "RAR"),
    (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 100, "a.txt", "7z"),
    (b'<?xml version="1.0"?><pkg:package/>', "a.doc", "XML 数据文件"),
    (b"", "a.txt", "文件是空的"),
    (b" \r\n\t\x00", "a.docx", "文件是空的"),
]


@pytest.mark.parametrize(("data", "name", "reason"), REFUSED, ids=[row[2] for row in REFUSED])
def test_other_formats_are_refused_by_name_and_with_advice(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(data, name)


def test_content_decides_not_the_name() -> None:
    assert read_document(make_docx(para("对企业给予奖励。")), "措施.txt").format == "docx"


def test_a_file_above_50_mb_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="超过 50 MB"):
        read_document(b"a" * (50 * 1024 * 1024 + 1), "a.txt")


def test_text_above_five_million_characters_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="500 万字"):
        read_document("奖".encode() * 5_000_001, "a.txt")


def test_a_text_that_begins_like_a_picture_is_text() -> None:
    assert read_document("BM公司申报指南：对企业给予奖励。".encode("gbk"), "a.txt").format == "txt"
