"""Put slips of the hand right: a wrong, missing, extra or swapped character in a word that is known.

A slip is looked for only where a pair of characters stands in no entry, so that what can be found as it is
typed is never changed. Known are the words and phrases of the policy dictionary and what the caller adds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

SHORTEST = 3  # characters of a word that is put right; with two, almost anything is one slip away
Meetings = Mapping[int, tuple[str, str]]
_RUN = re.compile(r"\w+")


class Lexicon:
    """Known words, found by what is left of them when a character is missing."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if len(word) >= SHORTEST)
        self.longest = max(map(len, self.words), default=0)
        self._by_rest: dict[str, list[str]] = {}
        for word in sorted(self.words):
            for rest in _rests(word):
                self._by_rest.setdefault(rest, []).append(word)

    def near(self, typed: str) -> list[str]:
        """The known words that are one slip away, the longest first."""
        found = {word for rest in _rests(typed) for word in self._by_rest.get(rest, ())}
        return sorted(
            (word for word in found if is_one_slip(typed, word)), key=lambda word: (-len(word), word)
        )

    def outside(self, run: str, places: Iterable[int]) -> list[int]:
        """Those of the places in a run whose character and the next are not together in a known word."""
        return [
            at
            for at in places
            if not any(
                run[start:end] in self.words
                for start in range(max(at + 2 - self.longest, 0), at + 1)
                for end in range(max(start + SHORTEST, at + 2), min(start + self.longest, len(run)) + 1)
            )
        ]


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one character is wrong, missing, too much, or swapped with its neighbour.

    >>> [is_one_slip(typed, "小巨人") for typed in ("小局人", "小人", "小巨巨人", "小人巨", "小巨人", "大局人")]
    [True, True, True, True, False, False]
    """
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    one, other = typed[start:], meant[start:]
    return one != other and (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def put_right(
    text: str,
    lexicon: Callable[[], Lexicon],
    is_known: Callable[[str], bool],
    meetings: Callable[[str], Meetings],
) -> str:
    """The text with slips put right. lexicon: asked for only when something is strange.

    is_known: whether a pair of characters stands in any entry; meetings: where the words of a run meet.

    >>> strange = ("技木", "木企")
    >>> put_right("高新技木企业奖励", lambda: Lexicon(["高新技术企业"]), lambda pair: pair not in strange, lambda run: {})
    '高新技术企业奖励'
    """

    def right(run: str) -> str:
        strange = _strange(run, is_known, meetings)
        strange = lexicon().outside(run, strange) if strange else []
        for start, end in _windows(run, strange, lexicon().longest + 1) if strange else ():
            for word in lexicon().near(run[start:end]):
                # A known word with something strange behind it is two words that meet, not a slip.
                if word not in run and _is_known_whole(word, is_known):
                    return right(run[:start]) + word + right(run[end:])
        return run

    return _RUN.sub(lambda run: right(run[0]), text)


def _strange(run: str, is_known: Callable[[str], bool], meetings: Callable[[str], Meetings]) -> list[int]:
    """Where pairs begin that stand in no entry, but for those that two known words make where they meet."""
    strange = [at for at in range(len(run) - 1) if not is_known(run[at : at + 2])]
    meet = meetings(run) if strange else {}
    return [
        at
        for at in strange
        if at not in meet or not all(_is_known_whole(word, is_known) for word in meet[at])
    ]


def _is_known_whole(word: str, is_known: Callable[[str], bool]) -> bool:
    return all(is_known(word[at : at + 2]) for at in range(len(word) - 1))


def _windows(run: str, strange: list[int], longest: int) -> Iterator[tuple[int, int]]:
    """Stretches that hold a strange pair, longer ones first, then those further left."""
    for size in range(min(longest, len(run)), SHORTEST - 2, -1):
        for start in range(len(run) - size + 1):
            if any(start <= at and at + 2 <= start + size for at in strange):
                yield start, start + size


def _rests(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
