"""Sets of characters as sorted, disjoint ranges of code points; called by costs.

What `re._parser` says of one character ("[^，。]", "\\d", ".") becomes ranges, so that whether two parts of a pattern
can begin with the same character is a question of arithmetic.
"""

from __future__ import annotations

import re._constants as sre
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

LAST = 0x10FFFF
CharSet = tuple[tuple[int, int], ...]
EMPTY: CharSet = ()
ANY: CharSet = ((0, LAST),)
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_NEGATED = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}


def union(*sets: Iterable[tuple[int, int]]) -> CharSet:
    """Every character of any of the sets.

    >>> union(((1, 3),), ((3, 5), (9, 9)), ((6, 6),))
    ((1, 6), (9, 9))
    """
    merged: list[tuple[int, int]] = []
    for low, high in sorted(part for one in sets for part in one):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(chars: CharSet) -> CharSet:
    """Every character that is not in the set.

    >>> complement(((0, 4), (6, LAST)))
    ((5, 5),)
    """
    parts, start = [], 0
    for low, high in chars:
        if start < low:
            parts.append((start, low - 1))
        start = high + 1
    return (*parts, (start, LAST)) if start <= LAST else tuple(parts)


def overlap(one: CharSet, other: CharSet) -> bool:
    """Whether a character is in both sets.

    >>> overlap(((1, 5),), ((5, 9),)), overlap(((1, 5),), ((6, 9),))
    (True, False)
    """
    return any(low <= top and bottom <= high for low, high in one for bottom, top in other)


def of_node(operation: Any, argument: Any, flags: int = 0) -> CharSet | None:
    """The characters that a node of one character stands for; None for any other node."""
    match operation:
        case sre.LITERAL:
            return _cased(((argument, argument),), flags)
        case sre.NOT_LITERAL:
            return complement(_cased(((argument, argument),), flags))
        case sre.ANY:
            return ANY if flags & sre.SRE_FLAG_DOTALL else complement(((10, 10),))
        case sre.IN:
            return _of_class(argument, flags)
        case sre.CATEGORY:
            return _of_category(argument)
        case _:
            return None


def _of_class(parts: list[Any], flags: int) -> CharSet:
    negated = bool(parts) and parts[0][0] is sre.NEGATE
    chars = union(*(_of_part(*part) for part in parts[negated:]))
    chars = _cased(chars, flags)
    return complement(chars) if negated else chars


def _of_part(operation: Any, argument: Any) -> CharSet:
    if operation is sre.RANGE:
        return (tuple(argument),)
    return of_node(operation, argument) or EMPTY


@cache
def _of_category(category: Any) -> CharSet:
    if category in _NEGATED:
        return complement(_of_category(_NEGATED[category]))
    belongs = _CATEGORIES[category]
    return union((code, code) for code in range(LAST + 1) if belongs(chr(code)))


def _cased(chars: CharSet, flags: int) -> CharSet:
    """With IGNORECASE the letters of both cases (of the ranges below U+0250: our patterns hold no others)."""
    if not flags & sre.SRE_FLAG_IGNORECASE:
        return chars
    low = [chr(code) for a, b in chars for code in range(a, min(b, 0x24F) + 1)]
    both = {case for char in low for case in (char.lower(), char.upper()) if len(case) == 1}
    return union(chars, ((ord(char), ord(char)) for char in both))
