"""Engines of one formula answer alike, a part is kept to, what is added is found. A peer that is missing is skipped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench import peers as module
from bench.answers import agreement, same_answer
from bench.cosines import ChunkedCosine, Tutorial
from bench.ours import Ours
from bench.peers import PACKAGES, Fts5, installed, make_peers
from bench.prepared import policy_terms, prepare, profiles, seats
from bench.probes import Postings, bandwidth

K = 20
PREPARED = prepare(300)
QUESTIONS = profiles(12)
PART = PREPARED.part_of(seats(1, PREPARED.root)[0])
EVERY = ["ours", "ours-numpy", "tutorial", Fts5.name, *PACKAGES]
FILTERING = [
    "ours",
    "ours-numpy",
    "tutorial",
    "bm25s-numba",
    "bm25s-numpy",
    "tantivy",
    "tantivy, sorted by region",
]
TUTORIAL = Tutorial()
TUTORIAL.build(PREPARED.terms, PREPARED.regions)


def _built(name: str) -> Any:
    if not installed(name):
        pytest.skip(f"{name} is not installed: only the bench group brings it")
    own = {"ours": Ours(), "ours-numpy": Ours("plain"), "tutorial": Tutorial()}
    engine = own[name] if name in own else make_peers([name], TUTORIAL)[0]
    engine.build(PREPARED.terms, PREPARED.regions)
    return engine


@pytest.mark.parametrize("name", EVERY)
def test_an_item_is_found_first_by_its_own_words(name: str) -> None:
    engine = _built(name)
    for at in (0, 17, 299):
        places, scores = engine.ask(PREPARED.terms[at], 3)
        assert places[0] == at
        assert list(scores) == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", ["ours", "ours-numpy", "sparse_dot_topn"])
def test_engines_of_the_same_formula_give_the_tutorials_answers(name: str) -> None:
    engine = _built(name)
    found = agreement((engine.ask(terms, K), TUTORIAL.ask(terms, K)) for terms in QUESTIONS)
    assert (found.questions, found.differing) == (len(QUESTIONS), 0)
    assert found.difference < 1e-6


@pytest.mark.parametrize("name", ["ours", "ours-numpy", "tutorial", "sparse_dot_topn", "bm25s-numba"])
def test_many_questions_at_once_give_the_answers_of_one_by_one(name: str) -> None:
    engine = _built(name)
    for threads in (1, 2):
        at_once = engine.ask_stored(engine.store(QUESTIONS), K, threads)
        found = agreement(
            (engine.ask(terms, K), answer) for terms, answer in zip(QUESTIONS, at_once, strict=True)
        )
        assert found.differing == 0


def test_the_chunked_cosine_gives_the_tutorials_answers() -> None:
    chunked = ChunkedCosine(TUTORIAL)
    at_once = chunked.ask_stored(chunked.store(QUESTIONS), K)
    found = agreement(
        (TUTORIAL.ask(terms, K), answer) for terms, answer in zip(QUESTIONS, at_once, strict=True)
    )
    assert found.differing == 0


@pytest.mark.parametrize("name", FILTERING)
def test_a_part_is_kept_to_and_gives_what_all_would_give_inside_it(name: str) -> None:
    engine = _built(name)
    for terms in QUESTIONS:
        places, scores = engine.ask(terms, 5, PART)
        assert all(PART.mask[place] for place, score in zip(places, scores, strict=True) if score > 0)
        whole = engine.ask(terms, len(PREPARED))
        inside = [(at, score) for at, score in zip(*whole, strict=True) if PART.mask[at] and score > 0][:5]
        asked = [(at, score) for at, score in zip(places, scores, strict=True) if score > 0]
        assert [score for _, score in asked] == pytest.approx([score for _, score in inside], rel=1e-5)


def test_sparse_dot_topn_by_parts_gives_the_answers_of_the_part() -> None:
    engine = _built("sparse_dot_topn")
    answers = engine.ask_part(engine.store(QUESTIONS), engine.of_part(PART), K)
    inside = np.flatnonzero(PART.mask)
    placed = [(inside[places], scores) for places, scores in answers]
    found = agreement(
        (TUTORIAL.ask(terms, K, PART), answer) for terms, answer in zip(QUESTIONS, placed, strict=True)
    )
    assert found.differing == 0


def test_companies_at_once_get_the_answers_of_their_own_part() -> None:
    ours, own = _built("ours"), [PREPARED.part_of(region) for region in seats(len(QUESTIONS), PREPARED.root)]
    at_once = ours.ask_stored(ours.store(QUESTIONS), K, 2, own)
    one_by_one = [ours.ask(terms, K, part) for terms, part in zip(QUESTIONS, own, strict=True)]
    assert agreement(zip(one_by_one, at_once, strict=True)).differing == 0


def test_both_backends_of_bm25s_agree() -> None:
    numba, plain = _built("bm25s-numba"), _built("bm25s-numpy")
    for terms in QUESTIONS:
        assert numba.ask(terms, K)[1] == pytest.approx(plain.ask(terms, K)[1], rel=1e-5)


@pytest.mark.parametrize("name", ["ours", "ours-numpy", "tutorial", Fts5.name, "tantivy"])
def test_what_is_added_is_found(name: str) -> None:
    engine = _built(name)
    [terms] = policy_terms([900])
    engine.add(terms, "")
    assert engine.ask(terms, 1)[0][0] == len(PREPARED)


def test_ours_after_adding_is_as_if_built_of_everything() -> None:
    more = policy_terms(range(900, 910))
    ours, whole = _built("ours"), Tutorial()
    for terms in more:
        ours.put(terms)
    ours.refresh()
    whole.build([*PREPARED.terms, *more], ())
    assert agreement((ours.ask(terms, K), whole.ask(terms, K)) for terms in QUESTIONS).differing == 0


def test_a_missing_package_is_told_by_the_name_of_the_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module.PACKAGES, "nobody", ("no_such_package_anywhere", lambda _: None))
    told: list[str] = []
    assert [one.name for one in make_peers(["nobody", Fts5.name], TUTORIAL, told.append)] == [Fts5.name]
    assert told == ["nobody: not installed: `make bench` installs it"]


def test_answers_differ_by_item_or_score_but_not_by_the_order_of_equal_ones() -> None:
    ours = [(1, 0.9), (2, 0.5), (3, 0.5)]
    assert same_answer(ours, [(1, 0.9), (3, 0.5), (4, 0.5)])
    assert not same_answer(ours, [(2, 0.9), (1, 0.5), (3, 0.5)])
    assert not same_answer(ours, [(1, 0.8), (2, 0.5), (3, 0.5)])
    assert not same_answer(ours, ours[:2])


def test_touched_postings_are_the_lists_of_the_terms_each_once() -> None:
    postings = Postings(TUTORIAL)
    for terms in QUESTIONS:
        expected = sum(term in set(row) for term in set(terms) for row in PREPARED.terms)
        assert postings.touched([*terms, *terms]) == expected
        assert postings.read(terms) > 0
    assert postings.mean_touched([["没有这个词"]]) == 0
    assert all(speed > 0 for speed in bandwidth(1000, 1).values())
