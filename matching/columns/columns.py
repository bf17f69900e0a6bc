"""The compiled form of the conditions of many items: one enterprise against all of them in milliseconds.

Built by `compiling`, kept as memory-mapped arrays, asked by the catalogue. What an enterprise's facts make of
the distinct conditions is a vector, put together from `pieces`; the trees are then run over it by a kernel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.columns.bodies import decode_condition
from matching.columns.joining import joined_parts
from matching.columns.made_by import check_made_by, made_by
from matching.columns.phrases import PhraseFile
from matching.columns.pieces import Pieces, StatedPieces, code_of, pieces_of
from matching.judging.judgement import Asked
from matching.judging.keys import KeyReader, key_reader
from matching.kernels.switch import loops
from matching.model import Enterprise
from policy_corpus.model import Condition

Array = npt.NDArray[Any]
Int8 = npt.NDArray[np.int8]
_UNKNOWN = 1
_FIRST_FEW, _SMALL_PART = (
    3,
    4,
)  # a command judges once, and but a part: to prepare for more costs more than it saves
_PHRASES = ("hashes", "conditions", "beginnings", "lengths", "incidents", "groups")


class Verdicts(NamedTuple):
    """For each item: 0 not met, 1 unknown, 2 met; how many leaves are met, and how many there are."""

    verdict: Int8
    met: npt.NDArray[np.int32]
    leaves: npt.NDArray[np.int32]


class Columns:
    """The items of one segment, at positions 0..size-1; never changed.

    attributes: each with the count of its distinct conditions, which are numbered in this order; the first, "",
    holds the one that is always unknown. forms: 16 bytes that stand for a distinct condition in every segment.
    """

    def __init__(
        self,
        *,
        tokens: Array,
        starts: Array,
        nested: Array,
        depth: int,
        attributes: Sequence[tuple[str, int]],
        bodies: Array,
        body_starts: Array,
        forms: Array,
        phrases: PhraseFile,
    ) -> None:
        self.tokens, self.starts, self.nested = map(_readonly, (tokens, starts, nested))
        self.bodies, self.body_starts, self.forms = map(_readonly, (bodies, body_starts, forms))
        self.depth, self.attributes, self.phrases = depth, tuple(attributes), phrases
        self.size = len(starts) - 1
        self.distinct = sum(count for _, count in attributes)
        self._strangers = 0
        self._last: tuple[Enterprise | None, date, Int8] = (None, date.min, np.empty(0, np.int8))

    def verdicts_of(self, enterprise: Enterprise, as_of: date) -> Int8:
        """The verdict on every distinct condition, by number; not to be written to."""
        last, day, verdicts = self._last
        if last is enterprise and day == as_of:
            return verdicts
        verdicts = np.full(self.distinct, _UNKNOWN, np.int8)
        for read, first, end, pieces in self._pieces:
            if (key := read(enterprise, as_of)) is not None:
                pieces.write(key, verdicts[first:end])
        verdicts.setflags(write=False)
        self._last = enterprise, as_of, verdicts
        return verdicts

    def judge(
        self, enterprise: Enterprise, as_of: date, ranges: Sequence[tuple[int, int]] | None = None
    ) -> Verdicts:
        """The items of the ranges (first, end), one range after the other; without ranges all."""
        ranges = [(0, self.size)] if ranges is None else ranges
        sizes = [end - first for first, end in ranges]
        found = _empty(sum(sizes))
        steps = sum(int(self.starts[end] - self.starts[first]) for first, end in ranges)
        if steps * _SMALL_PART <= len(self.tokens) and self._strangers < _FIRST_FEW:
            self._strangers += 1
            verdicts = self._verdicts_within(enterprise, as_of, ranges)
        else:
            verdicts = self.verdicts_of(enterprise, as_of)
        kernel, begin = loops("trees", steps), 0
        for (first, end), size in zip(ranges, sizes, strict=True):
            part = slice(begin, begin + size)
            kernel.judge_span(
                self.tokens, self.starts, self.nested, verdicts, first, end, self.depth,
                found.verdict[part], found.met[part],
            )  # fmt: skip
            found.leaves[part] = self.leaves[first:end]
            begin += size
        return found

    def to_arrays(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """All that is kept, as arrays by name, and the rest as JSON."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        arrays |= {f"phrases/{name}": getattr(self.phrases, name) for name in _PHRASES}
        attributes = [list(pair) for pair in self.attributes]
        return arrays, {"depth": self.depth, "attributes": attributes, "made_by": made_by()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array], details: Mapping[str, Any]) -> Columns:
        """What `to_arrays` gave, memory-mapped or not; nothing is read yet. Raises IndexNotBuilt: see `made_by`."""
        check_made_by(details["made_by"])
        return cls(
            **{name: arrays[name] for name in _ARRAYS},
            depth=details["depth"],
            attributes=[(name, count) for name, count in details["attributes"]],
            phrases=PhraseFile(*(_readonly(arrays[f"phrases/{name}"]) for name in _PHRASES)),
        )

    @classmethod
    def folded(cls, columns: Sequence[Columns], order: Array) -> Columns:
        """Several segments as one. order: the positions to keep, those of the segments counted one after the other."""
        return cls(**joined_parts(columns, order))

    @cached_property
    def leaves(self) -> npt.NDArray[np.int32]:
        """How many leaves each item has."""
        counted = np.concatenate(([0], np.cumsum(self.tokens >= 0)))
        return np.diff(counted[self.starts]).astype(np.int32)

    def condition(self, number: int) -> Condition:
        """A distinct condition by number, as far as a judge looks at it; not for number 0."""
        at = int(np.searchsorted(self._firsts, number, side="right")) - 1
        return decode_condition(self.attributes[at][0], _body(self.bodies, self.body_starts, number))

    def _verdicts_within(
        self, enterprise: Enterprise, as_of: date, ranges: Sequence[tuple[int, int]]
    ) -> Int8:
        """The verdicts on what the items of the ranges ask; nothing is taken apart or remembered for others to come."""
        parts = [self.tokens[self.starts[first] : self.starts[end]] for first, end in ranges]
        tokens = np.concatenate([np.empty(0, np.int32), *parts])
        needed = np.unique(tokens[tokens >= 0] >> 1)
        verdicts, asked = np.full(self.distinct, _UNKNOWN, np.int8), Asked(enterprise, as_of)
        for read, first, end, pieces in self._pieces:
            if (key := read(enterprise, as_of)) is None:
                continue
            if isinstance(pieces, StatedPieces):
                pieces.write(key, verdicts[first:end])
                continue
            for number in needed[slice(*np.searchsorted(needed, (first, end)))].tolist():
                verdicts[number] = code_of(self.condition(number), asked)
        verdicts.setflags(write=False)
        return verdicts

    @cached_property
    def _firsts(self) -> npt.NDArray[np.int64]:
        counts = np.array([count for _, count in self.attributes], np.int64)
        return np.cumsum(counts) - counts

    @cached_property
    def _pieces(self) -> list[tuple[KeyReader, int, int, Pieces]]:
        found = []
        for (name, count), first in zip(self.attributes, self._firsts.tolist(), strict=True):
            if name and count:
                pieces = pieces_of(
                    name,
                    _Bodies((self.bodies, self.body_starts), name, first, count),
                    count,
                    self.phrases,
                    first,
                )
                found.append((key_reader(name), first, first + count, pieces))
        return found


