"""Inverted lists of one field, compared with counting by hand."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.search.field import MOST, Field

_ENTRIES = st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=8)


def _field(entries: list[list[int]]) -> Field:
    return Field.build((np.array(entry, np.uint32) for entry in entries), np.uint32)


@given(_ENTRIES)
@settings(deadline=None)
def test_every_term_is_found_with_its_counts(entries: list[list[int]]) -> None:
    field = _field(entries)
    for key in range(11):
        holding = {at: Counter(entry)[key] for at, entry in enumerate(entries) if key in entry}
        places, counts = field.postings(key)
        assert dict(zip(places.tolist(), counts.tolist(), strict=True)) == holding
        assert field.frequency(key) == len(holding)


@given(_ENTRIES, _ENTRIES)
@settings(deadline=None)
def test_adding_entries_equals_building_all_at_once(first: list[list[int]], second: list[list[int]]) -> None:
    grown, whole = _field(first).followed_by(_field(second)), _field(first + second)
    for name, array in whole.to_arrays("f").items():
        assert np.array_equal(grown.to_arrays("f")[name], array), name
        assert grown.to_arrays("f")[name].dtype == array.dtype


@given(_ENTRIES, st.sets(st.integers(0, 10), max_size=4))
@settings(deadline=None)
def test_scores_are_those_of_the_formula(entries: list[list[int]], asked: set[int]) -> None:
    scores = _field(entries).bm25(asked, 1.5, 0.9)
    mean = sum(map(len, entries)) / max(len(entries), 1)
    for at, entry in enumerate(entries):
        expected = 0.0
        for key in asked:
            df = sum(key in other for other in entries)
            tf, flat = Counter(entry)[key], 1.5 * (0.1 + 0.9 * len(entry) / max(mean, 1))
            expected += log(1 + (len(entries) - df + 0.5) / (df + 0.5)) * 2.5 * tf / (tf + flat)
        assert scores[at] == pytest.approx(expected)


def test_a_term_that_stands_very_often_counts_as_often_as_can_be_kept() -> None:
    places, counts = _field([[7] * (MOST + 5)]).postings(7)
    assert (places.tolist(), counts.tolist()) == ([0], [MOST])


def test_a_field_of_nothing_scores_nothing() -> None:
    assert len(_field([])) == 0 and _field([]).bm25([1], 1.5, 0.9).tolist() == []


def test_terms_in_a_range_are_listed() -> None:
    assert _field([[1, 5], [5, 8]]).starting_with(2, 8).tolist() == [5]
