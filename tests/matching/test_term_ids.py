"""Numbering the terms of many texts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import term_ids
from matching.term_ids import TermIds
from matching.terms import cut
from tests.matching.segmenting.hostile import hostile_texts


@given(st.lists(hostile_texts, max_size=8))
@settings(deadline=None)
def test_the_ids_name_the_terms_that_cutting_gives(texts: list[str]) -> None:
    numbers = TermIds()
    ids, starts = numbers.rows_of(texts)
    assert (ids.dtype, starts.dtype, len(starts)) == (np.int32, np.int64, len(texts) + 1)
    rows = [ids[start:end].tolist() for start, end in pairwise(starts.tolist())]
    assert [[numbers.terms[number] for number in row] for row in rows] == [cut(text) for text in texts]


def test_a_term_keeps_the_number_of_its_first_sight() -> None:
    numbers = TermIds(["企业", "奖励"])
    assert numbers.rows_of(["奖励专精特新企业"]).ids.tolist() == [1, 2, 0]
    assert numbers.terms == ["企业", "奖励", "专精特新"]


def test_ways_of_writing_one_term_share_a_number() -> None:
    numbers = TermIds()
    assert len(set(numbers.rows_of(["AI ai ＡＩ"]).ids.tolist())) == 1


def test_a_run_of_letters_and_signs_gives_several_terms_in_their_place() -> None:
    numbers = TermIds()
    ids = numbers.rows_of(["企业wes-rc_beta奖励"]).ids
    assert [numbers.terms[number] for number in ids] == ["企业", "wes", "rc", "beta", "奖励"]


def test_more_texts_than_are_cut_at_once_and_a_full_memory_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [f"支持企业{number}号x-ray-beta" for number in range(7)]
    whole = TermIds().rows_of(texts)
    monkeypatch.setattr(term_ids, "_TEXTS_AT_ONCE", 2)
    monkeypatch.setattr(term_ids, "_MOST_KEPT", 3)
    parts = TermIds().rows_of(iter(texts))
    assert parts.ids.tolist() == whole.ids.tolist()
    assert parts.starts.tolist() == whole.starts.tolist()


def test_no_texts_give_no_ids() -> None:
    ids, starts = TermIds().rows_of([])
    assert (ids.tolist(), starts.tolist()) == ([], [0])
