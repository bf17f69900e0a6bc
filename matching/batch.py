"""Match many enterprises, one after the other, by the very function that matches one.

A generator: a million lists never stand in memory together. To use more cores, hand each process a share
of the enterprises; the lists are the same, because each depends on its own enterprise only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from matching.index import PolicyIndex
from matching.match import match_enterprise
from matching.model import Enterprise, Match
from policy_corpus.model import PolicyItem


def match_all(
    enterprises: Iterable[Enterprise],
    items: Sequence[PolicyItem],
    index: PolicyIndex,
    as_of: date,
    *,
    include_ineligible: bool = False,
    include_closed: bool = False,
    top: int | None = None,
) -> Iterator[tuple[Enterprise, tuple[Match, ...]]]:
    """Each enterprise with its ranked list, in the order they come."""
    for enterprise in enterprises:
        found = match_enterprise(
            enterprise,
            items,
            index,
            as_of,
            include_ineligible=include_ineligible,
            include_closed=include_closed,
            top=top,
        )
        yield enterprise, found
