"""Match one enterprise with the published items of a day: evaluate, score, rank, and explain what is shown.

Conditions decide and text ranks: an item is judged however far its words are from the profile. Items that are
confined to a region where the enterprise cannot be are passed over unread, for they are ineligible whatever
else they ask. Items whose application window has closed are left out unless asked for: nobody can act on
them, and a list headed "you can have this" must not hold them.

Verdicts and order come from the columns of the catalogue; the findings in words from the readable evaluator, for
the items shown only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.catalogue.catalogue import Ranges
from matching.catalogue.day import Day
from matching.eligibility import Evaluator, eligibility_of
from matching.model import Eligibility, Enterprise, Match
from matching.openness import openness
from matching.profile import enterprise_terms
from matching.queries import Query
from matching.ranking import (
    GROUPS,
    MILLION,
    first_by_key,
    packed_keys,
    relevance_millionths,
    round_relevance,
    score_millionths,
    score_of,
)
from policy_corpus.model import PolicyItem

SHOWN_TERMS = 5
_NOT_MET = 0  # as in matching.columns
# Verdicts count upwards (0 not met, 1 unknown, 2 met), groups of the list downwards.
_GROUP_OF = np.array([GROUPS.index(kind) for kind in
                      (Eligibility.INELIGIBLE, Eligibility.UNDETERMINED, Eligibility.ELIGIBLE)], np.int8)  # fmt: skip


@dataclass(frozen=True)
class Ranking:
    """Items of one enterprise, not yet put into words. One entry a candidate, in the order of positions.

    group: place in GROUPS; score, relevance: in millionths.
    """

    day: Day
    enterprise: Enterprise
    query: Query
    positions: npt.NDArray[np.int64]
    group: npt.NDArray[np.int8]
    score: npt.NDArray[np.int64]
    relevance: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def counts(self) -> Mapping[Eligibility, int]:
        """How many candidates there are of each eligibility."""
        found = np.bincount(self.group, minlength=len(GROUPS))
        return {kind: int(found[at]) for at, kind in enumerate(GROUPS)}

    def narrowed(self, keep: npt.NDArray[np.bool_]) -> Ranking:
        """The candidates that are kept; keep: one entry a candidate."""
        kept = {name: getattr(self, name)[keep] for name in ("positions", "group", "score", "relevance")}
        return replace(self, **kept)

    def only(self, kind: Eligibility) -> Ranking:
        """The candidates of one eligibility."""
        return self.narrowed(self.group == GROUPS.index(kind))

    def order(self, top: int | None = None) -> npt.NDArray[np.int64]:
        """Which candidates are the first `top` (None: all), in order."""
        ids = self.day.catalogue.id_ranks[self.positions]
        return first_by_key(self._keys, ids, top)

    def matches(self, top: int | None = None, start: int = 0) -> tuple[Match, ...]:
        """The matches ranked `start` + 1 to `top`, with their findings in words."""
        evaluator = Evaluator(self.enterprise, self.day.as_of)
        return tuple(
            self._finish(rank, int(at), evaluator)
            for rank, at in enumerate(self.order(top)[start:], start + 1)
        )

    @cached_property
    def _keys(self) -> npt.NDArray[np.uint64]:
        return packed_keys(self.group, self.score, self.relevance, self.day.deadline[self.positions])

    def _finish(self, rank: int, at: int, evaluator: Evaluator) -> Match:
        position = int(self.positions[at])
        item = self.day.item(position)
        return Match(
            rank=rank,
            item=item,
            eligibility=GROUPS[self.group[at]],
            openness=self.day.openness(position),
            score=int(self.score[at]) / MILLION,
            relevance=int(self.relevance[at]) / MILLION,
            findings=evaluator.findings(item.conditions),
            terms=self.day.catalogue.text.reasons(self.query, position, SHOWN_TERMS),
        )


def rank_items(
    enterprise: Enterprise, day: Day, *, include_ineligible: bool = False, include_closed: bool = False
) -> Ranking:
    """The items listed on a day that the enterprise may have, or (if asked) all of them, judged and scored."""
    catalogue = day.catalogue
    everything = [(0, catalogue.size)]
    ranges = everything if include_ineligible else catalogue.ranges_for(_region(enterprise))
    verdicts = catalogue.judge(enterprise, day.as_of, ranges)
    keep = _within(day.listed if include_closed else day.offered, ranges)
    if not include_ineligible:
        keep &= verdicts.verdict != _NOT_MET
    query = catalogue.text.query(enterprise_terms(enterprise, day.as_of))
    relevance = relevance_millionths(catalogue.text.scores(query, ranges)[keep])
    score = score_millionths(verdicts.met[keep], verdicts.leaves[keep])
    positions = _within(np.arange(catalogue.size), ranges)[keep]
    return Ranking(day, enterprise, query, positions, group_of(verdicts.verdict[keep]), score, relevance)


def match_one(enterprise: Enterprise, item: PolicyItem, day: Day, rank: int = 1) -> Match:
    """One enterprise with one item, whatever the verdict and the window; one not in the catalogue has relevance 0."""
    evaluator, text = Evaluator(enterprise, day.as_of), day.catalogue.text
    query = text.query(enterprise_terms(enterprise, day.as_of))
    at = day.catalogue.find(item.id)
    cosine = float(text.scores_at(query, [at])[0]) if at is not None else 0.0
    return Match(
        rank=rank,
        item=item,
        eligibility=eligibility_of(evaluator.verdict_on(item.conditions)),
        openness=openness(item.window, day.as_of),
        score=score_of(*evaluator.tally(item.conditions)),
        relevance=round_relevance(cosine),
        findings=evaluator.findings(item.conditions),
        terms=text.reasons(query, at, SHOWN_TERMS) if at is not None else (),
    )


def group_of(verdicts: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """The place in GROUPS of each verdict of `matching.columns`."""
    groups: npt.NDArray[np.int8] = _GROUP_OF[verdicts]
    return groups


def _within(column: npt.NDArray[Any], ranges: Ranges) -> npt.NDArray[Any]:
    return np.concatenate([column[:0], *(column[start:end] for start, end in ranges)])


def _region(enterprise: Enterprise) -> str | None:
    fact = enterprise.facts.get("region")
    return str(fact.value) if fact is not None else None
