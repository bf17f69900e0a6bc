"""The node of an outline: a heading with the words, the role and the sections under it; made by outline, used by all below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.words.plain import Plain


@dataclass(slots=True)
class Section:
    """A node of the outline. plain: its own words without the marker; number 0 is a paragraph, -1 a field.

    depth, place: how far below the root, and where among its parent's children.
    gives: something is given in it or below it; known once its sentences are read.
    cut: of the root, whether tables were not read to their end for want of room.
    """

    plain: Plain
    style: str
    number: int
    role: Role
    heading: str = ""
    children: list[Section] = field(default_factory=list)
    parent: Section | None = None
    depth: int = 0
    place: int = 0
    gives: bool = False
    cut: bool = False

    def walk(self) -> Iterator[Section]:
        """This section and everything below it, in the order of the text."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting += reversed(section.children)

    def ancestors(self) -> Iterator[Section]:
        """The sections above, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent
