"""`python -m bench [SIZE...]`: build and ask both ways in rotated blocks of one run, print ratios, append to RESULTS.md.

Only ratios within a run mean anything: machines differ and are shared. A loss is printed like a gain.
"""

from __future__ import annotations

import platform
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path
from statistics import median
from time import process_time

from bench.corpus import make_items, make_questions
from bench.ways import Ours, Tutorial, same_answers

BLOCKS = 5
QUESTIONS = 40
RESULTS = Path(__file__).with_name("RESULTS.md")


def run(size: int, blocks: int = BLOCKS, questions: int = QUESTIONS) -> dict[str, float | int]:
    """Ratios of processor time, tutorial over ours, and how many answers differ."""
    texts = make_items(size)
    ids = [f"{number:08d}" for number in range(size)]
    asked = make_questions(questions)
    ours, tutorial = Ours(), Tutorial()
    ours.build(ids[:50], texts[:50])  # loads jieba's dictionary before any clock runs
    build: dict[str, float] = {}
    for way in (ours, tutorial):
        build[way.name] = _timed(lambda way=way: way.build(ids, texts))  # type: ignore[misc]
    differing = sum(not same_answers(ours.ask(words), tutorial.ask(words)) for words in asked)
    times: dict[str, list[float]] = {"huiqi": [], "tutorial": []}
    for block in range(blocks):
        for way in (ours, tutorial) if block % 2 else (tutorial, ours):
            times[way.name].append(_timed(lambda way=way: [way.ask(words) for words in asked]))  # type: ignore[misc]
    return {
        "items": size,
        "build ratio": round(build["tutorial"] / build["huiqi"], 2),
        "query ratio": round(median(times["tutorial"]) / max(median(times["huiqi"]), 1e-9), 2),
        "differing answers": differing,
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _timed(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _machine() -> str:
    model = (
        next(
            (
                line.split(":")[1].strip()
                for line in Path("/proc/cpuinfo").read_text().splitlines()
                if "model name" in line
            ),
            platform.machine(),
        )
        if Path("/proc/cpuinfo").exists()
        else platform.machine()
    )
    return f"{model}, {cpu_count()} cores, Python {platform.python_version()}"


def main(sizes: list[int]) -> None:
    """Print and keep one row a size."""
    rows = []
    for size in sizes:
        found = run(size)
        print("  ".join(f"{name} {value}" for name, value in found.items()), flush=True)
        rows.append(found)
    if not RESULTS.exists():
        head = "# Results\n\nTutorial over ours, processor time within one run; above 1 we are faster.\n\n"
        RESULTS.write_text(
            head + "| day | " + " | ".join(rows[0]) + " | machine |\n" + "| --- " * (len(rows[0]) + 2) + "|\n"
        )
    day = datetime.now(UTC).date().isoformat()
    with RESULTS.open("a") as file:
        file.writelines(
            f"| {day} | " + " | ".join(map(str, row.values())) + f" | {_machine()} |\n" for row in rows
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2_000, 10_000])
