"""Which of very many conditions on statements can be settled by what an enterprise states; the rest are unknown.

A statement settles a phrase only where one is the other, one denies the other, or the phrase stands in the
statement; and denials of incidents settle phrases that read as incidents. So each phrase is filed under
hashes of the forms by which these meet, and only what is found under the forms of a statement is judged. A
hash that two forms share costs a needless judgement, never a wrong verdict.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.judging.incidents import read_incident
from matching.judging.stated import LONG_ENOUGH, bare_phrase, core, denied_core, phrases_asked
from policy_corpus.model import Condition

Array = npt.NDArray[Any]
_EQUAL, _CORE, _DENIED, _BEGINNING = "=", "~", "!", "^"
_INCIDENTS = "compliance"  # the attribute whose phrases may tell of incidents


def hash_of(attribute: str, form: str, text: str) -> int:
    """64 bits that stand for a form of a phrase of an attribute."""
    raw = f"{attribute}\n{form}{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")


def filed_under(condition: Condition) -> Iterator[int]:
    """The hashes under which a condition is found by the statements that may settle it."""
    for phrase in phrases_asked(condition):
        yield hash_of(condition.attribute, _EQUAL, phrase)
        yield hash_of(condition.attribute, _CORE, core(phrase))
        if (denied := denied_core(phrase)) is not None:
            yield hash_of(condition.attribute, _DENIED, denied)


def asked_by(attribute: str, statement: str) -> Iterator[int]:
    """The hashes under which a bare statement finds conditions, but those of its parts."""
    yield hash_of(attribute, _EQUAL, statement)
    yield hash_of(attribute, _DENIED, core(statement))
    if (denied := denied_core(statement)) is not None:
        yield hash_of(attribute, _CORE, denied)


def incident_group(condition: Condition) -> int | None:
    """What stands for all conditions that a denial of incidents settles alike; None: it settles none."""
    phrases = phrases_asked(condition) if condition.attribute == _INCIDENTS else ()
    if len(phrases) != 1:
        return None
    told = read_incident(phrases[0])
    if told is None:
        return None
    parts = (condition.op.value, told.years, told.grade, sorted(told.subjects), told.denied)
    return hash_of(condition.attribute, "incident", repr(parts))


@dataclass(frozen=True)
class PhraseFile:
    """All conditions on statements under their hashes.

    hashes, conditions: sorted by hash; beginnings: hashes of the first characters of the phrases long enough to
    be looked for inside a statement, sorted; lengths: of these phrases. incidents, groups: the conditions that
    tell of incidents, and which are settled alike.
    """

    hashes: Array
    conditions: Array
    beginnings: Array
    lengths: Array
    incidents: Array
    groups: Array

    @classmethod
    def joined(
        cls,
        hashes: Array,
        conditions: Array,
        beginnings: Array,
        lengths: Array,
        incidents: Array,
        groups: Array,
    ) -> PhraseFile:
        """Sort what was gathered in any order, without repetition."""
        order = np.lexsort((conditions, hashes))
        hashes, conditions = hashes[order], conditions[order]
        new = np.ones(len(hashes), bool)
        new[1:] = (hashes[1:] != hashes[:-1]) | (conditions[1:] != conditions[:-1])
        incidents, first = np.unique(incidents, return_index=True)
        return cls(
            hashes[new], conditions[new], np.unique(beginnings), np.unique(lengths), incidents, groups[first]
        )

    def settled_by(self, attribute: str, statements: Sequence[str]) -> list[int]:
        """The numbers of the conditions that the statements may settle, ascending; incidents apart."""
        asked: set[int] = set()
        for statement in map(bare_phrase, statements):
            asked.update(asked_by(attribute, statement))
            asked.update(self._inside(attribute, statement))
        wanted = np.array(sorted(asked), np.uint64)
        begin, end = (np.searchsorted(self.hashes, wanted, side) for side in ("left", "right"))
        found = [self.conditions[a:b] for a, b in zip(begin, end, strict=True) if a < b]
        return sorted(set(np.concatenate(found).tolist())) if found else []

    def _inside(self, attribute: str, statement: str) -> Iterator[int]:
        """Hashes of every part of a statement that a phrase may be."""
        if len(statement) < LONG_ENOUGH:
            return
        starts = range(len(statement) - LONG_ENOUGH + 1)
        parts = (statement[at : at + LONG_ENOUGH] for at in starts)
        hashes = np.array([hash_of(attribute, _BEGINNING, part) for part in parts], np.uint64)
        for at in np.flatnonzero(_holds(self.beginnings, hashes)).tolist():
            for length in self._lengths:
                if at + length > len(statement):
                    break
                yield hash_of(attribute, _EQUAL, statement[at : at + length])

    @cached_property
    def _lengths(self) -> list[int]:
        return self.lengths.tolist()  # type: ignore[no-any-return]  # ints, ascending


class PhraseGatherer:
    """Files conditions as they come; what stands for a condition becomes its number when all are known."""

    def __init__(self) -> None:
        self._hashes, self._owners = array("Q"), array("q")
        self._beginnings, self._lengths = set[int](), set[int]()
        self._groups, self._incidents = array("Q"), array("q")

    def add(self, owner: int, condition: Condition) -> None:
        """File a condition; owner: what stands for it."""
        for found in filed_under(condition):
            self._hashes.append(found)
            self._owners.append(owner)
        for phrase in phrases_asked(condition):
            if len(phrase) >= LONG_ENOUGH:
                self._beginnings.add(hash_of(condition.attribute, _BEGINNING, phrase[:LONG_ENOUGH]))
                self._lengths.add(len(phrase))
        if (group := incident_group(condition)) is not None:
            self._groups.append(group)
            self._incidents.append(owner)

    def freeze(self, numbers: Callable[[Array], Array]) -> PhraseFile:
        """The file of all that was added; numbers: of what stands for conditions."""
        return PhraseFile.joined(
            np.array(self._hashes, np.uint64), numbers(np.array(self._owners, np.int64)).astype(np.int32),
            np.array(sorted(self._beginnings), np.uint64), np.array(sorted(self._lengths), np.int32),
            numbers(np.array(self._incidents, np.int64)).astype(np.int32), np.array(self._groups, np.uint64),
        )  # fmt: skip


def denies_incidents(attribute: str, statements: Sequence[str]) -> bool:
    """Whether the enterprise denies any incident, so that its denials may settle others."""
    told = map(read_incident, map(bare_phrase, statements)) if attribute == _INCIDENTS else ()
    return any(incident is not None and incident.denied for incident in told)


def _holds(table: Array, wanted: Array) -> npt.NDArray[np.bool_]:
    if not len(table):
        return np.zeros(len(wanted), bool)
    return np.asarray(table[np.minimum(np.searchsorted(table, wanted), len(table) - 1)] == wanted)
