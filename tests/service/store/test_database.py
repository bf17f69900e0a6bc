"""The database of a data folder: opened twice it is the same, a newer or broken one is refused with advice."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from service.errors import UnusableDataFolder
from service.store.data_folder import DATABASE_NAME, DataFolder


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        folder.db.execute("insert into enterprises (uscc, name, updated_at) values ('u', '示例', '')")
        folder.db.conn.commit()
    with DataFolder.open(tmp_path) as folder:
        assert len(folder.enterprises) == 1


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        folder.db.table("_sqlite_migrations").insert(
            {"migration_set": "service", "name": "from_the_future", "applied_at": ""}
        )
    with pytest.raises(UnusableDataFolder, match="更新版本的惠企建立（from_the_future）。请升级程序"):
        DataFolder.open(tmp_path)


def test_a_damaged_database_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"this is no database" * 100)
    with pytest.raises(UnusableDataFolder, match=r"无法使用.*请检查"):
        DataFolder.open(tmp_path)


def test_writes_survive_another_connection_that_reads(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        assert folder.db.journal_mode == "wal"
        other = sqlite3.connect(tmp_path / DATABASE_NAME)
        other.execute("select count(*) from documents").fetchone()
        folder.db.execute("insert into enterprises (uscc, name, updated_at) values ('u', '示例', '')")
        folder.db.conn.commit()
        assert other.execute("select count(*) from enterprises").fetchone() == (1,)
        other.close()


def test_a_connection_that_leaves_the_log_alone_lets_a_worker_move_it(tmp_path: Path) -> None:
    log = tmp_path / f"{DATABASE_NAME}-wal"
    with DataFolder.open(tmp_path) as worker, DataFolder.open(tmp_path, leave_checkpoints=True) as web:
        assert web.db.execute("pragma wal_autocheckpoint").fetchone() == (0,)
        assert worker.db.execute("pragma wal_autocheckpoint").fetchone() == (1000,)
        web.db.execute("insert into enterprises (uscc, name, updated_at) values ('u', '示例', '')")
        assert log.stat().st_size > 0
        worker.move_log()
        moved = worker.db.execute("pragma wal_checkpoint(passive)").fetchone()
        assert moved[1] == moved[2] and len(worker.enterprises) == 1
