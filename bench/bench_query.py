"""What a question costs: ours beside every peer, of all items and of the part that one company can stand in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from bench.answers import agreement
from bench.cosines import Tutorial
from bench.engines import build_all
from bench.ours import Ours
from bench.peers import Fts5
from bench.prepared import Part, Terms, parts, seats
from bench.probes import POSTING, Postings, bandwidth
from bench.protocol import Contender, Timing, ask_in_blocks
from bench.results import POSTINGS, QUERY, times
from bench.sizes import TOP, Run

COMPARED = 20  # questions whose answers are laid beside the tutorial's
FILTERING = (
    "bm25s-numba",
    "tantivy",
    "tantivy, sorted by region",
)  # the peers that have a way of their own to ask a part
PLAIN_READ = "plain read of the same postings"


def measure_query(run: Run) -> None:
    """Tables of building from term lists, of questions, and of what they touch."""
    names = [*FILTERING, "bm25s-numpy", "gensim", Fts5.name, "sparse_dot_topn"]
    ours, tutorial, peers = build_all(run, names, told=True)
    regions = seats(len(run.questions), run.size.root)
    own = parts(run.prepared, regions)
    asked = [(terms, own[region]) for terms, region in zip(run.questions, regions, strict=True)]
    short = [(terms, part) for terms, (_, part) in zip(run.short, asked, strict=True)]
    every = [ours, Ours("plain").share(ours), tutorial, *peers]
    some = [ours, Ours("plain").share(ours), tutorial, *(one for one in peers if one.name in FILTERING)]
    postings, speed = Postings(tutorial), bandwidth()
    share = sum(part.share for _, part in asked) / len(asked)
    for what, questions in (("profile", asked), ("short", short)):
        whole = [(terms, None) for terms, _ in questions]
        read = Contender(PLAIN_READ, lambda question: postings.read(question[0]))
        found = _table(run, what, [*map(_contender, every), read], whole)
        _touched(run, what, whole, postings, speed["read"], found, (ours, tutorial))
        of_part = _table(run, f"{what}, part of {share:.1%}", list(map(_contender, some)), questions)
        same = _compare(ours, tutorial, questions)
        gain = found[ours.name].p50_ms / of_part[ours.name].p50_ms
        run.results.tell(f"  part: {gain:.1f} times as fast as all; {same}")


def _contender(engine: Any) -> Contender:
    return Contender(engine.name, partial(_ask, engine))


def _ask(engine: Any, question: tuple[Terms, Part | None]) -> object:
    return engine.ask(question[0], TOP, question[1])


def _table(
    run: Run, what: str, contenders: Sequence[Contender], questions: Sequence[tuple[Terms, Part | None]]
) -> dict[str, Timing]:
    found = ask_in_blocks(contenders, questions, run.block, run.rounds, run.seconds)
    ours = found["ours"].p50_ms
    for one in found.values():
        asked = len(one.wall)
        note = str(asked) if asked == run.block * run.rounds else f"{asked} (slice)"
        ratio = (
            "1" if one.name == "ours" else times(one.p50_ms, ours) if one.name != PLAIN_READ else "(floor)"
        )
        run.results.add(
            QUERY, len(run.prepared), what, one.name, one.p50_ms, one.p95_ms, one.cpu_ms, one.per_second, ratio, note, one.load
        )  # fmt: skip
    return found


def _touched(
    run: Run,
    what: str,
    questions: Sequence[tuple[Terms, Part | None]],
    postings: Postings,
    read: float,
    found: dict[str, Timing],
    engines: tuple[Ours, Tutorial],
) -> None:
    touched = postings.mean_touched([terms for terms, _ in questions])
    size = touched * POSTING / 1e6
    ratio = found["ours"].p50_ms / found[PLAIN_READ].p50_ms
    same = _compare(*engines, questions)
    run.results.add(POSTINGS, len(run.prepared), what, round(touched), size, size / read, ratio, same)


def _compare(ours: Ours, tutorial: Tutorial, questions: Sequence[tuple[Terms, Part | None]]) -> str:
    few = questions[:COMPARED]
    return agreement((ours.ask(*_args(one)), tutorial.ask(*_args(one))) for one in few).told()


def _args(question: tuple[Terms, Part | None]) -> tuple[Terms, int, Part | None]:
    return question[0], TOP, question[1]
