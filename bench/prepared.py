"""A corpus cut into terms once, so that every engine gets the same token lists; and the part of it a company can stand in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from bench.corpus import Policy, make_policy, make_profiles
from bench.corpus_places import PROVINCE, partitions_of, world
from matching.terms import cut

PROFILE_TERMS, SHORT_TERMS = 150, 3
SEATS = 100
Terms = list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """The positions that a company of one region can stand in: as a mask, as ranges, and as the partitions' codes."""

    codes: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    mask: npt.NDArray[np.bool_]

    @property
    def share(self) -> float:
        return float(self.mask.mean())


@dataclass(frozen=True)
class Prepared:
    """Term lists in the order of a catalogue (by region, then by id), with the number each policy was drawn by."""

    root: str
    numbers: tuple[int, ...]
    regions: tuple[str, ...]
    terms: list[Terms]
    text_bytes: int

    def __len__(self) -> int:
        return len(self.terms)

    def first(self, count: int) -> Prepared:
        """The corpus of the first `count` policies: what `prepare(count)` gives, without cutting again."""
        kept = [at for at, number in enumerate(self.numbers) if number < count]
        size = round(self.text_bytes * len(kept) / max(len(self), 1))
        return Prepared(
            self.root,
            tuple(self.numbers[at] for at in kept),
            tuple(self.regions[at] for at in kept),
            [self.terms[at] for at in kept],
            size,
        )

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """Where the items of each partition stand."""
        found, start = {}, 0
        for code, group in groupby(self.regions):
            end = start + sum(1 for _ in group)
            found[code] = (start, end)
            start = end
        return found

    def stretch_like(self, part: Part, number: int) -> Part:
        """As many items as a part has, in one stretch somewhere: what one physical partition would be."""
        size = int(part.mask.sum())
        first = random.Random(number).randrange(max(len(self) - size, 1))
        mask = np.zeros(len(self), np.bool_)
        mask[first : first + size] = True
        return Part((), ((first, first + size),), mask)

    def part_of(self, region: str) -> Part:
        """What a company of this region can stand in."""
        codes = partitions_of(region)
        ranges: list[tuple[int, int]] = []
        for code in codes:
            if code not in self.ranges:
                continue
            first, last = self.ranges[code]
            if ranges and ranges[-1][1] == first:  # neighbours are one stretch, as the catalogue has them
                first = ranges.pop()[0]
            ranges.append((first, last))
        mask = np.zeros(len(self), np.bool_)
        for first, last in ranges:
            mask[first:last] = True
        return Part(codes, tuple(ranges), mask)


def prepare(count: int, root: str = PROVINCE) -> Prepared:
    """Draw and cut the first `count` policies."""
    drawn = [_drawn(make_policy(number, root), number) for number in range(count)]
    drawn.sort(key=lambda one: one[:2])
    known: dict[str, str] = {}  # one object for a term, not one for each of its places
    terms = [[known.setdefault(term, term) for term in cut(text)] for *_, text in drawn]
    size = sum(len(text.encode()) for *_, text in drawn)
    return Prepared(root, tuple(one[2] for one in drawn), tuple(one[0] for one in drawn), terms, size)


def _drawn(policy: Policy, number: int) -> tuple[str, str, int, str]:
    return policy.region, policy.item.id, number, policy.text


def policy_terms(numbers: Iterable[int], root: str = PROVINCE) -> list[Terms]:
    """The terms of single policies, in this order."""
    return [cut(make_policy(number, root).text) for number in numbers]


def profiles(count: int) -> list[Terms]:
    """Long questions: 150 terms of a company's profile each."""
    return [cut(text)[:PROFILE_TERMS] for text in make_profiles(count)]


def short_questions(long: Sequence[Terms]) -> list[Terms]:
    """Three terms of each profile."""
    chance = random.Random(19)
    return [chance.sample(sorted(set(terms)), SHORT_TERMS) for terms in long]


def seats(count: int, root: str) -> list[str]:
    """The counties of the companies that ask, a hundred different ones at most."""
    chance = random.Random(23)
    counties = [place.code for place in world(root).counties]
    some = chance.sample(counties, min(len(counties), SEATS))
    return chance.choices(some, k=count)


def parts(prepared: Prepared, regions: Iterable[str]) -> dict[str, Part]:
    """The part of each region, computed once."""
    return {region: prepared.part_of(region) for region in sorted(set(regions))}
