"""Read files in one long-lived child process with limits; called by the loading workflow and the CLI.

Whatever a file does to its parser - hang, eat memory, crash - ends as UnreadableDocument with its own
reason, and the next file meets a fresh child. The protocol is in child.py.
"""

from __future__ import annotations

import json
import math
import os
import select
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Any

from policy_corpus.additions import NOTHING, Additions, additions_to_json, current
from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Link, Reading
from policy_corpus.reading.frames import LENGTH_BYTES, MAX_ANSWER, RAW_ANSWER, frame
from policy_corpus.reading.limits import Limits
from policy_corpus.reading.needs import NeedsHelp
from policy_corpus.reading.signature import check_size

_PUT = "policy_corpus.additions:put"
_READER = "policy_corpus.reading.dispatch:read_document"
_CHUNK = 1 << 20
_MORE_TRIES = 2  # after a child was killed from outside
_PERHAPS_OLD_AGE = ("memory", "crash")
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH")


class _ChildGone(Exception):
    """The child ended before it answered."""


class Sandbox:
    """Reads files in a child process. A context manager; safe to share between threads (one file at a time)."""

    def __init__(
        self, limits: Limits | None = None, reader: str = _READER, additions: Additions | None = None
    ) -> None:
        """limits: None for the defaults. reader: "module:function" that `read` calls; tests pass hostile ones.

        additions: what the child adds to the tables; None for whatever is in place here when it is asked.
        """
        self.limits = limits or Limits()
        self.helping = threading.Lock()  # held by who helps the child: one conversion at a time
        self._additions, self._told = additions, NOTHING
        self._reader = reader
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one; the sandbox can be used again and then starts a new one."""
        with self._lock:
            self._stop()

    def read(self, data: bytes, file_name: str) -> Reading:
        """Read one file without help. Raises UnreadableDocument with a Chinese reason, whatever it does to the parser."""
        return as_reading(self.run(self._reader, data, file_name))

    def run(self, task: str, data: bytes, file_name: str, extra: bytes = b"") -> dict[str, Any]:
        """What a function "module:name" of (data, file_name) answers in the child: a dict that JSON can carry.

        extra: a third argument, given where it is not empty. Raises UnreadableDocument with a Chinese reason,
        whatever the file does to it.
        """
        check_size(data)
        found: dict[str, Any] = self._found(task, data, file_name, extra)
        return found

    def run_for_bytes(self, task: str, data: bytes, file_name: str, extra: bytes = b"") -> bytes:
        """The same for a function that answers bytes, of data of any size."""
        found: bytes = self._found(task, data, file_name, extra)
        return found

    def _found(self, task: str, data: bytes, file_name: str, extra: bytes) -> Any:
        with self._lock:
            answer = self._ask(_request(task, data, file_name, extra))
        if "needs" in answer:
            raise NeedsHelp.from_json(str(answer["reason"]), answer["needs"])
        if "reason" in answer:
            raise UnreadableDocument(str(answer["reason"]))
        if "found" not in answer:
            raise UnreadableDocument(_reason_for(str(answer.get("trouble")), self.limits))
        return answer["found"]

    def _ask(self, request: bytes) -> dict[str, Any]:
        """The child's answer. A child that others have used before gets no blame put on this file: a crash or
        a want of memory is tried again in a fresh one, so that the order of files decides nothing. A child that
        somebody killed (the system short of memory, an administrator) is replaced and asked again."""
        fresh = self._child is None
        answer = self._try(request)
        if answer.get("trouble") in _PERHAPS_OLD_AGE and not fresh:
            self._stop()
            answer = self._try(request)
        for _ in range(_MORE_TRIES):
            if answer.get("trouble") != "killed":
                break
            answer = self._try(request)
        if self._served >= self.limits.documents_per_child or answer.get("trouble") == "memory":
            self._stop()
        return answer

    def _try(self, request: bytes) -> dict[str, Any]:
        try:
            answer = self._exchange(request)
        except _ChildGone:
            return {"trouble": self._trouble_of_death()}
        except TimeoutError:
            self._stop()
            return {"trouble": "wall"}
        self._served += 1
        return answer

    def _exchange(self, request: bytes) -> dict[str, Any]:
        child = self._running_child()
        wanted = self._additions or current()
        if wanted != self._told:
            self._talk(child, _request(_PUT, json.dumps(additions_to_json(wanted)).encode()))
            self._told = wanted
        return self._talk(child, request)

    def _talk(self, child: subprocess.Popen[bytes], request: bytes) -> dict[str, Any]:
        deadline = time.monotonic() + self.limits.wall_s
        _write_all(child, request, deadline)
        length = int.from_bytes(_read_exactly(child, LENGTH_BYTES, deadline), "big")
        if length > MAX_ANSWER:
            raise _ChildGone
        body = _read_exactly(child, length, deadline)
        if body.startswith(RAW_ANSWER):
            return {"found": body[len(RAW_ANSWER) :]}
        answer = json.loads(body)
        if not isinstance(answer, dict):
            raise _ChildGone
        return answer

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._child = _start(self.limits)
            self._served, self._told = 0, NOTHING
        return self._child

    def _trouble_of_death(self) -> str:
        """Why the child ended, by its exit status; clears it away."""
        child = self._child
        self._child, self._served = None, 0
        if child is None:
            return "crash"
        status = _reap(child)
        return {-signal.SIGXCPU: "cpu", -signal.SIGALRM: "wall", -signal.SIGKILL: "killed"}.get(
            status, "crash"
        )

    def _stop(self) -> None:
        child, self._child, self._served = self._child, None, 0
        if child is not None:
            child.kill()
            _reap(child)


def _request(task: str, data: bytes, file_name: str = "", extra: bytes = b"") -> bytes:
    return b"".join(map(frame, (task.encode(), file_name.encode("utf-8", "replace"), data, extra)))


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    settings = {
        "memory_bytes": limits.memory_bytes,
        "cpu_s": limits.cpu_s,
        "wall_s": math.ceil(limits.wall_s),
    }
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    environment["MALLOC_ARENA_MAX"] = (
        "2"  # address space is what is limited, and each thread would take its own
    )
    environment["PYTHONPATH"] = os.pathsep.join(path or os.curdir for path in sys.path)
    command = [sys.executable, "-B", "-X", "utf8", "-W", "ignore", "-m", "policy_corpus.reading.child"]
    child = subprocess.Popen(
        [*command, json.dumps(settings)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
        bufsize=0,
    )
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
    return child


def _reap(child: subprocess.Popen[bytes]) -> int:
    """Close the pipes and wait for the end; kills a child that has closed its pipe but lingers."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
    try:
        return child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _write_all(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    if child.stdin is None:
        raise _ChildGone
    number = child.stdin.fileno()
    view = memoryview(data)
    while view:
        _wait_for(number, select.POLLOUT, deadline)
        try:
            view = view[os.write(number, view[:_CHUNK]) :]
        except BlockingIOError:
            continue
        except OSError as trouble:
            raise _ChildGone from trouble


def _read_exactly(child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    if child.stdout is None:
        raise _ChildGone
    number = child.stdout.fileno()
    parts: list[bytes] = []
    while count:
        _wait_for(number, select.POLLIN, deadline)
        part = os.read(number, min(count, _CHUNK))
        if not part:
            raise _ChildGone
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _wait_for(number: int, what: int, deadline: float) -> None:
    """Wait until a pipe can be read or written, or is closed. Raises TimeoutError.

    poll, not select: a server that maps many arrays has descriptors above the 1,024 that select can name.
    """
    waiting = select.poll()
    waiting.register(number, what)
    if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


def _reason_for(trouble: str, limits: Limits) -> str:
    megabytes = limits.memory_bytes // (1024 * 1024)
    reasons = {
        "memory": f"文件过于复杂，解析所需内存超过 {megabytes} MB，请拆分或重新导出后载入",
        "cpu": f"文件过于复杂，解析占用处理器超过 {limits.cpu_s} 秒，请拆分或重新导出后载入",
        "wall": f"文件过于复杂，解析超过 {limits.wall_s} 秒，请拆分或重新导出后载入",
        "killed": "解析程序被系统中止（可能内存不足），请稍后重新载入，仍不行请拆分文件",
        "size": "读出的内容过多，不像一份政策文件，请拆分后重新载入",
        "crash": "文件使解析程序异常退出，无法解析，请重新导出后载入",
    }
    return reasons.get(trouble, f"文件无法解析（{trouble}），请重新导出后载入；仍不行请交技术支持")


def as_reading(row: dict[str, Any]) -> Reading:
    """A reading as the child hands it over."""
    return Reading(
        format=row["format"],
        text=row["text"],
        title=row["title"],
        fields=dict(row["fields"]),
        links=tuple(Link(link["title"], link["address"]) for link in row["links"]),
        warnings=tuple(row["warnings"]),
        confidence=row["confidence"],
    )
