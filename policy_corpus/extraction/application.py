"""The application window of an item out of its sections; called by items."""

from __future__ import annotations

from collections.abc import Iterable

from policy_corpus.extraction.clauses import split_sentences
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section
from policy_corpus.extraction.plain import Plain
from policy_corpus.extraction.windows import Window, find_windows
from policy_corpus.model import ApplicationWindow, Document


def document_year(document: Document) -> int | None:
    """The year that a date without a year means: the year in which the document was published or signed."""
    day = document.published_on or document.dated_on
    return day.year if day else None


def read_window(sections: Iterable[Section], year: int | None) -> ApplicationWindow | None:
    """The window of the sections: online applications before paper, the last of several rounds."""
    found: list[tuple[Window, Plain]] = []
    for section in sections:
        if section.role in (Role.BASIS, Role.MATERIALS, Role.CONDITIONS):
            continue
        for start, end in split_sentences(section.plain.text):
            plain = section.plain.cut(start, end)
            found += [(window, plain) for window in find_windows(plain.text, year)]
    if not found:
        return None
    window, plain = max(
        found,
        key=lambda pair: (pair[0].closes is not None, pair[0].online, pair[0].closes or 0 if False else 0),
    )
    dated = [pair for pair in found if pair[0].closes is not None and pair[0].online == window.online]
    if dated:
        window, plain = max(dated, key=lambda pair: pair[0].closes.toordinal() if pair[0].closes else 0)
    return ApplicationWindow(plain.span(window.start, window.end), window.opens, window.closes, window.always)
