"""Which of very many statements can settle one condition: the reverse of `phrases`, for one item's audience.

Called by `names`. The statements are filed under the same hashes under which a condition asks, and stand in one
long text in which the condition's phrases are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.columns.phrases import asked_by, denies_incidents, filed_under, incident_group
from matching.judging.stated import LONG_ENOUGH, bare_phrase, phrases_asked
from policy_corpus.model import Condition


class StatementFile:
    """The distinct statements that companies make on one attribute."""

    def __init__(self, attribute: str, statements: Sequence[str]) -> None:
        bare = list(map(bare_phrase, statements))
        self.size = len(bare)
        self._text = "\n".join(bare)  # nothing bare holds the end of a line
        self._starts = np.cumsum([0, *(len(one) + 1 for one in bare)])[:-1]
        filed = [(found, at) for at, one in enumerate(bare) for found in asked_by(attribute, one)]
        hashes = np.array([found for found, _ in filed], np.uint64)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owners = hashes[order], np.array([at for _, at in filed], np.int64)[order]
        self._denials = np.array([denies_incidents(attribute, (one,)) for one in statements], bool)

    def relevant(self, condition: Condition) -> npt.NDArray[np.bool_]:
        """For each statement whether it may settle the condition, alone or with others."""
        found = self._denials.copy() if incident_group(condition) is not None else np.zeros(self.size, bool)
        wanted = np.array(sorted(filed_under(condition)), np.uint64)
        begin, end = (np.searchsorted(self._hashes, wanted, side) for side in ("left", "right"))
        for first, last in zip(begin, end, strict=True):
            found[self._owners[first:last]] = True
        for phrase in phrases_asked(condition):
            if len(phrase) >= LONG_ENOUGH:
                places = np.fromiter(_occurrences(phrase, self._text), np.int64)
                found[np.searchsorted(self._starts, places, side="right") - 1] = True
        return found


def _occurrences(phrase: str, text: str) -> Iterator[Any]:
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)
