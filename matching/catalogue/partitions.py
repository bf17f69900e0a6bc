"""In which order items stand, and which stretches of it an enterprise of a region has to look at.

Items confined to one region (`matching.columns.partitions`) stand together, and those of the places inside it behind
them, so that an enterprise looks at a few stretches: its nation, province, city and county.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from matching.columns.partitions import hard_region, region_ranges
from policy_corpus.model import PolicyItem


class Partitions:
    """Where the items of each region begin. codes: six digits or "", ascending; starts: one more than codes."""

    def __init__(self, codes: Sequence[str], starts: Sequence[int]) -> None:
        self._codes, self._starts = codes, starts

    @classmethod
    def order(cls, items: Iterable[PolicyItem]) -> tuple[Self, list[PolicyItem]]:
        """The partitions of items, and the items in their order: by partition, then by id."""
        placed = sorted(((hard_region(item.conditions), item) for item in items), key=_place)
        codes: list[str] = []
        starts: list[int] = []
        for at, (code, _) in enumerate(placed):
            if not codes or codes[-1] != code:
                codes.append(code)
                starts.append(at)
        return cls(codes, [*starts, len(placed)]), [item for _, item in placed]

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


def _place(placed: tuple[str, PolicyItem]) -> tuple[str, str]:
    code, item = placed
    return code, item.id
