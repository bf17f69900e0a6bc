"""Bring a table of enterprises into 企业库, row by row; a bad row is named, the others go in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from service.enterprise_table import Problem, read_table
from service.store.data_folder import DataFolder


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. refused: rows left out; problems: every fault found, with its row."""

    created: int
    updated: int
    unchanged: int
    refused: int
    problems: tuple[Problem, ...]


def register_enterprises(folder: DataFolder, file: Path, now: Callable[[], datetime]) -> ImportReport:
    """Import an XLSX, CSV or JSONL file. Raises UnusableFile if it is no such table."""
    created = updated = unchanged = refused = 0
    problems: list[Problem] = []
    for row in read_table(file):
        problems += row.problems
        if row.enterprise is None:
            refused += 1
            continue
        done = folder.enterprises.register(row.enterprise, now())
        created += done.created
        updated += not done.created and done.facts_changed > 0
        unchanged += not done.created and done.facts_changed == 0
    return ImportReport(created, updated, unchanged, refused, tuple(problems))
