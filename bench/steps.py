"""The pieces of a run, one for each line of the results; `python -m bench` runs them in this order."""

from __future__ import annotations

from collections.abc import Callable

from bench.bench_add import measure_add
from bench.bench_batch import measure_batch
from bench.bench_build import measure_build
from bench.bench_growth import measure_growth
from bench.bench_match import measure_audience, measure_match
from bench.bench_query import measure_query
from bench.sizes import Run

STEPS: dict[str, Callable[[Run], None]] = {
    "build": measure_build,
    "query": measure_query,
    "match": measure_match,
    "batch": measure_batch,
    "audience": measure_audience,
    "add": measure_add,
    "growth": measure_growth,
}
