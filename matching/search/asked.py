"""What a few words ask of an item: parts, each with the ways it can be said.

A part is a phrase that has synonyms, or a pair of characters. A pair inside a word tells more than one that
two words make where they meet, which nobody meant. Called by `matching.search.items`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from matching.search.pairs import characters, pair_of, pairs
from matching.terms import cut, phrases_with_synonyms, synonyms_of

MEETING = 0.25  # what a pair of two words that meet counts for, next to one inside a word
OTHERWISE = 0.95  # what a synonym counts for, next to the phrase itself
_RUN = re.compile(r"\w+")


@dataclass(frozen=True)
class Way:
    """One way to say a part: its pairs, and what saying it so counts for."""

    pairs: tuple[int, ...]
    worth: float


@dataclass(frozen=True)
class Part:
    """A part of what is asked: it is said if one of the ways is."""

    ways: tuple[Way, ...]
    weight: float


def read_parts(text: str) -> tuple[Part, ...]:
    """The parts of a prepared text, each once: its phrases with synonyms, and its other pairs."""
    phrases = phrases_with_synonyms(text)
    covered = bytearray(len(text) + 1)
    for start, phrase in phrases:
        covered[start : start + len(phrase)] = b"\1" * len(phrase)
    found = dict.fromkeys(_phrase_part(phrase) for _, phrase in phrases)
    weights: dict[int, float] = {}
    for key, weight in _plain_pairs(text, covered):
        weights[key] = max(weight, weights.get(key, 0.0))
    found.update(dict.fromkeys(Part((Way((key,), 1.0),), weight) for key, weight in weights.items()))
    return tuple(found)


def words_to_mark(text: str) -> tuple[str, ...]:
    """What to mark in a hit: the words of the text and the synonyms of its phrases, each once."""
    phrases = [phrase for _, phrase in phrases_with_synonyms(text)]
    others = [other for phrase in phrases for other in synonyms_of(phrase)]
    return tuple(dict.fromkeys((*phrases, *others, *cut(text)))) or tuple(_RUN.findall(text))


def _phrase_part(phrase: str) -> Part:
    others = (Way(_pairs_of(other), OTHERWISE) for other in synonyms_of(phrase))
    return Part((Way(_pairs_of(phrase), 1.0), *others), 1.0)


def _pairs_of(phrase: str) -> tuple[int, ...]:
    return tuple(sorted({int(key) for key in pairs(characters(phrase))}))


def _plain_pairs(text: str, covered: bytearray) -> Iterator[tuple[int, float]]:
    inside = _inside_words(text)
    for run in _RUN.finditer(text):
        if len(run[0]) == 1:
            yield pair_of(run[0]), 1.0
        for at in range(run.start(), run.end() - 1):
            if not (covered[at] and covered[at + 1]):
                meets = covered[at] or covered[at + 1] or not inside[at]
                yield pair_of(text[at : at + 2]), MEETING if meets else 1.0


def meetings(run: str) -> dict[int, tuple[str, str]]:
    """Where two words of a run meet: the place of the first one's last character, and the words."""
    placed = list(_placed(run))
    return {
        start + len(word) - 1: (word, next_word)
        for (start, word), (next_start, next_word) in pairwise(placed)
        if start + len(word) == next_start
    }


def _inside_words(text: str) -> bytearray:
    """For every place whether its character and the next belong to one word."""
    inside = bytearray(len(text))
    for start, word in _placed(text):
        inside[start : start + len(word) - 1] = b"\1" * (len(word) - 1)
    return inside


def _placed(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text with their places."""
    at = 0
    for word in cut(text):
        found = text.find(word, at)
        if found >= 0:
            yield found, word
            at = found + len(word)
