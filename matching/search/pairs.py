"""Turn text into pairs of neighbouring characters, as numbers.

A question is cut into other words than the text that answers it, but their pairs of characters agree; so
search goes by pairs and needs no dictionary. Called when an index is built and when it is asked. A character
is its UTF-16 unit, one that belongs to no word is 0; a pair is first << 16 | second; a character that stands
alone is itself. Text is folded and in lower case before it comes here (`prepared`).
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from policy_corpus.folding import fold

Characters = npt.NDArray[np.uint16]
Keys = npt.NDArray[np.uint32]

_BETWEEN = re.compile(r"\W")


def prepared(text: str) -> str:
    """The text as it is compared: half-width, simplified, lower case.

    >>> prepared("技術改造ＡＩ")
    '技术改造ai'
    """
    return fold(text).lower()


def characters(text: str) -> Characters:
    """The characters of a prepared text, one number each, 0 for what stands between words."""
    return np.frombuffer(_BETWEEN.sub("\0", text).encode("utf-16-le", "surrogatepass"), np.uint16)


def pairs(chars: Characters) -> Keys:
    """Every pair of neighbours, and every character that has none, in any order and with repeats.

    >>> [f"{key:x}" for key in pairs(characters("技改 税"))]
    ['62806539', '7a0e']
    """
    framed = np.concatenate(([0], chars, [0])).astype(np.uint32)
    before, here, after = framed[:-2], framed[1:-1], framed[2:]
    alone = here[(here != 0) & (before == 0) & (after == 0)]
    both = (here != 0) & (after != 0)
    return np.concatenate((here[both] << 16 | after[both], alone))


def pair_of(text: str) -> int:
    """The number of two characters, or of one alone."""
    return int(pairs(characters(text))[0])


def is_alone(key: int) -> bool:
    """Whether a number stands for a character alone."""
    return key < 1 << 16
