"""Find the words of a large table in a text, longest first, in one pass; called by trades and holdings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class WordFinder:
    """Words by their first two characters, so that a text is walked once whatever the size of the table.

    >>> list(WordFinder(["软件", "软件业", "旅游"]).find("软件业和旅游"))
    [(0, 3), (4, 6)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            if len(word) >= 2:
                self._by_head.setdefault(word[:2], []).append(word)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words stand, left to right, without overlap."""
        index = 0
        while index < len(text) - 1:
            for word in self._by_head.get(text[index : index + 2], ()):
                if text.startswith(word, index):
                    yield index, index + len(word)
                    index += len(word) - 1
                    break
            index += 1
