"""Decide whether a loop runs compiled by numba or in numpy: the results have the same bits.

Called by whoever holds arrays and knows how much there is to do. Importing numba takes half a second, so
a command that touches a few hundred items never pays it; a server and a worker say `expect_much` once.
Where numba is not installed, everything runs in numpy.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Literal

Way = Literal["compiled", "plain"]
VARIABLE = "HUIQI_KERNELS"  # "compiled" or "plain" forces one of them
WORTH_COMPILING = 100_000_000  # steps of numpy that take as long as loading numba

_forced: Way | None = None
_much_to_do = False


def loops(name: str, steps: int = 0) -> ModuleType:
    """The module `{name}_compiled` or `{name}_plain` of this package, for work of about so many steps."""
    way = "compiled" if compiled(steps) else "plain"
    return importlib.import_module(f"matching.kernels.{name}_{way}")


def compiled(steps: int = 0) -> bool:
    """Whether to run compiled: forced so, or numba is there and the work is worth loading it."""
    global _much_to_do
    forced = _forced or os.environ.get(VARIABLE)
    if forced in ("compiled", "plain"):
        return forced == "compiled" and numba_is_there()
    if not _much_to_do and steps >= WORTH_COMPILING:
        _much_to_do = True  # once loaded it costs nothing more
    return _much_to_do and numba_is_there()


def expect_much() -> None:
    """Say that this process lives long or has much to do: from now on every loop runs compiled."""
    global _much_to_do
    _much_to_do = True


@contextmanager
def force(way: Way) -> Iterator[None]:
    """Run everything inside the block in one way, whatever the amount of work."""
    global _forced
    before, _forced = _forced, way
    try:
        yield
    finally:
        _forced = before


@cache
def numba_is_there() -> bool:
    """Whether numba can be imported; imports it."""
    try:
        importlib.import_module("numba")
    except ImportError:
        return False
    return True
