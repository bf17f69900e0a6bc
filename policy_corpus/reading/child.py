"""The reading child process: documents in by stdin, readings out by stdout, under limits it sets on itself.

Started by sandbox.py as `python -m policy_corpus.reading.child LIMITS`. A request is four frames (task: the
"module:function" to call, name, data, extra), an answer one frame of JSON, or of bytes behind RAW_ANSWER where the
task gives bytes; nothing is ever unpickled. Parsers that print reach only the null device.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.frames import MAX_ANSWER, RAW_ANSWER, frame, read_frame
from policy_corpus.reading.needs import NeedsHelp

_GRACE_S = 5


Task = Callable[..., Any]  # (data, name), and extra where the parent sends some


def main(limits: dict[str, int]) -> None:
    """Serve requests until the pipe closes. limits: memory_bytes, cpu_s, wall_s."""
    requests, answers = _private_pipes()
    _quieten()
    _set_limits(limits["memory_bytes"])
    while True:
        task, name, data, extra = (read_frame(requests) for _ in range(4))
        if task is None or name is None or data is None or extra is None:
            return
        found = _find_task(task.decode())
        _allow_time(limits["cpu_s"], limits["wall_s"])
        answer = _answer(found, data, name.decode("utf-8", "replace"), extra)
        del data, extra
        signal.alarm(0)
        answers.write(frame(answer))
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


@cache
def _find_task(name: str) -> Task:
    module, _, function = name.partition(":")
    found: Task = getattr(importlib.import_module(module), function)
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


def _answer(task: Task, data: bytes, name: str, extra: bytes) -> bytes:
    """What the task found or why it failed, as JSON in UTF-8, or the bytes it gives."""
    try:
        found = task(data, name, extra) if extra else task(data, name)
        if isinstance(found, bytes):
            return RAW_ANSWER + found if len(found) < MAX_ANSWER else _packed({"trouble": "size"})
        answer = _packed({"found": asdict(found) if isinstance(found, Reading) else found})
        return answer if len(answer) <= MAX_ANSWER else _packed({"trouble": "size"})
    except NeedsHelp as need:
        return _packed({"reason": need.reason, "needs": need.to_json()})
    except UnreadableDocument as refusal:
        return _packed({"trouble": "memory"} if _is_hunger(refusal) else {"reason": refusal.reason})
    except Exception as trouble:  # the boundary: no fault of a parser may end the service
        return _packed({"trouble": "memory" if _is_hunger(trouble) else _place(trouble)})


def _packed(answer: dict[str, object]) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _place(trouble: Exception) -> str:
    """The kind of an error and the line that raised it, for those who must look into it."""
    frames = traceback.extract_tb(trouble.__traceback__)
    return f"{type(trouble).__name__}，{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行"


def _is_hunger(trouble: BaseException | None) -> bool:
    """Whether a want of memory is at the bottom of it: parsers wrap it in errors of their own."""
    while trouble is not None:
        if isinstance(trouble, MemoryError):
            return True
        trouble = trouble.__cause__ or trouble.__context__
    return False


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
