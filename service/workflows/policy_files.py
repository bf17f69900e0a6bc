"""Find and read the files that an administrator names: folders walked, odd ones refused, names made printable.

Called by the loading workflow and the CLI. Whatever a folder holds - pipes, links in a circle, names in another
encoding, files nobody may read - ends as a file read or as a reason beside its name; nothing is passed over.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.signature import MAX_FILE_BYTES

_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_REASONS = {
    errno.ENOENT: "找不到文件，或链接所指的文件已不存在，请检查路径",
    errno.ENOTDIR: "找不到文件，请检查路径",
    errno.EACCES: "没有读取权限，请修改权限后重新载入",
    errno.EPERM: "没有读取权限，请修改权限后重新载入",
    errno.ELOOP: "链接循环指向自身，请删除该链接或直接指定文件",
    errno.ENAMETOOLONG: "文件名或路径过长，请改短后重新载入",
    errno.ENOSPC: "磁盘空间不足，请清理后重新载入",
    errno.EDQUOT: "磁盘配额已用完，请清理后重新载入",
    errno.EROFS: "数据目录只读，请用 --data 指定可写的目录",
    errno.EIO: "磁盘或网络存储读写出错，请检查存储设备后重新载入",
}


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named and those in the folders named, hidden ones left out, in a fixed order, each once.

    Linked folders are entered, each folder once. A folder that cannot be listed stands in the result itself,
    so that reading it names the reason.
    """
    found: list[Path] = []
    for path in paths:
        # Path.is_dir raises for a name that is too long
        found += sorted(_inside(path)) if os.path.isdir(path) else [path]  # noqa: PTH112
    return list(dict.fromkeys(found))


def _inside(root: Path) -> list[Path]:
    found: list[Path] = []
    seen: set[tuple[int, int]] = set()
    _is_new(root, seen)

    def unreadable(error: OSError) -> None:
        found.append(Path(os.fsdecode(error.filename)))

    for folder, inner, names in os.walk(root, onerror=unreadable, followlinks=True):
        inner[:] = [name for name in inner if not name.startswith(".") and _is_new(Path(folder, name), seen)]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return found


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether the walk meets a folder for the first time, whatever links lead to it."""
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    known = key in seen
    seen.add(key)
    return not known


def read_file(path: Path) -> bytes:
    """The bytes of a regular file of at most 50 MB. Raises UnreadableDocument with a Chinese reason."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            next(os.scandir(path), None)  # a folder that find_files could not list says why
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument("不是普通文件（文件夹、管道或设备），请指定政策文件")
        if status.st_size > MAX_FILE_BYTES:
            raise UnreadableDocument("文件超过 50 MB，请拆分或压缩其中的图片后重新载入")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(io_reason(error)) from error


def io_reason(error: OSError) -> str:
    """What the system's refusal means and what to do, in Chinese."""
    return _REASONS.get(
        error.errno or 0, f"文件无法读取或保存（{error.strerror or error}），请检查后重新载入"
    )


def printable(path: Path | str) -> str:
    """A path or name for screen and database: GB18030 names decoded, line breaks and the like replaced.

    >>> printable(os.fsdecode("示例办法.txt".encode("gb18030"))), printable("a\\nb.txt")
    ('示例办法.txt', 'a\ufffdb.txt')
    """
    text = _decoded(os.fsencode(path))
    return "".join("\ufffd" if unicodedata.category(char) in _UNPRINTABLE else char for char in text)


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
