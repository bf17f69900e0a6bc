"""The text index: against scikit-learn, against itself in every other way of computing, on disk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.array_files import read_current, write_new
from matching.kernels import switch
from matching.postings import BLOCK
from matching.text_index import TextIndex

WORDS = [f"词{n}" for n in range(40)]
BAGS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=12)
BAG = st.lists(st.sampled_from([*WORDS, "生词"]), max_size=10)


def _corpus(size: int, seed: int, longest: int = 30) -> list[list[str]]:
    rng = random.Random(seed)
    return [rng.choices(WORDS, k=rng.randint(0, longest)) for _ in range(size)]


def _oracle(documents: list[list[str]], query: list[str]) -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import linear_kernel

    vectorizer = TfidfVectorizer(analyzer=lambda terms: terms, sublinear_tf=True)
    matrix = vectorizer.fit_transform(documents)
    return linear_kernel(vectorizer.transform([query]), matrix)[0]


@pytest.fixture(params=["plain", "compiled"])
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    with switch.force(request.param):
        yield request.param


def _best(scores: np.ndarray, k: int, order: np.ndarray) -> list[int]:
    micro = np.rint(scores.astype(np.float64) * 1e6)
    ranked = sorted(range(len(scores)), key=lambda at: (-micro[at], order[at]))
    return [at for at in ranked if micro[at] > 0][:k]


@pytest.mark.parametrize("seed", range(3))
def test_scores_and_order_are_those_of_scikit_learn(seed: int, way: str) -> None:
    documents, query = _corpus(200, seed), random.Random(seed + 99).choices([*WORDS, "生词"], k=15)
    documents[7] = [WORDS[3]] * 300 + [WORDS[4]]
    index = TextIndex.build(documents)
    expected = _oracle(documents, query)
    assert np.abs(index.scores(index.query(query)) - expected).max() <= 1e-6
    positions, _ = index.top_many(index.column_rows([query]), k=200)
    wanted = _best(expected, 200, np.arange(200))
    assert positions[0, : len(wanted)].tolist() == wanted
    assert (positions[0, len(wanted) :] == -1).all()


@settings(max_examples=60, deadline=None)
@given(BAGS, BAG)
def test_scores_equal_scikit_learn_on_any_small_corpus(documents: list[list[str]], query: list[str]) -> None:
    index = TextIndex.build(documents)
    scores = index.scores(index.query(query))
    if any(documents):
        assert np.abs(scores - _oracle(documents, query)).max() <= 1e-6
    else:
        assert not scores.any()


@settings(max_examples=60, deadline=None)
@given(BAGS, BAG, st.lists(BAG, min_size=1, max_size=4), st.data())
def test_every_way_to_a_score_gives_the_same_bits(
    documents: list[list[str]], late: list[str], queries: list[list[str]], data: st.DataObject
) -> None:
    results = []
    size = len(documents) + 1
    bounds = data.draw(st.lists(st.integers(0, size), min_size=2, max_size=6, unique=True).map(sorted))
    ranges = list(zip(bounds[::2], bounds[1::2], strict=False))
    for name in ("plain", "compiled"):
        with switch.force(name):
            index = TextIndex.build(documents)
            index.add([late])
            index.withdraw([0])
            index.refresh()
            rows = index.column_rows(queries)
            every = np.stack([index.scores(index.query(query)) for query in queries])
            for query, scores in zip(queries, every, strict=True):
                parts = [scores[low:high] for low, high in ranges]
                assert index.scores(index.query(query), ranges).tobytes() == np.concatenate(parts).tobytes()
                at = np.arange(size)[::-1]
                assert index.scores_at(index.query(query), at).tobytes() == scores[at].tobytes()
            for position in range(size):
                assert index.scores_of_many(rows, position).tobytes() == every[:, position].tobytes()
            results.append([every.tobytes(), *(a.tobytes() for a in index.top_many(rows, k=3))])
            results[-1].extend(array.tobytes() for array in index.to_arrays().values())
    assert results[0] == results[1]


@settings(max_examples=60, deadline=None)
@given(BAGS, BAGS, BAG, st.data())
def test_adding_withdrawing_and_folding_equal_building_anew(
    first: list[list[str]], later: list[list[str]], query: list[str], data: st.DataObject
) -> None:
    index = TextIndex.build(first)
    assert index.add(later) == range(len(first), len(first) + len(later))
    index.refresh()
    index.add([["晚词", *query]])
    documents = [*first, *later, ["晚词", *query]]
    gone = data.draw(st.sets(st.integers(0, len(documents) - 1)))
    index.withdraw(gone)
    index.refresh()
    live = [at for at in range(len(documents)) if at not in gone]
    fresh = TextIndex.build([documents[at] for at in live])
    wanted = fresh.scores(fresh.query([*query, "晚词"]))
    scores = index.scores(index.query([*query, "晚词"]))
    assert scores[live].tobytes() == wanted.tobytes()
    assert not scores[sorted(gone)].any()
    assert (index.size, index.live) == (len(documents), len(live))
    order = np.array(data.draw(st.permutations(live)), np.int64)
    folded = index.folded(order)
    assert folded.scores(folded.query([*query, "晚词"])).tobytes() == scores[order].tobytes()
    assert folded.column_ids(["晚词", *WORDS]).tolist() == index.column_ids(["晚词", *WORDS]).tolist()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 25), st.booleans())
def test_the_best_of_many_are_the_first_of_all_sorted(seed: int, k: int, ranked: bool) -> None:
    rng = random.Random(seed)
    documents = _corpus(150, seed, longest=3)  # short texts: many equal scores
    index = TextIndex.build(documents)
    index.withdraw(rng.sample(range(150), 20))
    index.refresh()
    order = np.array(rng.sample(range(150), 150), np.int32) if ranked else None
    bags = _corpus(9, seed + 1)
    rows = index.column_rows(bags)
    cuts = [sorted(rng.sample(range(151), 4)) for _ in range(9)]
    ranges = [[(a, b), (c, d)] for a, b, c, d in cuts]
    for name in ("plain", "compiled"):
        for threads in (1, 2):
            with switch.force(name):
                positions, scores = index.top_many(rows, ranges, k, order, threads)
            for number in range(9):
                mask = np.zeros(150, bool)
                for low, high in ranges[number]:
                    mask[low:high] = True
                every = index.scores(index.query(bags[number]))
                wanted = _best(np.where(mask, every, 0), k, np.arange(150) if order is None else order)
                assert positions[number, : len(wanted)].tolist() == wanted
                assert scores[number, : len(wanted)].tolist() == every[wanted].tolist()
                assert (positions[number, len(wanted) :] == -1).all()


def test_more_positions_than_a_block_holds(way: str) -> None:
    size = BLOCK + 5_000
    rng = np.random.default_rng(3)
    tokens = rng.integers(0, 60, 4 * size).astype(np.int32)
    starts = np.arange(0, 4 * size + 1, 4)
    index = TextIndex.build_from_ids(WORDS + [f"字{n}" for n in range(20)], tokens, starts)
    query = index.query(WORDS[:6] * 2)
    scores = index.scores(query)
    across = [(10, 20), (BLOCK - 3_000, BLOCK + 2_000), (BLOCK + 4_000, size)]
    wanted = np.concatenate([scores[low:high] for low, high in across])
    assert index.scores(query, across).tobytes() == wanted.tobytes()
    some = rng.integers(0, size, 500)
    assert index.scores_at(query, some).tobytes() == scores[some].tobytes()
    positions, best = index.top_many(index.column_rows([WORDS[:6] * 2]), k=30)
    assert positions[0].tolist() == _best(scores, 30, np.arange(size))
    assert best[0].tolist() == scores[positions[0]].tolist()
    rows, chosen = index.folded(np.array([BLOCK + 7, 3])), index.query(WORDS)
    assert np.abs(rows.scores(chosen)).shape == (2,)


def test_a_stored_profile_counts_a_term_that_comes_later() -> None:
    index = TextIndex.build([["奖励"], ["技改"], ["展会"]])
    rows = index.column_rows([["新词", "奖励"]], learn=True)
    assert index.scores_of_many(rows, 0).tolist() == index.scores(index.query(["奖励"]))[:1].tolist()
    index.add([["新词"]])
    index.refresh()
    assert index.scores_of_many(rows, 3).tolist() == index.scores(index.query(["新词", "奖励"]))[3:].tolist()
    assert index.folded(np.arange(4)).scores_of_many(rows, 3) > 0


def test_reasons_share_out_the_score() -> None:
    index = TextIndex.build([["奖励", "企业"], ["奖励", "技改", "技改"], ["展会"]])
    query = index.query(["技改", "奖励", "展会"])
    reasons = index.reasons(query, 1)
    assert [term for term, _ in reasons] == ["技改", "奖励"]
    assert sum(share for _, share in reasons) == pytest.approx(1)
    assert index.reasons(query, 1, n=1) == reasons[:1]
    assert index.reasons(index.query(["生词"]), 1) == ()
    index.withdraw([1])
    index.refresh()
    assert index.reasons(query, 1) == ()


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_an_index_of_nothing_is_searched_kept_and_grows(
    documents: list[list[str]], way: str, tmp_path: Path
) -> None:
    index = TextIndex.build(documents)
    write_new(tmp_path, index.to_arrays(), index.details())
    stored = read_current(tmp_path)
    again = TextIndex.from_arrays(stored.arrays, stored.details)
    query = again.query(["奖励"])
    assert again.scores(query).tolist() == [0.0] * len(documents)
    assert again.scores_at(query, np.arange(len(documents))).tolist() == [0.0] * len(documents)
    positions, scores = again.top_many(again.column_rows([["奖励"], []], learn=True), k=2)
    assert (positions.tolist(), scores.tolist()) == ([[-1, -1], [-1, -1]], [[0, 0], [0, 0]])
    again.add([["奖励"], ["技改"]])
    again.refresh()
    assert np.flatnonzero(again.scores(again.query(["奖励"]))).tolist() == [len(documents)]


def test_an_index_comes_back_from_disk_as_it_was(way: str, tmp_path: Path) -> None:
    index = TextIndex.build(_corpus(80, 4))
    index.add([["晚词", *WORDS[:3]], []])
    index.withdraw([3, 80])
    write_new(tmp_path, index.to_arrays(), index.details())
    stored = read_current(tmp_path, verify=True)
    again = TextIndex.from_arrays(stored.arrays, stored.details)
    assert stored.details == {"positions": 82, "live": 80, "terms": 41}
    query = [*WORDS[:9], "晚词"]
    assert again.scores(again.query(query)).tobytes() == index.scores(index.query(query)).tobytes()
    for each in (again, index):
        each.add([["又一", "晚词"]])
        each.withdraw([5])
        each.refresh()
    assert again.scores(again.query(query)).tobytes() == index.scores(index.query(query)).tobytes()
    assert again.column_ids(["又一"]).tolist() == [41]


def test_withdrawing_twice_or_at_once_counts_once() -> None:
    index = TextIndex.build([["甲"], ["甲", "乙"], ["丙"]])
    index.withdraw([0])
    index.refresh()
    index.withdraw([0, 0])
    index.refresh()
    index.refresh()
    fresh = TextIndex.build([["甲", "乙"], ["丙"]])
    assert (
        index.scores(index.query(["甲", "丙"]))[1:].tolist()
        == fresh.scores(fresh.query(["甲", "丙"])).tolist()
    )


@pytest.mark.parametrize("position", [-1, 2])
def test_a_position_that_never_was_is_refused(position: int) -> None:
    index = TextIndex.build([["甲"], ["乙"]])
    with pytest.raises(IndexError):
        index.withdraw([position])
    with pytest.raises(IndexError):
        index.scores_at(index.query(["甲"]), [position])
    with pytest.raises(IndexError):
        index.scores(index.query(["甲"]), [(min(position, 0), position + 1)])
    with pytest.raises(IndexError):
        index.scores_of_many(index.column_rows([["甲"]]), position)
    with pytest.raises(IndexError):
        index.reasons(index.query(["甲"]), position)


@pytest.mark.parametrize("order", [[0, 0], [0, 1]])
def test_a_fold_of_a_position_twice_or_withdrawn_is_refused(order: list[int]) -> None:
    index = TextIndex.build([["甲"], ["乙"], ["丙"]])
    index.withdraw([1])
    with pytest.raises(ValueError, match="withdrawn"):
        index.folded(np.array(order))


def test_an_order_of_another_length_is_refused_and_none_of_the_best_is_none() -> None:
    index = TextIndex.build([["甲"], ["乙"], ["丙"]])
    rows = index.column_rows([["甲"], []])
    with pytest.raises(ValueError, match="order"):
        index.top_many(rows, order=np.arange(2, dtype=np.int32))
    with pytest.raises(ValueError, match="ranges"):
        index.top_many(rows, ranges=[[(0, 1)], [(0, 1)], [(0, 1)]])
    assert index.top_many(rows, k=0)[0].shape == index.top_many(rows, k=-1)[0].shape == (2, 0)
    assert index.top_many(index.column_rows([]))[0].shape == (0, 20)
    assert index.top_many(rows, ranges=[[]])[0].tolist() == [[-1] * 20] * 2
    assert index.top_many(index.column_rows([["乙"]]), [[(1, 3)]], k=1)[0].tolist() == [[1]]
