"""What is remembered of the judges' verdicts, for each attribute, under what they look up of an enterprise.

A piece is the vector of verdicts on all distinct conditions of one attribute. `columns` puts the pieces of
an enterprise together. Verdicts: 0 not met, 1 unknown, 2 met.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property, partial
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.columns.alternatives import Alternatives
from matching.columns.phrases import PhraseFile, denies_incidents
from matching.columns.ranks import RANKED_KINDS, RankedConditions
from matching.columns.remembering import Remembered
from matching.columns.trade_pieces import TradeVerdicts
from matching.eligibility import judge_condition
from matching.judging.judgement import Asked
from matching.judging.keys import one_who_states
from matching.judging.titles import Title, parse_title
from matching.model import Verdict
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import Condition

Int8 = npt.NDArray[np.int8]
CODES = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 1, Verdict.MET: 2}
_BYTES_EACH = 16 << 20  # at most so much memory for the pieces of one attribute


class Bodies(Protocol):
    """Where the conditions of one attribute are decoded when a judge must see them."""

    def all(self) -> Sequence[Condition]:
        """Every distinct condition, by number."""

    def one(self, number: int) -> Condition:
        """The distinct condition of a number within the attribute."""


class Pieces(Protocol):
    """The remembered verdicts on the distinct conditions of one attribute."""

    def write(self, key: Hashable, out: Int8) -> None:
        """Write the verdicts on everyone of this key, one for each condition; `out` is all unknown before."""


def code_of(condition: Condition, asked: Asked) -> int:
    """The verdict of the judge as a number."""
    return CODES[judge_condition(condition, asked).verdict]


def _judged(conditions: Sequence[Condition], asked: Asked) -> Int8:
    return np.array([code_of(condition, asked) for condition in conditions], np.int8)


def pieces_of(attribute: str, bodies: Bodies, count: int, phrases: PhraseFile, first: int) -> Pieces:
    """The pieces of an attribute with so many distinct conditions; first: the number of the first of them."""
    kind = FACTS[attribute].kind
    if kind is FactKind.STATED:
        return StatedPieces(attribute, bodies, count, phrases, first)
    if kind is FactKind.NAMES:
        return TitlePieces(attribute, bodies, count)
    if kind in RANKED_KINDS:
        return RankedPieces(attribute, bodies, count)
    if kind is FactKind.INDUSTRY:
        return TradePieces(attribute, bodies, count)
    return WholePieces(attribute, bodies, count)


class WholePieces:
    """Every word judged once for every key: places, trades, choices, yes or no, credit."""

    def __init__(self, attribute: str, bodies: Bodies, count: int) -> None:
        self._attribute, self._bodies = attribute, bodies
        self._known: Remembered[Int8] = Remembered(_BYTES_EACH // max(count, 1024))

    def write(self, key: Hashable, out: Int8) -> None:
        """See `Pieces`."""
        known = self._known.find(key)
        out[:] = known if known is not None else self._known.get(key, lambda: self._judge(key))

    def _judge(self, key: Hashable) -> Int8:
        return self._alternatives.join(
            _judged(self._alternatives.singles, one_who_states(self._attribute, key))
        )

    @cached_property
    def _alternatives(self) -> Alternatives:
        return Alternatives(self._bodies.all())


class TradePieces(WholePieces):
    """The same for trades, of which there are too many to judge every word anew."""

    def _judge(self, key: Any) -> Int8:
        return self._alternatives.join(self._trades.of(key))

    @cached_property
    def _trades(self) -> TradeVerdicts:
        singles = self._alternatives.singles

        def judge_some(code: str, numbers: Sequence[int]) -> list[int]:
            asked = one_who_states(self._attribute, code)
            return [code_of(singles[number], asked) for number in numbers]

        return TradeVerdicts(singles, judge_some)


class RankedPieces:
    """Figures, days and ages: every condition judged once for each position of a value among its own bounds."""

    def __init__(self, attribute: str, bodies: Bodies, count: int) -> None:
        self._attribute, self._bodies = attribute, bodies
        self._known: Remembered[Int8] = Remembered(_BYTES_EACH // max(count, 1024))
        self._ranked: RankedConditions | None = None

    def write(self, key: Hashable, out: Int8) -> None:
        """See `Pieces`."""
        if self._ranked is None:
            self._ranked = RankedConditions(self._attribute, self._bodies.all())
        ranked, positions = self._ranked, self._ranked.positions(key)
        out[:] = self._known.get(positions, lambda: self._judge(ranked, positions, key))

    def _judge(self, ranked: RankedConditions, positions: Hashable, key: Hashable) -> Int8:
        asked = one_who_states(self._attribute, key)
        return ranked.verdicts(positions, lambda number: code_of(self._bodies.one(number), asked))


class TitlePieces:
    """Titles: among several held the one that helps most decides, so each is judged as if it were held alone.

    The reading of a title is all that a judge looks at, so it stands for the title.
    """

    def __init__(self, attribute: str, bodies: Bodies, count: int) -> None:
        self._attribute, self._bodies = attribute, bodies
        self._each: Remembered[Int8] = Remembered(_BYTES_EACH // max(count, 1024))
        self._known: Remembered[Int8] = Remembered(_BYTES_EACH // max(count, 1024))

    def write(self, key: Hashable, out: Int8) -> None:
        """See `Pieces`."""
        out[:] = self._known.get(key, lambda: self._join(key))

    def _join(self, held: Any) -> Int8:
        alone: dict[Title | None, tuple[str, ...]] = {parse_title(title): (title,) for title in held}
        alone = alone or {None: ()}
        each = [self._each.get(reading, partial(self._judge, one)) for reading, one in alone.items()]
        return self._alternatives.join(np.maximum.reduce(each))

    def _judge(self, held: tuple[str, ...]) -> Int8:
        return _judged(self._alternatives.singles, one_who_states(self._attribute, held))

    @cached_property
    def _alternatives(self) -> Alternatives:
        return Alternatives(self._bodies.all())


class StatedPieces:
    """Statements: all is unknown but what the phrases of the statements lead to."""

    def __init__(self, attribute: str, bodies: Bodies, count: int, phrases: PhraseFile, first: int) -> None:
        self._attribute, self._bodies, self._phrases = attribute, bodies, phrases
        self._first, self._count = first, count
        self._known: Remembered[tuple[npt.NDArray[np.int64], Int8]] = Remembered(4096)

    def write(self, key: Hashable, out: Int8) -> None:
        """See `Pieces`."""
        numbers, verdicts = self._known.get(key, lambda: self._judge(key))
        out[numbers] = verdicts

    def _judge(self, statements: Any) -> tuple[npt.NDArray[np.int64], Int8]:
        asked = one_who_states(self._attribute, statements)
        found: dict[int, int] = {}
        for number in self._phrases.settled_by(self._attribute, statements):
            if self._first <= number < self._first + self._count:
                found[number] = code_of(self._bodies.one(number - self._first), asked)
        if denies_incidents(self._attribute, statements):
            self._judge_incidents(asked, found)
        numbers = np.fromiter(found.keys(), np.int64, len(found)) - self._first
        return numbers, np.fromiter(found.values(), np.int8, len(found))

    def _judge_incidents(self, asked: Asked, found: dict[int, int]) -> None:
        """One condition speaks for all that are settled alike, unless the statements speak of its very phrase."""
        of_group: dict[int, int] = {}
        pairs = zip(self._phrases.incidents.tolist(), self._phrases.groups.tolist(), strict=True)
        for number, group in pairs:
            if number in found:
                continue
            if group not in of_group:
                of_group[group] = code_of(self._bodies.one(number - self._first), asked)
            found[number] = of_group[group]
