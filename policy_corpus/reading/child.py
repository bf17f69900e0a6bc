"""The reading child process: documents in by stdin, readings out by stdout, under limits it sets on itself.

Started by sandbox.py as `python -m policy_corpus.reading.child LIMITS READER`. A request is two frames (name,
data), an answer one frame of JSON; nothing is ever unpickled. Parsers that print reach only the null device.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from typing import BinaryIO

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.frames import frame, read_frame

_GRACE_S = 5


def main(limits: dict[str, int], reader: str) -> None:
    """Serve requests until the pipe closes. limits: memory_bytes, cpu_s, wall_s; reader: "module:function"."""
    requests, answers = _private_pipes()
    _quieten()
    read = _find_reader(reader)
    _set_limits(limits["memory_bytes"])
    while True:
        name, data = read_frame(requests), read_frame(requests)
        if name is None or data is None:
            return
        _allow_time(limits["cpu_s"], limits["wall_s"])
        answer = _answer(read, data, name.decode("utf-8", "replace"))
        signal.alarm(0)
        answers.write(frame(json.dumps(answer).encode("ascii")))
        answers.flush()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes under private numbers and point 0, 1 and 2 at nothing."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return requests, answers


def _quieten() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)


def _find_reader(reader: str) -> Callable[[bytes, str], Reading]:
    module, _, function = reader.partition(":")
    found: Callable[[bytes, str], Reading] = getattr(importlib.import_module(module), function)
    return found


def _set_limits(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _allow_time(cpu_s: int, wall_s: int) -> None:
    """Give the coming document its own share of processor time, and a last alarm should the parent be gone."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + cpu_s, hard))
    signal.alarm(wall_s + _GRACE_S)


def _answer(read: Callable[[bytes, str], Reading], data: bytes, name: str) -> dict[str, object]:
    try:
        return {"reading": asdict(read(data, name))}
    except UnreadableDocument as refusal:
        return {"trouble": "memory"} if _is_hunger(refusal) else {"reason": refusal.reason}
    except Exception as trouble:  # the boundary: no fault of a parser may end the service
        return {"trouble": "memory" if _is_hunger(trouble) else type(trouble).__name__}


def _is_hunger(trouble: BaseException | None) -> bool:
    """Whether a want of memory is at the bottom of it: parsers wrap it in errors of their own."""
    while trouble is not None:
        if isinstance(trouble, MemoryError):
            return True
        trouble = trouble.__cause__ or trouble.__context__
    return False


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2])
