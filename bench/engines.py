"""Ours and the peers, built over the same term lists one after the other; called by every step that asks questions."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter, process_time
from typing import Any

from bench.cosines import Tutorial
from bench.ours import Ours
from bench.peers import Fts5, make_peers
from bench.prepared import Prepared
from bench.probes import free_mb
from bench.results import INDEX, times
from bench.sizes import Run

# KB of memory an item takes while the peer is built, measured at 100,000 items of 115 distinct terms.
_NEEDS = {
    "gensim": 20,
    "bm25s-numba": 10,
    "bm25s-numpy": 10,
    "tantivy": 6,
    "tantivy, sorted by region": 6,
    Fts5.name: 6,
    "sparse_dot_topn": 4,
}
_SPARE = 500  # MB that stay free


def build_all(
    run: Run, names: Sequence[str], prepared: Prepared | None = None, told: bool = False
) -> tuple[Ours, Tutorial, list[Any]]:
    """Ours, the tutorial, and the peers of these names that are installed and find room.

    prepared: the term lists, those of the run by default. told: enter what the builds cost into the results.
    """
    prepared = run.prepared if prepared is None else prepared
    ours, tutorial = Ours(), Tutorial()
    cost = _build(ours, prepared)
    every: list[tuple[Any, tuple[float, float]]] = [(ours, cost), (tutorial, _build(tutorial, prepared))]
    for peer in make_peers(names, tutorial, run.results.tell):
        need = _NEEDS.get(peer.name, 0) * len(prepared) / 1024
        if 0 < free_mb() < need + _SPARE:
            run.results.tell(f"{peer.name}: left out, it takes about {need:,.0f} MB that are not free")
            continue
        every.append((peer, _build(peer, prepared)))
    for engine, (wall, cpu) in every if told else ():
        # sparse_dot_topn is made from the tutorial's matrix: what that cost belongs to it.
        if engine.name != "sparse_dot_topn":
            ratio = "1" if engine is ours else times(cpu, cost[1])
            run.results.add(INDEX, engine.name, len(prepared), wall, cpu, ratio)
    return ours, tutorial, [engine for engine, _ in every[2:]]


def _build(engine: Any, prepared: Prepared) -> tuple[float, float]:
    """Seconds of wall and of processor, after a small build that loads what the engine loads at first."""
    few = prepared.first(50)
    engine.build(few.terms, few.regions)
    engine.ask(few.terms[0], 1)
    wall, cpu = perf_counter(), process_time()
    engine.build(prepared.terms, prepared.regions)
    return perf_counter() - wall, process_time() - cpu
