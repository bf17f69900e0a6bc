"""How the cost of a question and of a batch grows with the number of items, and the plot of it."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any

from bench.engines import build_all
from bench.ours import Ours
from bench.peers import NOT_INSTALLED
from bench.plot import draw
from bench.prepared import Part, Terms, parts, seats
from bench.protocol import Contender, ask_in_blocks, growth, run_in_turns
from bench.results import GROWTH
from bench.sizes import TOP, Run

Points = list[tuple[int, float]]
_COMPANIES = 400


def measure_growth(run: Run) -> None:
    """Profiles of 150 terms against an eighth, a quarter, a half and all of the items; exponents and the plot."""
    series: dict[str, Points] = defaultdict(list)
    batch: Points = []
    regions = seats(len(run.questions), run.size.root)
    for count in run.growing():
        prepared = run.prepared.first(count)
        ours, tutorial, peers = build_all(run, ["bm25s-numba", "tantivy"], prepared)
        own = parts(prepared, regions)
        asked = [(terms, own[region]) for terms, region in zip(run.questions, regions, strict=True)]
        contenders = [
            *(Contender(one.name, partial(_ask_all, one)) for one in (ours, *peers, tutorial)),
            Contender("ours by parts", partial(_ask_part, ours)),
        ]
        found = ask_in_blocks(contenders, asked, run.block, run.rounds, run.seconds)
        for name in ("ours", "ours by parts", *sorted(set(found) - {"ours", "ours by parts"})):
            series[name].append((count, found[name].p50_ms))
        batch.append((count, _batch(run, ours)))
    for name, points in series.items():
        _row(run, f"question of 150 terms, {name}, p50", points, "ms")
    _row(run, f"batch of {_COMPANIES} companies, ours, cpu", batch, "s")
    if run.plot is not None:
        drawn = draw(series, run.plot)
        run.results.tell(f"plot: {run.plot}" if drawn else NOT_INSTALLED.format("matplotlib"))


def _ask_all(engine: Any, question: tuple[Terms, Part]) -> object:
    return engine.ask(question[0], TOP)


def _ask_part(engine: Any, question: tuple[Terms, Part]) -> object:
    return engine.ask(question[0], TOP, question[1])


def _batch(run: Run, ours: Ours) -> float:
    stored = ours.store([run.questions[at % len(run.questions)] for at in range(_COMPANIES)])
    job = run_in_turns({"ours": lambda: ours.ask_stored(stored, TOP)}, min(run.rounds, 3))["ours"]
    return job.cpu_s


def _row(run: Run, what: str, points: Points, unit: str) -> None:
    sizes = ", ".join(f"{count:,}" for count, _ in points)
    costs = ", ".join(f"{cost:.3g}" for _, cost in points)
    run.results.add(GROWTH, what, sizes, f"{costs} {unit}", growth([(float(n), cost) for n, cost in points]))
