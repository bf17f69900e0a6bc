"""A stretch of a document without white space, in folded characters, that knows its way back.

Rules look at the plain form ("上年度营业收入2000万元以上") however the file writes it ("营业收入 ２０００\\n万元");
`span` turns a place in it into the words of the document. Called by the outline, used everywhere below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_corpus.model import Document, Span

_PUNCTUATION = str.maketrans("();:!?[]〔〕", "（）；：！？（）（）")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BLANK = frozenset(" \n\r\v\f\u3000\xa0\u200b\u200c\u200d\ufeff\u2002\u2003")
_NO_BLANK = dict.fromkeys(map(ord, _BLANK))


@dataclass(frozen=True, slots=True)
class Plain:
    """text: what rules match; offsets[i]: where text[i] stands in the document."""

    text: str
    offsets: tuple[int, ...]
    document: Document

    def span(self, start: int, end: int) -> Span:
        """The document's own words for text[start:end]; an empty stretch is widened to one character."""
        end = max(end, start + 1)
        begin, stop = self.offsets[start], self.offsets[min(end, len(self.offsets)) - 1] + 1
        return Span(self.document.id, begin, stop, self.document.text[begin:stop])

    def cut(self, start: int, end: int) -> Plain:
        """The part text[start:end]."""
        return Plain(self.text[start:end], self.offsets[start:end], self.document)


def make_plain(document: Document, folded: str, start: int, end: int) -> Plain:
    """The plain form of document.text[start:end]; `folded` is the folded whole text.

    >>> from datetime import date
    >>> from policy_corpus.model import DocumentKind
    >>> doc = Document("d", "", "", "txt", "", "收入 3 000\\n万元(含)以上", DocumentKind.OTHER)
    >>> view = make_plain(doc, doc.text, 0, len(doc.text))
    >>> view.text, view.span(2, 7).quote
    ('收入3000万元（含）以上', '3 000\\n万')
    """
    words = folded[start:end].translate(_PUNCTUATION)
    offsets = [index for index, char in enumerate(words, start) if char not in _BLANK]
    text = words.translate(_NO_BLANK)
    tabs = len(text) - len(text.lstrip("\t"))
    text, offsets = text[tabs:].replace("\t", "，"), offsets[tabs:]
    commas = {match.start() for match in _THOUSANDS.finditer(text)}  # 5,000万元: the comma is no stop
    if commas:
        offsets = [index for at, index in enumerate(offsets) if at not in commas]
        text = _THOUSANDS.sub("", text)
    return Plain(text.replace(",", "，"), tuple(offsets), document)
