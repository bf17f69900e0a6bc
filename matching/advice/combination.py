"""Which benefits to take where not all can be had together (最优组合): the best set, and what each choice gives up.

Pure: options with their sums, pairs that exclude each other, caps over groups. What hangs together is solved by itself
and exactly; where it is too large to be searched through, the answer says that it is not proven to be the best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property

from matching.advice.capped_sums import Cap
from matching.advice.independent_sets import MOST_STEPS, Found, best_set, bits


@dataclass(frozen=True, slots=True)
class Option:
    """A benefit that could be taken. yuan: what it would bring, 0 where no sum is known; never negative."""

    id: str
    yuan: Decimal


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two options of which only one can be had. rule: what says so, for the caller to find it again."""

    one: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True)
class GroupCap:
    """A cap on what the options of a group bring together."""

    ids: frozenset[str]
    yuan: Decimal
    rule: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An option that is not in the best set. instead_of: the chosen options that exclude it, with their rules.

    yuan: what it would have brought by itself; total_yuan: the best total of all with it; drops: the chosen options that
    would go for it then (选 A 则放弃 B the other way round).
    """

    id: str
    yuan: Decimal
    instead_of: tuple[str, ...]
    rules: tuple[str, ...]
    total_yuan: Decimal
    drops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BitingCap:
    """A cap that holds back part of what is chosen. lost_yuan: by how much the chosen of its group exceed it."""

    cap: GroupCap
    ids: tuple[str, ...]
    sum_yuan: Decimal
    lost_yuan: Decimal


@dataclass(frozen=True, slots=True)
class Combination:
    """The best set. uncertain: pairs of the chosen that may not go together, left out of account.

    Ids stand in the order of their sums, the largest first. proven: whether it is sure that no
    better set exists, neither of all nor with what is given up.
    """

    chosen: tuple[str, ...]
    total_yuan: Decimal
    given_up: tuple[GivenUp, ...]
    biting: tuple[BitingCap, ...]
    uncertain: tuple[Conflict, ...]
    proven: bool


def best_combination(
    options: Sequence[Option],
    conflicts: Sequence[Conflict],
    caps: Sequence[GroupCap] = (),
    uncertain: Sequence[Conflict] = (),
) -> Combination:
    """The set of options that brings the most; whatever the order of what is given, the same answer.

    Ids are unique; conflicts, caps and uncertain pairs of other ids are left aside.

    >>> found = best_combination([Option("a", Decimal(30)), Option("b", Decimal(20)), Option("c", Decimal(20))],
    ...                          [Conflict("a", "b", "r"), Conflict("a", "c", "r")])
    >>> found.chosen, found.total_yuan, found.given_up[0].total_yuan, found.given_up[0].instead_of
    (('b', 'c'), Decimal('40'), Decimal('30'), ('b', 'c'))
    """
    table = _Table(options, conflicts, caps)
    parts = [(part, table.best(part)) for part in table.parts]
    chosen = sum(found.chosen for _, found in parts)  # parts share no option
    paid = sum((found.paid for _, found in parts), Fraction(0))
    left = [(at, part, found) for part, found in parts for at in bits(part & ~found.chosen)]
    steps = max(MOST_STEPS // max(len(left), 1), 100)  # all these searches together take little more than one
    others = [(at, found, table.best(table.without(part, at), 1 << at, steps)) for at, part, found in left]
    given_up = [table.given_up(at, found, other, paid) for at, found, other in others]
    return Combination(
        chosen=table.names(chosen),
        total_yuan=table.yuan(paid),
        given_up=tuple(sorted(given_up, key=lambda one: table.place[one.id])),
        biting=tuple(table.biting(chosen)),
        uncertain=tuple(table.doubts(uncertain, chosen)),
        proven=all(found.proven for _, found in parts) and all(other.proven for *_, other in others),
    )


class _Table:
    """The options by place, the largest first and ties by id, with everything about them as bits."""

    def __init__(
        self, options: Sequence[Option], conflicts: Sequence[Conflict], caps: Sequence[GroupCap]
    ) -> None:
        self.options = sorted(options, key=lambda option: (-option.yuan, option.id))
        self.place = {option.id: at for at, option in enumerate(self.options)}
        self.given_caps = sorted(caps, key=lambda cap: (cap.yuan, sorted(cap.ids), cap.rule))
        digits = [-int(sum_.as_tuple().exponent) for sum_ in self._sums()]
        self.scale: int = 10 ** max([0, *digits])
        self.sums = [int(option.yuan * self.scale) for option in self.options]
        self.caps = list(self._own_caps())
        self.rules: dict[tuple[int, int], list[str]] = defaultdict(list)
        self.excludes = [0] * len(self.options)
        for conflict in conflicts:
            self._exclude(conflict)

    def _sums(self) -> Iterator[Decimal]:
        yield from (option.yuan for option in self.options)
        yield from (cap.yuan for cap in self.given_caps)

    def _own_caps(self) -> Iterator[Cap]:
        for cap in self.given_caps:
            yield (
                frozenset(self.place[id_] for id_ in cap.ids if id_ in self.place),
                int(cap.yuan * self.scale),
            )

    def _exclude(self, conflict: Conflict) -> None:
        one, other = self.place.get(conflict.one), self.place.get(conflict.other)
        if one is None or other is None or one == other:
            return
        self.excludes[one] |= 1 << other
        self.excludes[other] |= 1 << one
        self.rules[min(one, other), max(one, other)].append(conflict.rule)

    @cached_property
    def parts(self) -> list[int]:
        """What hangs together by a conflict or a cap, as bits, by its first option."""
        touching = list(self.excludes)
        for keys, _ in self.caps:
            group = sum(1 << at for at in keys)
            for at in keys:
                touching[at] |= group
        parts, seen = [], 0
        for at in range(len(self.options)):
            if not seen >> at & 1:
                parts.append(_reached(touching, at))
                seen |= parts[-1]
        return parts

    def best(self, within: int, taken: int = 0, most_steps: int = MOST_STEPS) -> Found:
        """The best set within some options, with what is taken."""
        return best_set(self.sums, self.excludes, self._caps_of(within | taken), within, taken, most_steps)

    def without(self, part: int, at: int) -> int:
        """What of a part can be had beside an option of it."""
        return part & ~self.excludes[at] & ~(1 << at)

    def _caps_of(self, within: int) -> list[Cap]:
        return [(keys, limit) for keys, limit in self.caps if any(within >> at & 1 for at in keys)]

    def given_up(self, at: int, found: Found, other: Found, paid: Fraction) -> GivenUp:
        """What it is to leave an option out; other: the best set of its part with it."""
        instead = self.excludes[at] & found.chosen
        rules = {rule for place in bits(instead) for rule in self.rules[min(at, place), max(at, place)]}
        return GivenUp(
            id=self.options[at].id,
            yuan=self.options[at].yuan,
            instead_of=self.names(instead),
            rules=tuple(sorted(rules)),
            total_yuan=self.yuan(paid - found.paid + other.paid),
            drops=self.names(found.chosen & ~other.chosen),
        )

    def biting(self, chosen: int) -> Iterator[BitingCap]:
        """The caps that the chosen of their group exceed."""
        for cap, (keys, _) in zip(self.given_caps, self.caps, strict=True):
            under = [at for at in sorted(keys) if chosen >> at & 1]
            together = sum((self.options[at].yuan for at in under), Decimal(0))
            if together > cap.yuan:
                ids = tuple(self.options[at].id for at in under)
                yield BitingCap(cap, ids, together, together - cap.yuan)

    def doubts(self, uncertain: Sequence[Conflict], chosen: int) -> Iterator[Conflict]:
        """The uncertain pairs of which both are chosen, each once a rule, in the order of the options."""
        seen: Mapping[tuple[int, int, str], Conflict] = {
            (min(one, other), max(one, other), pair.rule): pair
            for pair in uncertain
            if (one := self.place.get(pair.one)) is not None
            and (other := self.place.get(pair.other)) is not None
            and one != other
            and chosen >> one & chosen >> other & 1
        }
        for (one, other, rule), _ in sorted(seen.items()):
            yield Conflict(self.options[one].id, self.options[other].id, rule)

    def names(self, mask: int) -> tuple[str, ...]:
        """The ids of a set."""
        return tuple(self.options[at].id for at in bits(mask))

    def yuan(self, paid: Fraction) -> Decimal:
        """A sum in yuan; a fraction of a cent, which only caps that cross can bring about, is dropped."""
        exact = Decimal(paid.numerator) / Decimal(paid.denominator) / self.scale
        cents = exact.quantize(Decimal("0.01"), ROUND_FLOOR)
        return exact if paid.denominator == 1 else cents


def _reached(touching: Sequence[int], start: int) -> int:
    reached, waiting = 1 << start, [start]
    while waiting:
        new = touching[waiting.pop()] & ~reached
        reached |= new
        waiting.extend(bits(new))
    return reached
