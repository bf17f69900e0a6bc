"""By where a company must be registered: the partition an item belongs to, and those open to a company.

The catalogue keeps its items in the order of their partitions' codes. Codes nest by their digits (province two,
city four, county six), so in plain order a place is followed by all that lies in it, and what is open to a
company is a few contiguous ranges: the nation, the places that it lies in, and those it may lie in, for
it may be known only by its city. A company outside an item's partition is never eligible for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from matching.judging.keys import is_judged
from matching.judging.places import places_meant, words_asked
from policy_corpus.additions import forgets
from policy_corpus.codes.region_table import codes_up, table
from policy_corpus.codes.regions import get_region
from policy_corpus.errors import CorpusError
from policy_corpus.model import AllOf, AnyOf, Condition, Node, Operator

NATION = ""


def hard_region(conditions: Node) -> str:
    """The six digits of the place outside which nobody is eligible, "" where there is none."""
    match conditions:
        case AllOf(children):
            return max(map(hard_region, children), key=_depth, default=NATION)
        case AnyOf(children) if children:
            return _common(map(hard_region, children))
        case Condition("region", Operator.EQ | Operator.IN | Operator.HAS) if is_judged(conditions):
            return _around(words_asked(conditions))
        case _:
            return NATION


def region_ranges(
    partitions: Sequence[str], starts: Sequence[int], enterprise_code: str | None
) -> list[tuple[int, int]]:
    """The ranges (first, end) of the positions at which a company of a region may be eligible, ascending.

    partitions: their codes, ascending. starts: the first position of each, then the end of the last.
    enterprise_code: as its region fact has it; a code that nobody knows, or None, may be anywhere.
    """
    open_to = _open_to(enterprise_code) if enterprise_code is not None else None
    if open_to is None:
        return [(int(starts[0]), int(starts[-1]))] if partitions and starts[0] < starts[-1] else []
    ranges: list[tuple[int, int]] = []
    for low, high in open_to:
        begin, end = bisect_left(partitions, low), bisect_left(partitions, high)
        first, last = int(starts[begin]), int(starts[end])
        if first >= last:
            continue
        if ranges and ranges[-1][1] == first:
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((first, last))
    return ranges


@forgets
@lru_cache(maxsize=8192)
def _around(names: tuple[str, ...]) -> str:
    """The smallest place around all that the names may stand for."""
    places = places_meant(names)
    if not places or "*" in places or "" in places:
        return NATION
    return _common(frame for place in places for code in place.split("|") for frame in _frames(code))


@forgets
@lru_cache(maxsize=8192)
def _open_to(code: str) -> tuple[tuple[str, str], ...] | None:
    """The codes of the partitions open to a region as ranges from one to before another, ascending and apart."""
    try:
        get_region(code)
    except CorpusError:
        return None
    frames = _frames(code)
    single = {NATION, *(up for frame in frames for up in codes_up(frame))}
    inside = {_inside(frame) for frame in frames}
    spans = sorted({*inside, *((one, one + "0") for one in single)})
    joined: list[tuple[str, str]] = []
    for low, high in spans:
        if joined and low < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def _frames(code: str) -> tuple[str, ...]:
    """The places of six digits that hold a place: itself; for a zone where it lies, and what it is made of."""
    if "-" not in code:
        return (code,)
    zone = table().zones.get(code)
    return (zone.parent, *zone.members) if zone else (code.partition("-")[0],)


def _inside(code: str) -> tuple[str, str]:
    """The range of the codes of a place and of all that lies in it."""
    digits = 2 if code.endswith("0000") else 4 if code.endswith("00") else 6
    return code, code[:digits].ljust(6, "9") + "0"


def _common(codes: Iterable[str]) -> str:
    """The smallest place that holds all the places."""
    chains = [list(_down(code)) for code in codes]
    shared = NATION
    for step in zip(*chains, strict=False):
        if len(set(step)) > 1:
            break
        shared = step[0]
    return shared


def _down(code: str) -> Iterator[str]:
    return reversed(list(codes_up(code))) if code else iter(())


def _depth(code: str) -> int:
    return len(list(_down(code)))
