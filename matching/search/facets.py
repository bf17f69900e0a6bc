"""Narrow hits by what an item is, and count what is left, on arrays and not item by item.

What stands at a position is told by codes that the caller gives: one code a facet, or for kinds a bit a
code. `service` knows what the codes mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Counts = dict[int, int]
UNKNOWN = -1  # the code of a position that has no value
NO_SUCH = -2  # the code to choose by when the value asked for does not exist


@dataclass(frozen=True)
class FacetCodes:
    """What stands at each position: codes from 0, UNKNOWN where there is none. kind: a bit a code.

    listed: which positions may be shown at all; order: ascending in the order of ids.
    """

    level: npt.NDArray[np.int8]
    region: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint16]
    open: npt.NDArray[np.int8]
    listed: Mask
    order: npt.NDArray[np.int64]

    def fits(self, facet: str, code: int) -> Mask:
        """Which positions have this code."""
        if facet == "kind":
            return self.kind >> np.uint16(code) & 1 == 1 if code >= 0 else np.zeros(len(self.kind), bool)
        return np.asarray(self._codes(facet) == code)

    def counted(self, facet: str, mask: Mask) -> Counts:
        """How many of the marked positions have each code, the most frequent first, then by code."""
        if facet == "kind":
            kinds = self.kind[mask]
            counts = np.array([np.count_nonzero(kinds >> np.uint16(bit) & 1) for bit in range(16)])
        else:
            codes = self._codes(facet)[mask]
            counts = np.bincount(codes[codes >= 0])
        order = np.argsort(-counts, kind="stable")
        return {int(code): int(counts[code]) for code in order if counts[code]}

    def _codes(self, facet: str) -> npt.NDArray[Any]:
        codes: dict[str, npt.NDArray[Any]] = {"level": self.level, "region": self.region, "open": self.open}
        return codes[facet]


@dataclass(frozen=True)
class Narrowed:
    """What is left. positions: of a page, best first; total: of all pages; counts: facet -> code -> positions."""

    positions: npt.NDArray[np.int64]
    total: int
    counts: dict[str, Counts]


def narrow(
    scores: npt.NDArray[np.float64] | None,
    codes: FacetCodes,
    chosen: Mapping[str, int],
    facets: tuple[str, ...],
    offset: int,
    limit: int,
) -> Narrowed:
    """Hits with a score above 0 that have the chosen codes, best first, equal ones by id; None: all, by id.

    A facet's counts are those under the other facets' choice.
    """
    found = codes.listed if scores is None else codes.listed & (scores > 0)
    fits = {facet: codes.fits(facet, code) for facet, code in chosen.items()}
    counts = {
        facet: codes.counted(facet, _all_of(found, [mask for name, mask in fits.items() if name != facet]))
        for facet in facets
    }
    left = np.flatnonzero(_all_of(found, list(fits.values())))
    best = _first(left, scores, codes.order, offset + limit)
    return Narrowed(best[offset:], len(left), counts)


def _first(
    left: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float64] | None,
    order: npt.NDArray[np.int64],
    k: int,
) -> npt.NDArray[np.int64]:
    """The k best of some positions; only those that can be among them are sorted."""
    worst_last = order[left] if scores is None else -scores[left]
    if 0 < k < len(left):
        left = left[worst_last <= np.partition(worst_last, k - 1)[k - 1]]
    keys = (order[left],) if scores is None else (order[left], -scores[left])
    return left[np.lexsort(keys)[:k]]


def _all_of(mask: Mask, others: list[Mask]) -> Mask:
    for other in others:
        mask = mask & other
    return mask
