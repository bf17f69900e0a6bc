"""The table of strings: order, lookup, what it keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import strings
from matching.strings import StringTable

STRINGS = st.lists(st.text(max_size=6), unique=True, max_size=30)


@settings(deadline=None)
@given(STRINGS, st.lists(st.text(max_size=6), max_size=10))
def test_every_string_is_found_where_it_stands_and_no_other(held: list[str], others: list[str]) -> None:
    table = StringTable.build(held)
    where = {string: at for at, string in enumerate(held)}
    asked = held[::-1] + others
    assert table.find_many(asked).tolist() == [where.get(string, -1) for string in asked]
    assert list(table) == held == [table[at] for at in range(len(table))]


@settings(deadline=None)
@given(STRINGS)
def test_a_table_comes_back_from_its_arrays(held: list[str]) -> None:
    again = StringTable.from_arrays(StringTable.build(held).to_arrays())
    assert list(again) == held
    assert again.find_many(held).tolist() == list(range(len(held)))


def test_strings_that_share_a_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strings, "_hashes", lambda blob, offsets: np.zeros(len(offsets) - 1, np.uint64))
    table = StringTable.build(["甲", "乙乙", "丙"])
    assert table.find_many(["丙", "丁", "乙乙", "甲", "甲甲"]).tolist() == [2, -1, 1, 0, -1]


def test_the_hash_is_the_same_on_every_machine() -> None:
    table = StringTable.build(["高新技术企业", "a", ""])
    assert sorted(table.to_arrays()["hashes"].tolist()) == [0, 2192653982543766985, 15864188915122999641]


def test_a_string_that_is_not_there_is_at_minus_one() -> None:
    assert StringTable.build(["甲"]).find("乙") == -1
    assert StringTable.build([]).find("乙") == -1
    assert StringTable.build(["甲"]).find("甲") == 0


def test_a_string_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        StringTable.build(["甲", "乙", "甲"])


@pytest.mark.parametrize("at", [-1, 1])
def test_an_index_outside_the_table_is_refused(at: int) -> None:
    with pytest.raises(IndexError):
        StringTable.build(["甲"])[at]
