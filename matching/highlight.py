"""Where the words of a query stand in a text: for highlighting and for the most telling excerpt."""

from __future__ import annotations

from collections.abc import Sequence

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
    for term in {fold(term).lower() for term in terms if term.strip()}:
        found = folded.find(term)
        while found >= 0:
            marks[found : found + len(term)] = b"\1" * len(term)
            found = folded.find(term, found + len(term))
    return marks


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
    inside = sum(marks[:width])
    best, best_start = inside, 0
    for start in range(1, len(marks) - width + 1):
        inside += marks[start + width - 1] - marks[start - 1]
        if inside > best:
            best, best_start = inside, start
    return best_start
