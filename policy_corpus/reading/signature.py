"""Say what a file is by its bytes, never by its name: name of the format, or the reason for refusing it.

Called by dispatch before any parser sees the file. `filetype` knows the magic numbers; what hides inside
a ZIP or an OLE container is looked up here, because an OFD looks like a DOCX to most tools.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from policy_corpus.errors import UnreadableDocument

MAX_FILE_BYTES = 50 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".jsp", ".asp", ".php"})
_HTML_TAG = re.compile(
    rb"<(!doctype\s+html|html|head|body|meta|div|table|p|span|h1|article)[\s>/]", re.IGNORECASE
)
_XHTML = re.compile(rb"<!doctype\s+html|<html", re.IGNORECASE)
# The head of an email: lines like "MIME-Version: 1.0" from the first byte on, one of which says that its parts belong together.
_HEADER = re.compile(rb"[A-Za-z-]{1,40}:")
_RELATED = re.compile(rb"^content-type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE)
_ENOUGH_TO_SNIFF = 65536


@dataclass(frozen=True, slots=True)
class _Refusal:
    name: str
    advice: str


# What is recognised but not read: what it is called and what the user can do about it.
_REFUSED: dict[str, _Refusal] = {
    "ppt": _Refusal("PowerPoint 演示文稿", "请导出为 PDF 后重新载入"),
    "pptx": _Refusal("PowerPoint 演示文稿（.pptx）", "请导出为 PDF 后重新载入"),
    "ole": _Refusal("旧版 Office 文件", "请另存为 .docx 后重新载入"),
    "zip": _Refusal("ZIP 压缩包", "请解压后载入其中的文件"),
    "rar": _Refusal("RAR 压缩包", "请解压后载入其中的文件"),
    "7z": _Refusal("7z 压缩包", "请解压后载入其中的文件"),
    "gz": _Refusal("GZ 压缩包", "请解压后载入其中的文件"),
    "xml": _Refusal("XML 数据文件", "请提供 .docx、PDF 或文本后重新载入"),
    "image": _Refusal("这种图片", "请另存为 PNG 或 JPG 后重新载入"),
    "program": _Refusal("可执行程序", "这不是政策文件，请核对后重新选择"),
    "media": _Refusal("音视频文件", "这不是政策文件，请核对后重新选择"),
    "encrypted office": _Refusal("加密的 Office 文件", "请去除打开密码后重新载入"),
}

_READ_PICTURES = frozenset(("png", "jpg", "tif", "bmp", "webp", "gif"))
_PROGRAM_MAGIC = (b"MZ\x90", b"MZP", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")

# Stream names in an OLE container, as its directory writes them.
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)


def detect_format(data: bytes, file_name: str) -> str:
    """The name of a format that dispatch reads. Raises UnreadableDocument for all else, by name and with advice."""
    check_size(data)
    found = _sniff(data, file_name)
    if found in _REFUSED:
        refusal = _REFUSED[found]
        raise UnreadableDocument(f"暂不支持{refusal.name}，{refusal.advice}")
    return found


def begins_as_zip(data: bytes) -> bool:
    """Whether the first bytes are a ZIP's; what it holds must be looked up where a hostile one does no harm."""
    return data.startswith(_ZIP)


def is_plain_zip(data: bytes) -> bool:
    """Whether bytes are a ZIP of files and no document that comes as a ZIP (DOCX, OFD …). Raises UnreadableDocument."""
    return data.startswith(_ZIP) and _inside_zip(data) == "zip"


def check_size(data: bytes) -> None:
    """Refuse an empty file and one above 50 MB. Raises UnreadableDocument."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableDocument("文件超过 50 MB，请拆分或压缩其中的图片后重新载入")
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument("文件是空的，没有任何内容，请核对后重新载入")


def _sniff(data: bytes, file_name: str) -> str:
    head = data[:1024].lstrip()
    if b"%PDF-" in data[:1024] and not _HTML_TAG.search(data[:1024]):
        return "pdf"
    if data.startswith(_OLE):
        return _inside_ole(data, file_name)
    if data.startswith(_ZIP):
        return _inside_zip(data)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _HEADER.match(head) and _RELATED.search(data[:4096]):
        return "mht"
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") and not re.search(
        rb"<!doctype\s+html|<html", data[:4096], re.I
    ):
        return "xml"
    if data.startswith(_PROGRAM_MAGIC):
        return "program"
    return _by_magic(data) or _kind_of_text(data, file_name)


def _by_magic(data: bytes) -> str | None:
    import filetype

    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None  # a byte order mark: text, though FF FE also begins some audio frames
    kind = filetype.guess(data[:8192])
    if kind is None:
        return None
    if kind.extension in _REFUSED:
        return str(kind.extension)
    family = kind.mime.split("/")[0]
    if family in ("image", "audio", "video"):
        # Two-byte magic numbers (BM, MP3 frames) also begin texts: believe them only for binary data.
        if b"\x00" not in data[:4096]:
            return None
        if family != "image":
            return "media"
        return str(kind.extension) if kind.extension in _READ_PICTURES else "image"
    return "program" if kind.mime in ("application/x-msdownload", "application/x-executable") else None


def _inside_ole(data: bytes, file_name: str) -> str:
    for stream, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            named_wps = file_name.lower().endswith((".wps", ".wpt"))
            return "wps" if found == "doc" and named_wps else found
    return "ole"


def _inside_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as trouble:
        raise UnreadableDocument(
            "文件不完整或已损坏（ZIP 结构读不出来），请重新下载或另存后载入"
        ) from trouble
    folders = {name.split("/", 1)[0].lower() for name in names}
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        for folder, found in (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")):
            if folder in folders:
                return found
    if "mimetype" in names and "content.xml" in names:
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "odt"
    return "zip"


def _kind_of_text(data: bytes, file_name: str) -> str:
    suffix = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    head = data[:_ENOUGH_TO_SNIFF]
    if b"\x00" in head:  # UTF-16 without the NULs is close enough to see tags
        head = head.replace(b"\x00", b"")
    if suffix in (".md", ".markdown"):
        return "md"
    tags = len(_HTML_TAG.findall(head))
    if (
        tags >= 3
        or (tags and suffix in _HTML_NAMES)
        or re.match(rb"\W{0,200}<(!doctype|html)", head[:200], re.I)
    ):
        return "html"
    return "txt"
