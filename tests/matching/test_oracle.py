"""The check against scikit-learn finds what is right, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from matching.oracle import EXACT, largest_difference, reference_scores
from matching.text_index import TextIndex

ROWS = [["技改", "补贴", "技改"], ["高企", "奖励"], ["技改", "奖励", "贴息"], ["贴息"], []]


def _changed() -> TextIndex:
    index = TextIndex.build(ROWS)
    index.add([["技改", "稳岗"], ["补贴"]])
    index.withdraw([1])
    index.refresh()
    return index


@pytest.mark.parametrize("index", [TextIndex.build(ROWS), _changed()])
def test_an_index_agrees_with_scikit_learn(index: TextIndex) -> None:
    assert largest_difference(index) <= EXACT


def test_an_index_without_texts_has_nothing_to_differ() -> None:
    assert largest_difference(TextIndex.build([])) == 0


def test_wrong_weights_are_found_out() -> None:
    arrays = TextIndex.build(ROWS).to_arrays()
    arrays["scale"] = np.array(arrays["scale"]) * np.float32(1.01)
    assert largest_difference(TextIndex.from_arrays(arrays, {})) > EXACT


def test_a_text_is_nearest_to_itself() -> None:
    index = _changed()
    live = np.flatnonzero(index.alive)
    scores = reference_scores(index, live)
    assert scores.diagonal() == pytest.approx(
        [1.0 if len(index.rows(live[[at]]).terms) else 0.0 for at in range(len(live))]
    )
