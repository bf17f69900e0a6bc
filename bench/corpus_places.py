"""Where synthetic policies hold and companies stand: a city, a province or the nation of our code tables.

The shares of the levels are chosen so that what a company of one county can stand in (the nation's policies, its
province's, its city's, its county's) is about a twentieth of a province's or the nation's policies; in one city, where
all share the upper levels, it is about two fifths.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from policy_corpus.codes.region_table import get_region, parent_code, short_name, table

CITY, PROVINCE, NATION = "360400", "360000", ""

# Shares of the nation's, the provinces' and the cities' policies; the rest is the counties'.
_SHARES = {CITY: (0.05, 0.1, 0.2), PROVINCE: (0.01, 0.015, 0.2), NATION: (0.03, 0.4, 0.3)}


@dataclass(frozen=True, slots=True)
class Place:
    """A region as texts speak of it: full name (江西省九江市柴桑区), name and short name; "" is the nation."""

    code: str
    full_name: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class World:
    """The regions of a city, a province or the nation, by level, and how often each level speaks."""

    provinces: tuple[Place, ...]
    cities: tuple[Place, ...]
    counties: tuple[Place, ...]
    shares: tuple[float, float, float]

    def issuer(self, chance: random.Random) -> Place:
        """Where a policy holds."""
        at = chance.random()
        nation, province, city = self.shares
        if at < nation:
            return _NATION
        if at < nation + province:
            return chance.choice(self.provinces)
        return chance.choice(self.cities if at < nation + province + city else self.counties)

    def seat(self, chance: random.Random) -> Place:
        """Where a company is registered: a county."""
        return chance.choice(self.counties)


_NATION = Place("", "全国", "全国", "全国")


@cache
def _place(code: str) -> Place:
    region = get_region(code)
    return Place(code, region.full_name, region.name, short_name(region.name))


@cache
def world(root: str = PROVINCE) -> World:
    """The world below a code: CITY, PROVINCE or NATION."""
    # Taiwan, Hong Kong and Macao have no counties in the table, so no policies are drawn for them.
    codes = [code for code in sorted(table().names) if code < "70"]
    stem = root.removesuffix("00").removesuffix("00")
    counties = [code for code in codes if not code.endswith("00") and code.startswith(stem)]
    cities = [code for code in codes if code.endswith("00") and code[2:4] != "00" and code.startswith(stem)]
    provinces = sorted({code[:2] + "0000" for code in counties})
    levels = (tuple(map(_place, level)) for level in (provinces, cities, counties))
    return World(*levels, shares=_SHARES[root])


def partitions_of(code: str) -> tuple[str, ...]:
    """The partitions whose policies a company of this region can stand in, from "" (the nation) down to its own.

    >>> partitions_of("360404")
    ('', '360000', '360400', '360404')
    """
    found: list[str] = []
    step: str | None = code
    while step is not None:
        found.append(step)
        step = parent_code(step)
    return ("", *reversed(found))
