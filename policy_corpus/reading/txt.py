"""Plain text -> Reading; called by dispatch for files that are nothing else."""

from __future__ import annotations

from policy_corpus.model import Reading
from policy_corpus.reading.decoding import decode_text
from policy_corpus.reading.normalising import normalise_text


def read_txt(data: bytes) -> Reading:
    """Read a text file in whatever encoding it is. Raises UnreadableDocument for binary data."""
    decoded = decode_text(data)
    return Reading("txt", normalise_text(decoded.text), warnings=decoded.warnings)
