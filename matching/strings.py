"""Keep many strings as a few arrays that open from disk in microseconds and find a string by its hash.

Used for vocabularies and ids: a hundred thousand of them as a list or a dict would cost every start of
the program tens of milliseconds; here a lookup reads the few bytes it needs from the mapped file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that every byte of a string reaches the hash
_MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True)
class StringTable:
    """Strings in a fixed order: `blob[offsets[i]:offsets[i + 1]]` is string i in UTF-8.

    hashes: ascending; order[j]: the index of the string whose hash is hashes[j].
    """

    blob: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.uint64]
    order: npt.NDArray[np.int32]

    @classmethod
    def build(cls, strings: Sequence[str]) -> Self:
        """A table of the strings in their order. Raises ValueError for a string twice."""
        blob, offsets = _joined(strings)
        hashes = _hashes(blob, offsets)
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        if len(set(strings)) != len(strings):
            raise ValueError("a string stands twice in the table")
        return cls(blob, offsets, hashes[order], order)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The table whose `to_arrays` these are, with nothing read or copied."""
        return cls(arrays["blob"], arrays["offsets"], arrays["hashes"], arrays["order"])

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The arrays to keep: blob, offsets, hashes, order."""
        return {"blob": self.blob, "offsets": self.offsets, "hashes": self.hashes, "order": self.order}

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, at: int) -> str:
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self.blob[self.offsets[at] : self.offsets[at + 1]].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        whole, ends = self.blob.tobytes(), self.offsets.tolist()
        for start, end in pairwise(ends):
            yield whole[start:end].decode("utf-8", "surrogatepass")

    def find(self, string: str) -> int:
        """The index of a string, -1 where it is not in the table."""
        return int(self.find_many([string])[0])

    def find_many(self, strings: Sequence[str]) -> npt.NDArray[np.int64]:
        """The index of each string, -1 for those not in the table: int64, one a string."""
        found = np.full(len(strings), -1, np.int64)
        if not len(self) or not len(strings):
            return found
        blob, offsets = _joined(strings)
        wanted = _hashes(blob, offsets)
        at = np.searchsorted(self.hashes, wanted)
        open_ = np.flatnonzero(at < len(self))
        while open_.size:  # a second round only where two strings share a hash
            open_ = open_[self.hashes[at[open_]] == wanted[open_]]
            index = self.order[at[open_]]
            same = self._equal(index, blob, offsets, open_)
            found[open_[same]] = index[same]
            open_ = open_[~same]
            at[open_] += 1
            open_ = open_[at[open_] < len(self)]
        return found

    def _equal(
        self,
        index: npt.NDArray[np.int32],
        blob: npt.NDArray[np.uint8],
        offsets: npt.NDArray[np.int64],
        asked: npt.NDArray[np.int64],
    ) -> npt.NDArray[np.bool_]:
        ours, theirs = self.offsets[index], offsets[asked]
        lengths = offsets[asked + 1] - theirs
        same: npt.NDArray[np.bool_] = self.offsets[index + 1] - ours == lengths
        lengths = np.where(same, lengths, 0)
        owner = np.repeat(np.arange(len(index)), lengths)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        differ = self.blob[ours[owner] + within] != blob[theirs[owner] + within]
        same[owner[differ]] = False
        return same


def _joined(strings: Sequence[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=offsets[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), offsets


def _hashes(blob: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """A polynomial in the bytes of each string, modulo 2**64, stirred: the same on every machine."""
    lengths = np.diff(offsets)
    longest = int(lengths.max(initial=0))
    powers = np.multiply.accumulate(np.full(longest + 1, _BASE))
    within = np.arange(len(blob)) - np.repeat(offsets[:-1], lengths)
    sums = np.zeros(len(blob) + 1, np.uint64)
    np.cumsum((blob.astype(np.uint64) + np.uint64(1)) * powers[within], out=sums[1:])
    hashes = sums[offsets[1:]] - sums[offsets[:-1]]
    hashes ^= hashes >> np.uint64(33)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    return hashes
