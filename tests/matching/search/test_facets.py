"""Narrowing and counting hits on arrays, compared with doing it item by item."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.search.facets import NO_SUCH, UNKNOWN, FacetCodes, narrow

FACETS = ("level", "region", "kind", "open")
_ROW = st.tuples(
    st.integers(-1, 2),
    st.integers(-1, 3),
    st.sets(st.integers(0, 12), max_size=3),
    st.integers(-1, 4),
    st.booleans(),
)


def _codes(rows: list[tuple[int, int, set[int], int, bool]], order: list[int]) -> FacetCodes:
    return FacetCodes(
        np.array([row[0] for row in rows], np.int8),
        np.array([row[1] for row in rows], np.int32),
        np.array([sum(1 << bit for bit in row[2]) for row in rows], np.uint16),
        np.array([row[3] for row in rows], np.int8),
        np.array([row[4] for row in rows], bool),
        np.array(order, np.int64),
    )


def _values(row: tuple[int, int, set[int], int, bool]) -> dict[str, set[int]]:
    return {
        "level": {row[0]} - {UNKNOWN},
        "region": {row[1]} - {UNKNOWN},
        "kind": row[2],
        "open": {row[3]} - {UNKNOWN},
    }


@given(st.data())
@settings(deadline=None)
def test_hits_and_counts_are_those_of_going_through_the_items(data: st.DataObject) -> None:
    rows = data.draw(st.lists(_ROW, max_size=12))
    order = data.draw(st.permutations(range(len(rows))))
    scores = data.draw(
        st.none() | st.lists(st.sampled_from([0.0, 0.25, 0.5]), min_size=len(rows), max_size=len(rows))
    )
    chosen = data.draw(
        st.dictionaries(st.sampled_from(FACETS), st.integers(0, 3) | st.just(NO_SUCH), max_size=3)
    )
    offset, limit = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
    answer = narrow(
        None if scores is None else np.array(scores), _codes(rows, order), chosen, FACETS, offset, limit
    )
    points = scores or [1.0] * len(rows)
    found = [at for at, row in enumerate(rows) if row[4] and points[at] > 0]

    def fits(at: int, leaving_out: str = "") -> bool:
        values = _values(rows[at])
        return all(code in values[facet] for facet, code in chosen.items() if facet != leaving_out)

    fitting = sorted((at for at in found if fits(at)), key=lambda at: (-points[at], order[at]))
    assert answer.total == len(fitting)
    assert answer.positions.tolist() == fitting[offset : offset + limit]
    for facet in FACETS:
        counted = Counter(code for at in found if fits(at, facet) for code in _values(rows[at])[facet])
        assert answer.counts[facet] == dict(counted)
        assert list(answer.counts[facet].values()) == sorted(counted.values(), reverse=True)
