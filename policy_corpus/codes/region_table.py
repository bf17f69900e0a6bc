"""The table of 行政区划 and functional zones: codes in, regions and their containment out.

Read from the CSV files in data/ (see data/README.md), on first use, with the zones that administrators have added. The finding of names in text is in
`regions.py`, which is what other packages import. A zone's code is the code of the place it lies in and its
kind, "360400-ET": HT 高新区, ET 经开区, NA 新区, FT 自贸区, BD 保税区, IP 工业园区, SP others; a second
zone of the same kind in one place is HT2, HT3 ….
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources

from policy_corpus.additions import AddedZone, current, forgets
from policy_corpus.errors import UnknownRegion
from policy_corpus.model import Level

# How zones are called, by kind; the first is how a zone that no list names is shown.
ZONE_SUFFIXES: dict[str, tuple[str, ...]] = {
    "HT": ("高新技术产业开发区", "高新技术产业园区", "高新技术开发区", "高新技术产业园", "高新开发区", "高新区",
           "国家高新技术产业开发区", "国家级高新技术产业开发区", "国家级高新区", "国家高新区", "高新产业开发区"),
    "ET": ("经济技术开发区", "经济开发区", "经开区", "国家级经济技术开发区", "国家经济技术开发区",
           "国家级经开区", "国家经开区", "技术开发区", "开发区"),
    "BD": ("综合保税区", "综保区", "保税港区", "保税区"),
    "FT": ("自由贸易试验区", "自贸试验区", "自贸片区", "自贸区"),
    "IP": ("工业园区", "产业园区", "工业园"),
}  # fmt: skip
SUFFIX_KIND = {suffix: kind for kind, suffixes in ZONE_SUFFIXES.items() for suffix in suffixes}

# Ethnic names that short forms of autonomous places leave out, longest first.
_PEOPLE_WORDS = (
    "壮族 回族 维吾尔 维吾尔族 蒙古族 蒙古 藏族 苗族 彝族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 "
    "傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 达斡尔 仫佬族 羌族 布朗族 "
    "撒拉族 毛南族 仡佬族 锡伯族 锡伯 布依族 朝鲜族 满族 裕固族 保安族 独龙族 怒族 普米族 鄂温克族 塔吉克 塔吉克族 "
    "阿昌族 各族"
)
_PEOPLES = sorted(_PEOPLE_WORDS.split(), key=len, reverse=True)
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "新区", "地区", "林区", "特区",
             "省", "市", "区", "县", "盟", "州")  # fmt: skip
# The index is looked up with folded text; this is the one character in our names that folding changes.
_FOLDED = str.maketrans("乾", "干")


class Quality(IntEnum):
    """How well a name stands for a place; lower is better."""

    FULL = 0
    SHORT = 1
    FORMER = 2
    FORMER_SHORT = 3


@dataclass(frozen=True, slots=True)
class Region:
    """A place (行政区划 or 功能区). code: six digits, or a zone's code; level: None for a zone."""

    code: str
    name: str
    full_name: str
    level: Level | None
    parent_code: str | None
    is_zone: bool


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that a name can mean: the codes (several where a place was divided), how, until when."""

    codes: tuple[str, ...]
    quality: Quality
    until: int | None = None


@dataclass(frozen=True, slots=True)
class _Zone:
    name: str
    parent: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that is read from the files."""

    names: dict[str, str]
    zones: dict[str, _Zone]
    former_codes: dict[str, tuple[str, ...]]
    index: dict[str, list[Named]]


def short_name(name: str) -> str:
    """The name as people say it: 九江市 -> 九江, 延边朝鲜族自治州 -> 延边; unchanged where too little is left.

    >>> [short_name(n) for n in ("九江市", "延边朝鲜族自治州", "广西壮族自治区", "沁县", "神农架林区")]
    ['九江', '延边', '广西', '沁县', '神农架']
    """
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            return _drop_peoples(name[: -len(suffix)], suffix) if len(name) - len(suffix) > 1 else name
    return name


def _drop_peoples(stem: str, suffix: str) -> str:
    if not suffix.startswith("自治"):
        return stem
    while True:
        found = next((p for p in _PEOPLES if stem.endswith(p) and len(stem) - len(p) >= 2), None)
        if found is None:
            return stem
        stem = stem[: -len(found)]


def _rows(name: str) -> Iterator[dict[str, str]]:
    source = resources.files("policy_corpus.codes").joinpath("data", name)
    yield from csv.DictReader(source.read_text(encoding="utf-8").splitlines())


def built_in_zones() -> list[AddedZone]:
    """The zones that the program brings along, in the order of the file."""
    return [
        AddedZone(row["code"], row["name"], row["parent"], tuple(row["aliases"].split()))
        for row in _rows("zones.csv")
    ]


@forgets
@cache
def table() -> Table:
    """The whole table, read on first call."""
    names = {row["code"]: row["name"] for row in _rows("regions.csv")}
    zones = {
        row["code"]: _Zone(row["name"], row["parent"], tuple(row["members"].split()))
        for row in _rows("zones.csv")
    }
    index: dict[str, list[Named]] = {}
    for code, name in names.items():
        _index_place(index, code, name)
    for row in _rows("zones.csv"):
        _index_zone(index, row["code"], row["name"], row["aliases"].split())
    for zone in current().zones:
        zones.setdefault(zone.code, _Zone(zone.name, zone.parent, ()))
        _index_zone(index, zone.code, zone.name, zone.aliases)
    former_codes: dict[str, tuple[str, ...]] = {}
    for row in _rows("region_history.csv"):
        codes, year = tuple(row["successors"].split(";")), int(row["year"])
        former_codes[row["code"]] = codes
        _add(index, row["name"], Named(codes, Quality.FORMER, year))
        short = short_name(row["name"])
        if short != row["name"] and len(short) > 1:
            _add(index, short, Named(codes, Quality.FORMER_SHORT, year))
    return Table(names, zones, former_codes, index)


