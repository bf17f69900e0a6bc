"""What can go wrong in matching."""

from __future__ import annotations


class MatchingError(Exception):
    """Base of all errors of this package; `str()` is Chinese and says what to do next."""


class IndexNotBuilt(MatchingError):
    """There is no index to search, or its files are damaged; `huiqi index` builds it."""


class WorkersUnavailable(MatchingError):
    """Nobody to do the work: the cluster cannot be reached, was lost, or has no workers."""


class UnfitWorker(MatchingError):
    """A worker whose answers could differ: it runs another version, or cannot see the data of the run."""


class PieceFailed(MatchingError):
    """A piece of the work that ended several workers one after the other, or could not be written."""
