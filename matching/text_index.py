"""Find the texts whose words are nearest to a profile: TF-IDF and cosine over positions.

The catalogue gives every item a position; this index turns the items' terms into inverted lists and a bag
of terms into a score for any range of positions. The weights are scikit-learn's
(`TfidfVectorizer(sublinear_tf=True)`: smooth idf, l2 norm). What is added stands in a small second segment
until the index is folded; what is withdrawn keeps its position and scores 0. Every way of computing a score
adds the same float32 products in the order of the terms' strings, so a pair has the same bits everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.array_files import under
from matching.kernels import switch
from matching.postings import Rows, Segment
from matching.queries import Queries, Query, Ranges, bounds_of, bounds_of_many, by_place
from matching.vocabulary import Vocabulary
from matching.weights import LOG_TF, LOG_TF32, Weights, named

Array = npt.NDArray[Any]
Scores = npt.NDArray[np.float32]
PLACES = 6  # scores count as equal when they agree to this many places


class TextIndex:
    """TF-IDF over positions: a base segment, a tail segment, withdrawn positions, exact weights.

    Reading is safe from many threads; `add`, `withdraw` and `refresh` are for one thread at a time.
    """

    def __init__(self, vocabulary: Vocabulary, state: Weights) -> None:
        self._vocabulary = vocabulary
        self._state = state
        self._added: list[Rows] = []
        self._added_size = 0
        self._withdrawn: set[int] = set()
        self._last_gains: tuple[Weights | None, Query | None, dict[int, float]] = None, None, {}

    @classmethod
    def build(cls, rows: Iterable[Sequence[str]]) -> Self:
        """Index texts by their terms with repeats, one row a position, in order."""
        ids: dict[str, int] = {}
        flat: list[int] = []
        ends = [0]
        for row in rows:
            flat.extend([ids.setdefault(term, len(ids)) for term in row])
            ends.append(len(flat))
        return cls.build_from_ids(list(ids), np.array(flat, np.int32), np.array(ends, np.int64))

    @classmethod
    def build_from_ids(
        cls, terms: Sequence[str], tokens: npt.NDArray[np.int32], starts: npt.NDArray[np.int64]
    ) -> Self:
        """Index texts cut to ids: `tokens[starts[i]:starts[i + 1]]` are the ids, into `terms`, of text i.

        The columns of the index are another numbering: the terms in ascending order, see `column_ids`.
        """
        order = sorted(range(len(terms)), key=terms.__getitem__)
        column_of = np.empty(len(order), np.int32)
        column_of[order] = np.arange(len(order), dtype=np.int32)
        segment = Segment.of_tokens(column_of[tokens], starts.astype(np.int64), len(order))
        return cls._of_segment(Vocabulary.build([terms[at] for at in order]), segment)

    @classmethod
    def _of_segment(cls, vocabulary: Vocabulary, segment: Segment) -> Self:
        alive = np.ones(segment.size, bool)
        tail = Segment.of_rows(segment.size, Rows.of([], [], [0]), segment.columns)
        return cls(vocabulary, Weights.of(segment, tail, alive, segment.counts()))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array], details: Mapping[str, Any]) -> Self:
        """The index whose `to_arrays` and `details` these are; nothing is read but small arrays."""
        return cls(Vocabulary.from_arrays(under(arrays, "vocabulary/")), Weights.from_arrays(arrays))

    def to_arrays(self) -> dict[str, Array]:
        """The arrays to keep, of all that was added and withdrawn so far."""
        self.refresh()
        vocabulary = named("vocabulary", self._vocabulary.to_arrays())
        return {**vocabulary, **self._state.to_arrays(len(self._vocabulary))}

    def details(self) -> dict[str, Any]:
        """What is worth knowing of the arrays without opening them: positions, live ones, terms."""
        return {"positions": self.size, "live": self.live, "terms": len(self._vocabulary)}

    @property
    def size(self) -> int:
        """How many positions are searched: withdrawn ones included, those added since `refresh` not."""
        return self._state.size

    @property
    def live(self) -> int:
        """How many of them are not withdrawn."""
        return int(np.count_nonzero(self._state.alive))

    def add(self, rows: Iterable[Sequence[str]]) -> range:
        """Append texts by their terms with repeats; returns their positions, searched after `refresh`."""
        new = self.column_rows(rows, learn=True)
        first = self._state.size + self._added_size
        self._added.append(new)
        self._added_size += len(new)
        return range(first, first + len(new))

    def withdraw(self, positions: Iterable[int]) -> None:
        """Take positions out of the search, after `refresh`. Raises IndexError for one that never was."""
        chosen = set(positions)
        for position in chosen:
            if not 0 <= position < self._state.size + self._added_size:
                raise IndexError(f"there is no position {position}")
        self._withdrawn |= chosen

    def refresh(self) -> None:
        """Make what was added and withdrawn visible, with exact weights for all that is live."""
        self._state = self._state.grown(self._added, sorted(self._withdrawn), len(self._vocabulary))
        self._added, self._added_size, self._withdrawn = [], 0, set()

    def folded(self, order: npt.NDArray[np.int64]) -> TextIndex:
        """A new index of one base segment: the live positions in this order. Columns stay what they are."""
        self.refresh()
        state = self._state
        order = np.asarray(order, np.int64)
        if len(np.unique(order)) != len(order) or not state.alive[order].all():
            raise ValueError("a position stands twice in the new order, or is withdrawn")
        rows = state.base.rows.followed_by([state.tail.rows]) if state.tail.size else state.base.rows
        segment = Segment.of_rows(0, rows.taken(order), len(self._vocabulary))
        vocabulary = Vocabulary.from_arrays(self._vocabulary.to_arrays())
        return self._of_segment(vocabulary, segment)

    def without_tail(self) -> TextIndex:
        """The base alone, what was withdrawn of it still withdrawn; shares all that is large."""
        state = self._state
        columns = len(self._vocabulary)
        df = np.zeros(columns, np.int64)
        df[: len(state.df)] = state.df
        df -= state.tail.rows.taken(np.flatnonzero(state.alive[state.base.size :])).counts(columns)
        vocabulary = Vocabulary.from_arrays(self._vocabulary.to_arrays())
        empty = Segment.of_rows(state.base.size, Rows.of((), (), (0,)), columns)
        return TextIndex(vocabulary, Weights.of(state.base, empty, state.alive[: state.base.size].copy(), df))

    def rows(self, positions: npt.NDArray[np.int64]) -> Rows:
        """The terms of some positions and how often each has them."""
        state = self._state
        rows = state.base.rows.followed_by([state.tail.rows]) if state.tail.size else state.base.rows
        return rows.taken(positions)

    @property
    def alive(self) -> npt.NDArray[np.bool_]:
        """Which positions are not withdrawn, as of the last `refresh`."""
        return self._state.alive

    def column_ids(self, terms: Iterable[str]) -> npt.NDArray[np.int32]:
        """The column of each term, -1 for one that is unknown."""
        return np.array(self._vocabulary.columns(terms), np.int32)

    def column_rows(self, bags: Iterable[Sequence[str]], learn: bool = False) -> Rows:
        """Bags of terms in the form to store: columns in the order of their strings, and counts.

        learn: give unknown terms a column too, so that the rows count them once a text with them comes;
        without it they are left out.
        """
        find = self._vocabulary.learn if learn else self._vocabulary.columns
        columns: list[int] = []
        counts: list[int] = []
        ends = [0]
        for bag in bags:
            counted = Counter(bag)
            terms = sorted(counted)
            columns.extend(find(terms))
            counts.extend(map(counted.__getitem__, terms))
            ends.append(len(columns))
        return Rows.of(columns, counts, ends)

    def query(self, terms: Sequence[str]) -> Query:
        """A bag of terms with repeats as a query; terms that no live text has are left out."""
        many = self.queries(self.column_rows([terms]))
        known = many.weights > 0
        return Query(many.terms[known], many.weights[known])

    def queries(self, rows: Rows) -> Queries:
        """Stored rows as queries with the present weights; terms that no live text has weigh 0."""
        state = self._state
        terms, columns = rows.terms, len(state.idf)
        if len(self._vocabulary) > columns:  # some were learnt since the last refresh
            terms = np.where(terms < columns, terms, np.int32(-1))
        weigh = switch.loops("scoring", 20 * len(terms)).weigh
        return Queries(rows.starts, terms, weigh(rows.starts, terms, rows.tf, state.idf, LOG_TF))

    def scores(self, query: Query, ranges: Ranges | None = None) -> Scores:
        """Cosine with every position of the ranges, one range after the other: float32, 0 for withdrawn ones.

        ranges: (start, end), within 0 and `size`; None: all positions.
        """
        state = self._state
        bounds = bounds_of(ranges, state.size)
        kernels = switch.loops("scoring", len(query.terms) * _positions_in(bounds) // 3)
        found: Scores = kernels.score_ranges(
            bounds, state.base.parts, state.tail.parts, state.scale, query.terms, state.gains(query), LOG_TF32
        )
        return found

    def scores_at(self, query: Query, positions: npt.ArrayLike) -> Scores:
        """Cosine with single positions, in their order: the same bits as in `scores`."""
        state = self._state
        at = np.asarray(positions, np.int64)
        if len(at) and not 0 <= at.min() <= at.max() < state.size:
            raise IndexError("a position is not in the index")
        kernels = switch.loops("scoring", 4_000 * len(at))
        found: Scores = kernels.score_positions(
            at,
            state.base.rows.parts,
            state.tail.rows.parts,
            state.scale,
            query.terms,
            state.gains(query),
            LOG_TF32,
        )
        return found

    def scores_of_many(self, rows: Rows, position: int) -> Scores:
        """Cosine of one position with each of many stored profiles: the same bits as in `scores`."""
        state = self._state
        kernels = switch.loops("scoring", 10 * len(rows.terms))
        found: Scores = kernels.score_profiles(
            *rows.parts, state.idf, state.idf32, LOG_TF, LOG_TF32, *state.row(position), state.scale[position]
        )
        return found

    def top_many(
        self,
        queries: Queries | Rows,
        ranges: Sequence[Ranges] | None = None,
        k: int = 20,
        order: npt.NDArray[np.int32] | None = None,
        threads: int = 1,
    ) -> tuple[npt.NDArray[np.int32], Scores]:
        """The k best positions of each query: (int32 [queries, k], scores float32 [queries, k]), best first.

        Scores equal to six places stand in ascending `order` (int32 [size], None: the position). Unused
        places hold -1 and 0. ranges: those of each query, or one entry for all of them; None: all positions.
        """
        state = self._state
        many = self.queries(queries) if isinstance(queries, Rows) else queries
        size = len(many.starts) - 1
        bounds, bound_starts = bounds_of_many(ranges, size, state.size)
        rank = np.empty(0, np.int32) if order is None else np.asarray(order, np.int32)
        if order is not None and len(rank) != state.size:
            raise ValueError("the order must have a place for every position")
        k = max(k, 0)
        positions, scores = np.full((size, k), -1, np.int32), np.zeros((size, k), np.float32)
        if not k or not size:
            return positions, scores
        gains = state.gains(many)
        searched = _positions_in(bounds) if len(bound_starts) == 2 else _positions_in(bounds) // size
        kernels = switch.loops("best", len(many.terms) * searched // 3)

        sequence = by_place(bounds, bound_starts, size)

        def run(low: int, high: int) -> None:
            kernels.top(
                sequence[low:high], many.starts, many.terms, gains, bound_starts, bounds, state.base.parts,
                state.tail.parts, state.scale, LOG_TF32, rank, k, positions, scores,
            )  # fmt: skip

        if threads <= 1:
            run(0, size)
        else:
            step = -(-size // (4 * threads))
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(lambda low: run(low, min(low + step, size)), range(0, size, step)))
        return positions, scores

    def reasons(self, query: Query, position: int, n: int = 5) -> tuple[tuple[str, float], ...]:
        """The n terms that made most of a position's score: (term, its share of the score 0-1), best first."""
        state = self._state
        gains = self._gains_of(query)
        terms, tf = state.row(position)
        factors = zip(terms.tolist(), LOG_TF[tf].tolist(), strict=True)
        parts = {column: gains[column] * factor for column, factor in factors if column in gains}
        whole = sum(parts.values())
        if not whole or not state.alive[position]:
            return ()
        best = sorted((-part, self._vocabulary.term(column)) for column, part in parts.items())[:n]
        return tuple((term, round(-part / whole, PLACES)) for part, term in best)

    def _gains_of(self, query: Query) -> dict[int, float]:
        """What each term of a query gains, remembered for the last one: a list asks for its items one by one."""
        state, (known, asked, gains) = self._state, self._last_gains
        if known is not state or asked is not query:
            gains = dict(zip(query.terms.tolist(), state.gains(query).tolist(), strict=True))
            self._last_gains = state, query, gains
        return gains


def _positions_in(bounds: npt.NDArray[np.int64]) -> int:
    return int((bounds[:, 1] - bounds[:, 0]).sum())
