"""The best set of options of which no two exclude each other, exactly, by branch and bound; called by `combination`.

Sets are bits of a number. To add an option never lowers what is paid, so options that exclude nothing open any more
are taken at once; the others are tried in and out. A branch is left when even all that is still open, or the best of each
clique of it, would not beat what is found. The order of the options decides between equals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matching.advice.capped_sums import Cap, most_paid

MOST_STEPS = 3_000  # branches of one search; then the best so far stands, and is not said to be proven


@dataclass(frozen=True, slots=True)
class Found:
    """The best set as bits, what is paid for it, and whether it is proven that there is no better one."""

    chosen: int
    paid: Fraction
    proven: bool


def bits(mask: int) -> Iterator[int]:
    """The places of the bits of a set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def best_set(
    sums: Sequence[int],
    excludes: Sequence[int],
    caps: Sequence[Cap],
    within: int,
    taken: int = 0,
    most_steps: int = MOST_STEPS,
) -> Found:
    """The best set within some options. sums: of each, the largest first; excludes: bits of the options that each one
    excludes; caps: see `capped_sums`; taken: what must be in the set, and excludes nothing of `within`."""

    def paid(mask: int) -> Fraction:
        return most_paid({at: sums[at] for at in bits(mask)}, caps)

    best = _filled(taken, excludes, within)
    found, steps = Found(best, paid(best), True), 0
    waiting = [(taken, within)]
    while waiting:
        chosen, still = waiting.pop()
        steps += 1
        if steps > most_steps:
            found = Found(found.chosen, found.paid, False)
            break
        free = sum(1 << at for at in bits(still) if not excludes[at] & still)
        chosen, still = chosen | free, still & ~free
        if not still:
            if (reached := paid(chosen)) > found.paid:
                found = Found(chosen, reached, True)
            continue
        if _bound(sums, excludes, chosen, still) <= found.paid or paid(chosen | still) <= found.paid:
            continue
        first = max(bits(still), key=lambda at: (sums[at], (excludes[at] & still).bit_count(), -at))
        waiting.append((chosen, still & ~(1 << first)))
        waiting.append((chosen | 1 << first, still & ~(1 << first) & ~excludes[first]))
    chosen = _filled(found.chosen, excludes, within)  # with what brings nothing and excludes nothing
    return Found(chosen, paid(chosen), found.proven)


def _filled(chosen: int, excludes: Sequence[int], within: int) -> int:
    """A set with all that excludes nothing of it, the largest first."""
    for at in bits(within & ~chosen):
        if not excludes[at] & chosen:
            chosen |= 1 << at
    return chosen


def _bound(sums: Sequence[int], excludes: Sequence[int], chosen: int, still: int) -> int:
    """What is chosen and, of each clique that the open options are dealt into, the largest; caps left aside."""
    total = sum(sums[at] for at in bits(chosen))
    common: list[int] = []  # what every member of a clique excludes
    for at in bits(still):  # the largest first, so the first member of a clique is its largest
        place = next((number for number, shared in enumerate(common) if shared >> at & 1), None)
        if place is None:
            total += sums[at]
            common.append(excludes[at])
        else:
            common[place] &= excludes[at]
    return total
