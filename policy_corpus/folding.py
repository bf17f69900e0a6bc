"""Fold a text to the form that is matched: half-width, simplified, one character for one.

Called by everything that looks for words in a document; the original text stays untouched and, since no
character is added or lost, an offset into the folded copy is an offset into the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Full-width forms of punctuation that Chinese text uses on purpose; patterns expect them as they are.
# So are circled numbers: ① marks a list, where 1 would join the words behind it.
_KEPT = frozenset("，。；：？！（）“”‘’、《》〈〉【】—…·～" + "".join(map(chr, range(0x2460, 0x2474))))


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    if char in _KEPT:
        return char
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:  # ㈠, ½ …: would change offsets
        folded = char
    if "\u3400" <= folded <= "\u9fff":
        simple = _converter().convert(folded)  # type: ignore[attr-defined]
        folded = simple if len(simple) == 1 else folded
    return folded


class _Table(dict[int, str]):
    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = _fold_char(chr(codepoint))
        return self[codepoint]


_TABLE = _Table()


@cache
def _foldable() -> re.Pattern[str]:
    """Runs of characters that may change. Common text has few, and finding them costs a fifth of translating all."""
    ideographs = [chr(codepoint) for codepoint in range(0x4E00, 0xA000)]
    simple = _converter().convert("\n".join(ideographs)).split("\n")  # type: ignore[attr-defined]
    kept = [char for char, other in zip(ideographs, simple, strict=True) if char == other]
    return re.compile(f"[^\x00-\x7f{''.join(sorted(_KEPT))}{''.join(kept)}]+")


def fold(text: str) -> str:
    """The text in half-width, simplified characters, exactly as long as the original.

    >>> fold("對２０００萬元以上的企業，給予獎勵")
    '对2000万元以上的企业，给予奖励'
    """
    pattern = _foldable()
    return pattern.sub(lambda run: run[0].translate(_TABLE), text) if pattern.search(text) else text
