"""A ZIP -> the files in it, each as bytes or with the reason why it is left out; called by the loading workflow.

`members` works in this process; `unpack` does the same in the sandbox's child, in portions, and is what loading uses.
Names come out as they were written (GBK is not marked in a ZIP), ZIPs inside are opened too, and whatever is hostile -
bombs, encrypted, overlapping, absolute or `../` names, links - is refused by name.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.archive_names import is_outside, is_system_file, member_name
from policy_corpus.reading.sandbox import Sandbox
from policy_corpus.reading.signature import is_plain_zip

_TASK = "policy_corpus.reading.archive:portion"
_PORTION_BYTES = 24 * 1024 * 1024  # a member larger than this is a portion of its own
_LENGTH = struct.Struct(">I")
_LOCAL_HEADER = 30
_READ_AT_ONCE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = "ZIP 压缩包不完整或已损坏，请重新下载或重新压缩后载入"
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    struct.error,
)
_ZIPPED_DOCUMENTS = frozenset(
    (".docx", ".xlsx", ".pptx", ".ofd", ".odt", ".ods", ".docm", ".xlsm", ".dotx", ".wps", ".et")
)
_LINK = 0o120000
_KIND = 0o170000


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one ZIP may hold. ratio matters from ratio_from_bytes on: small texts pack tightly by nature."""

    members: int = 2000
    total_bytes: int = 500 * 1024 * 1024
    member_bytes: int = 50 * 1024 * 1024
    ratio: int = 100
    ratio_from_bytes: int = 1024 * 1024
    nested: int = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a ZIP by its path inside ("目录/内层.zip/文件.docx").

    refusal: why it is left out. passed_over: put there by a system or an editor, nobody asked for it. Neither has data.
    """

    path: str
    data: bytes
    refusal: str | None = None
    passed_over: bool = False


def members(data: bytes, limits: ArchiveLimits | None = None) -> Iterator[Member]:
    """The files of a ZIP in its own order. Raises UnreadableDocument if as a whole it is damaged or too large."""
    return (entry.member() for entry in _entries(data, "", 0, _Walk(limits or ArchiveLimits())))


def unpack(sandbox: Sandbox, data: bytes, file_name: str) -> Iterator[Member]:
    """`members` in the sandbox's child; nothing for a document that comes as a ZIP (DOCX, OFD …).

    Raises UnreadableDocument, whatever the ZIP does to its parser.
    """
    start, done = 0, False
    while not done:
        rows, done, bodies = _split(sandbox.run_for_bytes(_TASK, data, file_name, str(start).encode()))
        at = 0
        for path, size, refusal, passed_over in rows:
            yield Member(path, bodies[at : at + size], refusal, passed_over)
            at += size
        start += len(rows)


def portion(data: bytes, file_name: str, start: bytes) -> bytes:
    """What the child answers: the members from number `start` on that fit in one answer, and whether they are the last."""
    found: list[Member] = []
    size, done = 0, True
    archive = is_plain_zip(data)
    entries = _entries(data, "", 0, _Walk(ArchiveLimits())) if archive else iter(())
    for entry in islice(entries, int(start), None):
        if found and size + entry.size > _PORTION_BYTES:
            done = False
            break
        found.append(entry.member())
        size += len(found[-1].data)
    if archive and not found and start == b"0":
        raise UnreadableDocument("压缩包是空的，没有可载入的文件，请核对后重新载入")
    rows = [(one.path, len(one.data), one.refusal, one.passed_over) for one in found]
    head = json.dumps([rows, done], ensure_ascii=False).encode("utf-8", "replace")
    return b"".join((_LENGTH.pack(len(head)), head, *(one.data for one in found)))


def _split(answer: bytes) -> tuple[list[tuple[str, int, str | None, bool]], bool, bytes]:
    (length,) = _LENGTH.unpack_from(answer)
    end = _LENGTH.size + length
    rows, done = json.loads(answer[_LENGTH.size : end])
    return rows, done, answer[end:]


@dataclass(slots=True)
class _Walk:
    """What adds up while a ZIP and those inside it are walked."""

    limits: ArchiveLimits
    count: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member before it is unpacked. size: what its directory says, which unpacking never exceeds."""

    path: str
    size: int = 0
    refusal: str | None = None
    passed_over: bool = False
    load: Callable[[], bytes] = field(default=bytes)

    def member(self) -> Member:
        if self.refusal is not None or self.passed_over:
            return Member(self.path, b"", self.refusal, self.passed_over)
        try:
            return Member(self.path, self.load())
        except UnreadableDocument as trouble:
            return Member(self.path, b"", trouble.reason)


