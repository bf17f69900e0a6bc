"""Folded text cut into exactly jieba's tokens, called by matching.terms and matching.term_ids.

rjieba differs from jieba in two ways only, both mended here: it keeps runs such as "2022-2024" whole, and it takes
rare characters for Chinese words where jieba lets each stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matching.segmenting.segmenters import segmenter

# What rjieba takes for Chinese and jieba does not: extension A, the end of the main block, compatibility characters
# and all beyond the basic plane; half a surrogate pair, which rjieba cannot read, stands alone in jieba too.
_RARE = re.compile("([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00010000-\U0010ffff])")
_SIGN = re.compile(
    r"[+#&._%-]"
)  # what stands in every run of Latin letters and digits that jieba takes apart
_LATIN_RUN = re.compile(r"[a-zA-Z0-9+#&._%-]+")
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")  # as in jieba/finalseg


def tokens(text: str) -> list[str]:
    """The tokens of a text, exactly as jieba cuts it with its hidden Markov model; together they are the text.

    >>> tokens("2022-2024年新质生产力")
    ['2022', '-', '2024', '年', '新质生产力']
    """
    raw = raw_tokens(text)
    if not _SIGN.search(text):
        return raw
    found: list[str] = []
    start = 0
    for token in filter(str.isascii, raw):
        if not token.isalnum() and len(parts := parts_of(token)) > 1:
            at = raw.index(token, start)
            found += raw[start:at] + parts
            start = at + 1
    return found + raw[start:] if start else raw


def search_tokens(text: str) -> Iterator[str]:
    """As jieba cuts for a search engine: before each token the words of two and three characters within it.

    >>> list(search_tokens("高新技术企业"))
    ['高新', '技术', '企业', '高新技术企业']
    """
    has_word = segmenter().has_word
    for token in tokens(text):
        for size in (2, 3):
            if len(token) > size:
                grams = (token[at : at + size] for at in range(len(token) - size + 1))
                yield from filter(has_word, grams)
        yield token


def raw_tokens(text: str) -> list[str]:
    """The tokens of a text before parts_of, which a caller may ask once for each distinct one."""
    cut = segmenter().cut
    if not _RARE.search(text):
        return cut(text)
    found: list[str] = []
    for at, piece in enumerate(_RARE.split(text)):
        found += [piece] if at % 2 else cut(piece)
    return found


def parts_of(raw_token: str) -> list[str]:
    """What jieba makes of a raw token: itself, or the words and signs of a run of Latin letters, digits and signs."""
    if raw_token.isalnum() or not _LATIN_RUN.fullmatch(raw_token) or segmenter().has_word(raw_token):
        return [raw_token]
    return [part for part in _LATIN_WORD.split(raw_token) if part]
