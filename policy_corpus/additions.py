"""What administrators add to the tables that the program brings along, as one value that every process puts in place.

The built-in tables stay files. Beside them a data folder holds additions: words for the segmenter, synonyms, titles,
functional zones and facts. A face of the program reads them once, and `use` puts them in place for its process;
modules that keep something worked out from a table say so with `forgets`, and work it out anew after a change.
Who answers several requests at once holds on to what it works with (`held`), so that no table changes under it.
See docs/decisions/0016.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from threading import Condition, get_ident
from typing import Any, TypeVar

from policy_corpus.errors import AdditionsInUse
from policy_corpus.facts import FactDefinition, FactKind, put_added_facts

_WAIT_S = 60.0
_T = TypeVar("_T", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class AddedTerm:
    """A word for the segmenter (政策词), folded, and how frequent jieba takes it to be."""

    word: str
    frequency: int


@dataclass(frozen=True, slots=True)
class AddedTitle:
    """A title that companies hold (资质称号), or further names of one that the table has.

    level: the one it is always given at, "" where that differs. others: short and other names. implies: titles
    that whoever holds this one holds as well.
    """

    name: str
    level: str = ""
    others: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddedZone:
    """A functional zone (功能区): its code, the code of the place it lies in, and its other names."""

    code: str
    name: str
    parent: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Additions:
    """All that is added. counted_twice: by how much jieba's total grows beyond the frequencies of the terms."""

    terms: tuple[AddedTerm, ...] = ()
    counted_twice: int = 0
    synonyms: tuple[tuple[str, ...], ...] = ()
    titles: tuple[AddedTitle, ...] = ()
    zones: tuple[AddedZone, ...] = ()
    facts: tuple[FactDefinition, ...] = ()

    def fingerprint(self, *parts: str) -> str:
        """What stands for these parts, or for all: 32 hex digits, "" where nothing is added to them."""
        values = additions_to_json(self)
        wanted = {part: values[part] for part in parts or values if values[part]}
        if not wanted:
            return ""
        return blake2b(json.dumps(wanted, sort_keys=True).encode(), digest_size=16).hexdigest()


NOTHING = Additions()


def additions_to_json(additions: Additions) -> dict[str, Any]:
    """Additions as JSON values; what `additions_from_json` reads."""
    return asdict(additions)


def additions_from_json(obj: dict[str, Any]) -> Additions:
    """The inverse of `additions_to_json`; what is missing is empty."""
    return Additions(
        tuple(AddedTerm(**row) for row in obj.get("terms", ())),
        obj.get("counted_twice", 0),
        tuple(tuple(group) for group in obj.get("synonyms", ())),
        tuple(AddedTitle(**_tuples(row)) for row in obj.get("titles", ())),
        tuple(AddedZone(**_tuples(row)) for row in obj.get("zones", ())),
        tuple(
            FactDefinition(**(_tuples(row) | {"kind": FactKind(row["kind"])})) for row in obj.get("facts", ())
        ),
    )


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


class _Place:
    """What is in place in this process, and which threads work with it. Who waits is served in the order of coming."""

    def __init__(self) -> None:
        self.current = NOTHING
        self.forgetters: list[Callable[[], object]] = []
        self._changing = Condition()
        self._workers: dict[int, int] = {}  # thread -> how many times it holds on
        self._waiting: list[object] = []

    def enter(self, read: Callable[[], Additions], hold: int) -> None:
        """read: asked again after each wait, so that nobody brings back what others have moved on from."""
        me, turn = get_ident(), object()
        with self._changing:
            self._waiting.append(turn)
            try:
                if not self._changing.wait_for(lambda: self._may_enter(me, turn, read), _WAIT_S):
                    raise AdditionsInUse("词典与指标正在更新，请稍后重试")
                if hold:
                    self._workers[me] = self._workers.get(me, 0) + hold
            finally:
                self._waiting.remove(turn)
                self._changing.notify_all()

    def leave(self) -> None:
        me = get_ident()
        with self._changing:
            left = self._workers.get(me, 0) - 1
            if left > 0:
                self._workers[me] = left
            else:
                self._workers.pop(me, None)
            self._changing.notify_all()

    def _may_enter(self, me: int, turn: object, read: Callable[[], Additions]) -> bool:
        if me not in self._workers and self._waiting[0] is not turn:
            return False
        additions = read()
        if additions != self.current:
            if self._workers.keys() - {me}:
                return False
            self._put(additions)
        return True

    def _put(self, additions: Additions) -> None:
        self.current = additions
        put_added_facts(additions.facts)
        for forget in self.forgetters:
            forget()


_place = _Place()


def current() -> Additions:
    """The additions in place in this process."""
    return _place.current


def use(additions: Additions) -> None:
    """Put additions in place for this process, once nobody else holds on to others. Raises AdditionsInUse."""
    _place.enter(lambda: additions, hold=0)


@contextmanager
def held(additions: Additions) -> Iterator[None]:
    """Put additions in place and see to it that they stay for the block, and until others are put. Raises AdditionsInUse."""
    hold(lambda: additions)
    try:
        yield
    finally:
        release()


def hold(read: Callable[[], Additions]) -> None:
    """The first half of `held`, for who cannot write a block; `release` in the same thread is the second.

    read: the additions as they are now; it may be asked several times.
    """
    _place.enter(read, hold=1)


def release() -> None:
    """Let go of what `hold` held on to."""
    _place.leave()


def forgets(cached: _T) -> _T:
    """Have a cached function forget what it knows whenever other additions are put in place."""
    on_change(cached.cache_clear)  # type: ignore[attr-defined]  # of functools
    return cached


def on_change(forget: Callable[[], object]) -> None:
    """Have this called whenever other additions are put in place."""
    _place.forgetters.append(forget)


def put(additions: bytes, _: str) -> dict[str, Any]:
    """A task of the sandbox's child: additions as JSON put in place; answers nothing."""
    use(additions_from_json(json.loads(additions)))
    return {}
