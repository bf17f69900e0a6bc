"""What one more item costs, and whether the answers are still those of a fit of everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from bench.answers import agreement
from bench.cosines import Tutorial
from bench.engines import build_all
from bench.ours import Ours
from bench.peers import Fts5
from bench.prepared import Terms, policy_terms
from bench.protocol import quantile, undisturbed
from bench.results import ADD, times
from bench.sizes import TOP, Run

ADDED = 50  # items added one after the other
COMPARED = 50  # questions laid beside the fit of everything
SLOW = 10  # items added to the tutorial, which copies its matrix each time


def measure_add(run: Run) -> None:
    """Ours (put in, then made searchable), tantivy, FTS5, the tutorial; then our answers beside scikit-learn's."""
    first = run.size.items
    more = policy_terms(range(first, first + ADDED), run.size.root)
    ours, tutorial, peers = build_all(run, ["tantivy", Fts5.name])
    questions = run.questions[:COMPARED]
    putting = _times(more, ours.put)
    refreshing = _times([[]], lambda _: ours.refresh())
    adding = _times(more, lambda terms: ours.add(terms, ""))
    exact = _beside_a_fit(ours, [*run.prepared.terms, *more, *more], questions)
    base = quantile(adding, 0.5)
    _row(run, "ours, put in and refreshed", adding, base, exact)
    _row(run, "ours, put in only", putting, base, "found after the next refresh")
    _row(run, f"ours, one refresh after {ADDED}", refreshing, base, "")
    for peer in peers:
        _row(run, peer.name, _times(more, _adder(peer)), base, "committed and reloaded")
    _row(
        run,
        "tutorial",
        _times(more[:SLOW], _adder(tutorial)),
        base,
        "transform and vstack, weights not refreshed",
    )
    refit = _times([[]], lambda _: tutorial.build([*run.prepared.terms, *more], ()))
    _row(run, "tutorial, fitted again", refit, base, "from terms already cut")


def _adder(engine: Any) -> Callable[[Terms], Any]:
    return lambda terms: engine.add(terms, "")


def _times(more: Sequence[Terms], add: Callable[[Terms], Any]) -> list[float]:
    found = []
    with undisturbed():
        for terms in more:
            start = perf_counter()
            add(terms)
            found.append(perf_counter() - start)
    return found


def _beside_a_fit(ours: Ours, everything: list[Terms], questions: Sequence[Terms]) -> str:
    """Our answers after adding, beside scikit-learn fitted to everything in float64."""
    whole = Tutorial()
    whole.build(everything, ())
    return agreement((ours.ask(terms, TOP), whole.ask(terms, TOP)) for terms in questions).told()


def _row(run: Run, way: str, took: list[float], base: float, note: str) -> None:
    p50, p95 = quantile(took, 0.5), quantile(took, 0.95)
    # Our own other rows are parts of the first one, not rivals.
    ratio = "" if way.startswith("ours") else times(p50, base)
    run.results.add(ADD, way, len(run.prepared), p50 * 1000, p95 * 1000, ratio, note)
