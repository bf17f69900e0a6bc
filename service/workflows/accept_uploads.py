"""Accept files and addresses that are handed in: bytes kept, rows and jobs written, and only then is it promised.

Called by the console and whoever else hands files in; `load_uploads` does the rest in the background.
"""

from __future__ import annotations

import errno
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from policy_corpus.reading.signature import MAX_FILE_BYTES
from service.actors import Actor
from service.errors import NoRoom, UnusableFile, UploadTooLarge
from service.store.data_folder import DataFolder
from service.store.uploaded import Batch, NewFile, UploadedFile, UploadState
from service.workflows.load_uploads import put_job, refuse
from service.workflows.policy_files import printable

MAX_FILES, MAX_BYTES = 200, 500 * 1024 * 1024
MAX_ADDRESSES = 1000
_KEPT_FREE_BYTES = 200 * 1024 * 1024  # for the database and everything else
_NAME_CHARS = 240
_BATCH_ID = re.compile(r"[0-9a-f]{16}")
TOO_LARGE = f"文件超过 {MAX_FILE_BYTES // 1024**2} MB，请拆分或压缩其中的图片后重新上传"

Clock = Callable[[], datetime]


def new_batch_id() -> str:
    """A name for a batch that nobody guesses."""
    return secrets.token_hex(8)


def open_batch(
    folder: DataFolder,
    batch_id: str,
    *,
    by: Actor,
    now: Clock,
    source: str = "upload",
    continues: str | None = None,
) -> Batch:
    """The batch of that id, made if it is not there. Raises UnusableFile for what is no id of ours."""
    if not _BATCH_ID.fullmatch(batch_id) or (continues and not _BATCH_ID.fullmatch(continues)):
        raise UnusableFile("上传批次编号有误，请重新打开上传页面")
    with folder.writing():
        if (found := folder.uploads.find_batch(batch_id)) is None:
            if continues and (first := folder.uploads.get_batch(continues)).continues:
                continues = first.continues
            found = Batch(batch_id, now(), by.name, source, continues)
            folder.uploads.open_batch(found)
            folder.audit.record(by, "upload.accept", "upload", batch_id, at=now(), after={"source": source})
    return found


def accept_file(
    folder: DataFolder,
    batch_id: str,
    name: str,
    data: bytes,
    *,
    by: Actor,
    now: Clock,
    token: str | None = None,
) -> UploadedFile:
    """Accept one file into a batch that is open; what is returned is promised to be done, whatever happens then.

    token: names this attempt, so that repeating it changes nothing. Raises UploadTooLarge (a file too large leaves a
    refused row, so that the report names it), NoRoom.
    """
    if len(data) > MAX_FILE_BYTES:
        raise _refused_as_too_large(folder, batch_id, name, len(data), by=by, now=now, token=token)
    check_batch(folder, batch_id, files=1, bytes_=len(data), token=token)
    check_room(folder, len(data))
    digest = _kept(folder, data)
    with folder.writing():
        check_batch(folder, batch_id, files=1, bytes_=len(data), token=token)
        file = NewFile(clean_name(name), len(data), digest, token=token)
        added, is_new = folder.uploads.add(batch_id, file, at=now())
        if not is_new:
            return added
        if not folder.originals.path(digest).exists():  # swept away between keeping and writing down
            folder.originals.keep(data)
        put_job(folder, added, at=now())
    return added


def refuse_unread(
    folder: DataFolder,
    batch_id: str,
    name: str,
    size: int,
    *,
    by: Actor,
    now: Clock,
    token: str | None = None,
) -> UploadedFile:
    """Write down a file that is too large to be taken in, with the reason."""
    with folder.writing():
        file = NewFile(clean_name(name), size, token=token)
        added, is_new = folder.uploads.add(batch_id, file, at=now())
        if is_new:
            refuse(folder, added, TOO_LARGE, by=by, at=now())
    return folder.uploads.get(added.id)


def _refused_as_too_large(
    folder: DataFolder, batch_id: str, name: str, size: int, *, by: Actor, now: Clock, token: str | None
) -> UploadTooLarge:
    refuse_unread(folder, batch_id, name, size, by=by, now=now, token=token)
    return UploadTooLarge(f"“{clean_name(name)}”：{TOO_LARGE}")


def accept(
    folder: DataFolder,
    files: Iterable[tuple[str, bytes]],
    *,
    by: Actor,
    now: Clock,
    source: str = "upload",
    batch_id: str | None = None,
) -> Batch:
    """Accept files as one batch; a file that is too large is refused in the report, the others are taken.

    Raises UploadTooLarge when there are too many, NoRoom; then none of those not yet taken is.
    """
    batch = open_batch(folder, batch_id or new_batch_id(), by=by, now=now, source=source)
    for name, data in files:
        if len(data) > MAX_FILE_BYTES:
            refuse_unread(folder, batch.id, name, len(data), by=by, now=now)
        else:
            accept_file(folder, batch.id, name, data, by=by, now=now)
    return batch


