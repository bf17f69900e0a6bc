"""Turn Chinese text into the terms that are indexed and searched.

Called for every item and every enterprise when an index is built or asked. The only module that knows
jieba; it is loaded at the first cut (about a second), never at import, so that commands that cut no text
do not pay for it. jieba's own cache file is not used: it would land in the system's temporary folder,
where any user of the machine could put another, and it saves next to nothing.
"""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from policy_corpus.folding import fold

if TYPE_CHECKING:
    from jieba import Tokenizer

_WORD_CHARACTER = re.compile(r"\w")
_DIGITS = re.compile(r"[\d.%]+")


def cut(text: str) -> list[str]:
    """The terms of a text in its order, repeats kept: folded, lower case, two characters at least.

    >>> cut("對專精特新“小巨人”企業給予獎勵")
    ['专精特新', '小巨人', '企业', '给予', '奖励']
    """
    return [term for token in _tokenizer().cut(fold(text)) if (term := _as_term(token))]


def search_terms(text: str) -> list[str]:
    """The terms to search a person's words with: finer pieces and synonyms added, each once.

    >>> search_terms("高企")[:2]
    ['高企', '高新技术企业']
    """
    folded = fold(text)
    found = dict.fromkeys(term for token in _tokenizer().cut_for_search(folded) if (term := _as_term(token)))
    for phrase in _phrases_within(folded.lower()):
        for synonym in synonyms_of(phrase):
            found.update(dict.fromkeys(cut(synonym)))
    return list(found)


def synonyms_of(phrase: str) -> tuple[str, ...]:
    """Other ways of saying a phrase, folded, the usual one first; empty when none is known."""
    return tuple(other for other in _synonyms().get(phrase, ()) if other != phrase)


def phrases_with_synonyms(folded: str) -> list[tuple[int, str]]:
    """Where in a folded, lower-case text phrases with synonyms stand, longest first and none inside another.

    >>> phrases_with_synonyms("技改和高企")
    [(0, '技改'), (3, '高企')]
    """
    return [(found.start(), found[0]) for found in _synonym_pattern().finditer(folded)]


def known_phrases() -> tuple[str, ...]:
    """Every word of the policy dictionary and every phrase with synonyms, folded and in lower case, each once."""
    return tuple(dict.fromkeys((*(word.lower() for word in policy_terms()), *_synonyms())))


def policy_terms() -> tuple[str, ...]:
    """The words of the policy dictionary, in its order, each once."""
    lines = _dictionary_lines("policy_terms.txt")
    return tuple(dict.fromkeys(fold(word) for line in lines for word in line.split()))


def _as_term(token: str) -> str | None:
    term = token.strip().lower()
    if len(term) < 2 or not _WORD_CHARACTER.search(term) or _DIGITS.fullmatch(term):
        return None
    return term


def _dictionary_lines(name: str) -> list[str]:
    text = resources.files("matching").joinpath("dictionary", name).read_text("utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


@cache
def _tokenizer() -> Tokenizer:
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes in its source and asks for pkg_resources; neither concerns us.
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in policy_terms():
        tokenizer.add_word(word)
    return tokenizer


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _dictionary_lines("synonyms.txt"):
        group = tuple(fold(word.strip()).lower() for word in line.split("="))
        for word in group:
            table[word] = tuple(dict.fromkeys((*table.get(word, ()), *group)))
    return table


@cache
def _synonym_pattern() -> re.Pattern[str]:
    longest_first = sorted(_synonyms(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=4096)
def _phrases_within(folded: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_synonym_pattern().findall(folded)))