_ARRAYS = ("tokens", "starts", "nested", "bodies", "body_starts", "forms")


class _Bodies:
    """The conditions of one attribute, decoded when asked for.

    arrays: bodies and where each begins; not the columns themselves, which hold this: a circle would keep their
    mapped files open until the collector comes by.
    """

    def __init__(self, arrays: tuple[Array, Array], attribute: str, first: int, count: int) -> None:
        self._arrays, self._attribute, self._first, self._count = arrays, attribute, first, count

    def all(self) -> Sequence[Condition]:
        """Every distinct condition, by number; kept."""
        return self._all

    def one(self, number: int) -> Condition:
        """The distinct condition of a number within the attribute."""
        if "_all" in self.__dict__:
            return self._all[number]
        return decode_condition(self._attribute, _body(*self._arrays, self._first + number))

    @cached_property
    def _all(self) -> list[Condition]:
        numbers = range(self._first, self._first + self._count)
        return [decode_condition(self._attribute, _body(*self._arrays, number)) for number in numbers]


def _body(bodies: Array, starts: Array, number: int) -> bytes:
    return bodies[starts[number] : starts[number + 1]].tobytes()


def _empty(size: int) -> Verdicts:
    return Verdicts(np.empty(size, np.int8), np.empty(size, np.int32), np.empty(size, np.int32))


def _readonly(array: Array) -> Array:
    plain = np.asarray(array).view(np.ndarray)
    plain.setflags(write=False)
    return plain
