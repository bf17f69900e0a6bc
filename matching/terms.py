"""Turn Chinese text into the terms that are indexed and searched.

Called for every item and every enterprise when an index is built or asked. A term is a word of matching.segmenting
in lower case, unless it is too short or a bare number; that is worked out once for each distinct word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from matching.segmenting import dictionary_lines, parts_of, policy_terms, raw_tokens, search_tokens
from policy_corpus.additions import current, forgets, on_change
from policy_corpus.folding import fold

_MOST_KEPT = 500_000  # distinct words remembered, some 100 MB at the most
_WORD_CHARACTER = re.compile(r"\w")
_DIGITS = re.compile(r"[\d.%]+")


def cut(text: str) -> list[str]:
    """The terms of a text in its order, repeats kept: folded, lower case, two characters at least.

    >>> cut("對專精特新“小巨人”企業給予獎勵")
    ['专精特新', '小巨人', '企业', '给予', '奖励']
    """
    if len(_TERMS) > _MOST_KEPT:
        _TERMS.clear()
    return list(chain.from_iterable(map(_TERMS.__getitem__, raw_tokens(fold(text)))))


def search_terms(text: str) -> list[str]:
    """The terms to search a person's words with: finer pieces and synonyms added, each once.

    >>> search_terms("高企")[:2]
    ['高企', '高新技术企业']
    """
    folded = fold(text)
    found = dict.fromkeys(_terms_among(search_tokens(folded)))
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


def terms_of(raw_token: str) -> tuple[str, ...]:
    """The terms in a token of matching.segmenting.raw_tokens: one as a rule, none if it is noise, seldom several."""
    return tuple(_terms_among(parts_of(raw_token)))


class _TermsByToken(dict[str, tuple[str, ...]]):
    def __missing__(self, raw_token: str) -> tuple[str, ...]:
        self[raw_token] = terms = terms_of(raw_token)
        return terms


_TERMS = _TermsByToken()
on_change(_TERMS.clear)


def _terms_among(tokens: Iterable[str]) -> list[str]:
    return [term for token in tokens if (term := _as_term(token))]


def _as_term(token: str) -> str | None:
    term = token.strip().lower()
    if len(term) < 2 or not _WORD_CHARACTER.search(term) or _DIGITS.fullmatch(term):
        return None
    return term


def built_in_synonyms() -> list[tuple[str, ...]]:
    """The groups of the dictionary, their words folded and in lower case."""
    lines = dictionary_lines("synonyms.txt")
    return [tuple(fold(word.strip()).lower() for word in line.split("=")) for line in lines]


@forgets
@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in built_in_synonyms():
        for word in group:
            table[word] = tuple(dict.fromkeys((*table.get(word, ()), *group)))
    for group in current().synonyms:  # a group that shares a word with another one widens that one
        whole = tuple(dict.fromkeys(other for word in group for other in (*table.get(word, ()), word)))
        table.update(dict.fromkeys(whole, whole))
    return table


@forgets
@cache
def _synonym_pattern() -> re.Pattern[str]:
    longest_first = sorted(_synonyms(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@forgets
@lru_cache(maxsize=4096)
def _phrases_within(folded: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_synonym_pattern().findall(folded)))
