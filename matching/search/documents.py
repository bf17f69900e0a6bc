"""Find the documents that answer a question: BM25 on pairs of characters, on words, and in the best passage.

Measured on real questions (`bench.bench_search`): pairs carry it, the passage adds what stands together,
words add synonyms. An index grows by what is new (`followed_by`) and then equals one built at once; it is
kept on disk as arrays that are mapped, so opening reads next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching import array_files
from matching.search.field import Field
from matching.search.pairs import pairs
from matching.search.passages import Passages
from matching.search.questions import Question, read_question
from matching.strings import StringTable
from matching.terms import cut

PLACES = 6  # scores count as equal when they agree to this many places
WHOLE = (1.5, 0.9)  # k1 and b of BM25 on a whole document
WORDS = 0.4  # what words count for, next to pairs
_LOOKED_AT = 60  # documents whose passages are looked at

Entry = tuple[str, str, str]
"""Id, title, text."""


@dataclass(frozen=True)
class DocumentIndex:
    """An index over documents in the order they came. version: what the caller says it stands for."""

    ids: StringTable
    pairs: Field
    words: Field
    passages: Passages
    version: str = ""

    @classmethod
    def build(cls, entries: Iterable[Entry], version: str = "") -> Self:
        """Index documents. Raises ValueError for an id twice."""
        listed = list(entries)
        passages = Passages.build((title, text) for _, title, text in listed)
        return cls(
            StringTable.build([id_ for id_, _, _ in listed]),
            Field.build((pairs(passages.text(at)) for at in range(len(passages))), np.uint32),
            Field.build((_word_keys(cut(f"{title}\n{text}")) for _, title, text in listed), np.uint64),
            passages,
            version,
        )

    def followed_by(self, entries: Iterable[Entry], version: str = "") -> DocumentIndex:
        """This index with further documents behind: ranks as one built of all. Raises ValueError: id twice."""
        more = DocumentIndex.build(entries)
        return DocumentIndex(
            StringTable.build([*self.ids, *more.ids]),
            self.pairs.followed_by(more.pairs),
            self.words.followed_by(more.words),
            self.passages.followed_by(more.passages),
            version,
        )

    @classmethod
    def open(cls, directory: Path, verify: bool = False) -> Self:
        """The index last saved in a folder, memory-mapped. Raises IndexNotBuilt: none there, or damaged."""
        stored = array_files.read_current(directory, verify=verify)
        return cls(
            StringTable.from_arrays(array_files.under(stored.arrays, "ids/")),
            Field.from_arrays(stored.arrays, "pairs"),
            Field.from_arrays(stored.arrays, "words"),
            Passages.from_arrays(stored.arrays, "passages"),
            str(stored.details["version"]),
        )

    def save(self, directory: Path) -> None:
        """Write the index beside the present one and switch to it in one step; one writer at a time."""
        arrays: dict[str, npt.NDArray[Any]] = {
            **{f"ids/{name}": array for name, array in self.ids.to_arrays().items()},
            **self.pairs.to_arrays("pairs"),
            **self.words.to_arrays("words"),
            **self.passages.to_arrays("passages"),
        }
        array_files.write_new(directory, arrays, {"version": self.version})

    def rank(self, words: str, k: int) -> tuple[tuple[str, float], ...]:
        """The k best documents with a score above 0: (id, score to 6 places), equal ones by id."""
        question = read_question(words)
        if k <= 0 or not len(self.ids):
            return ()
        scores = self._whole(question)
        chosen = _best(scores, max(k, _LOOKED_AT))
        looked_at = chosen[_best(scores[chosen], _LOOKED_AT)]
        idf = {key: self.pairs.idf(key) for key in question.pairs}
        scores[looked_at] += self.passages.scores(looked_at, idf)
        found = ((-round(float(scores[at]), PLACES), self.ids[int(at)]) for at in chosen)
        return tuple((id_, -score) for score, id_ in sorted(found)[:k] if score < 0)

    def _whole(self, question: Question) -> npt.NDArray[np.float64]:
        words = (int(key) for key in _word_keys(question.words))
        return self.pairs.bm25(question.pairs, *WHOLE) + WORDS * self.words.bm25(words, *WHOLE)


def _best(scores: npt.NDArray[np.float64], k: int) -> npt.NDArray[np.int64]:
    """The places of the scores above 0 that are among the k best; those equal to the last stay in."""
    if k < len(scores):
        last = np.partition(scores, len(scores) - k)[len(scores) - k]
        return np.flatnonzero((scores >= last) & (scores > 0))
    return np.flatnonzero(scores > 0)


def _word_keys(words: list[str]) -> npt.NDArray[np.uint64]:
    """Words as numbers of 64 bits: of a million words two share one by a chance of 1 to 37 million."""
    digests = (blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words)
    return np.frombuffer(b"".join(digests), np.uint64)
