"""Turn a reading into a Document: title, 发文字号, 发文机关, level, region, dates, kind and references.

`describe` is the face; the loader calls it once for each file read. Every fact has a module of its own.
"""

from __future__ import annotations

from dataclasses import replace

from policy_corpus.describing.authorities import find_authority
from policy_corpus.describing.extensions import find_extensions
from policy_corpus.describing.kinds import find_kind
from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.numbers import complete_number, find_own_number
from policy_corpus.describing.places import find_place
from policy_corpus.describing.relations import find_references
from policy_corpus.describing.terms import find_dates_of
from policy_corpus.describing.titles import find_title
from policy_corpus.model import Document, DocumentKind, Reading

__all__ = ["describe"]


def describe(reading: Reading, content_hash: str, file_name: str) -> Document:
    """What a file says of itself; whatever it does not say is None. content_hash: SHA-256 in hex."""
    manuscript = lay_out(reading, content_hash, file_name)
    title = find_title(manuscript)
    kind = find_kind(manuscript, title)
    number = find_own_number(manuscript)
    authority = find_authority(manuscript, title, number)
    number = complete_number(number, authority, title)
    level, region_code = find_place(manuscript, title, authority, number, kind)
    dates = find_dates_of(manuscript)
    if kind is DocumentKind.DRAFT:  # its 自印发之日起施行 speaks of a day that has not come
        dates = replace(dates, effective_from=None, effective_until=None)
    return Document(
        id=manuscript.document_id,
        content_hash=content_hash,
        file_name=file_name,
        format=reading.format,
        title=title,
        text=reading.text,
        kind=kind,
        document_number=number,
        issuing_authority=authority,
        level=level,
        region_code=region_code,
        dated_on=dates.dated_on,
        published_on=dates.published_on,
        effective_from=dates.effective_from,
        effective_until=dates.effective_until,
        references=(*find_references(manuscript, title, kind), *find_extensions(manuscript, title, kind)),
        links=reading.links,
        warnings=reading.warnings,
        confidence=reading.confidence,
    )
