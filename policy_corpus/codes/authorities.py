"""The name of an authority (发文机关) -> its level and region.

Called through `regions.py` by reading, for the level and the implied region of a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_corpus.codes.region_table import Region, codes_up, get_region
from policy_corpus.codes.region_text import regions_in
from policy_corpus.folding import fold
from policy_corpus.model import Level


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whose word it is: the level, and the region where that is certain. Neither known: both None."""

    level: Level | None
    region: Region | None


_SEPARATORS = re.compile(r"[、，,；;\s]+")
_PARTY = re.compile(r"^(?:中国共产党|中共|中华人民共和国)")
# Organs of the State Council and of the centre; local organs of these systems carry a place name.
_NATIONAL = re.compile(
    r"^(?:国务院|国家|中央|全国|最高人民|海关总署|审计署|税务总局|中国人民银行|中国证监会|中国银保监会|中国银监会|"
    r"中国证券监督管理委员会|证监会|银保监会|金融监管总局|市场监管总局|中国科学院|中国工程院|中国民用航空局|中国科协|"
    r"知识产权局$|民航局|(?:外交|国防|教育|科学技术|科技|工业和信息化|工信|公安|民政|司法|财政|人力资源社会保障|"
    r"人力资源和社会保障|人社|自然资源|生态环境|住房城乡建设|住房和城乡建设|交通运输|水利|农业农村|农业|商务|"
    r"文化和旅游|文化|应急管理|信息产业|铁道|环境保护|国土资源|交通|建设|劳动和社会保障|人事|卫生)部)"
)
_LOCAL = re.compile(r"^(?:本|我)?(省|自治区|市|州|盟|地区|县|旗|区)(?=[^内外间域]|$)")
_LOCAL_LEVEL = {
    "省": (Level.PROVINCE,),
    "自治区": (Level.PROVINCE,),
    "市": (Level.CITY, Level.PROVINCE, Level.COUNTY),
    "州": (Level.CITY,),
    "盟": (Level.CITY,),
    "地区": (Level.CITY,),
    "县": (Level.COUNTY,),
    "旗": (Level.COUNTY,),
    "区": (Level.COUNTY,),
}


def region_of_authority(name: str, hint: str | None = None) -> Jurisdiction:
    """The level and region of the (first named) authority; hint: the code of the place it is heard in.

    市工信局 with the hint of a county is the organ of the city above it. Several candidates give no region.

    >>> region_of_authority("九江市工业和信息化局").region.full_name
    '江西省九江市'
    >>> region_of_authority("财政部").level.name, region_of_authority("市科技局", "360403").region.name
    ('NATIONAL', '九江市')
    """
    first = next((part for part in _SEPARATORS.split(fold(name).strip()) if part), "")
    first = _PARTY.sub("", first)
    spots = regions_in(first, hint)
    national = _NATIONAL.match(first)
    if spots and (spots[0][0] == 0 or national):
        return _of_place(spots[0][2])
    if national:
        return Jurisdiction(Level.NATIONAL, None)
    local = _LOCAL.match(first)
    return _of_word(local[1], hint) if local else Jurisdiction(None, None)


def _of_place(found: Region | tuple[Region, ...]) -> Jurisdiction:
    if isinstance(found, tuple):
        levels = {_level(region) for region in found}
        return Jurisdiction(levels.pop() if len(levels) == 1 else None, None)
    return Jurisdiction(_level(found), found)


def _level(region: Region) -> Level | None:
    """The level; a zone counts as one below its place, down to 县."""
    if region.level is not None or region.parent_code is None:
        return region.level
    return Level.CITY if get_region(region.parent_code).level is Level.PROVINCE else Level.COUNTY


def _of_word(word: str, hint: str | None) -> Jurisdiction:
    """市工信局: the place of that level at or above the hint; without one only the level, if the word tells it."""
    levels = _LOCAL_LEVEL[word]
    above = [get_region(code) for code in codes_up(hint)] if hint else []
    for level in levels:
        for region in above:
            if region.level is level and (word != "市" or region.name.endswith("市")):
                return Jurisdiction(level, region)
    return Jurisdiction(levels[0], None)
