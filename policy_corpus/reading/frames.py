"""The frames that parent and child exchange over pipes: a length (8 bytes, big-endian), then that many bytes.

Called by sandbox.py and child.py.
"""

from __future__ import annotations

from typing import BinaryIO

MAX_ANSWER = 64 * 1024 * 1024
LENGTH_BYTES = 8
RAW_ANSWER = b"="  # begins an answer of plain bytes; JSON begins with a brace


def frame(body: bytes) -> bytes:
    """A body with its length before it.

    >>> frame(b"ab")
    b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02ab'
    """
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, or None where the other side has closed the pipe."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    body = stream.read(length)
    return body if len(body) == length else None
