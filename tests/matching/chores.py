"""Tasks for other processes: they must be found there by name."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def own_id(_: object) -> int:
    return os.getpid()


def end_own_process_once(marker: str) -> str:
    """Ends its process the first time; `marker` remembers that it did."""
    try:
        Path(marker).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def end_own_process(word: str) -> str:
    """Ends its process unless the word is harmless."""
    if word == "harmless":
        return word
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def fail(word: str) -> str:
    raise ValueError(word)
