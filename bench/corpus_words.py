"""The words that synthetic policies and companies are made of: jieba's dictionary, spoken of as unevenly as in real text.

A word is drawn with its frequency in jieba's own dictionary to the power 0.85, so that the vocabulary grows with the
number of texts as it does in a real corpus. Four hundred topics have words of their own, so that texts of one topic
are near each other. The dictionary is read as a file; jieba is not loaded.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

TOPICS = 400
FLATNESS = 0.85
_CLASSES = {"n": "noun", "nz": "noun", "vn": "noun", "v": "verb", "ns": "place"}
_OF_TOPIC = {"noun": 260, "verb": 90, "place": 50}


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their cumulative weights, as `random.choices` takes them."""

    words: tuple[str, ...]
    cumulative: tuple[float, ...]

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self.cumulative, k=count)


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of one field; which field a company or a policy is of decides which of them it uses."""

    noun: Words
    verb: Words
    place: Words


def _weighed(weights: dict[str, float]) -> Words:
    return Words(tuple(weights), tuple(accumulate(weights.values())))


@cache
def everything() -> Topic:
    """All nouns, verbs and places of the dictionary."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise RuntimeError("jieba is not installed")
    weights: dict[str, dict[str, float]] = {"noun": {}, "verb": {}, "place": {}}
    for line in Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines():
        word, frequency, kind = line.split(" ")
        if kind in _CLASSES and len(word) > 1 and all("一" <= char <= "龥" for char in word):
            weights[_CLASSES[kind]][word] = float(frequency) ** FLATNESS
    return Topic(*(_weighed(weights[name]) for name in ("noun", "verb", "place")))


@cache
def topics() -> tuple[Topic, ...]:
    """The topics; within one, the first words are the usual ones."""
    chance = random.Random(17)
    return tuple(_topic(chance) for _ in range(TOPICS))


def _topic(chance: random.Random) -> Topic:
    every = everything()
    kinds = {"noun": every.noun, "verb": every.verb, "place": every.place}
    drawn = {name: dict.fromkeys(kinds[name].draw(chance, count)) for name, count in _OF_TOPIC.items()}
    ranked = {name: {word: 1 / (at + 4) for at, word in enumerate(words)} for name, words in drawn.items()}
    return Topic(*(_weighed(ranked[name]) for name in ("noun", "verb", "place")))
