"""What a preview of a change of the dictionaries tells: counts, how much was looked at, and examples."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextChange:
    """A sentence that would be cut into other words. before, after: its words."""

    document_id: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitChange:
    """A search that would answer otherwise: how many items before and after; titles that come to the front or leave it."""

    word: str
    before: int
    after: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that would be read otherwise from its document. status: of the item in 政策库, None where it is not there.

    before, after: the conditions that differ, each its sentence and what it is understood as.
    """

    item_id: str
    title: str
    document_id: str
    document: str
    status: str | None
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A company to which an item would be something else. before, after: values of Eligibility."""

    item_id: str
    item: str
    uscc: str
    company: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that names one of the words, with the sentence."""

    document_id: str
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The effect of a change. words: what was looked for; naming: documents that name one; checked: of them looked at;
    quoting: published items whose own words name one.

    Lists of changes hold the first examples; the counts are of all that was looked at.
    """

    kind: str
    name: str
    words: tuple[str, ...]
    naming: int = 0
    checked: int = 0
    quoting: int = 0
    mentions: tuple[Mention, ...] = ()
    changed_texts: int = 0
    texts: tuple[TextChange, ...] = ()
    hits: tuple[HitChange, ...] = ()
    changed_items: int = 0
    items: tuple[ItemChange, ...] = ()
    weighed_items: int = 0
    weighed_companies: int = 0
    changed_companies: int = 0
    verdicts: tuple[VerdictChange, ...] = ()
    changed_documents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing that was looked at would change."""
        found = (self.changed_texts, self.hits, self.changed_items, self.changed_companies)
        return not any(found)
