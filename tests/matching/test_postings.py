"""A segment: what its lists say is what its rows say, whichever way and form they are made."""

from __future__ import annotations

import numpy as np
import pytest

from matching.kernels import switch
from matching.postings import BLOCK, MOST, Rows, Segment
from matching.text_index import TextIndex

SIZE = BLOCK + 5_000


@pytest.fixture(scope="module")
def tokens() -> tuple[np.ndarray, np.ndarray]:
    """Texts of six terms: common ones, a rare one, one that is in no text but a few, one that is never once."""
    rng = np.random.default_rng(5)
    held = rng.random((SIZE, 6)) < [0.5, 0.3, 0.2, 0.0, 0.01, 0.6]
    held[rng.choice(BLOCK, 3, replace=False), 3] = True
    often = np.where(rng.random((SIZE, 6)) < 0.1, 3, 1) * held
    often[:, 5] *= 2  # never once
    often[:, 3] = held[:, 3]
    starts = np.concatenate([[0], np.cumsum(often.sum(axis=1))]).astype(np.int64)
    return np.repeat(np.tile(np.arange(6, dtype=np.int32), SIZE), often.ravel()), starts


def _read(segment: Segment, block: int, term: int) -> dict[int, int]:
    """Position -> count, as the lists of one block and term say it."""
    run = 2 * (block * segment.columns + term)
    once, often, end = segment.starts[run : run + 3].tolist()
    half = (end - often) // 2
    found = {block * BLOCK + int(offset): 1 for offset in segment.lists[once:often]}
    counts = segment.lists[often + half : end]
    offsets = segment.lists[often : often + half]
    return found | {block * BLOCK + int(at): int(tf) for at, tf in zip(offsets, counts, strict=True)}


@pytest.mark.parametrize("way", ["plain", "compiled"])
def test_lists_and_rows_say_what_the_texts_say(way: str, tokens: tuple[np.ndarray, np.ndarray]) -> None:
    flat, starts = tokens
    with switch.force(way):
        segment = Segment.of_tokens(flat, starts, 6)
        again = Segment.of_rows(0, segment.rows, 6)
    position = np.repeat(np.arange(SIZE), np.diff(starts))
    for term in range(6):
        counts = np.bincount(position[flat == term], minlength=SIZE)
        wanted = {int(at): int(counts[at]) for at in np.flatnonzero(counts)}
        assert _read(segment, 0, term) | _read(segment, 1, term) == wanted
        assert segment.counts()[term] == len(wanted)
    row = segment.rows.taken(np.array([7]))
    terms, counts = np.unique(flat[starts[7] : starts[8]], return_counts=True)
    assert (row.terms.tolist(), row.tf.tolist()) == (terms.tolist(), counts.tolist())
    assert again.lists.tobytes() == segment.lists.tobytes()
    assert again.starts.tobytes() == segment.starts.tobytes()


def test_both_ways_make_the_same_segment_and_the_same_scores(tokens: tuple[np.ndarray, np.ndarray]) -> None:
    arrays, scores = [], []
    across = [(3, 10), (4_091, 12_295), (BLOCK - 900, BLOCK + 900), (SIZE - 1, SIZE)]
    for way in ("plain", "compiled"):
        with switch.force(way):
            index = TextIndex.build_from_ids(list("abcdef"), *tokens)
            query = index.query(list("abcdeeeff"))
            arrays.append([array.tobytes() for array in index.to_arrays().values()])
            scores.append(index.scores(query))
            wanted = np.concatenate([scores[-1][low:high] for low, high in across])
            assert index.scores(query, across).tobytes() == wanted.tobytes()
            some = np.arange(0, SIZE, 97)
            assert index.scores_at(query, some).tobytes() == scores[-1][some].tobytes()
    assert arrays[0] == arrays[1]
    assert scores[0].tobytes() == scores[1].tobytes()


def test_a_term_that_stands_more_often_than_can_be_counted_counts_as_the_most() -> None:
    for way in ("plain", "compiled"):
        with switch.force(way):
            segment = Segment.of_tokens(np.zeros(MOST + 10, np.int32), np.array([0, MOST + 10]), 1)
        assert segment.rows.tf.tolist() == [MOST]
        assert _read(segment, 0, 0) == {0: MOST}
    assert Rows.of([0, -1, 1], [MOST + 1, 2, 3], [0, 2, 3]).tf.tolist() == [MOST, 3]


def test_a_segment_cannot_be_written() -> None:
    segment = Segment.of_rows(3, Rows.of([0, 1], [1, 2], [0, 1, 2]), 2)
    with pytest.raises(ValueError, match="read-only"):
        segment.lists[0] = 1
    again = Segment.from_arrays(segment.to_arrays(), 3)
    assert (again.first, again.size, again.columns) == (3, 2, 2)
