"""The vocabulary: columns are for good, late terms get the next ones."""

from __future__ import annotations

import pytest

from matching import vocabulary
from matching.vocabulary import Vocabulary


def test_a_late_term_gets_the_next_column_and_keeps_it_on_disk() -> None:
    words = Vocabulary.build(["乙", "甲"])
    assert words.columns(["甲", "新", "甲"]) == [1, -1, 1]
    assert words.learn(["新", "甲", "又", "新"]) == [2, 1, 3, 2]
    assert words.columns(["又", "新", "无"]) == [3, 2, -1]
    assert [words.term(at) for at in range(len(words))] == ["乙", "甲", "新", "又"]
    again = Vocabulary.from_arrays(words.to_arrays())
    assert again.columns(["乙", "甲", "新", "又", "无"]) == [0, 1, 2, 3, -1]


def test_forgetting_what_was_looked_up_forgets_no_late_term(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_REMEMBERED", 3)
    words = Vocabulary.build(["甲", "乙"])
    assert words.learn(["新"]) == [2]
    for asked in (["甲", "乙"], ["无", "甲", "又"], ["新", "乙"]):
        words.columns(asked)
    assert words.columns(["新", "甲", "无"]) == [2, 0, -1]
    assert words.learn(["新", "再"]) == [2, 3]


def test_a_vocabulary_of_nothing_knows_nothing() -> None:
    words = Vocabulary.build([])
    assert words.columns(["甲"]) == [-1]
    assert words.columns([]) == []
    assert len(words) == 0
