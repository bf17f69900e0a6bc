"""Turn a text into a MinHash signature, so that nearly equal documents (重复文件) are found by index look-up.

The loader stores `signature` beside a document and its `bands` in a table with an index; a new document's
candidates are the rows that share a band, and `similarity` of the two signatures decides. The only import
of datasketch.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policy_corpus.folding import fold

NEAR_DUPLICATE = 0.85  # similarity from which the loader speaks of a near-duplicate
_PERMUTATIONS = 128
# 16 bands of 8 rows: a pair of similarity s shares a band with probability 1 - (1 - s^8)^16,
# 0.994 at 0.85 and 0.06 at 0.5.
_BANDS = 16
_ROWS = _PERMUTATIONS // _BANDS
_GRAM = 4
_CHUNK = 4096  # grams hashed at once: 4096 x 128 x 4 bytes = 2 MB, whatever the length of the text


def signature(text: str) -> bytes:
    """The MinHash of a text's 4-grams, white space and character forms ignored: 512 bytes, deterministic.

    >>> signature("示例市　若干措施") == signature("示例市若干\\n措施")
    True
    """
    grams = _grams("".join(fold(text).split()))
    minhash = _empty().copy()
    for start in range(0, len(grams), _CHUNK):
        minhash.update_batch(grams[start : start + _CHUNK].tolist())
    values: NDArray[np.uint32] = minhash.hashvalues
    return values.astype("<u4").tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """The estimated share (0-1) of 4-grams that two signed texts have in common; 0 where one is empty."""
    left, right = np.frombuffer(a, "<u4"), np.frombuffer(b, "<u4")
    if a == _empty_signature() or b == _empty_signature():
        return 0.0
    return float(np.count_nonzero(left == right)) / _PERMUTATIONS


def bands(signed: bytes) -> tuple[str, ...]:
    """Look-up keys of a signature: two texts that share one are candidates; none for an empty text."""
    if signed == _empty_signature():
        return ()
    width = _ROWS * 4
    parts = (signed[start : start + width] for start in range(0, len(signed), width))
    return tuple(f"{n:02d}{hashlib.blake2b(part, digest_size=8).hexdigest()}" for n, part in enumerate(parts))


def _grams(text: str) -> NDArray[np.uint32]:
    """One 32-bit number for each different run of four characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    if not len(codes):
        return np.empty(0, np.uint32)
    codes = np.pad(codes, (0, max(0, _GRAM - len(codes))))
    mixed = np.zeros(len(codes) - _GRAM + 1, np.uint64)
    for place in range(_GRAM):  # FNV-1a over four characters, in 64 bits
        mixed = (mixed ^ codes[place : place + len(mixed)]) * np.uint64(0x100000001B3)
    return np.unique((mixed ^ (mixed >> np.uint64(32))).astype(np.uint32))


@cache
def _empty() -> Any:
    from datasketch import MinHash

    # The scheme and seed are named so that stored signatures stay comparable.
    return MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")


@cache
def _empty_signature() -> bytes:
    values: NDArray[np.uint32] = _empty().hashvalues
    return values.astype("<u4").tobytes()
