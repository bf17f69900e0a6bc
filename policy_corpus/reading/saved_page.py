"""A web page saved as one file (MHT, MHTML: an email with the page and its pictures in it) -> Reading; called by dispatch."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.html import read_html

_NO_PAGE = "单个文件网页（.mht）中没有找到网页正文，请用浏览器打开后另存为 .html 重新载入"
_MOST_PARTS = 5000
_FRAME_SET = b"<frameset"


def read_saved_page(data: bytes) -> Reading:
    """Read the page in an MHT: the one it names as its start, else the first, or the largest behind a frame set.

    Raises UnreadableDocument where there is none.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = [
        part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    bodies = [(part, body) for part in pages if (body := _body(part)).strip()]
    if not bodies:
        raise UnreadableDocument(_NO_PAGE)
    start = _named(message.get_param("start"))
    chosen = next(
        (body for part, body in bodies if start and _named(part.get("Content-ID")) == start), bodies[0][1]
    )
    if _FRAME_SET in chosen.lower():
        chosen = max((body for _, body in bodies), key=len)
    return replace(read_html(chosen), format="mht")


def _parts(message: Message) -> Iterator[Message]:
    """The parts in their order, without recursion: a hostile file nests them by the thousand."""
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _named(value: object) -> str:
    return value.strip().strip("<>") if isinstance(value, str) else ""
