"""In which order items stand, and which stretches of it an enterprise of a region has to look at.

Items confined to one region (`matching.columns.partitions`) stand together, and those of the places inside it behind
them, so that an enterprise looks at a few stretches: its nation, province, city and county.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from matching.columns.partitions import hard_region, region_ranges
from policy_corpus.model import PolicyItem


class Partitions:
    """Where the items of each region begin. codes: six digits or "", ascending; starts: one more than codes."""

    def __init__(self, codes: Sequence[str], starts: Sequence[int]) -> None:
        self._codes, self._starts = codes, starts

    @classmethod
    def of(cls, codes: Sequence[str]) -> Self:
        """The partitions of items that stand in their order; codes: of every item (`code_of`)."""
        starts = [at for at, code in enumerate(codes) if not at or codes[at - 1] != code]
        return cls([codes[at] for at in starts], [*starts, len(codes)])

    def codes(self) -> list[str]:
        """The code of every item."""
        sizes = zip(self._codes, self._starts, self._starts[1:], strict=False)
        return [code for code, start, end in sizes for _ in range(end - start)]

    def ranges_for(self, region_code: str | None) -> list[tuple[int, int]]:
        """The positions (first, end) at which an enterprise of a region can be anything but ineligible."""
        return region_ranges(self._codes, self._starts, region_code)

    def to_json(self) -> Any:
        """What is kept of it."""
        return {"codes": list(self._codes), "starts": list(self._starts)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(kept["codes"], kept["starts"])


def code_of(item: PolicyItem) -> str:
    """The code of the region that an item is confined to, "" for none."""
    return hard_region(item.conditions)