def accept_addresses(
    folder: DataFolder,
    addresses: Sequence[str],
    *,
    by: Actor,
    now: Clock,
    with_attachments: bool = False,
    batch_id: str | None = None,
) -> Batch:
    """Accept addresses to be fetched in the background, each once. Raises UploadTooLarge, UnusableFile if there is none."""
    wanted = list(dict.fromkeys(stripped for line in addresses if (stripped := clean_address(line))))
    if not wanted:
        raise UnusableFile("没有可用的网址，请每行填写一个以 http:// 或 https:// 开头的网址")
    if len(wanted) > MAX_ADDRESSES:
        raise UploadTooLarge(f"网址共 {len(wanted)} 个，一次最多 {MAX_ADDRESSES} 个，请分几次提交")
    batch = open_batch(folder, batch_id or new_batch_id(), by=by, now=now, source="addresses")
    with folder.writing():
        for address in wanted:
            file = NewFile(address, address=address, token=address, with_attachments=with_attachments)
            added, is_new = folder.uploads.add(batch.id, file, at=now())
            if is_new:
                put_job(folder, added, at=now())
    return batch


def retry_files(
    folder: DataFolder, batch_id: str, file_ids: Iterable[int] | None, *, by: Actor, now: Clock
) -> int:
    """Let refused files of a batch, all or those named, be tried again; returns how many are.

    A file whose bytes were never taken in, or have been cleared away since, must be handed in again.
    """
    wanted = None if file_ids is None else set(file_ids)
    again = 0
    with folder.writing():
        for file in list(folder.uploads.files(batch_id)):
            if wanted is not None and file.id not in wanted:
                continue
            if (file.digest or file.address) and folder.uploads.reopen(file.id):
                put_job(folder, replace(file, state=UploadState.RECEIVED), at=now())
                again += 1
        if again:
            folder.audit.record(by, "upload.retry", "upload", batch_id, at=now(), after={"files": again})
    return again


def check_batch(
    folder: DataFolder, batch_id: str, *, files: int, bytes_: int, token: str | None = None
) -> None:
    """Raise UploadTooLarge if a batch cannot take so much more. UploadNotFound if there is none."""
    folder.uploads.get_batch(batch_id)
    if token is not None and folder.uploads.find_by_token(batch_id, token) is not None:
        return
    there, size = folder.uploads.size_of(batch_id)
    if there + files > MAX_FILES:
        raise UploadTooLarge(f"一批最多 {MAX_FILES} 个文件，请把其余文件作为下一批上传")
    if size + bytes_ > MAX_BYTES:
        raise UploadTooLarge(f"一批最多 {MAX_BYTES // 1024**2} MB，请把其余文件作为下一批上传")


def check_room(folder: DataFolder, size: int) -> None:
    """Raise NoRoom if the disk could not hold so many bytes more."""
    if shutil.disk_usage(folder.path).free < size + _KEPT_FREE_BYTES:
        raise NoRoom("服务器磁盘空间不足，文件没有收下；请联系管理员清理磁盘后重新上传")


def _kept(folder: DataFolder, data: bytes) -> str:
    try:
        return folder.originals.keep(data)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom("服务器磁盘空间不足，文件没有收下；请联系管理员清理磁盘后重新上传") from error
        raise


def clean_name(name: str) -> str:
    """A file's name, with its folders, as it is shown and stored; never used as a path.

    >>> clean_name("..\\\\申报\\\\a\\tb.txt"), clean_name("/"), clean_name("长" * 300 + ".docx")[-9:]
    ('申报/a\ufffdb.txt', '未命名文件', '长长长….docx')
    """
    parts = printable(name).replace("\\", "/").split("/")
    shown = "/".join(part.strip() for part in parts if part.strip() not in ("", ".", "..")) or "未命名文件"
    if len(shown) <= _NAME_CHARS:
        return shown
    suffix = PurePosixPath(shown).suffix[:10]
    return f"{shown[: _NAME_CHARS - len(suffix) - 1]}…{suffix}"


def clean_address(line: str) -> str:
    """An address as it was meant: spaces and control characters out; "" if nothing is left or it is a remark (#).

    >>> clean_address("  https://example.com/a b\\n"), clean_address("# 说明")
    ('https://example.com/ab', '')
    """
    kept = "".join(char for char in line if not char.isspace() and char.isprintable())
    return "" if kept.startswith("#") else kept[:2000]
