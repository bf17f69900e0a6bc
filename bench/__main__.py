"""`python -m bench`: build, ask, match, batch, add, in one run; print the tables and append them to RESULTS.md.

Only ratios within a run mean anything: machines differ and are shared. A loss is printed like a gain.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench import protocol
from bench.probes import bandwidth
from bench.results import RESULTS, Results, load
from bench.sizes import SIZES, Run
from bench.steps import STEPS

PLOT = Path(__file__).parents[1] / "docs" / "bench.svg"


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="measure the engine and its peers")
    parser.add_argument("--size", choices=SIZES, default="province")
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS), help="these steps alone")
    parser.add_argument("--items", type=int, help="another number of items than the size's")
    parser.add_argument("--enterprises", type=int, help="another number of companies")
    parser.add_argument("--block", type=int, default=protocol.BLOCK, help="questions in a block")
    parser.add_argument("--rounds", type=int, default=protocol.ROUNDS)
    parser.add_argument(
        "--seconds", type=float, default=protocol.SECONDS, help="what a block of one engine may take"
    )
    parser.add_argument(
        "--results", type=Path, help="where to append (RESULTS.md; a smoke run appends nowhere)"
    )
    parser.add_argument("--plot", type=Path, help="where to draw (docs/bench.svg; a smoke run draws nowhere)")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the steps."""
    told = parse(arguments)
    size, smoke = SIZES[told.size], told.size == "smoke"
    size = replace(size, items=told.items or size.items, enterprises=told.enterprises or size.enterprises)
    results = Results(told.results or (None if smoke else RESULTS))
    plot = told.plot or (None if smoke else PLOT)
    speed = bandwidth()
    results.begin([size.name, size.items, size.enterprises, load(), speed["copy"], speed["read"]])
    run = Run(size, results, plot, told.block, told.rounds, told.seconds)
    for name in told.only:
        STEPS[name](run)


if __name__ == "__main__":
    main()
