"""Match one enterprise with many items, or one item with many enterprises: evaluate, score, rank.

Conditions decide and text ranks: every item is evaluated, however far its words are from the profile. The
caller hands in the items that may be shown at all (published, of documents in force): repealed and expired
ones never reach this module. Items whose application window has closed are left out unless asked for:
nobody can act on them, and a list headed "you can have this" must not hold them; their being closed is
otherwise a fact beside eligibility and does not touch the order.

The verdicts of all items are computed first, the findings in words only for the items returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matching.eligibility import Evaluator, eligibility_of
from matching.index import PolicyIndex
from matching.model import Eligibility, Enterprise, Match, Openness
from matching.openness import openness
from matching.profile import enterprise_terms
from matching.ranking import RankKey, rank_key, round_relevance, score_of
from policy_corpus.model import PolicyItem

SHOWN_TERMS = 5


@dataclass(frozen=True, slots=True)
class Audience:
    """The enterprises that an item fits. counts: over all asked; matches: not the ineligible, in order."""

    item: PolicyItem
    counts: Mapping[Eligibility, int]
    matches: tuple[tuple[Enterprise, Match], ...]


class _Candidate(NamedTuple):
    key: RankKey
    item: PolicyItem
    openness: Openness
    eligibility: Eligibility
    score: float
    relevance: float


def match_enterprise(
    enterprise: Enterprise,
    items: Iterable[PolicyItem],
    index: PolicyIndex,
    as_of: date,
    *,
    include_ineligible: bool = False,
    include_closed: bool = False,
    top: int | None = None,
) -> tuple[Match, ...]:
    """The ranked list of one enterprise: eligible items, then undetermined, then (if asked) the others.

    items: the published items of documents in force on `as_of`, in any order; one that the index does not
    know yet has relevance 0. top: how many to return, None for all.
    """
    evaluator, terms = Evaluator(enterprise, as_of), enterprise_terms(enterprise, as_of)
    relevance = index.scores(terms)
    found = []
    for item in items:
        state = openness(item.window, as_of)
        if state is Openness.CLOSED and not include_closed:
            continue
        eligibility = eligibility_of(evaluator.verdict_on(item.conditions))
        if eligibility is not Eligibility.INELIGIBLE or include_ineligible:
            at = index.positions.get(item.id)
            cosine = round_relevance(relevance[at]) if at is not None else 0.0
            found.append(_candidate(evaluator, item, state, eligibility, cosine, item.id))
    found.sort(key=lambda candidate: candidate.key)
    kept = found if top is None else found[: max(top, 0)]
    return tuple(_finish(rank, one, evaluator, index, terms) for rank, one in enumerate(kept, 1))


def match_one(enterprise: Enterprise, item: PolicyItem, index: PolicyIndex, as_of: date) -> Match:
    """One enterprise with one item, whatever the verdict and the window."""
    options = {"include_ineligible": True, "include_closed": True}
    return match_enterprise(enterprise, (item,), index, as_of, **options)[0]


def audience(
    item: PolicyItem, enterprises: Iterable[Enterprise], index: PolicyIndex, as_of: date
) -> Audience:
    """Which enterprises an item fits: counts by eligibility, and the list in the order of `ranking`."""
    counts = dict.fromkeys(Eligibility, 0)
    fitting: list[tuple[Enterprise, _Candidate, Evaluator, list[str]]] = []
    for enterprise in enterprises:
        evaluator = Evaluator(enterprise, as_of)
        eligibility = eligibility_of(evaluator.verdict_on(item.conditions))
        counts[eligibility] += 1
        if eligibility is not Eligibility.INELIGIBLE:
            terms = enterprise_terms(enterprise, as_of)
            cosine = index.score_of(terms, item.id)
            state = openness(item.window, as_of)
            one = _candidate(evaluator, item, state, eligibility, round_relevance(cosine), enterprise.uscc)
            fitting.append((enterprise, one, evaluator, terms))
    fitting.sort(key=lambda entry: entry[1].key)
    matches = tuple(
        (enterprise, _finish(rank, one, evaluator, index, terms))
        for rank, (enterprise, one, evaluator, terms) in enumerate(fitting, 1)
    )
    return Audience(item, counts, matches)


def _candidate(
    evaluator: Evaluator,
    item: PolicyItem,
    state: Openness,
    eligibility: Eligibility,
    relevance: float,
    tie: str,
) -> _Candidate:
    score = score_of(*evaluator.tally(item.conditions))
    deadline = item.window.closes_on if item.window else None
    key = rank_key(eligibility, score, relevance, deadline, tie)
    return _Candidate(key, item, state, eligibility, score, relevance)


def _finish(
    rank: int, one: _Candidate, evaluator: Evaluator, index: PolicyIndex, terms: Sequence[str]
) -> Match:
    return Match(
        rank=rank,
        item=one.item,
        eligibility=one.eligibility,
        openness=one.openness,
        score=one.score,
        relevance=one.relevance,
        findings=evaluator.findings(one.item.conditions),
        terms=index.reasons(terms, one.item.id, SHOWN_TERMS),
    )
