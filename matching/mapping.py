"""Run a function over many pieces, the answers in the order of the pieces: the interface, and the way of this process.

`processes` and `cluster` do the same on many cores and machines. A piece that nobody has asked for yet is
drawn only when a place is free, so that neither pieces nor answers pile up anywhere.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")
ATTEMPTS = 3  # times that a piece may end the worker that has it


class Mapper(Protocol):
    """A way to run a task over pieces. Task, pieces and answers are small and can be pickled."""

    def __call__(self, task: Callable[[P], R], pieces: Iterable[P]) -> Iterator[tuple[P, R]]:
        """Each piece with the task's answer, in the order of the pieces. Raises what the task raises."""
        ...


def in_this_process(task: Callable[[P], R], pieces: Iterable[P]) -> Iterator[tuple[P, R]]:
    """The Mapper of whoever wants no others: one piece after the other, here."""
    for piece in pieces:
        yield piece, task(piece)


@contextmanager
def started_deaf_to_interrupts() -> Iterator[None]:
    """Processes started in the block do not hear Ctrl+C, which a terminal sends to all: the one that has it ends them."""
    if current_thread() is not main_thread():
        yield  # only the main thread may set this, and only there does Ctrl+C raise
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def in_order(
    pieces: Iterable[P], submit: Callable[[P], R], ahead: Callable[[], int]
) -> Iterator[tuple[P, R]]:
    """Each piece with what `submit` made of it, submitting only so many more as `ahead` says.

    >>> log = []
    >>> [(piece, list(log)) for piece, _ in in_order("abc", log.append, lambda: 1)]
    [('a', ['a', 'b']), ('b', ['a', 'b', 'c']), ('c', ['a', 'b', 'c'])]
    """
    waiting: deque[tuple[P, R]] = deque()
    for piece in pieces:
        waiting.append((piece, submit(piece)))
        if len(waiting) > ahead():
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()
