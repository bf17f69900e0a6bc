"""Open the database of a data folder and bring its tables up to date."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from policy_corpus.schema import migrations as corpus_migrations
from service.errors import UnusableDataFolder
from service.store.schemas import SETS

BUSY_TIMEOUT_S = 20
_SETS: tuple[Migrations, ...] = (corpus_migrations, *SETS)


def open_database(path: Path) -> Database:
    """The database at `path`, created and migrated as needed. Raises UnusableDataFolder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
    except (OSError, sqlite3.DatabaseError) as error:
        raise _unusable(path, error) from error
    try:
        return _prepared(Database(connection), path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _unusable(path, error) from error
    except UnusableDataFolder:
        connection.close()
        raise


@contextmanager
def only_writer(db: Database) -> Iterator[None]:
    """A transaction that waits for other writers first; rolled back whole if anything goes wrong in it."""
    db.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _prepared(db: Database, path: Path) -> Database:
    db.execute("pragma foreign_keys = on")
    db.execute("pragma synchronous = full")  # an accepted file survives a power cut, not only a kill
    _check_not_newer(db, path)
    if db.journal_mode != "wal" or any(migrations.pending(db) for migrations in _SETS):
        with _alone(path.parent):
            _bring_up_to_date(db)
    return db


def _bring_up_to_date(db: Database) -> None:
    if db.journal_mode != "wal":
        db.enable_wal()
    for migrations in _SETS:
        if migrations.pending(db):
            migrations.apply(db)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder: of two processes that open a new one at once, one makes the tables."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _unusable(path: Path, error: Exception) -> UnusableDataFolder:
    return UnusableDataFolder(
        f"数据目录 {path.parent} 无法使用（{error}）。请检查目录权限、磁盘空间，或用 --data 指定其他目录"
    )


def _check_not_newer(db: Database, path: Path) -> None:
    """A database that a newer program has changed is refused, not guessed at."""
    for migrations in _SETS:
        known = {entry.name for entry in migrations._migrations}
        unknown = [entry.name for entry in migrations.applied(db) if entry.name not in known]
        if unknown:
            raise UnusableDataFolder(
                f"数据目录 {path.parent} 由更新版本的惠企建立（{'、'.join(unknown)}）。请升级程序后再打开"
            )
