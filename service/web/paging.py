"""Where one stands in a list of many pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of a list, from 1.

    >>> paging = Paging(2, 45, 20)
    >>> paging.pages, paging.first, paging.last, paging.previous, paging.following
    (3, 21, 40, 1, 3)
    """

    page: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(-(-self.total // self.size), 1)

    @property
    def first(self) -> int:
        """The number of the first entry on this page."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The number of the last entry on this page."""
        return min(self.page * self.size, self.total)

    @property
    def previous(self) -> int | None:
        """The page before, None on the first."""
        return min(self.page - 1, self.pages) if self.page > 1 else None

    @property
    def following(self) -> int | None:
        """The page after, None on the last."""
        return self.page + 1 if self.page < self.pages else None
