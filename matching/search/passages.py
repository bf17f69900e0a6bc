"""How well the best passage of a document answers a question.

A document that says all of it in one place answers better than one that says it here and there. The
characters of every document are kept, cut into clauses of about a hundred; a passage is one clause or three
in a row, read together with the title. Only the few documents that stand first by their whole text are looked
at, so nothing has to be kept by passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.search.pairs import Characters, characters, is_alone, prepared

Array = npt.NDArray[Any]
CLAUSE = 100  # characters, about
PASSAGES = ((1, 0.5), (3, 1.0))  # clauses in a row, and what the best such passage counts for
K1, B = 1.0, 0.7
USUAL = 300  # characters of a passage that count as neither long nor short
_MOST_PAIRS = 128  # of a question, the most telling ones; more would only cost time
_END = re.compile(r"(?<=[。；;!！?？\n])")
_NAMES = ("characters", "clauses", "firsts")


@dataclass(frozen=True)
class Passages:
    """The clauses of document d are `firsts[d]:firsts[d + 1]`, the first of them its title.

    Clause c has the characters `clauses[c]:clauses[c + 1]`; the last one of a document is a 0.
    """

    characters: Characters
    clauses: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]

    @classmethod
    def build(cls, documents: Iterable[tuple[str, str]]) -> Self:
        """From (title, text) of documents in their order."""
        texts, lengths, counts = [np.empty(0, np.uint16)], [0], [0]
        for title, text in documents:
            cut = [prepared(title) + "\n", *_clauses(prepared(text))]
            cut[-1] += "\n"
            sizes = [len(piece.encode("utf-16-le", "surrogatepass")) // 2 for piece in cut]
            texts.append(characters("".join(cut)))
            lengths.extend(sizes)
            counts.append(len(sizes))
        return cls(
            np.concatenate(texts), np.cumsum(lengths, dtype=np.int64), np.cumsum(counts, dtype=np.int64)
        )

    def followed_by(self, other: Passages) -> Passages:
        """These documents with those of another behind them."""
        return Passages(
            np.concatenate((self.characters, other.characters)),
            np.concatenate((self.clauses, other.clauses[1:] + self.clauses[-1])),
            np.concatenate((self.firsts, other.firsts[1:] + self.firsts[-1])),
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array], prefix: str) -> Self:
        """The passages whose `to_arrays` these are."""
        return cls(*(arrays[f"{prefix}/{name}"] for name in _NAMES))

    def to_arrays(self, prefix: str) -> dict[str, Array]:
        """The arrays to keep, named behind the prefix."""
        return {f"{prefix}/{name}": getattr(self, name) for name in _NAMES}

    def __len__(self) -> int:
        return len(self.firsts) - 1

    def text(self, document: int) -> Characters:
        """The characters of a document, title and text."""
        first, end = self.firsts[document : document + 2]
        return self.characters[self.clauses[first] : self.clauses[end]]

    def scores(self, documents: Array, idf: Mapping[int, float]) -> npt.NDArray[np.float64]:
        """BM25 of the best passages of each of some documents. idf: of the pairs of the question."""
        telling = sorted((key for key in idf if not is_alone(key)), key=lambda key: (-idf[key], key))
        keys = np.array(sorted(telling[:_MOST_PAIRS]), np.uint32)
        if not len(keys) or not len(documents):
            return np.zeros(len(documents))
        weights = np.array([idf[int(key)] for key in keys]) * (K1 + 1)
        counts, lengths, is_title = self._counts(documents, keys)
        firsts = np.flatnonzero(is_title)
        owners = np.cumsum(is_title) - 1
        ends = np.append(firsts[1:], len(owners))[owners]
        found = np.zeros(len(documents))
        for together, worth in PASSAGES:
            last = np.minimum(np.arange(len(owners)) + together, ends)
            tf = _summed(counts, last) + counts[firsts][owners]
            size = _summed(lengths[:, None], last) + lengths[firsts][owners][:, None]
            scores = (weights * tf / (tf + K1 * (1 - B + B * size / USUAL))).sum(axis=1)
            scores[firsts] = 0
            found += worth * np.maximum.reduceat(scores, firsts)
        return found

    def _counts(self, documents: Array, keys: Array) -> tuple[Array, Array, Array]:
        """Of every clause of the documents: how often it holds each key, its length, whether it is a title."""
        chars = np.concatenate([self.text(document) for document in documents])
        bounds = [self.clauses[self.firsts[d] : self.firsts[d + 1] + 1] for d in documents]
        lengths = np.concatenate([np.diff(one) for one in bounds])
        is_title = np.zeros(len(lengths), bool)
        is_title[np.cumsum([0, *(len(one) - 1 for one in bounds)])[:-1]] = True
        places, columns = _places(chars, keys)
        clause = np.searchsorted(np.cumsum(lengths), places, side="right")
        flat = np.bincount(clause * len(keys) + columns, minlength=len(lengths) * len(keys))
        return flat.reshape(len(lengths), len(keys)).astype(np.float64), lengths, is_title


def _places(chars: Characters, keys: Array) -> tuple[Array, Array]:
    """Where in the characters a key begins, and which one."""
    opens, closes = np.zeros(1 << 16, bool), np.zeros(1 << 16, bool)
    opens[keys >> 16] = closes[keys & 0xFFFF] = True
    places = np.flatnonzero(opens.take(chars[:-1]) & closes.take(chars[1:]))
    found = chars[places].astype(np.uint32) << 16 | chars[places + 1]
    columns = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    exact = keys[columns] == found
    return places[exact], columns[exact]


def _summed(rows: Array, last: Array) -> Array:
    """The sum of the rows from each one up to and without its last."""
    sums = np.concatenate((np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)))
    return np.asarray(sums[last] - sums[np.arange(len(rows))])


def _clauses(text: str) -> list[str]:
    found, current = [], ""
    for part in _END.split(text):
        while len(part) > 2 * CLAUSE:
            found += [current, part[:CLAUSE]] if current else [part[:CLAUSE]]
            current, part = "", part[CLAUSE:]
        if current and len(current) + len(part) > CLAUSE:
            found.append(current)
            current = ""
        current += part
    return [*found, current]
