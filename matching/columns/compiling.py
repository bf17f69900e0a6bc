"""Condition trees -> columns: distinct conditions are numbered, and each tree becomes a short program.

Called where an index is built and, item by item, for its tail. Negation goes down to the leaves (what is
denied of a group is denied of its members, with 且 and 或 changing places), which Kleene's rules allow.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.columns.bodies import encode_condition
from matching.columns.columns import Columns
from matching.columns.phrases import PhraseGatherer
from matching.judging.keys import is_judged, verdict_form
from policy_corpus.facts import FACTS, SELF_STATED
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Node, Not

Array = npt.NDArray[Any]
BOTH, EITHER, EMPTY = -1, -2, -3
_NEVER_JUDGED = 0  # the token of all conditions that are always unknown
_SHIFT = 6  # a leaf is packed as (number within its attribute, attribute, denied)


class ColumnsBuilder:
    """Takes trees one by one; what is frozen stays as it is when more are added."""

    def __init__(self) -> None:
        self._attributes = {key: at + 1 for at, key in enumerate(FACTS)}
        self._numbers: list[dict[Hashable, int]] = [{} for _ in range(len(FACTS) + 1)]
        self._bodies: list[list[bytes]] = [[] for _ in range(len(FACTS) + 1)]
        self._forms: list[list[bytes]] = [[] for _ in range(len(FACTS) + 1)]
        self._phrases = PhraseGatherer()
        self._tokens, self._ends = array("q"), array("q", [0])
        self._nested: list[bool] = []
        self._depth = 1

    def add(self, conditions: AllOf) -> None:
        """Append an item's conditions; its position is how many were added before."""
        flat = list(_flat(conditions))
        if all(isinstance(node, (Condition, FreeText)) for node, _ in flat):
            self._tokens.extend(self._leaf(node, denied) for node, denied in flat)  # type: ignore[arg-type]  # just checked
            self._nested.append(False)
        else:
            self._depth = max(self._depth, self._program(conditions, False))
            self._nested.append(True)
        self._ends.append(len(self._tokens))

    def freeze(self) -> Columns:
        """The columns of all that was added so far."""
        counts = [1, *(len(numbers) for numbers in self._numbers[1:])]
        firsts = np.cumsum(counts) - counts

        def numbered(packed: Array) -> Array:
            return np.asarray((packed >> _SHIFT) + firsts[packed & ((1 << _SHIFT) - 1)])

        packed = np.array(self._tokens, np.int64)
        leaves = numbered(np.maximum(packed, 0) >> 1) * 2 + (packed & 1)
        bodies = [b"", *(body for bodies in self._bodies[1:] for body in bodies)]
        forms = [bytes(16), *(form for forms in self._forms[1:] for form in forms)]
        return Columns(
            tokens=np.where(packed < 0, packed, leaves).astype(np.int32),
            starts=np.array(self._ends, np.int64),
            nested=np.array(self._nested, bool),
            depth=self._depth,
            attributes=tuple(zip(("", *FACTS), counts, strict=True)),
            bodies=np.frombuffer(b"".join(bodies), np.uint8),
            body_starts=np.cumsum([0, *map(len, bodies)]).astype(np.int64),
            forms=np.frombuffer(b"".join(forms), np.uint64).reshape(-1, 2),
            phrases=self._phrases.freeze(numbered),
        )

    def _program(self, node: Node, denied: bool) -> int:
        """Append the postfix form of a tree and return how deep a stack it needs."""
        match node:
            case Not(child):
                return self._program(child, not denied)
            case AllOf(children) | AnyOf(children):
                join = BOTH if isinstance(node, AllOf) != denied else EITHER
                depth = 0
                for number, child in enumerate(children):
                    depth = max(depth, self._program(child, denied) + (number > 0))
                    if number > 0:
                        self._tokens.append(join)
                if not children:
                    self._tokens.append(EMPTY)
                return max(depth, 1)
            case _:
                self._tokens.append(self._leaf(node, denied))
                return 1

    def _leaf(self, leaf: Condition | FreeText, denied: bool) -> int:
        if isinstance(leaf, FreeText) or not is_judged(leaf):
            return _NEVER_JUDGED + denied
        at = self._attributes[leaf.attribute]
        form = verdict_form(leaf)
        number = self._numbers[at].get(form)
        if number is None:
            number = self._numbers[at][form] = len(self._numbers[at])
            self._bodies[at].append(encode_condition(leaf))
            self._forms[at].append(
                blake2b(repr(form).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            )
            if leaf.attribute in SELF_STATED:
                self._phrases.add((number << _SHIFT) + at, leaf)
        return ((number << _SHIFT) + at) * 2 + denied


def _flat(node: Node, denied: bool = False) -> Iterator[tuple[Node, bool]]:
    """The members of a 且, those of any 且 inside it in its place; a group left whole where it cannot be."""
    match node:
        case Not(child):
            yield from _flat(child, not denied)
        case AllOf(children) if children and not denied:
            for child in children:
                yield from _flat(child, denied)
        case AnyOf(children) if children and denied:
            for child in children:
                yield from _flat(child, denied)
        case _:
            yield node, denied
