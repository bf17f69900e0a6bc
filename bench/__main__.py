"""`python -m bench [SIZE...]`: build and ask both ways in rotated blocks of one run, print, append to RESULTS.md.

Only ratios within a run mean anything: machines differ and are shared. A loss is printed like a gain.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path
from statistics import median
from typing import Any

from bench.ways import same_answers

BLOCKS = 3
QUESTIONS = 60
RESULTS = Path(__file__).with_name("RESULTS.md")
COLUMNS = ("day", "items", "build s", "tutorial", "ratio", "open ms", "ask ms", "tutorial", "ratio", "peak MB build",
           "ask", "tutorial", "differing answers", "machine")  # fmt: skip


def run(size: int, blocks: int = BLOCKS, questions: int = QUESTIONS) -> dict[str, float | int]:
    """Medians of processor time and peak memory of both ways over the blocks, and how many answers differ."""
    found: dict[str, list[dict[str, Any]]] = {"build": [], "ask": [], "tutorial": []}
    with tempfile.TemporaryDirectory() as folder:
        for block in range(blocks):
            for role in ("build", "ask", "tutorial") if block % 2 else ("tutorial", "build", "ask"):
                command = [sys.executable, "-m", "bench.ways", role, str(size), str(questions), folder]
                found[role].append(json.loads(subprocess.check_output(command)))
    pairs = zip(found["ask"][-1]["answers"], found["tutorial"][-1]["answers"], strict=True)
    build, tutorial_build = _median(found["build"], "build"), _median(found["tutorial"], "build")
    ask, tutorial_ask = _median(found["ask"], "ask"), _median(found["tutorial"], "ask")
    return {
        "items": size,
        "build s": round(build, 2),
        "tutorial build s": round(tutorial_build, 2),
        "build ratio": round(tutorial_build / build, 2),
        "open ms": round(_median(found["ask"], "open") * 1000, 1),
        "ask ms": round(ask / questions * 1000, 2),
        "tutorial ask ms": round(tutorial_ask / questions * 1000, 2),
        "ask ratio": round(tutorial_ask / ask, 2),
        "peak MB build": round(_median(found["build"], "peak")),
        "peak MB ask": round(_median(found["ask"], "peak")),
        "peak MB tutorial": round(_median(found["tutorial"], "peak")),
        "differing answers": sum(not same_answers(ours, theirs) for ours, theirs in pairs),
    }


def _median(rows: list[dict[str, Any]], name: str) -> float:
    return float(median(row[name] for row in rows))


def machine() -> str:
    """What the figures were taken on."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{model}, {cpu_count()} cores, Python {platform.python_version()}"


def main(sizes: list[int], results: Path = RESULTS) -> None:
    """Print each size and append its row to the results."""
    if not results.exists():
        head = "# Results\n\nA ratio is the tutorial's processor time over ours in one run; above 1 we are faster.\n\n"
        results.write_text(head + f"| {' | '.join(COLUMNS)} |\n" + "| --- " * len(COLUMNS) + "|\n")
    for size in sizes:
        found = run(size)
        print("\n".join(f"{name:>20}  {value}" for name, value in found.items()), flush=True)
        for what in ("build", "ask"):
            ratio = found[f"{what} ratio"]
            print(f"{what}: {'a gain' if ratio > 1 else 'a loss'}, {ratio} times as fast as the tutorial\n")
        cells = [datetime.now(UTC).date().isoformat(), *map(str, found.values()), machine()]
        with results.open("a") as file:
            file.write(f"| {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2_000, 10_000])
