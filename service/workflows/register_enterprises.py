"""Bring a table of enterprises into 企业库, row by row; a bad row is named, the others go in.

Rows go in by the hundred, each hundred with how far the import has come in one transaction: an import that is killed
goes on where it stopped, and no row counts twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from service.actors import COMMAND_LINE, Actor, Role
from service.enterprise_files import read_file
from service.enterprise_table import Problem, RowResult, open_table
from service.enterprise_trust import HeldCompany, applied, decide
from service.errors import ImportNotReady
from service.store.data_folder import DataFolder
from service.store.enterprise_imports import CompanyImport, CompanyImports, ImportState
from service.workflows.foretell_import import OUTCOMES, outcome_of

# A commit waits for the disk: one for each row would make a large table slow, one for all would lose all.
ROWS_PER_TRANSACTION = 500


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. refused: rows left out; problems: every fault found, with its row."""

    created: int
    updated: int
    unchanged: int
    refused: int
    problems: tuple[Problem, ...]


def register_enterprises(
    folder: DataFolder, file: Path, now: Callable[[], datetime], *, by: Actor = COMMAND_LINE
) -> ImportReport:
    """Import an XLSX, XLS, CSV or JSONL file. Raises UnusableFile if it is no such table."""
    table = read_file(file)
    open_table(table)
    imports = CompanyImports(folder.db, folder.path)
    number = imports.add(table.name, table.data, by=by.name, at=now(), state=ImportState.CONFIRMED)
    return carry_on_import(folder, number, now)


def carry_on_import(
    folder: DataFolder,
    number: int,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _: None,
) -> ImportReport:
    """Import the rows of a confirmed file that are not in yet. Raises ImportNotFound, ImportNotReady, UnusableFile."""
    imports = CompanyImports(folder.db, folder.path)
    entry = imports.get(number)
    if entry.state is not ImportState.CONFIRMED:
        raise ImportNotReady("这份文件尚未确认，或已经导入过")
    rows = open_table(read_file(imports.path(entry), entry.file_name)).results
    problems, done, is_last = list[Problem](), 0, False
    while not is_last:
        chunk = list(islice(rows, ROWS_PER_TRANSACTION))
        problems += [problem for row in chunk for problem in row.problems]
        is_last = len(chunk) < ROWS_PER_TRANSACTION
        if done + len(chunk) > entry.done_rows or is_last:
            _put_in(folder, imports, number, chunk, done, now(), is_last)
        done += len(chunk)
        progress(done)
    counts = imports.get(number).counts
    created, updated, unchanged, refused = (counts.get(name, 0) for name in OUTCOMES)
    return ImportReport(created, updated, unchanged, refused, tuple(problems))


def _put_in(
    folder: DataFolder,
    imports: CompanyImports,
    number: int,
    chunk: Sequence[RowResult],
    before: int,
    at: datetime,
    is_last: bool,
) -> None:
    """One transaction: the rows of the chunk that are not in yet, the counts, and at the end the audit's entry."""
    with folder.writing():
        entry = imports.get(number)  # as it is now: another process may have come further
        if entry.state is not ImportState.CONFIRMED:
            return
        by, counts = entry.confirmed_by or entry.uploaded_by, Counter(entry.counts)
        fresh = chunk[max(entry.done_rows - before, 0) :]
        counts.update(_register(folder, fresh, at, by))
        imports.note_codes(number, [row.enterprise.uscc for row in fresh if row.enterprise])
        imports.put(number, done_rows=max(entry.done_rows, before + len(chunk)), counts=dict(counts))
        if is_last:
            imports.put(number, state=ImportState.DONE, finished_at=at, total_rows=before + len(chunk))
            _tell(folder, entry, counts, at)


def _register(folder: DataFolder, rows: Sequence[RowResult], at: datetime, by: str) -> Counter[str]:
    counts = Counter[str]()
    named = [row.enterprise.uscc for row in rows if row.enterprise]
    known: dict[str, HeldCompany] = folder.enterprises.held_many(named)
    aliases = {asked: held.uscc for asked, held in known.items()}
    own = {held.uscc: held for held in known.values()}
    for row in rows:
        if row.enterprise is None:
            counts["refused"] += 1
            continue
        uscc = aliases.get(row.enterprise.uscc, row.enterprise.uscc)
        decision = decide(own.get(uscc), row.enterprise)
        folder.enterprises.apply(own.get(uscc), decision, at, by)
        own[uscc] = applied(own.get(uscc), decision)
        counts[outcome_of(decision)] += 1
        counts["aside"] += len(decision.asides)
    return counts


def _tell(folder: DataFolder, entry: CompanyImport, counts: Counter[str], at: datetime) -> None:
    by = Actor(entry.confirmed_by or entry.uploaded_by, Role.ADMIN)
    after = {name: counts[name] for name in (*OUTCOMES, "aside")}
    note = f"文件 SHA-256 {entry.content_hash}"
    folder.audit.record(
        by, "enterprise.import", "enterprise_import", str(entry.id), at=at, after=after, note=note
    )