def _entries(data: bytes, above: str, depth: int, walk: _Walk) -> Iterator[_Entry]:
    archive, infos = _opened(data)
    with archive:
        _check_whole(infos, walk)
        overlapping = _overlapping(infos)
        for info in infos:
            path = above + member_name(info)
            if info.is_dir() or path.endswith("/"):
                continue
            if is_system_file(path):
                yield _Entry(path, passed_over=True)
                continue
            walk.count += 1
            walk.total += info.file_size
            reason = _refusal(info, path[len(above) :], id(info) in overlapping, walk.limits)
            if reason is not None:
                yield _Entry(path, refusal=reason)
            else:
                yield from _read_or_entered(archive, info, path, depth, walk)


def _read_or_entered(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, depth: int, walk: _Walk
) -> Iterator[_Entry]:
    """The member itself, or what is in it if it is a ZIP."""
    if not _may_be_archive(archive, info, path):
        yield _Entry(path, info.file_size, load=lambda: _unpacked(archive, info))
        return
    try:
        inner = _unpacked(archive, info)
        if not is_plain_zip(inner):
            yield _Entry(path, info.file_size, load=lambda: inner)
            return
        if depth >= walk.limits.nested:
            raise UnreadableDocument("压缩包套得太深（最多两层），请解压后载入其中的文件")
        yield from _entries(inner, f"{path}/", depth + 1, walk)
    except UnreadableDocument as trouble:
        yield _Entry(path, refusal=trouble.reason)


def _may_be_archive(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> bool:
    """Whether a member must be looked into: named .zip, or begins like one and is not named like a document in a ZIP."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".zip" or suffix in _ZIPPED_DOCUMENTS:
        return suffix == ".zip"
    try:
        with archive.open(info) as member:
            return member.read(4) == b"PK\x03\x04"
    except _UNPACKING:
        return False


def _opened(data: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        return archive, archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as trouble:
        raise UnreadableDocument(_DAMAGED) from trouble


def _check_whole(infos: list[zipfile.ZipInfo], walk: _Walk) -> None:
    limits = walk.limits
    if walk.count + len(infos) > limits.members:
        raise UnreadableDocument(f"压缩包中的文件超过 {limits.members} 个，请分成几个压缩包载入")
    if walk.total + sum(info.file_size for info in infos) > limits.total_bytes:
        megabytes = limits.total_bytes // 1024**2
        raise UnreadableDocument(f"压缩包解压后超过 {megabytes} MB，请分成几个压缩包载入")


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """The entries whose bytes begin inside another's: no honest program writes them."""
    found: set[int] = set()
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found.add(id(info))
        end = max(end, info.header_offset + _LOCAL_HEADER + info.compress_size)
    return found


def _refusal(info: zipfile.ZipInfo, path: str, overlapping: bool, limits: ArchiveLimits) -> str | None:
    """Why a member is not unpacked, by what the directory says of it; None if nothing speaks against it."""
    if is_outside(path):
        return "压缩包中的路径指向包外（绝对路径或 ..），已拒绝，请核对压缩包来源"
    if overlapping:
        return "压缩包中的文件互相重叠（疑似压缩炸弹），已拒绝，请核对压缩包来源"
    if info.flag_bits & 1:
        return "压缩包有密码，请去除密码或解压后载入"
    if (info.external_attr >> 16) & _KIND == _LINK:
        return "压缩包中的这一项是链接，不是文件，请放入文件本身后重新压缩"
    if info.compress_type not in _READ_AT_ONCE:
        return "压缩方式不受支持，请用标准 ZIP 格式重新压缩，或解压后载入"
    if info.file_size > limits.member_bytes:
        return f"文件超过 {limits.member_bytes // 1024**2} MB，请拆分或压缩其中的图片后重新载入"
    if info.file_size > max(limits.ratio_from_bytes, limits.ratio * info.compress_size):
        return f"压缩比超过 {limits.ratio} 倍（疑似压缩炸弹），已拒绝，请核对压缩包来源"
    return None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(info)
    except _UNPACKING as trouble:
        raise UnreadableDocument("压缩包中的这个文件已损坏，请重新压缩后载入") from trouble
