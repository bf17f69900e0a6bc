"""How engines are timed side by side: one process, blocks of questions in rotated order, medians and ratios.

Single questions in turn would charge the cold caches to whoever goes first, so each engine answers a whole block before
the next one does, and every round starts at another engine. Engines too slow for a whole block answer its first
questions only (a slice), as many as fit in a budget of seconds that is measured when they are warmed up.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil, log
from statistics import fmean, median
from time import perf_counter, process_time
from typing import Any

BLOCK, ROUNDS = 200, 4
WARM_UP = 10
SECONDS = 6.0  # what a block of one engine may take


@dataclass(frozen=True, slots=True)
class Contender:
    """Someone who answers questions; `ask` takes one question."""

    name: str
    ask: Callable[[Any], object]


@dataclass(slots=True)
class Timing:
    """What one contender took. wall: seconds of each question; cpu: of the process, over all of them."""

    name: str
    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0
    load: float = 0.0

    @property
    def p50_ms(self) -> float:
        return quantile(self.wall, 0.5) * 1000

    @property
    def p95_ms(self) -> float:
        return quantile(self.wall, 0.95) * 1000

    @property
    def cpu_ms(self) -> float:
        return self.cpu / len(self.wall) * 1000

    @property
    def per_second(self) -> float:
        return len(self.wall) / sum(self.wall)


@dataclass(slots=True)
class Job:
    """What one contender took for a whole piece of work, a figure a round."""

    name: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    load: float = 0.0

    @property
    def wall_s(self) -> float:
        return median(self.wall)

    @property
    def cpu_s(self) -> float:
        return median(self.cpu)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed.

    >>> quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0.95)
    (2, 4)
    """
    return sorted(values)[max(ceil(share * len(values)) - 1, 0)]


def growth(points: Sequence[tuple[float, float]]) -> float:
    """The exponent by which seconds grow with size: the slope of the line through the logarithms, by least squares.

    >>> round(growth([(10, 1.0), (100, 100.0), (1000, 10000.0)]), 3)
    2.0
    """
    sizes = [log(size) for size, _ in points]
    times = [log(max(seconds, 1e-9)) for _, seconds in points]
    middle, mean = fmean(sizes), fmean(times)
    spread = sum((size - middle) ** 2 for size in sizes)
    return sum((s - middle) * (t - mean) for s, t in zip(sizes, times, strict=True)) / spread


def rotated(names: Sequence[Any], turn: int) -> list[Any]:
    """The same in the same order, but beginning further on.

    >>> rotated(["a", "b", "c"], 4)
    ['b', 'c', 'a']
    """
    start = turn % len(names) if names else 0
    return [*names[start:], *names[:start]]


def ask_in_blocks(
    contenders: Sequence[Contender],
    questions: Sequence[Any],
    block: int = BLOCK,
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
) -> dict[str, Timing]:
    """Every contender over the same questions, `block` of them a round, each round in another order.

    The questions are gone through again from the start when there are fewer than rounds x block of them.
    """
    found = {one.name: Timing(one.name) for one in contenders}
    sizes = {one.name: _affordable(one, questions, block, seconds) for one in contenders}
    with undisturbed():
        for turn in range(rounds):
            asked = [questions[(turn * block + at) % len(questions)] for at in range(block)]
            for one in rotated(contenders, turn):
                _time(one.ask, asked[: sizes[one.name]], found[one.name])
    return found


def _affordable(one: Contender, questions: Sequence[Any], block: int, seconds: float) -> int:
    """Warms up, and says how many questions of a block fit in the seconds."""
    took = []
    for question in questions[:WARM_UP]:
        start = perf_counter()
        one.ask(question)
        took.append(perf_counter() - start)
        if len(took) > 1 and sum(took) > seconds:
            break
    return max(min(block, int(seconds / max(min(took), 1e-9))), min(block, 3))


def _time(ask: Callable[[Any], object], questions: Sequence[Any], into: Timing) -> None:
    cpu = process_time()
    for question in questions:
        start = perf_counter()
        ask(question)
        into.wall.append(perf_counter() - start)
    into.cpu += process_time() - cpu
    into.load = max(into.load, os.getloadavg()[0])


def run_in_turns(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, Job]:
    """Whole pieces of work, each once a round, every round in another order."""
    found = {name: Job(name) for name in jobs}
    with undisturbed():
        for turn in range(rounds):
            for name in rotated(list(jobs), turn):
                cpu, wall = process_time(), perf_counter()
                jobs[name]()
                found[name].wall.append(perf_counter() - wall)
                found[name].cpu.append(process_time() - cpu)
                found[name].load = max(found[name].load, os.getloadavg()[0])
    return found


@contextmanager
def undisturbed() -> Iterator[None]:
    """No collection of garbage while the clock runs: the corpus would be walked at somebody's cost."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
