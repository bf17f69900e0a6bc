"""ZIP files as other programs write them, and as hostile ones do: names in GBK, bombs, locks, overlaps."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

DAY = (2026, 11, 24, 8, 0, 0)


class _Raw(zipfile.ZipInfo):
    """An entry whose name is written in an encoding that the ZIP does not tell."""

    encoding = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def zip_with(files: dict[str, bytes], encoding: str = "gbk", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP whose names stand in an encoding without a mark, as Windows (gbk) and macOS (utf-8) write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = _Raw("x", DAY)
            info.filename, info.encoding, info.compress_type = name, encoding, method
            archive.writestr(info, data)
    return out.getvalue()


def with_unicode_path(name: str, data: bytes) -> bytes:
    """A ZIP with one entry: its name in GBK, and in UTF-8 in Info-ZIP's extra field."""
    raw = name.encode("gbk")
    field = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    info = _Raw("x", DAY)
    info.filename = name
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, data)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The ZIP with the mark of encryption on every entry."""
    out = bytearray(data)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)


def overlapping(data: bytes, copies: int) -> bytes:
    """A ZIP of one file whose directory names it many times over: the same bytes, unpacked again and again."""
    end = data.rfind(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", data, end + 12)
    entry = data[start : start + size]
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, copies, copies, size * copies)
    return data[:start] + entry * copies + bytes(tail)


def with_link(name: str, target: str) -> bytes:
    """A ZIP that holds a symbolic link."""
    info = zipfile.ZipInfo(name, DAY)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, target)
    return out.getvalue()


def lying_about_size(data: bytes, size: int) -> bytes:
    """The ZIP of one file with another uncompressed size in its directory."""
    out = bytearray(data)
    struct.pack_into("<I", out, out.find(b"PK\x01\x02") + 24, size)
    return bytes(out)
