"""The two segmenters, rjieba and jieba, each loaded with the policy dictionary; called by matching.segmenting.tokens.

jieba is what rjieba is measured against, and takes its place where no wheel of rjieba exists. jieba's own cache file
is not used: it would land in the system's temporary folder, where any user of the machine could put another, and it
saves next to nothing.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol

from matching.segmenting.policy_words import (
    Frequencies,
    built_in_terms,
    frequencies,
    policy_terms,
    read_frequencies,
)
from policy_corpus.additions import AddedTerm, forgets

# A word that no text is cut into, since a line break always stands alone. It carries what jieba counts twice.
_NEVER_CUT = "\n\n"


class Segmenter(Protocol):
    """Cuts text into words."""

    def cut(self, text: str) -> list[str]:
        """The words of a text; together they are the text."""

    def has_word(self, word: str) -> bool:
        """Whether the dictionary has the word."""


class JiebaSegmenter:
    """jieba with the policy words added in their order."""

    def __init__(self, words: Iterable[str] | None = None) -> None:
        """words: those to add, None for all of the policy dictionary as it is in place."""
        self.words = policy_terms() if words is None else tuple(words)
        with warnings.catch_warnings():
            # jieba 0.42.1 has invalid escapes in its source and asks for pkg_resources; neither concerns us.
            warnings.simplefilter("ignore")
            import jieba
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for word in self.words:
            tokenizer.add_word(word)
        self.tokenizer = tokenizer

    @property
    def frequencies(self) -> Frequencies:
        """How frequent the policy words have become, for rjieba to be told."""
        frequency = self.tokenizer.FREQ
        words = {word: frequency[word] for word in self.words}
        return Frequencies(words, self.tokenizer.total - sum(frequency.values()))

    def cut(self, text: str) -> list[str]:
        """The words of a text."""
        return list(self.tokenizer.cut(text))

    def has_word(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return bool(self.tokenizer.FREQ.get(word))


def rjieba_segmenter() -> Segmenter:
    """rjieba with the policy words as frequent as jieba takes them; raises ImportError where it is not installed."""
    from rjieba import Jieba

    jieba = Jieba()
    known = frequencies()
    for word in policy_terms():
        jieba.add_word(word, known.words.get(word), None)
    jieba.add_word(_NEVER_CUT, known.counted_twice, None)
    return jieba


def weigh_terms(words: Iterable[str]) -> tuple[tuple[AddedTerm, ...], int]:
    """Words to add behind the built-in ones, each with its frequency, and by how much jieba counts them twice.

    Loads jieba, which takes about a second.
    """
    added = tuple(dict.fromkeys(words))
    found = JiebaSegmenter((*built_in_terms(), *added)).frequencies
    terms = tuple(AddedTerm(word, found.words[word]) for word in added)
    return terms, found.counted_twice - read_frequencies().counted_twice


def weigh(words: bytes, _: str) -> dict[str, Any]:
    """`weigh_terms` as a task of the sandbox's child: a JSON list of words in, their frequencies out."""
    terms, counted_twice = weigh_terms(json.loads(words))
    return {"terms": [[term.word, term.frequency] for term in terms], "counted_twice": counted_twice}


@forgets
@cache
def segmenter() -> Segmenter:
    """The faster segmenter there is, loaded at the first call: 0.1 s for rjieba, about a second for jieba."""
    try:
        return rjieba_segmenter()
    except ImportError:
        return JiebaSegmenter()
