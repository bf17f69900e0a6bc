"""A bounded memory of what was computed for a key: what was put in first goes first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Remembered(Generic[_T]):
    """Values by key, at most so many; several threads may ask at once. A value is never None."""

    def __init__(self, most: int) -> None:
        self._most = max(most, 1)
        self._values: dict[Hashable, _T] = {}
        self._lock = Lock()
        self.find = self._values.get  # one step of the interpreter, so it needs no lock

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value of the key, made where it is not remembered."""
        found = self.find(key)
        if found is not None:
            return found
        made = make()
        with self._lock:
            if len(self._values) >= self._most and key not in self._values:
                del self._values[next(iter(self._values))]
            self._values[key] = made
        return made
