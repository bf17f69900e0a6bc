"""What a build from raw text costs: time, processor time and peak memory, each in a process of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from bench.probes import build_apart
from bench.protocol import growth, rotated
from bench.results import BUILD, GROWTH, times
from bench.sizes import Run

_MANY = 20_000  # items from which the tutorial takes minutes: one round only


def measure_build(run: Run) -> None:
    """Ours beside `TfidfVectorizer(tokenizer=jieba.lcut)`, and how ours grows with the bytes."""
    count, rounds = run.size.items, 1 if run.size.items > _MANY else min(run.rounds, 3)
    found: dict[str, list[dict[str, float]]] = {"ours": [], "tutorial": []}
    points = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            for role in rotated(list(found), turn):
                found[role].append(build_apart(role, count, run.size.root, Path(folder, role)))
        for items in run.growing():
            made = build_apart("ours", items, run.size.root, Path(folder, "growing"))
            points.append((made["bytes"], made["cpu"]))
    cpu = {role: median(row["cpu"] for row in rows) for role, rows in found.items()}
    for role, rows in found.items():
        size, wall = rows[0]["bytes"] / 1e6, median(row["wall"] for row in rows)
        peak, before = max(row["peak"] for row in rows), min(row["before"] for row in rows)
        ratio = "1" if role == "ours" else times(cpu[role], cpu["ours"])
        run.results.add(BUILD, role, count, size, wall, cpu[role], size / cpu[role], peak, before, ratio)
    shown = ", ".join(f"{size / 1e6:.1f}" for size, _ in points)
    costs = ", ".join(f"{seconds:.2f} s" for _, seconds in points)
    run.results.add(GROWTH, "build from raw text in MB, cpu", shown, costs, growth(points))
