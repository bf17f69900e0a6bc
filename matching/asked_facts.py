"""Which facts of a company the items of a catalogue ask for: what a missing fact keeps from being decided.

Called for the completeness of companies. A condition counts for the fact that answers it (founded_years for founded_on).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.catalogue.catalogue import Catalogue
from matching.columns.columns import Columns
from policy_corpus.facts import FACTS, SELF_STATED

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class AskedFacts:
    """For each stored fact that is asked for, by key: which positions of the catalogue ask for it.

    unsaid: positions with a condition that no fact answers, or one that only the company itself can confirm.
    """

    by_fact: dict[str, Mask]
    unsaid: Mask

    @classmethod
    def of(cls, catalogue: Catalogue) -> AskedFacts:
        """What the items of a catalogue ask for."""
        parts = [segment.columns for segment in (catalogue.base, catalogue.tail)]
        found = [_asked(columns) for columns in parts]
        keys = [key for key in FACTS if key not in SELF_STATED and any(key in part for part in found)]
        none = [np.zeros(columns.size, np.bool_) for columns in parts]
        by_fact: dict[str, Mask] = {}
        for key in keys:
            mask = np.concatenate([part.get(key, none[at]) for at, part in enumerate(found)])
            answering = FACTS[key].fact or key
            by_fact[answering] = by_fact[answering] | mask if answering in by_fact else mask
        unsaid = np.zeros(sum(columns.size for columns in parts), np.bool_)
        for key in ("", *SELF_STATED):
            unsaid |= np.concatenate([part.get(key, none[at]) for at, part in enumerate(found)])
        return cls(by_fact, unsaid)

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of some positions ask for each fact, those asked for most first."""
        counted = {key: int(np.count_nonzero(mask & among)) for key, mask in self.by_fact.items()}
        return dict(sorted((pair for pair in counted.items() if pair[1]), key=lambda pair: -pair[1]))

    def alone(self, missing: frozenset[str], among: Mask) -> dict[str, int]:
        """For each missing fact: how many of some positions ask for it and for nothing else that is missing."""
        masks = {key: mask & among & ~self.unsaid for key, mask in self.by_fact.items() if key in missing}
        if not masks:
            return {}
        how_many = np.sum(list(masks.values()), axis=0)
        return {key: int(np.count_nonzero(mask & (how_many == 1))) for key, mask in masks.items()}


def _asked(columns: Columns) -> dict[str, Mask]:
    """For each attribute that occurs: which items of a segment have a condition on it."""
    keys = [key for key, _ in columns.attributes]
    ends = np.cumsum([count for _, count in columns.attributes])
    tokens: npt.NDArray[Any] = np.asarray(columns.tokens)
    leaves = tokens >= 0
    attribute = np.searchsorted(ends, tokens[leaves] >> 1, side="right")
    owner = np.repeat(np.arange(columns.size), np.diff(columns.starts))[leaves]
    found: dict[str, Mask] = {}
    for at in np.unique(attribute).tolist():
        mask = found[keys[at]] = np.zeros(columns.size, np.bool_)
        mask[owner[attribute == at]] = True
    return found
