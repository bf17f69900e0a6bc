"""The policy dictionary and the frequencies kept with it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from matching.segmenting.policy_words import (
    dictionary_lines,
    policy_terms,
    read_frequencies,
    write_frequencies,
)
from matching.segmenting.segmenters import JiebaSegmenter


def test_the_dictionary_has_hundreds_of_words_each_once() -> None:
    words = policy_terms()
    assert len(words) == len(set(words)) >= 300
    assert {"专精特新", "小巨人", "新质生产力", "高新技术企业", "免申即享", "规上"} <= set(words)


def test_comments_and_empty_lines_are_no_words() -> None:
    assert all(line and "#" not in line for line in dictionary_lines("policy_terms.txt"))


def test_the_frequencies_kept_are_those_jieba_gives_now() -> None:
    """If not, policy_terms.txt has changed: run `python -m matching.segmenting`."""
    assert read_frequencies() == JiebaSegmenter().frequencies
    assert list(read_frequencies().words) == list(policy_terms())


def test_frequencies_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "frequencies.json"
    write_frequencies(read_frequencies(), path)
    assert json.loads(path.read_text(encoding="utf-8")) == asdict(read_frequencies())
