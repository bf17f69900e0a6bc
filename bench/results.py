"""RESULTS.md: tables that only grow. A run is a row of the table of runs, with the machine; other rows name their run."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from os import cpu_count
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "numba",
    "jieba",
    "rjieba",
    "bm25s",
    "tantivy",
    "gensim",
    "sparse-dot-topn",
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the results; the first column of all but the runs is the number of the run."""

    heading: str
    note: str
    columns: tuple[str, ...]


RUNS = Table(
    "Runs of the engine",
    "`python -m bench`. Every row below names its run; figures of different runs do not compare, only ratios within one do.",
    (
        "run",
        "day",
        "size",
        "items",
        "companies",
        "load before",
        "copy GB/s",
        "read GB/s",
        "machine",
        "packages",
    ),
)
BUILD = Table(
    "Build from raw text",
    "Each in a process of its own, from texts in memory to an index that can be asked (ours: on disk as well). "
    "times ours: the other's processor time over ours.",
    (
        "run",
        "way",
        "items",
        "text MB",
        "wall s",
        "cpu s",
        "MB/s cpu",
        "peak MB",
        "of it texts and libraries",
        "times ours",
    ),
)
INDEX = Table(
    "Index from the same term lists",
    "In the one process of the questions, one after the other.",
    ("run", "engine", "items", "wall s", "cpu s", "times ours"),
)
QUERY = Table(
    "Questions, the best 20",
    "One process, blocks in rotated order. profile: 150 terms; short: 3 terms; part: only what a company of one county can "
    "stand in. times ours: the other's median over ours. asked: questions timed; a slice where fewer than a whole block.",
    (
        "run",
        "items",
        "question",
        "engine",
        "p50 ms",
        "p95 ms",
        "cpu ms",
        "a second",
        "times ours",
        "asked",
        "load",
    ),
)
POSTINGS = Table(
    "What a question touches",
    "Mean over the questions; the floor is the bytes over the bandwidth of reading, the plain read is measured in the blocks above.",
    (
        "run",
        "items",
        "question",
        "postings",
        "MB",
        "floor ms",
        "ours / plain read",
        "answers beside the tutorial",
    ),
)
MATCH = Table(
    "One company, one item",
    "A whole match: text, eligibility, order, findings of the first 20. Audience: whom one item fits. "
    "A file: read, described, extracted, and the audience of each of its items.",
    ("run", "what", "items", "companies", "p50 ms", "p95 ms", "cpu ms", "asked", "load"),
)
BATCH = Table(
    "Many companies, the best 20 each",
    "Text alone unless said, profiles in the form in which the engine would keep them unless 'from terms'. Each way does as many "
    "companies as fit its budget of seconds, and its rate is the median of rounds.",
    (
        "run",
        "way",
        "items",
        "companies (slice)",
        "a second, wall",
        "a second, cpu",
        "ours / theirs, wall",
        "load",
    ),
)
ADD = Table(
    "Adding an item",
    "times ours: over ours with a refresh, so that the next question finds it under exact weights.",
    ("run", "way", "items", "p50 ms", "p95 ms", "times ours", "note"),
)
GROWTH = Table(
    "Growth",
    "Least squares on logarithms: the cost grows with the size to the exponent.",
    ("run", "what", "sizes", "cost at each", "exponent"),
)


@dataclass
class Results:
    """Where rows go: to the screen, and to the file if there is one."""

    path: Path | None
    tell: Callable[[str], None] = print
    run: int = field(default=0, init=False)
    _told: str = field(default="", init=False)

    def begin(self, cells: Sequence[object]) -> None:
        """Enter the run and say on what machine."""
        self.run = 1 + _rows_of(self.path, RUNS)
        self.add(RUNS, datetime.now(UTC).date().isoformat(), *cells, machine(), packages())

    def add(self, table: Table, *cells: object) -> None:
        """A row of this run, without its number."""
        row = [str(self.run), *map(_shown, cells)]
        if len(row) != len(table.columns):
            raise ValueError(f"{table.heading} has {len(table.columns)} columns, not {len(row)}")
        if self._told != table.heading:
            self.tell(f"\n{table.heading}: {' | '.join(table.columns[1:])}")
            self._told = table.heading
        self.tell("  " + " | ".join(row[1:]))
        if self.path is not None:
            append(self.path, table, row)


def times(theirs: float, ours: float) -> str:
    """How many times ours the other is; below 1 we lose, and it says so.

    >>> times(3.0, 2.0), times(1.0, 2.0)
    ('1.5', '0.5 (a loss)')
    """
    ratio = theirs / ours if ours else float("inf")
    return _shown(ratio) + ("" if ratio >= 1 else " (a loss)")


def _shown(cell: object) -> str:
    """Three digits of a figure, more only in front of the point."""
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:.0f}" if abs(cell) >= 100 else f"{cell:.3g}"


def append(path: Path, table: Table, row: Sequence[str]) -> None:
    """A row behind the last one of its table; a table that is not there yet is begun at the end."""
    text = path.read_text("utf-8") if path.exists() else "# Results\n"
    head = f"## {table.heading}\n"
    line = f"| {' | '.join(row)} |"
    if head not in text:
        rule = "| --- " * len(table.columns) + "|"
        text = f"{text.rstrip()}\n\n{head}\n{table.note}\n\n| {' | '.join(table.columns)} |\n{rule}\n{line}\n"
    else:
        lines = text.split("\n")
        start = lines.index(head.rstrip("\n"))
        end = next((at for at in range(start + 1, len(lines)) if lines[at].startswith("## ")), len(lines))
        last = max(at for at in range(start, end) if lines[at].startswith("|"))
        lines.insert(last + 1, line)
        text = "\n".join(lines)
    path.write_text(text, "utf-8")


def _rows_of(path: Path | None, table: Table) -> int:
    if path is None or not path.exists():
        return 0
    section = path.read_text("utf-8").partition(f"## {table.heading}\n")[2].partition("\n## ")[0]
    return max(sum(line.startswith("|") for line in section.splitlines()) - 2, 0)


def machine() -> str:
    """What the figures were taken on."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{model}, {cpu_count()} cores, Python {platform.python_version()}"


def packages() -> str:
    """The versions of all that takes part."""
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def load() -> float:
    """The load of the last minute."""
    return os.getloadavg()[0]
