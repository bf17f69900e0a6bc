"""`python -m bench.bench_extract [FOLDER]`: how fast documents are described and extracted, and how that grows.

Each kind of text (texts.py) is measured at several lengths, in rotated blocks, by processor time; medians are printed
as characters a second with the exponent of growth, and a row is appended to RESULTS.md. FOLDER holds UTF-8 text files
(.txt) that are measured as they are; reading them is not timed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from bench.protocol import growth
from bench.results import RESULTS, Table, append, machine
from bench.texts import FILLINGS, articles, hostile, policy
from policy_corpus.describing import describe
from policy_corpus.extraction import extract
from policy_corpus.model import DocumentKind, Reading
from policy_corpus.reading.dispatch import read_document

SIZES = (1_000, 4_000, 16_000, 64_000)
BLOCKS = 3
MANY_ARTICLES = 4_000
COLUMNS = ("day", "policy chars/s", "exponent", "slowest kind", "chars/s", "steepest kind", "exponent",
           "4,000 articles s", "folder documents", "chars/s", "slowest s", "machine")  # fmt: skip
TABLE = Table(
    "Extraction (`python -m bench.bench_extract`)",
    "Processor time of describing and extracting, without reading files.",
    COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Speed:
    """One kind of text. seconds: medians by the length in characters."""

    kind: str
    seconds: dict[int, float]

    @property
    def rate(self) -> float:
        """Characters a second at the greatest length."""
        longest = max(self.seconds)
        return longest / self.seconds[longest]

    @property
    def exponent(self) -> float:
        """How time grows: n ** exponent, by least squares on logarithms."""
        return growth(list(self.seconds.items()))


def seconds_for(reading: Reading) -> float:
    """Processor time of one reading. Every text is extracted, also one that describing takes for a law."""
    start = process_time()
    document = describe(reading, "0" * 64, "示例.txt")
    extract(replace(document, kind=DocumentKind.MEASURES))
    return process_time() - start


def measure(sizes: Sequence[int], blocks: int, kinds: Sequence[str]) -> list[Speed]:
    """The speed of each kind ("policy" or a filling): every block measures all of them, each from another start."""
    texts: dict[tuple[str, int], Callable[[], str]] = {
        (kind, size): partial(policy, size) if kind == "policy" else partial(hostile, kind, size)
        for kind in kinds
        for size in sizes
    }
    order = list(texts)
    found: dict[tuple[str, int], list[tuple[int, float]]] = {key: [] for key in order}
    for block in range(blocks):
        turn = block * len(order) // blocks
        for key in [*order[turn:], *order[:turn]]:
            text = texts[key]()
            found[key].append((len(text), seconds_for(Reading("txt", text))))
    return [Speed(kind, dict(_medians(found[kind, size]) for size in sizes)) for kind in kinds]


def _medians(rows: list[tuple[int, float]]) -> tuple[int, float]:
    return rows[0][0], median(seconds for _, seconds in rows)


def measure_folder(folder: Path, blocks: int) -> tuple[int, float, float]:
    """Documents, characters a second over all of them, and the seconds of the slowest, for the .txt files of a folder."""
    readings = []
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        readings.append((read_document(data, path.name), hashlib.sha256(data).hexdigest(), path.name))
    rows: list[list[float]] = [[] for _ in readings]
    for _ in range(blocks):
        for at, (reading, digest, name) in enumerate(readings):
            start = process_time()
            extract(describe(reading, digest, name))
            rows[at].append(process_time() - start)
    seconds = [median(row) for row in rows]
    characters = sum(len(reading.text) for reading, _, _ in readings)
    return len(readings), characters / sum(seconds), max(seconds)


def main(
    folder: Path | None = None,
    results: Path = RESULTS,
    sizes: Sequence[int] = SIZES,
    blocks: int = BLOCKS,
    many: int = MANY_ARTICLES,
) -> None:
    """Measure, print, and append a row to the results."""
    seconds_for(Reading("txt", policy(1_000)))  # tables and patterns are loaded now
    speeds = measure(sizes, blocks, ["policy", *FILLINGS])
    for speed in speeds:
        print(f"{speed.kind:>20}  {speed.rate:>10,.0f} characters/s  n^{speed.exponent:.2f}")
    long = median(seconds_for(Reading("txt", articles(many))) for _ in range(blocks))
    print(f"{many:,} articles: {long:.2f} s")
    real = ("", "", "")
    if folder is not None:
        count, rate, slowest = measure_folder(folder, blocks)
        print(f"{count} documents: {rate:,.0f} characters/s, the slowest {slowest:.2f} s")
        real = (str(count), f"{rate:.0f}", f"{slowest:.2f}")
    usual, *made = speeds
    slow, steep = min(made, key=lambda one: one.rate), max(made, key=lambda one: one.exponent)
    cells = [f"{usual.rate:.0f}", f"{usual.exponent:.2f}", slow.kind, f"{slow.rate:.0f}", steep.kind]
    row = [*cells, f"{steep.exponent:.2f}", f"{long:.2f}", *real]
    append(results, TABLE, [datetime.now(UTC).date().isoformat(), *row, machine()])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
