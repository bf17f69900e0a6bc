"""Match many enterprises, one after the other, by the very functions that match one.

Generators: a million lists never stand in memory together. To use more cores or machines, hand each a share of
the enterprises; the lists are the same, because each depends on its own enterprise only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from matching.catalogue.day import Day
from matching.match import Ranking, rank_items
from matching.model import Enterprise, Match


def rank_all(
    enterprises: Iterable[Enterprise],
    day: Day,
    *,
    include_ineligible: bool = False,
    include_closed: bool = False,
    top: int | None = None,
) -> Iterator[tuple[Ranking, npt.NDArray[np.int64]]]:
    """Each enterprise's candidates and which of them are the first `top`, in the order they come; nothing in words."""
    for enterprise in enterprises:
        ranking = rank_items(
            enterprise, day, include_ineligible=include_ineligible, include_closed=include_closed
        )
        yield ranking, ranking.order(top)


def match_all(
    enterprises: Iterable[Enterprise],
    day: Day,
    *,
    include_ineligible: bool = False,
    include_closed: bool = False,
    top: int | None = None,
) -> Iterator[tuple[Enterprise, tuple[Match, ...]]]:
    """Each enterprise with its ranked list, in the order they come."""
    for enterprise in enterprises:
        ranking = rank_items(
            enterprise, day, include_ineligible=include_ineligible, include_closed=include_closed
        )
        yield enterprise, ranking.matches(top)
