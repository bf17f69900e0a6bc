"""Regions (行政区划与功能区): codes, names, containment, places in text and the places of authorities.

The door through which other packages use the region tables; what stands behind each name is in the modules
imported here.
"""

from policy_corpus.codes.authorities import Jurisdiction, region_of_authority
from policy_corpus.codes.region_names import find_region
from policy_corpus.codes.region_table import (
    Region,
    contains,
    covers,
    every_region,
    get_region,
    parent_code,
    path,
    short_name,
)
from policy_corpus.codes.region_text import regions_in

__all__ = [
    "Jurisdiction",
    "Region",
    "contains",
    "covers",
    "every_region",
    "find_region",
    "get_region",
    "parent_code",
    "path",
    "region_of_authority",
    "regions_in",
    "short_name",
]
