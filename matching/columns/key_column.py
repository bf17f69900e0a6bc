"""A fact of few distinct values of very many companies as a column: each value is judged once; used by `roster`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.columns.pieces import code_of
from matching.columns.plain_bytes import as_bytes, extended, from_bytes
from matching.columns.ranks import RANKED_KINDS, RankedConditions
from matching.judging.keys import one_who_states
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import Condition

Array = npt.NDArray[Any]
Int8 = npt.NDArray[np.int8]
UNKNOWN = 1


@dataclass(frozen=True)
class KeyColumn:
    """A fact of few distinct values: for every company the number of its key, 0 for none."""

    attribute: str
    numbers: Array = field(default_factory=lambda: np.zeros(0, np.int32))
    keys: Sequence[Any] = (None,)

    def changed(self, size: int, rows: Array, keys: Sequence[Any]) -> KeyColumn:
        """The column with new keys (see `fact_key`; of an age the day) at some rows, and as many rows as said."""
        numbers, known = extended(self.numbers, size), list(self.keys)
        index = self.__dict__.pop("_index", None)  # only one of the columns that follow may go on with it
        index = self._new_index() if index is None else index
        for row, key in zip(rows.tolist(), keys, strict=True):
            if key not in index:
                index[key] = len(known)
                known.append(key)
            numbers[row] = index[key]
        column = KeyColumn(self.attribute, numbers, known)
        column.__dict__["_index"] = index
        return column

    def _new_index(self) -> dict[Any, int]:
        return {key: at for at, key in enumerate(self.keys)}

    def judge(self, condition: Condition, as_of: date) -> Int8:
        """The verdict on every company."""
        verdicts = np.full(len(self.keys), UNKNOWN, np.int8)
        used = np.flatnonzero(np.bincount(self.numbers, minlength=len(self.keys))).tolist()
        is_age = FACTS[self.attribute].kind is FactKind.YEARS
        ranked = RankedConditions(self.attribute, [condition]) if self._is_ranked else None
        known: dict[Hashable, int] = {}
        for number in used:
            if number == 0:
                continue
            key = (self.keys[number], as_of) if is_age else self.keys[number]
            same = ranked.positions(key) if ranked is not None else number
            if same not in known:
                known[same] = code_of(condition, one_who_states(self.attribute, key))
            verdicts[number] = known[same]
        return verdicts[self.numbers]

    def to_arrays(self) -> dict[str, Array]:
        """What is kept."""
        plain = [key.isoformat() if isinstance(key, date) else key for key in self.keys]
        return {"numbers": self.numbers, "keys": as_bytes(plain)}

    @classmethod
    def from_arrays(cls, attribute: str, arrays: Mapping[str, Array]) -> KeyColumn:
        """The inverse of `to_arrays`."""
        keys = from_bytes(arrays["keys"])
        if FACTS[attribute].kind in RANKED_KINDS:
            keys = [None if key is None else date.fromisoformat(key) for key in keys]
        return cls(attribute, arrays["numbers"], keys)

    @property
    def _is_ranked(self) -> bool:
        return FACTS[self.attribute].kind in RANKED_KINDS
