"""Many texts turned into the numbers of their terms: what an index is built from.

A term has one number, given in the order of first sight. Each token costs one look into a table: folding to a term,
splitting and filtering are done once for each distinct token, and the rest is arithmetic on arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.segmenting import raw_tokens
from matching.terms import terms_of
from policy_corpus.folding import fold

_TEXTS_AT_ONCE = 256
_MOST_KEPT = 2_000_000  # distinct tokens remembered, some 300 MB at the most
_NOISE = -1


class Rows(NamedTuple):
    """The term ids of texts. ids: int32, all texts one after the other; starts: int64, texts + 1 of them."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]


class TermIds:
    """Numbers the terms of texts. terms: every term seen, at its number. Not to be shared by threads."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self.terms = list(terms)
        self._numbers = {term: number for number, term in enumerate(self.terms)}
        self._codes = _Codes(self._number)

    def rows_of(self, texts: Iterable[str]) -> Rows:
        """The ids of the terms that matching.terms.cut finds in texts, in their order, repeats kept.

        Those of text i are ids[starts[i] : starts[i + 1]].
        """
        parts = [self._few(few) for few in _chunks(texts, _TEXTS_AT_ONCE)]
        ids = np.concatenate([np.empty(0, np.int32), *(part.ids for part in parts)])
        widths = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.starts) for part in parts)])
        return Rows(ids, np.cumsum(widths))

    def _few(self, texts: list[str]) -> Rows:
        if len(self._codes) > _MOST_KEPT:
            self._codes = _Codes(self._number)
        code_of = self._codes.__getitem__
        looked_up: list[int] = []
        ends = [0]
        for text in texts:
            looked_up += map(code_of, raw_tokens(fold(text)))
            ends.append(len(looked_up))
        codes = np.fromiter(looked_up, np.int32, len(looked_up))
        widths = (codes != _NOISE).astype(np.int64)
        several = np.flatnonzero(codes < _NOISE)
        rows = [self._codes.several[_NOISE - 1 - code] for code in codes[several].tolist()]
        widths[several] = [len(row) for row in rows]
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(widths)])
        ids = np.repeat(codes, widths)
        for start, row in zip(starts[several].tolist(), rows, strict=True):
            ids[start : start + len(row)] = row
        return Rows(ids, starts[ends])

    def _number(self, term: str) -> int:
        number = self._numbers.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        return number


class _Codes(dict[str, int]):
    """A raw token's code: the id of its one term, -1 if it has none, and below that the place in `several`."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self.several: list[list[int]] = []
        self._number = number

    def __missing__(self, raw_token: str) -> int:
        ids = [self._number(term) for term in terms_of(raw_token)]
        if len(ids) > 1:
            self.several.append(ids)
        self[raw_token] = code = (
            _NOISE if not ids else ids[0] if len(ids) == 1 else _NOISE - len(self.several)
        )
        return code


def _chunks(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(texts)
    while chunk := list(islice(left, size)):
        yield chunk
