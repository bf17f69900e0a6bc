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

from matching.model import Eligibility, Match

PLACES = 6
_GROUPS = (Eligibility.ELIGIBLE, Eligibility.UNDETERMINED, Eligibility.INELIGIBLE)

RankKey = tuple[int, float, float, date, str]


def score_of(met: int, leaves: int) -> float:
    """Share of the leaves that are met, 0-1, to 6 places; an item without conditions has none met: 0."""
    return round(met / leaves, PLACES) if leaves else 0.0


def round_relevance(cosine: float) -> float:
    """A cosine as it is compared and shown: 6 places, never outside 0-1."""
    return min(max(round(float(cosine), PLACES), 0.0), 1.0)


def rank_key(
    eligibility: Eligibility, score: float, relevance: float, deadline: date | None, tie: str
) -> RankKey:
    """The key to sort by, ascending."""
    return (_GROUPS.index(eligibility), -score, -relevance, deadline or date.max, tie)


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
