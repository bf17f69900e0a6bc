"""Tell which government speaks (层级、行政区划): from the issuer, else the title, else what is declared.

A name that several regions share is settled only by what the document itself says (the province of its
number, the place in its title); if that does not settle it the region is None, never a guess.
"""

from __future__ import annotations

import re

from policy_corpus.codes.authorities import region_of_authority
from policy_corpus.codes.regions import Region, find_region, regions_in
from policy_corpus.describing.authorities import province_of_number
from policy_corpus.describing.manuscript import Manuscript
from policy_corpus.errors import AmbiguousRegion, UnknownRegion
from policy_corpus.folding import fold
from policy_corpus.model import DocumentKind, Level

_LOCAL_SELF = re.compile(r"(?:本|我|全)(?:省|市|自治区|自治州|自治县|州|县|区)(?!场)")
_NATION = re.compile(r"^(?:中华人民共和国|国务院|全国人民代表大会|全国人大)")
# What may stand before the place that a title speaks for.
_BEFORE_PLACE = re.compile(
    r"^(?:[《“【（(]|\d{4}年?度?|中共|关于|(?:印发|公布|发布|下发|修订|实施|组织|开展|做好|申报|征集|"
    r"受理)|第[一二三四五六七八九十\d]{1,3}批)*"
)
_LEVELS = (("国家", Level.NATIONAL), ("省", Level.PROVINCE), ("自治区", Level.PROVINCE), ("市", Level.CITY),
           ("县", Level.COUNTY), ("区", Level.COUNTY))  # fmt: skip


def find_place(
    manuscript: Manuscript, title: str, authority: str | None, document_number: str | None, kind: DocumentKind
) -> tuple[Level | None, str | None]:
    """The level that speaks and the code of its region; a national document has no code, an unknown none."""
    hint = _hint(title, document_number)
    spoken = region_of_authority(authority, hint) if authority else None
    if spoken and (spoken.region or spoken.level is Level.NATIONAL):
        return spoken.level, spoken.region.code if spoken.region else None
    if _NATION.match(fold(title)):
        return Level.NATIONAL, None
    place = _place_of_title(title, _province(document_number))
    place = place or _named(manuscript.fields.get("region", ""))
    level = _declared_level(manuscript.fields.get("level", ""))
    if place is None:
        national = kind is DocumentKind.LAW and _speaks_for_the_nation(manuscript.folded)
        return Level.NATIONAL if national else level, None
    spoken_level = spoken.level if spoken else None
    if spoken_level and spoken_level is not _level_of(place):
        return spoken_level, None  # 县财政局 on 示例省示例办法: the place is not the speaker's
    return _level_of(place) or level, place.code


def _speaks_for_the_nation(folded: str) -> bool:
    """A law that gives the State Council's organs tasks and speaks of no 本市, 本省 is one of the nation."""
    return "国务院" in folded and not _LOCAL_SELF.search(folded)


def _hint(title: str, document_number: str | None) -> str | None:
    """The code of the place that the document is heard in: its title's, else the province of its number."""
    province = _province(document_number)
    place = _place_of_title(title, province)
    return place.code if place else province


def _province(document_number: str | None) -> str | None:
    name = province_of_number(document_number or "")
    place = _named(name) if name else None
    return place.code if place else None


def _place_of_title(title: str, within: str | None) -> Region | None:
    """The place at the front of a title: 示例县关于…, 关于印发示例市…的通知, 2024年示例区…."""
    front = fold(title)[:60]
    opening = _BEFORE_PLACE.match(front)
    front = front[opening.end() :] if opening else front
    spots = regions_in(front, within)
    if not spots or spots[0][0] > 0:
        return None
    found = spots[0][2]
    return found if isinstance(found, Region) else None


def _named(text: str) -> Region | None:
    if not text or text in ("全国", "国家"):
        return None
    try:
        return find_region(text[:40])
    except (UnknownRegion, AmbiguousRegion):
        return None


def _level_of(place: Region) -> Level | None:
    return place.level or region_of_authority(place.full_name).level


def _declared_level(text: str) -> Level | None:
    return next((level for word, level in _LEVELS if word in text[:12]), None)
