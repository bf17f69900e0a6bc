"""Where the words of a query stand in a text: for highlighting and for the most telling excerpt.

A term that stands nowhere in the text is marked by its longest pieces that do, if they are half of it at
least: what a search found by less than the whole word is shown too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import sub

from policy_corpus.folding import fold

Pieces = tuple[tuple[str, bool], ...]


def highlight(text: str, terms: Sequence[str]) -> Pieces:
    """Cut a text into pieces, each with whether it is one of the terms; joined they are the text.

    >>> highlight("高新技术企业奖励", ["奖励"])
    (('高新技术企业', False), ('奖励', True))
    """
    marks = _marks(text, terms)
    pieces: list[tuple[str, bool]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marks[end] != marks[start]:
            pieces.append((text[start:end], bool(marks[start])))
            start = end
    return tuple(pieces)


def _marks(text: str, terms: Sequence[str]) -> bytearray:
    folded = fold(text).lower()
    marks = bytearray(len(text))
    for term in {_folded(term) for term in terms if term.strip()}:
        for piece in _pieces(term, folded):
            found = folded.find(piece)
            while found >= 0:
                marks[found : found + len(piece)] = b"\1" * len(piece)
                found = folded.find(piece, found + len(piece))
    return marks


def _pieces(term: str, folded: str) -> set[str]:
    """The term if it stands in the text, else its longest pieces that do."""
    for size in range(len(term), max(2, (len(term) + 1) // 2) - 1, -1):
        found = {term[at : at + size] for at in range(len(term) - size + 1)}
        present = {piece for piece in found if piece in folded}
        if present:
            return present
    return {term}


def excerpt(text: str, terms: Sequence[str], width: int = 120) -> str:
    """The stretch of about `width` characters with the most of the terms in it, on one line.

    >>> excerpt("总则。" * 50 + "奖励30万元", ["奖励"], width=12)
    '…总则。总则。奖励30万元'
    """
    flat = " ".join(text.split())
    if len(flat) <= width:
        return flat
    marks = _marks(flat, terms)
    start = _densest(marks, width)
    first = marks.find(1, start)
    if first >= 0:  # begin a little before the first term, so that what it says after it is seen
        start = min(max(0, first - width // 4), len(flat) - width)
    cut = flat[start : start + width]
    return ("…" if start else "") + cut + ("…" if start + width < len(flat) else "")


def _densest(marks: bytearray, width: int) -> int:
    """Where the first window of this width with the most marks begins."""
    sums = list(accumulate(marks, initial=0))
    inside = list(map(sub, sums[width:], sums))
    return inside.index(max(inside))


@lru_cache(maxsize=4096)
def _folded(term: str) -> str:
    return fold(term).lower()
