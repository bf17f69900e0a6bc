"""The two segmenters, rjieba and jieba, each loaded with the policy dictionary; called by matching.segmenting.tokens.

jieba is what rjieba is measured against, and takes its place where no wheel of rjieba exists. jieba's own cache file
is not used: it would land in the system's temporary folder, where any user of the machine could put another, and it
saves next to nothing.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import Protocol

from matching.segmenting.policy_words import Frequencies, policy_terms, read_frequencies

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

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # jieba 0.42.1 has invalid escapes in its source and asks for pkg_resources; neither concerns us.
            warnings.simplefilter("ignore")
            import jieba
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for word in policy_terms():
            tokenizer.add_word(word)
        self.tokenizer = tokenizer

    @property
    def frequencies(self) -> Frequencies:
        """How frequent the policy words have become, for rjieba to be told."""
        frequency = self.tokenizer.FREQ
        words = {word: frequency[word] for word in policy_terms()}
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
    frequencies = read_frequencies()
    for word in policy_terms():
        jieba.add_word(word, frequencies.words.get(word), None)
    jieba.add_word(_NEVER_CUT, frequencies.counted_twice, None)
    return jieba


@cache
def segmenter() -> Segmenter:
    """The faster segmenter there is, loaded at the first call: 0.1 s for rjieba, about a second for jieba."""
    try:
        return rjieba_segmenter()
    except ImportError:
        return JiebaSegmenter()
