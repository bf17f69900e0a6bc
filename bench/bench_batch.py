"""What many companies at once cost: the text alone beside the peers, and everything for all companies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean
from time import perf_counter
from typing import Any

from bench.corpus import make_policies
from bench.corpus_enterprises import make_enterprises
from bench.engines import build_all
from bench.ours import Ours, make_catalogue, match_companies
from bench.peers import ChunkedCosine, SparseDotTopn
from bench.prepared import Part, Terms, parts, profiles, seats
from bench.protocol import growth, run_in_turns
from bench.results import BATCH, GROWTH, times
from bench.sizes import TOP, Run

Work = Callable[[int], object]  # does the first so many companies
_PROBED = 64  # companies done to see how many fit the budget
_KINDS = 2_000  # profiles drawn; further companies have them again, in another county


def measure_batch(run: Run) -> None:
    """Text alone, ours and peers, whole and by parts; then lists with eligibility for all companies."""
    _measure_text(run)
    _measure_all(run)


def _measure_text(run: Run) -> None:
    companies = run.size.enterprises
    drawn = profiles(min(companies, _KINDS))
    lists = [drawn[at % len(drawn)] for at in range(companies)]
    regions = seats(companies, run.size.root)
    own_of = parts(run.prepared, regions)
    own = [own_of[region] for region in regions]
    ours, tutorial, peers = build_all(run, ["sparse_dot_topn", "bm25s-numba"])
    works: dict[str, Work] = {
        "ours": lambda n: ours.ask_all(lists[:n], TOP),
        "ours, 2 threads": lambda n: ours.ask_all(lists[:n], TOP, 2),
        "ours by parts": lambda n: ours.ask_all(lists[:n], TOP, 1, own[:n]),
        "ours by parts, 2 threads": lambda n: ours.ask_all(lists[:n], TOP, 2, own[:n]),
        "tutorial": lambda n: tutorial.ask_all(lists[:n], TOP),
        "chunked cosine": lambda n: ChunkedCosine(tutorial).ask_all(lists[:n], TOP),
    }
    for peer in peers:
        works |= _works_of(peer, lists, regions, own_of)
    sizes = {name: _affordable(work, companies, run.seconds) for name, work in works.items()}
    jobs = {name: _bound(work, sizes[name]) for name, work in works.items()}
    found = run_in_turns(jobs, max(min(run.rounds, 3), 1))
    rates = {name: sizes[name] / job.wall_s for name, job in found.items()}
    for name, job in found.items():
        # Ours by parts is laid beside the others by parts where they have a way, and beside the whole otherwise.
        base = "ours by parts" if "by parts" in name else "ours"
        base += ", 2 threads" if "2 threads" in name else ""
        ratio = times(rates[base], rates[name]) if name != base else "1"
        slice_ = f"{sizes[name]:,}" + ("" if sizes[name] == companies else " (slice)")
        cpu = sizes[name] / max(job.cpu_s, 1e-9)
        run.results.add(BATCH, name, len(run.prepared), slice_, rates[name], cpu, ratio, job.load)
    _grow(run, ours, lists, own, sizes["ours by parts"])


def _works_of(
    peer: Any, lists: Sequence[Terms], regions: Sequence[str], own_of: dict[str, Part]
) -> dict[str, Work]:
    works: dict[str, Work] = {
        peer.name: lambda n: peer.ask_all(lists[:n], TOP),
        f"{peer.name}, 2 threads": lambda n: peer.ask_all(lists[:n], TOP, 2),
    }
    if isinstance(peer, SparseDotTopn):  # cut into parts by hand, which its users could do as well
        matrices = {region: peer.of_part(part) for region, part in own_of.items()}

        def by_parts(count: int) -> object:
            groups: dict[str, list[Terms]] = {}
            for terms, region in zip(lists[:count], regions[:count], strict=True):
                groups.setdefault(region, []).append(terms)
            return peer.ask_parts([(group, matrices[region]) for region, group in groups.items()], TOP)

        works[f"{peer.name} by parts (by hand)"] = by_parts
    return works


def _bound(work: Work, count: int) -> Callable[[], object]:
    return lambda: work(count)


def _affordable(work: Work, companies: int, seconds: float) -> int:
    """How many companies fit the budget, after a warm-up."""
    few = min(companies, _PROBED)
    work(min(few, 4))
    start = perf_counter()
    work(few)
    return max(min(companies, int(few * seconds / max(perf_counter() - start, 1e-9))), min(few, 8))


def _grow(run: Run, ours: Ours, lists: Sequence[Terms], own: Sequence[Part], most: int) -> None:
    counts = [max(most >> step, 1) for step in reversed(range(4))]
    jobs = {str(n): _bound(lambda n: ours.ask_all(lists[:n], TOP, 1, own[:n]), n) for n in counts}
    found = run_in_turns(jobs, max(min(run.rounds, 3), 1))
    points = [(float(n), found[str(n)].cpu_s) for n in counts]
    costs = ", ".join(f"{seconds:.3g} s" for _, seconds in points)
    run.results.add(
        GROWTH, "batch by parts in companies, cpu", ", ".join(map(str, counts)), costs, growth(points)
    )


def _measure_all(run: Run) -> None:
    """Lists with eligibility and the best twenty, for as many of the companies as ten blocks' budgets allow."""
    catalogue = make_catalogue(make_policies(min(run.size.items, 10_000), run.size.root))
    for processes in (1, 2):
        start, done, shown = perf_counter(), 0, []
        budget = run.seconds * 10
        for _, found in match_companies(
            catalogue, make_enterprises(run.size.enterprises, run.size.root), TOP, processes
        ):
            done += 1
            shown.append(len(found))
            if perf_counter() - start > budget:
                break
        rate = done / (perf_counter() - start)
        slice_ = f"{done:,}" + ("" if done == run.size.enterprises else " (slice)")
        name = f"ours with eligibility and findings, {processes} process{'es' * (processes > 1)}"
        run.results.add(
            BATCH, name, len(catalogue.items), slice_, rate, "", f"{fmean(shown):.1f} shown each", ""
        )
        if done < run.size.enterprises:
            whole = run.size.enterprises / rate
            run.results.tell(
                f"  all {run.size.enterprises:,} companies at this rate: {whole:,.0f} s (extrapolated)"
            )
