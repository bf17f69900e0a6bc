"""The order of results, on one page.

A list is ordered by what a company can do with it, then by how much of it fits, then by how near it is in
words, then by what ends first; the id settles the rest. So the order is total: the same items give the same
list however they come in and wherever they were computed.

1. eligibility: eligible, undetermined, ineligible
2. score: met leaves / all leaves of the item's conditions, higher first
3. relevance: cosine of profile and item, to 6 places, higher first
4. deadline: the earlier first, none last
5. id: of the item for an enterprise's list, the credit code for an item's audience
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from matching.model import Eligibility, Match

PLACES = 6
MILLION = 10**PLACES
GROUPS = (Eligibility.ELIGIBLE, Eligibility.UNDETERMINED, Eligibility.INELIGIBLE)
NO_DEADLINE = date.max.toordinal()  # below 2 ** 22

RankKey = tuple[int, float, float, date, str]


def score_of(met: int, leaves: int) -> float:
    """Share of the leaves that are met, 0-1, to 6 places; an item without conditions has none met: 0."""
    return round(met / leaves, PLACES) if leaves else 0.0


def round_relevance(cosine: float) -> float:
    """A cosine as it is compared and shown: 6 places, never outside 0-1."""
    (whole,) = relevance_millionths(np.asarray([cosine], np.float32)).tolist()
    relevance: float = whole / MILLION
    return relevance


def score_millionths(met: npt.NDArray[np.int32], leaves: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """`score_of` for many at once, in whole millionths."""
    share = np.divide(met, leaves, out=np.zeros(len(met)), where=leaves > 0)
    whole: npt.NDArray[np.int64] = np.rint(share * MILLION).astype(np.int64)
    return whole


def relevance_millionths(cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """`round_relevance` for many at once, in whole millionths."""
    whole: npt.NDArray[np.int64] = np.rint(cosines.astype(np.float64) * MILLION).astype(np.int64)
    return whole.clip(0, MILLION)


def packed_keys(
    group: npt.NDArray[np.int8],
    score: npt.NDArray[np.int64],
    relevance: npt.NDArray[np.int64],
    deadline: npt.NDArray[np.int32],
) -> npt.NDArray[np.uint64]:
    """The rank keys of many, but for the id, each in one number to sort by, ascending.

    group: place in GROUPS; score, relevance: millionths (20 bits each); deadline: ordinal day, NO_DEADLINE
    where there is none (22 bits).
    """
    key = group.astype(np.uint64) << np.uint64(62)
    key |= (MILLION - score).astype(np.uint64) << np.uint64(42)
    key |= (MILLION - relevance).astype(np.uint64) << np.uint64(22)
    return key | deadline.astype(np.uint64)


def first_by_key(
    keys: npt.NDArray[np.uint64], ids: npt.NDArray[np.int64], top: int | None
) -> npt.NDArray[np.int64]:
    """Where the first `top` (None: all) stand, in order: by key, and where keys are equal by the rank of the id."""
    if top is None or top >= len(keys):
        return np.lexsort((ids, keys))
    if top <= 0:
        return np.empty(0, np.int64)
    last = np.partition(keys, top - 1)[top - 1]
    near = np.flatnonzero(keys <= last)
    return near[np.lexsort((ids[near], keys[near]))[:top]]


def rank_key(
    eligibility: Eligibility, score: float, relevance: float, deadline: date | None, tie: str
) -> RankKey:
    """The key to sort by, ascending."""
    return (GROUPS.index(eligibility), -score, -relevance, deadline or date.max, tie)


def key_of(match: Match) -> RankKey:
    """The key of a finished match in an enterprise's list."""
    window = match.item.window
    return rank_key(
        match.eligibility,
        match.score,
        match.relevance,
        window.closes_on if window else None,
        match.item.id,
    )
