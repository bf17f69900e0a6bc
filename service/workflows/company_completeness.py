"""What a company's missing facts keep from being decided: not a percentage but items, fact by fact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.derived_facts import find_fact
from matching.match import rank_items
from matching.model import Eligibility, Enterprise
from policy_corpus.facts import FACTS
from service.store.shelf import Shelf

# Bands of the share of conditions that can be answered: from, below, words.
BANDS = (
    (0.9, 2.0, "充分", "可回答公开事项九成以上的条件"),
    (0.7, 0.9, "较全", "可回答七成至九成"),
    (0.4, 0.7, "不足", "可回答四成至七成"),
    (0.0, 0.4, "很少", "可回答不到四成"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing fact. items: undetermined items that ask for it; alone: those that wait for nothing else."""

    key: str
    label: str
    items: int
    alone: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How well a company is known. counts: its items by eligibility; gaps: the missing facts, what matters most first."""

    counts: dict[Eligibility, int]
    gaps: tuple[Gap, ...]


def completeness_of(enterprise: Enterprise, shelf: Shelf) -> Completeness:
    """What is missing of a company, weighed by the items of the day that are undetermined for it."""
    ranking = rank_items(enterprise, shelf.day, include_ineligible=True)
    among = np.zeros(shelf.day.catalogue.size, np.bool_)
    among[ranking.only(Eligibility.UNDETERMINED).positions] = True
    missing = frozenset(key for key in shelf.asked.by_fact if find_fact(enterprise, key, shelf.as_of) is None)
    counts, alone = shelf.asked.counts(among), shelf.asked.alone(missing, among)
    gaps = [
        Gap(key, FACTS[key].label, items, alone.get(key, 0))
        for key, items in counts.items()
        if key in missing
    ]
    ordered = sorted(gaps, key=lambda gap: (-gap.alone, -gap.items))
    return Completeness(dict(ranking.counts), tuple(ordered))
