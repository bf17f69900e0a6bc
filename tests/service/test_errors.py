"""What an error is to the outside: the state of the disk is told, with what to do; nothing else of the inside is."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from service.errors import NoRoom, error_shape


@pytest.mark.parametrize(
    ("error", "status", "advice"),
    [
        (sqlite3.OperationalError("database is locked"), 503, "请稍后再试"),
        (sqlite3.OperationalError("database or disk is full"), 507, "清理磁盘"),
        (sqlite3.OperationalError("attempt to write a readonly database"), 503, "只读"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "清理磁盘"),
        (NoRoom("磁盘空间不足"), 507, "磁盘"),
        (sqlite3.OperationalError("no such column: secret"), 500, "服务内部出错"),
        (OSError(errno.EPERM, "/secret/path"), 500, "服务内部出错"),
        (ValueError("secret"), 500, "服务内部出错"),
    ],
)
def test_the_state_of_the_disk_is_told_and_nothing_of_the_inside(
    error: Exception, status: int, advice: str
) -> None:
    shape = error_shape(error)
    assert shape.status == status and advice in shape.message and "secret" not in shape.message
