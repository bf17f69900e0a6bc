"""Bring a table of enterprises into 企业库, row by row; a bad row is named, the others go in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from matching.model import Enterprise
from service.enterprise_table import Problem, read_table
from service.store.data_folder import DataFolder

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


def register_enterprises(folder: DataFolder, file: Path, now: Callable[[], datetime]) -> ImportReport:
    """Import an XLSX, CSV or JSONL file. Raises UnusableFile if it is no such table."""
    counts, problems = Counter[str](), list[Problem]()
    rows = iter(read_table(file))
    while chunk := list(islice(rows, ROWS_PER_TRANSACTION)):
        with folder.db.atomic():
            for row in chunk:
                problems += row.problems
                counts[_register(folder, row.enterprise, now())] += 1
    return ImportReport(
        counts["created"], counts["updated"], counts["unchanged"], counts["refused"], tuple(problems)
    )


def _register(folder: DataFolder, enterprise: Enterprise | None, at: datetime) -> str:
    if enterprise is None:
        return "refused"
    done = folder.enterprises.register(enterprise, at)
    return "created" if done.created else "updated" if done.facts_changed else "unchanged"
