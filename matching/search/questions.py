"""What a question asks for: its telling part, as pairs of characters and as words.

Words that only ask (如何, 哪些, 请问) say nothing about the answer, and their pairs are rare in documents, so
they would weigh much: they are taken out before anything is compared, unless nothing else is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.search.pairs import characters, pairs, prepared
from matching.terms import search_terms

LONGEST = 2000  # characters of a question that are looked at; a page pasted whole says all it wants by then

_ASKING = re.compile(
    "请问|如何|怎么样|怎么办|怎么|怎样|什么样的|什么样|什么|哪些|哪个|哪几个|哪里|哪种|哪类|多少|为什么|为何|是否|能否|"
    "有何|何时|何种|吗|呢"
)


@dataclass(frozen=True)
class Question:
    """A question made ready. text: prepared, without what only asks; pairs: ascending, each once."""

    text: str
    pairs: tuple[int, ...]

    @property
    def words(self) -> list[str]:
        """The words to search for, with their synonyms; cutting them loads the dictionary."""
        return search_terms(self.text)


def read_question(words: str) -> Question:
    """A person's words as a question; only the first LONGEST characters are looked at."""
    text = without_asking(prepared(words[:LONGEST]))
    return Question(text, tuple(sorted({int(key) for key in pairs(characters(text))})))


def without_asking(asked: str) -> str:
    """A prepared text without the words that only ask; as it is when nothing else would be left.

    >>> without_asking("技改有哪些补贴"), without_asking("什么")
    ('技改有 补贴', '什么')
    """
    told = _ASKING.sub(" ", asked)
    return told if re.search(r"\w", told) else asked
