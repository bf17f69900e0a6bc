"""Paragraphs -> sentences -> clauses, each of bounded length, brackets kept whole; called by everything that reads words."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = frozenset("。；！？")
_CLAUSE_END = frozenset("，：")
_OPENING, _CLOSING = "（《“〈【", "）》”〉】"
_MARKS = re.compile(f"[。；！？，：{_OPENING}{_CLOSING}]")
LONGEST_SENTENCE = 400
LONGEST_CLAUSE = 200
_DEEPEST = 60  # an opening bracket that is not closed within this many characters does not count


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph stand, without their final stop; none longer than 400 characters.

    >>> [(a, b) for a, b in split_sentences("给予奖励（含税；不含息）。其他另定。")]
    [(0, 12), (13, 17)]
    """
    yield from _split(text, _SENTENCE_END, LONGEST_SENTENCE)


def split_clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence stand, cut at commas and colons outside brackets."""
    yield from _split(text, _CLAUSE_END, LONGEST_CLAUSE)


def _split(text: str, stops: frozenset[str], longest: int) -> Iterator[tuple[int, int]]:
    start = depth = opened = 0
    # in a text that needs no cutting for its length the marks alone matter
    places = range(len(text)) if len(text) >= longest else (mark.start() for mark in _MARKS.finditer(text))
    for index in places:
        char = text[index]
        if depth and index - opened > _DEEPEST:
            depth = 0
        if char in _OPENING:
            depth, opened = depth + 1, index
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        too_long = index - start >= longest and char in "，。；、"
        ratio = char == "：" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()
        if (char in stops and not depth and not ratio) or too_long or index - start >= 2 * longest:
            if index > start:
                yield start, index
            start = index + 1
    if start < len(text):
        yield start, len(text)
