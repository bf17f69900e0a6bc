"""The best passage of a document."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.search.pairs import characters, pair_of, pairs, prepared
from matching.search.passages import CLAUSE, Passages

_FILLING = "本办法由市工业和信息化局负责解释。" * 40
_TEXT = st.text(alphabet="技改补贴奖励。；\n𠀀 a", max_size=400)


def _scores(documents: list[tuple[str, str]], asked: list[str]) -> list[float]:
    found = Passages.build(documents).scores(
        np.arange(len(documents)), {pair_of(pair): 1.0 for pair in asked}
    )
    return [float(score) for score in found]


def test_what_stands_together_is_worth_more_than_what_is_scattered() -> None:
    together = ("甲", _FILLING + "对技改项目给予补贴。" + _FILLING)
    scattered = ("乙", "技改项目。" + _FILLING + _FILLING + "给予补贴。")
    best, worse = _scores([together, scattered], ["技改", "补贴"])
    assert best > worse > 0


def test_the_title_is_read_with_every_passage() -> None:
    titled, plain = _scores(
        [("技改办法", _FILLING + "给予补贴。"), ("办法", _FILLING + "给予补贴。")], ["技改", "补贴"]
    )
    assert titled > plain > 0


def test_a_document_without_text_is_its_title() -> None:
    assert _scores([("", "")], ["技改"]) == [0.0]
    assert _scores([("技改", "")], ["技改"])[0] > 0
    assert _scores([], ["技改"]) == []
    assert _scores([("技改", "技改")], ["税"]) == [0.0]


def test_a_sentence_without_end_is_cut() -> None:
    found = Passages.build([("题", "企业" * 500)])
    assert np.diff(found.clauses).max() <= 2 * CLAUSE + 1


def test_the_end_of_one_document_and_the_title_of_the_next_make_no_pair() -> None:
    assert _scores([("题", "技"), ("改", "文")], ["技改"]) == [0.0, 0.0]


@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=4))
@settings(deadline=None)
def test_documents_keep_their_characters_and_do_not_change_one_another(
    documents: list[tuple[str, str]],
) -> None:
    whole = Passages.build(documents)
    grown = Passages.build(documents[:1]).followed_by(Passages.build(documents[1:]))
    idf = {pair_of("技改"): 2.0, pair_of("补贴"): 1.0}
    together = whole.scores(np.arange(len(documents)), idf)
    for at, (title, text) in enumerate(documents):
        kept = sorted(pairs(whole.text(at)))
        assert kept == sorted(pairs(characters(prepared(f"{title}\n{text}"))))
        assert grown.text(at).tobytes() == whole.text(at).tobytes()
        assert Passages.build([documents[at]]).scores(np.array([0]), idf)[0] == together[at]
