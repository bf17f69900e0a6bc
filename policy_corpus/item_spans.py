"""The sentence behind a field: checked where its place is given, looked for where only its words are.

A field that a person adds without a sentence carries an empty span, which is the mark of what was added by
hand (人工补充); it is taken only where the person says so. Called by `item_editing`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from policy_corpus.model import Span


class UnusableSpan(Exception):
    """A sentence that does not stand in the document; `str()` is the reason, in Chinese."""


def by_hand(document_id: str) -> Span:
    """The span of what a person added without a sentence of the document."""
    return Span(document_id, 0, 0, "")


def is_by_hand(span: Span) -> bool:
    """Whether a person added this without a sentence of the document."""
    return not span.quote


class SpanReader:
    """Reads the spans of one document."""

    def __init__(self, document_id: str, text: str) -> None:
        self._document_id = document_id
        self._text = text

    def read(self, raw: Any, *, added: bool = False) -> Span:
        """A span from [start, end, quote], [start, end], its words, or nothing where added by hand. Raises UnusableSpan.

        added: whether the person says that there is no sentence. [n, n, ""] says so too: it is how an item shows it.
        """
        if isinstance(raw, str) and raw.strip():
            return self._look_for(raw.strip(), 0)
        if isinstance(raw, (list, tuple)) and len(raw) in (2, 3):
            return self._at(*raw)
        if raw in (None, "") and added:
            return by_hand(self._document_id)
        raise UnusableSpan("缺少原文依据：请选取原文中的句子，或标明为人工补充")

    def find(self, words: str) -> Span | None:
        """Where the words stand in the text, None where they do not."""
        try:
            return self._look_for(words, 0) if words.strip() else None
        except UnusableSpan:
            return None

    def _at(self, start: Any, end: Any, quote: Any = None) -> Span:
        if not _is_place(start) or not _is_place(end) or not (quote is None or isinstance(quote, str)):
            raise UnusableSpan("原文位置无法识别，应为 [起, 止, 原文]")
        if start == end and not quote:
            return by_hand(self._document_id)
        stands = self._text[start:end]
        if stands and quote in (None, stands) and end <= len(self._text):
            return Span(self._document_id, start, end, stands)
        if quote is None or not quote.strip():
            raise UnusableSpan("原文位置超出文件范围")
        return self._look_for(quote.strip(), start)

    def _look_for(self, quote: str, near: int) -> Span:
        """The place of the words that is nearest; line breaks and spaces may differ from the document's."""
        found = _nearest(self._text, quote, near)
        if found >= 0:
            return Span(self._document_id, found, found + len(quote), quote)
        bare, places = self._bare
        words = re.sub(r"\s+", "", quote)
        before = sum(place < near for place in places) if near else 0
        found = _nearest(bare, words, before) if words else -1
        if found < 0:
            raise UnusableSpan(f"原文中没有这句话：“{quote[:40]}{'…' if len(quote) > 40 else ''}”")
        start, end = places[found], places[found + len(words) - 1] + 1
        return Span(self._document_id, start, end, self._text[start:end])

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        places = [at for at, char in enumerate(self._text) if not char.isspace()]
        return "".join(self._text[at] for at in places), places


def _is_place(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0


def _nearest(text: str, words: str, near: int) -> int:
    """Where the words begin, the place nearest to `near`; -1 where they do not stand."""
    behind, before = text.find(words, near), text.rfind(words, 0, near + len(words))
    if behind < 0 or before < 0:
        return max(behind, before)
    return behind if behind - near <= near - before else before