def _add(index: dict[str, list[Named]], name: str, meaning: Named) -> None:
    name = name.translate(_FOLDED)
    if "-" in name:  # 奎屯-独山子: also as the resolver cleans it
        _add(index, name.replace("-", ""), meaning)
    known = index.setdefault(name, [])
    if all(other.codes != meaning.codes or other.quality > meaning.quality for other in known):
        known.append(meaning)


def _index_zone(index: dict[str, list[Named]], code: str, name: str, aliases: Iterable[str]) -> None:
    for alias in (name, *aliases, *_zone_names(name)):
        _add(index, alias, Named((code,), Quality.FULL))


def _index_place(index: dict[str, list[Named]], code: str, name: str) -> None:
    _add(index, name, Named((code,), Quality.FULL))
    short = short_name(name)
    if short == name:
        return
    _add(index, short, Named((code,), Quality.SHORT))
    if name.endswith("自治州"):
        _add(index, short + "州", Named((code,), Quality.FULL))
    if name.endswith(("自治县", "自治旗")):
        _add(index, short + "县", Named((code,), Quality.SHORT))


def _zone_names(name: str) -> Iterator[str]:
    """The other usual forms of a zone's name: 九江经济技术开发区 -> 九江经开区, 九江开发区 ….

    Only the generic 开发区 is left to the plain zone of a place, which the resolver makes itself.
    """
    suffix = max((s for s in SUFFIX_KIND if name.endswith(s)), key=len, default=None)
    if suffix is None or SUFFIX_KIND[suffix] not in ("HT", "ET"):
        return
    stem = name.removesuffix(suffix)
    if len(stem) > 1:
        yield from (stem + other for other in ZONE_SUFFIXES[SUFFIX_KIND[suffix]] if other != "开发区")


def parent_code(code: str) -> str | None:
    """The code one step up, None above a province. Counties led by the province directly go up to it."""
    if "-" in code:
        zone = table().zones.get(code)
        return zone.parent if zone else code.partition("-")[0]
    if code.endswith("0000"):
        return None
    city = code[:4] + "00"
    return city if city != code and city in table().names else code[:2] + "0000"


def codes_up(code: str) -> Iterator[str]:
    """The code and those above it, innermost first."""
    step: str | None = code
    while step is not None:
        yield step
        step = parent_code(step)


@forgets
@cache
def get_region(code: str) -> Region:
    """The region of a code (six digits, a zone's code, or a code no longer in use). Raises UnknownRegion."""
    known = table()
    if "-" in code:
        return _zone(code)
    if code not in known.names:
        former = known.former_codes.get(code, ())
        if len(former) == 1:
            return get_region(former[0])
        raise UnknownRegion(f"没有行政区划代码“{code}”，请填写六位代码或地名")
    level = Level.PROVINCE if code.endswith("0000") else Level.CITY if code.endswith("00") else Level.COUNTY
    full = "".join(known.names[c] for c in reversed(tuple(codes_up(code))))
    return Region(code, known.names[code], full, level, parent_code(code), is_zone=False)


def every_region() -> Iterator[Region]:
    """All places and zones of today, places first, each in the order of its table."""
    held = table()
    return map(get_region, (*held.names, *held.zones))


def _zone(code: str) -> Region:
    parent, _, kind = code.partition("-")
    listed = table().zones.get(code)
    place = get_region(listed.parent if listed else parent)
    if listed is None and kind not in ZONE_SUFFIXES:
        raise UnknownRegion(f"没有功能区代码“{code}”，请填写功能区名称")
    name = listed.name if listed else place.name + ZONE_SUFFIXES[kind][0]
    full = (_zone_prefix(name, place) + name) if listed else place.full_name + ZONE_SUFFIXES[kind][0]
    return Region(code, name, full, None, place.code, is_zone=True)


def _zone_prefix(name: str, place: Region) -> str:
    """What goes before a zone's name: the place, less what the name says already."""
    above = tuple(codes_up(place.code))
    for number, code in enumerate(above):
        if name.startswith(short_name(table().names[code])):
            return get_region(above[number + 1]).full_name if number + 1 < len(above) else ""
    return "" if name.startswith("中国（") else place.full_name


def path(code: str) -> tuple[Region, ...]:
    """The regions from the province down to this one."""
    return tuple(get_region(c) for c in reversed(tuple(codes_up(get_region(code).code))))


def contains(outer: str, inner: str) -> bool:
    """Whether the place lies wholly and certainly in the other (or is it); unsure counts as no.

    >>> contains("360000", "360403"), contains("360403", "360400")
    (True, False)
    """
    up = tuple(codes_up(inner))
    if outer in up:
        return True
    zone = table().zones.get(outer)
    return zone is not None and any(member in up for member in zone.members)


def covers(outer: str, inner: str) -> bool | None:
    """Whether being in `inner` means being in `outer`: True, False, or None where it cannot be known.

    Unknown: `inner` is the larger one (a company known to be in 九江市, asked about 浔阳区), or a zone and a
    district (or two zones) of the same place, whose borders are in no table.
    """
    if contains(outer, inner):
        return True
    if contains(inner, outer):
        return None
    if "-" not in outer and "-" not in inner:
        return False
    frames = [code if "-" not in code else parent_code(code) or code for code in (outer, inner)]
    touching = contains(frames[0], frames[1]) or contains(frames[1], frames[0])
    return None if touching else False
