"""What the members of a ZIP are called, and which of them nobody asked for; called by archive.py.

A ZIP says of a name only whether it is UTF-8. Chinese Windows writes GBK without a mark, macOS UTF-8 without a mark,
and zipfile shows both as `┐╞╝╝`.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: version, CRC of the name it stands for, the name in UTF-8
_DRIVE = re.compile(r"^[A-Za-z]:")
_SYSTEM_NAMES = frozenset(
    ("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information")
)
_SYSTEM_STARTS = (".", "~$", "~wrl", ".~")
_NO_CHARACTER = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def member_name(info: zipfile.ZipInfo) -> str:
    """The path of a member with "/" between its parts, decoded by evidence; what cannot be shown is "\ufffd"."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        name = _unicode_path(info.extra, raw) or decoded_name(raw)
    name = name.replace("\\", "/")
    return "".join("\ufffd" if unicodedata.category(char) in _NO_CHARACTER else char for char in name)


def decoded_name(raw: bytes) -> str:
    """A name that a ZIP does not say the encoding of: UTF-8 if it is Chinese in it, else GB18030.

    >>> decoded_name("政策/措施.docx".encode("gbk")), decoded_name("政策/措施.docx".encode())
    ('政策/措施.docx', '政策/措施.docx')
    """
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = ""
    # A GBK name may happen to be UTF-8, but then of two bytes a character, which no Chinese character is.
    if name and not any("\u0080" <= char < "\u0800" for char in name):
        return name
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return name or raw.decode("gb18030", "replace")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        if (
            kind == _UNICODE_PATH
            and len(body) > 5
            and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw)
        ):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + length
    return None


def is_outside(path: str) -> bool:
    """Whether a path leads out of the folder that it would be unpacked in.

    >>> [is_outside(path) for path in ("a/../../b", "/etc/passwd", "C:/b", "政策/..措施.txt")]
    [True, True, True, False]
    """
    return path.startswith("/") or bool(_DRIVE.match(path)) or ".." in path.split("/")


def is_system_file(path: str) -> bool:
    """Whether a member was put there by a system or an editor: __MACOSX, Thumbs.db, ~$措施.docx, .git/config.

    >>> [is_system_file(path) for path in ("__MACOSX/._a.txt", "政策/Thumbs.db", "~$措施.docx", "措施.docx", "../a")]
    [True, True, True, False, False]
    """
    parts = [part.lower() for part in path.split("/") if part not in ("", ".", "..")]
    return any(part in _SYSTEM_NAMES or part.startswith(_SYSTEM_STARTS) for part in parts)
