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
_KNOWN = {(migrations.name, entry.name) for migrations in _SETS for entry in migrations._migrations}
_LOG_TOO_LARGE = 64 * 1024 * 1024  # no worker has moved it for long: then everybody does


def open_database(path: Path, *, leave_checkpoints: bool = False) -> Database:
    """The database at `path`, created and migrated as needed. Raises UnusableDataFolder.

    leave_checkpoints: for the many connections of the web, whose log a worker moves into the database (decision 0017).
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
    except (OSError, sqlite3.DatabaseError) as error:
        raise _unusable(path, error) from error
    try:
        return _prepared(Database(connection), path, leave_checkpoints)
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


def move_log(db: Database) -> None:
    """Move what the log holds into the database, as far as nobody still reads or writes; waits for nobody."""
    db.execute("pragma wal_checkpoint(passive)").fetchall()


def _prepared(db: Database, path: Path, leave_checkpoints: bool) -> Database:
    db.execute("pragma foreign_keys = on")
    db.execute("pragma synchronous = full")  # an accepted file survives a power cut, not only a kill
    applied = _applied(db)
    _check_not_newer(applied, path)
    if db.journal_mode != "wal" or not applied >= _KNOWN:
        with _alone(path.parent):
            _bring_up_to_date(db)
    if leave_checkpoints and _log_bytes(path) < _LOG_TOO_LARGE:
        db.execute("pragma wal_autocheckpoint = 0").fetchall()
    return db


def _applied(db: Database) -> set[tuple[str, str]]:
    """The migrations that the database has seen, of all sets at one look: it is opened for every request."""
    try:
        rows = db.execute("select migration_set, name from _sqlite_migrations").fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return set()
    return {(str(row[0]), str(row[1])) for row in rows}


def _log_bytes(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


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


def _check_not_newer(applied: set[tuple[str, str]], path: Path) -> None:
    """A database that a newer program has changed is refused, not guessed at."""
    ours = {migrations.name for migrations in _SETS}
    unknown = sorted(name for set_, name in applied if set_ in ours and (set_, name) not in _KNOWN)
    if unknown:
        raise UnusableDataFolder(
            f"数据目录 {path.parent} 由更新版本的惠企建立（{'、'.join(unknown)}）。请升级程序后再打开"
        )
