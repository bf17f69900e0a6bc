"""What many companies at once cost: the text alone beside the peers, and everything for all companies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.corpus import make_policies
from bench.corpus_enterprises import make_enterprises
from bench.cosines import ChunkedCosine, SparseDotTopn
from bench.engines import build_all
from bench.ours import Ours, make_catalogue, rank_companies, rank_in_processes
from bench.prepared import Part, Terms, parts, profiles, seats
from bench.protocol import growth, run_in_turns
from bench.results import BATCH, GROWTH, times
from bench.sizes import STEPS, TOP, Run

Job = Callable[[], object]
Work = Callable[[int], Job]  # the first so many companies, prepared outside the clock
ITEMS_OF_ALL = 10_000  # items against which all companies are matched
BY_PARTS, BY_STRETCH = "ours by parts", "ours by parts of one stretch"
_PROBED = 64  # companies done to see how many fit the budget
_KINDS = 2_000  # profiles drawn; further companies have them again, in another county
_BUDGETS = 20  # blocks' budgets that the lists of all companies may take


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
    stretch_of = {
        region: run.prepared.stretch_like(part, number)
        for number, (region, part) in enumerate(sorted(own_of.items()))
    }
    ours, tutorial, peers = build_all(run, ["sparse_dot_topn", "bm25s-numba"])
    works = _our_works(ours, lists, own, [stretch_of[region] for region in regions])
    for engine in (tutorial, ChunkedCosine(tutorial), *peers):
        works |= _works_of(engine, lists, regions, own_of)
    sizes = {name: _affordable(work, companies, run.seconds) for name, work in works.items()}
    jobs = {name: work(sizes[name]) for name, work in works.items()}
    found = run_in_turns(jobs, max(min(run.rounds, 3), 1))
    rates = {name: sizes[name] / job.wall_s for name, job in found.items()}
    for name, job in found.items():
        base = _rival(name)
        ratio = "1" if name == base else times(rates[base], rates[name])
        count = f"{sizes[name]:,}" + ("" if sizes[name] == companies else " (slice)")
        cpu = sizes[name] / max(job.cpu_s, 1e-9)
        run.results.add(BATCH, name, len(run.prepared), count, rates[name], cpu, ratio, job.load)
    if "sparse_dot_topn" in rates:
        gains = {name: rates[name] / rates["sparse_dot_topn"] for name in (BY_PARTS, BY_STRETCH)}
        told = ", ".join(f"{name} {gain:.1f}" for name, gain in gains.items())
        run.results.tell(f"  times sparse_dot_topn over all items: {told}")
    _grow(run, works[BY_PARTS], sizes[BY_PARTS])


def _rival(name: str) -> str:
    """Which of our rows another is laid beside: that of the same way of working."""
    if name == BY_STRETCH:
        return name
    same = [words for words in (" by parts", ", 2 threads", ", from terms") if words in name]
    return "ours" + "".join(same)


def _our_works(
    ours: Ours, lists: Sequence[Terms], own: Sequence[Part], stretches: Sequence[Part]
) -> dict[str, Work]:
    """own: the part of each company, some stretches; stretches: as much for each in one, as one partition has it."""

    def stored(threads: int, parts: Sequence[Part] | None = None) -> Work:
        def work(count: int) -> Job:
            rows, some = ours.store(lists[:count]), None if parts is None else parts[:count]
            return lambda: ours.ask_stored(rows, TOP, threads, some)

        return work

    return {
        "ours": stored(1),
        "ours, 2 threads": stored(2),
        "ours, from terms": lambda n: lambda: ours.ask_stored(ours.store(lists[:n]), TOP),
        BY_PARTS: stored(1, own),
        f"{BY_PARTS}, 2 threads": stored(2, own),
        BY_STRETCH: stored(1, stretches),
    }


def _works_of(
    engine: Any, lists: Sequence[Terms], regions: Sequence[str], own_of: dict[str, Part]
) -> dict[str, Work]:
    def stored(threads: int) -> Work:
        def work(count: int) -> Job:
            kept = engine.store(lists[:count])
            return lambda: engine.ask_stored(kept, TOP, threads)

        return work

    works = {engine.name: stored(1)}
    if engine.name in ("tutorial", ChunkedCosine.name):  # have no threads
        return works
    works[f"{engine.name}, 2 threads"] = stored(2)
    works[f"{engine.name}, from terms"] = lambda n: lambda: engine.ask_stored(engine.store(lists[:n]), TOP)
    if isinstance(engine, SparseDotTopn):
        works[f"{engine.name} by parts"] = _parts_by_hand(engine, lists, regions, own_of)
    return works


def _parts_by_hand(
    engine: SparseDotTopn, lists: Sequence[Terms], regions: Sequence[str], own_of: dict[str, Part]
) -> Work:
    """A matrix for each part and the companies of each together: what its users could do as well."""
    matrices = {region: engine.of_part(part) for region, part in own_of.items()}

    def work(count: int) -> Job:
        groups: dict[str, list[Terms]] = {}
        for terms, region in zip(lists[:count], regions[:count], strict=True):
            groups.setdefault(region, []).append(terms)
        kept = [(engine.store(group), matrices[region]) for region, group in groups.items()]
        return lambda: [engine.ask_part(stored, by_term, TOP) for stored, by_term in kept]

    return work


def _affordable(work: Work, companies: int, seconds: float) -> int:
    """How many companies fit the budget, after a warm-up."""
    few = min(companies, _PROBED)
    work(min(few, 4))()
    job, start = work(few), perf_counter()
    job()
    return max(min(companies, int(few * seconds / max(perf_counter() - start, 1e-9))), min(few, 8))


def _grow(run: Run, work: Work, most: int) -> None:
    counts = [max(most >> step, 1) for step in reversed(range(STEPS))]
    found = run_in_turns({str(count): work(count) for count in counts}, max(min(run.rounds, 3), 1))
    points = [(float(count), found[str(count)].cpu_s) for count in counts]
    costs = ", ".join(f"{seconds:.3g}" for _, seconds in points)
    shown = ", ".join(f"{count:,}" for count in counts)
    run.results.add(GROWTH, "batch by parts in companies, cpu", shown, f"{costs} s", growth(points))


def _measure_all(run: Run) -> None:
    """The best twenty with eligibility for all companies, or for as many as find time."""
    items = min(run.size.items, ITEMS_OF_ALL)
    companies = list(make_enterprises(run.size.enterprises, run.size.root))
    with TemporaryDirectory() as folder:
        day = make_catalogue(make_policies(items, run.size.root), Path(folder))
        ways = {
            "1 process": lambda: rank_companies(day, companies, TOP),
            "2 processes": lambda: rank_in_processes(Path(folder), companies, TOP, 2),
        }
        for name, ranked in ways.items():
            _row_of_all(run, name, items, len(companies), ranked())


def _row_of_all(run: Run, name: str, items: int, companies: int, ranked: Iterator[int]) -> None:
    start, shown = perf_counter(), []
    for count in ranked:
        shown.append(count)
        if perf_counter() - start > run.seconds * _BUDGETS:
            break
    took, done = perf_counter() - start, len(shown)
    asked = f"{done:,}" + ("" if done == companies else " (slice)")
    note = f"{fmean(shown):.1f} each, {took:.3g} s"
    run.results.add(BATCH, f"ours with eligibility, {name}", items, asked, done / took, "", note, "")
    if done < companies:
        whole = companies * took / done
        run.results.tell(f"  all {companies:,} companies at this rate: {whole:,.0f} s (extrapolated)")
