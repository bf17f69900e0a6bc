"""Readers that do to the sandbox's child what hostile files do to a parser; named by tests as its reader."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Link, Reading


def read(data: bytes, file_name: str) -> Reading:
    """Do what the data says, by its first word."""
    order = data.decode().split()[0]
    return {
        "hang": _hang,
        "spin": _spin,
        "eat": _eat,
        "crash": _crash,
        "exit": _exit,
        "recurse": _recurse,
        "refuse": _refuse,
        "print": _print,
        "write": _write,
        "open": _open,
        "limits": _limits,
    }.get(order, _ok)(file_name)


def _ok(name: str) -> Reading:
    return Reading(
        "txt", f"{name} {os.getpid()}", "标题", {"文号": "〔2026〕1号"}, (Link("附件", "a.pdf"),), ("提示",)
    )


def _hang(name: str) -> Reading:
    time.sleep(60)
    return _ok(name)


def _spin(name: str) -> Reading:
    while True:
        pass


def _eat(name: str) -> Reading:
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def _crash(name: str) -> Reading:
    ctypes.string_at(0)
    return _ok(name)


def _exit(name: str) -> Reading:
    os._exit(3)


def _recurse(name: str) -> Reading:
    return _recurse(name)


def _refuse(name: str) -> Reading:
    raise UnreadableDocument("自己的理由")


def _print(name: str) -> Reading:
    print("noise " * 1000)
    sys.stderr.write("noise")
    os.write(1, b"\x00" * 100)
    warnings.warn("noise", stacklevel=1)
    return _ok(name)


def _write(name: str) -> Reading:
    Path(name).write_text("x" * 10)
    return _ok(name)


def _open(name: str) -> Reading:
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(500)]
    return _ok(f"{len(kept)}")


def _limits(name: str) -> Reading:
    secrets = [key for key in os.environ if "HUIQI" in key]
    return Reading("txt", f"{os.isatty(0)} {sys.stdin is None or not sys.stdin.isatty()} {secrets}")


def die_once(data: bytes, file_name: str) -> dict[str, Any]:
    """Be killed from outside the first time; the name says where to leave word of it."""
    try:
        Path(file_name).mkdir()
    except FileExistsError:
        return {"survived": True}
    return die(data, file_name)


def die(data: bytes, file_name: str) -> dict[str, Any]:
    """Be killed from outside."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def flood(data: bytes, file_name: str) -> dict[str, Any]:
    """Answer more than a parent would take."""
    return {"text": "x" * (70 << 20)}


def crash_on_word(data: bytes, file_name: str) -> dict[str, Any]:
    """A fault of ours that only one file meets."""
    from policy_corpus.understanding import answer

    if "毛病".encode() in data:
        raise KeyError("planted")
    return answer(data, file_name)
