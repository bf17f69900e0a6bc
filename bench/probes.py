"""What the machine and the postings allow: bandwidth, touched postings and their plain reading, memory of a process.

`python -m bench.probes ROLE COUNT ROOT FOLDER` builds from raw text in a process of its own, so that its peak memory
is its own, and prints what it measured as JSON. ROLE: "ours" or "tutorial".
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.cosines import Tutorial
from bench.prepared import Terms

_STREAM = 32_000_000  # numbers of 8 bytes
POSTING = 8  # bytes: a position and a weight


def start_of_peak() -> None:
    """Forget the peak so far, where the system can: loading dictionaries is not what is measured."""
    knob = Path("/proc/self/clear_refs")
    if knob.exists():
        knob.write_text("5")


def peak_mb() -> float:
    """Peak memory of this process since `start_of_peak`.

    Not ru_maxrss, where the system tells better: a process inherits that from the one that started it.
    """
    facts = Path("/proc/self/status")
    lines = facts.read_text().splitlines() if facts.exists() else []
    told = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if told is None else told) / 1024


def free_mb() -> float:
    """Memory that the machine has left; 0 where it does not say."""
    facts = Path("/proc/meminfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("MemAvailable")), 0.0)


def bandwidth(numbers: int = _STREAM, times: int = 3) -> dict[str, float]:
    """GB/s of one core: "copy" (read and write counted) and "read"."""
    source, target = np.ones(numbers), np.ones(numbers)
    read = _reader()
    read(source[:8])
    copied = min(_seconds(lambda: np.copyto(target, source)) for _ in range(times))
    seen = min(_seconds(lambda: read(source)) for _ in range(times))
    return {"copy": 2 * source.nbytes / copied / 1e9, "read": source.nbytes / seen / 1e9}


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _reader() -> Callable[[Any], object]:
    """Adds up an array; compiled where numba is there, because numpy's own sum is not bound by memory."""
    if find_spec("numba") is None:
        return np.sum
    from numba import njit

    @njit(fastmath=True)  # type: ignore[untyped-decorator]
    def added(numbers):  # type: ignore[no-untyped-def]
        found = 0.0
        for number in numbers:
            found += number
        return found

    return added  # type: ignore[no-any-return]


def _list_reader() -> Callable[[Any, Any, Any], float]:
    if find_spec("numba") is None:
        return lambda bounds, items, weights: sum(
            float(items[start:end].sum()) + float(weights[start:end].sum()) for start, end in bounds
        )
    from numba import njit

    @njit(fastmath=True)  # type: ignore[untyped-decorator]
    def added(bounds, items, weights):  # type: ignore[no-untyped-def]
        places, found = 0, np.float32(0)
        for at in range(len(bounds)):
            for posting in range(bounds[at, 0], bounds[at, 1]):
                places += items[posting]
                found += weights[posting]
        return places + found

    return added  # type: ignore[no-any-return]


class Postings:
    """The postings of the tutorial's matrix by term: what any inverted index has to touch for a question."""

    def __init__(self, tutorial: Tutorial) -> None:
        by_term = tutorial.matrix.astype(np.float32).tocsc()
        self._columns: dict[str, int] = tutorial.vectorizer.vocabulary_
        self._starts, self._items, self._weights = by_term.indptr, by_term.indices, by_term.data
        self._read = _list_reader()

    def touched(self, terms: Terms) -> int:
        """How many postings the lists of a question's terms hold."""
        return sum(int(end - start) for start, end in self._lists(terms))

    def read(self, terms: Terms) -> float:
        """Read those lists one after the other and do nothing with them: the floor of any scoring."""
        bounds = np.array(self._lists(terms), np.int64).reshape(-1, 2)
        return float(self._read(bounds, self._items, self._weights))

    def _lists(self, terms: Terms) -> list[tuple[int, int]]:
        columns = [self._columns[term] for term in dict.fromkeys(terms) if term in self._columns]
        return [(self._starts[column], self._starts[column + 1]) for column in columns]

    def mean_touched(self, questions: Sequence[Terms]) -> float:
        return sum(map(self.touched, questions)) / max(len(questions), 1)


def build_apart(role: str, count: int, root: str, folder: Path) -> dict[str, float]:
    """Build from raw text in a process of its own: seconds of wall and cpu, peak MB, MB before, bytes of text."""
    command = [sys.executable, "-m", "bench.probes", role, str(count), root or "nation", str(folder)]
    found: dict[str, float] = json.loads(subprocess.check_output(command))
    return found


def _play(role: str, count: int, root: str, folder: Path) -> dict[str, float]:
    from bench.corpus import make_texts

    texts, _ = make_texts(count, root)
    work = _ours(texts[:50], folder) if role == "ours" else _tutorial(texts[:50])
    start_of_peak()
    before, cpu, wall = peak_mb(), process_time(), perf_counter()
    work(texts)
    took = {"wall": perf_counter() - wall, "cpu": process_time() - cpu}
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    took["cpu"] += children.ru_utime + children.ru_stime
    size = sum(len(text.encode()) for text in texts)
    return took | {"peak": peak_mb(), "before": before, "bytes": float(size)}


def _ours(few: list[str], folder: Path) -> Callable[[list[str]], object]:
    from bench.ours import build_from_texts

    build_from_texts(few, folder / "few")  # dictionaries and compiled loops are loaded now
    return lambda texts: build_from_texts(texts, folder / "index")


def _tutorial(few: list[str]) -> Callable[[list[str]], object]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(few)
    return lambda texts: TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(texts)


if __name__ == "__main__":
    _, told_role, told_count, told_root, told_folder = sys.argv
    world = "" if told_root == "nation" else told_root
    print(json.dumps(_play(told_role, int(told_count), world, Path(told_folder))))
