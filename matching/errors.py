"""What can go wrong in matching."""

from __future__ import annotations


class MatchingError(Exception):
    """Base of all errors of this package; `str()` is Chinese and says what to do next."""


class IndexNotBuilt(MatchingError):
    """There is no index to search, or its files are damaged; `huiqi index` builds it."""
