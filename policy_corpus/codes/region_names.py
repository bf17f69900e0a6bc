"""One place name -> its region (行政区划或功能区), without guessing: who speaks of 鼓楼区 must say whose.

Called through `regions.py` by imports, forms and extraction. A name that several places share raises
AmbiguousRegion unless `within` decides. Rules where names compete:
- a full name beats a short one (海南区 is in 乌海; 海南 is the province);
- of short names the higher level wins (西安 is the city, not 西安区), except 吉林 (province or city) and
  朝阳 (city or district), which stay ambiguous; a place inside another of that name yields (九江 is 九江市);
- places of today beat abolished ones, except where the abolition is recent (2015 or later).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from policy_corpus.codes.region_table import (
    SUFFIX_KIND,
    Named,
    Quality,
    Region,
    codes_up,
    contains,
    get_region,
    table,
)
from policy_corpus.errors import AmbiguousRegion, UnknownRegion
from policy_corpus.folding import fold

_RECENT = 2015
_OLD = 2003  # districts given up before: their names are those of streets and quarters elsewhere today
_TOO_SHORT = frozenset(
    {"新区", "城区", "郊区", "矿区", "市区", "东区", "西区"}
)  # once names, now common words
_STILL_AMBIGUOUS = frozenset({"吉林", "朝阳"})
_PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新港澳台"
_PROVINCE_CODES = "111231501314152122233233343536374142434445465151525253535461616262636465818271"
ABBREVIATIONS = {
    **{char: _PROVINCE_CODES[2 * n : 2 * n + 2] for n, char in enumerate(_PROVINCES)},
    **{"莞": "4419", "穗": "4401", "深": "4403", "甬": "3302", "杭": "3301", "蓉": "5101", "厦": "3502"},
}
_SPACE = re.compile(r"[\s·\-－—/>＞,，、.。]+")
_SKIPPED = ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划")
_LONGEST = 24


def find_region(text: str, within: str | None = None) -> Region:
    """The one region that a name, a chain of names (江西省九江市浔阳区) or a code stands for.

    within: a code under which, or else near which, a shared name is looked for.
    Raises UnknownRegion, AmbiguousRegion.

    >>> find_region("九江").full_name, find_region("鼓楼区", within="350102").full_name
    ('江西省九江市', '福建省福州市鼓楼区')
    """
    name = _clean(text)
    found = _coded(name)
    if found is None:
        found = candidates(name, within)
    if not found:
        raise UnknownRegion(
            f"没有找到名为“{text.strip()}”的地区，请填写行政区划全称（如“江西省九江市”）或六位代码"
        )
    if len(found) > 1:
        raise AmbiguousRegion(text.strip(), tuple(r.full_name for r in found))
    return found[0]


def _clean(text: str) -> str:
    name = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"\d{6}-[A-Z]{2}\d?", name.strip()):
        return name.strip()
    name = fold(_SPACE.sub("", name))
    for word in _SKIPPED:
        name = name.replace(word, "")
    name = name.replace("(", "（").replace(")", "）")
    return name if name in table().index else re.sub("^(中华人民共和国|中国)(?=[^（])", "", name)


def _coded(name: str) -> tuple[Region, ...] | None:
    """The regions of a code, or None where the text is no code."""
    if re.fullmatch(r"\d{6}-[A-Z]{2}\d?", name):
        return (get_region(name),)
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", name):
        return None
    known, code = table(), name[:6]
    if code not in known.names and code[2:4] in ("01", "02", "90") and code.endswith("00"):
        code = code[:2] + "0000"  # 110100 市辖区, 429000 省直辖县级行政区划
    if code not in known.names and code in known.former_codes:
        return tuple(get_region(c) for c in known.former_codes[code])
    return (get_region(code),)


def candidates(name: str, within: str | None = None) -> tuple[Region, ...]:
    """Every region that the whole name can stand for after the rules above; none if it stands for nothing."""
    if len(name) == 1 and name in ABBREVIATIONS:
        return (get_region(ABBREVIATIONS[name].ljust(6, "0")),)
    codes = settle(name, _meanings(name, None))
    codes = codes or _zones_by_suffix(name, within)
    return tuple(get_region(c) for c in near(codes, within))


def _meanings(name: str, scope: str | None) -> list[Named]:
    """What the whole name can mean inside a scope: itself, or an outer place followed by an inner one."""
    known = table().index
    found = [m for m in known.get(name, ()) if is_inside(m, scope)]
    for length in range(min(len(name) - 2, _LONGEST), 1, -1):
        for outer in known.get(name[:length], ()):
            if is_inside(outer, scope):
                found += [m for code in outer.codes for m in _meanings(name[length:], code)
                          if m.codes != (code,)]  # fmt: skip
    return found


def is_inside(meaning: Named, scope: str | None) -> bool:
    """Whether one of the meant places lies in the scope; no scope holds everything."""
    return scope is None or any(contains(scope, code) for code in meaning.codes)


def settle(name: str, meanings: list[Named]) -> tuple[str, ...]:
    """The codes left when the rules of competing names have been applied."""
    best = [m for m in meanings if m.quality is Quality.FULL]
    best = best or [m for m in meanings if m.quality is Quality.SHORT]
    short = bool(best) and best[0].quality is Quality.SHORT
    former = [m for m in meanings if m.quality is Quality.FORMER] or (meanings if not best else [])
    former = [m for m in former if not _is_worn(name, m)]
    if best:
        former = [m for m in former if (m.until or 0) >= _RECENT and not short]
    today = unique(code for m in best for code in m.codes)
    codes = unique(code for m in (*best, *former) for code in m.codes)
    if name in _STILL_AMBIGUOUS:
        return tuple(c for c in codes if not _is_in_same_named_city(c, codes))
    codes = tuple(c for c in codes if not any(o != c and contains(o, c) for o in today))
    if short and codes:
        top = min(rank(c) for c in codes)
        codes = tuple(c for c in codes if rank(c) == top)
    return codes


def _is_worn(name: str, meaning: Named) -> bool:
    """Whether an abolished place is too old, or its name too plain, to be meant by the name alone."""
    is_old_district = name.endswith("区") and (meaning.until or 0) < _OLD and name in table().index
    return name in _TOO_SHORT or is_old_district


def _is_in_same_named_city(code: str, codes: tuple[str, ...]) -> bool:
    return any(o != code and contains(o, code) and not o.endswith("0000") for o in codes)


def unique(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes without repetition, in order."""
    return tuple(dict.fromkeys(codes))


def rank(code: str) -> int:
    """0 province, 1 city, 2 county, 3 zone."""
    return 3 if "-" in code else 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def near(codes: tuple[str, ...], within: str | None) -> tuple[str, ...]:
    """Of several codes those inside `within`, or inside the smallest place around it that has any."""
    if within is None or len(codes) < 2:
        return codes
    for scope in codes_up(within):
        inside = tuple(c for c in codes if contains(scope, c))
        if inside:
            return inside
    return codes


def _zones_by_suffix(name: str, within: str | None) -> tuple[str, ...]:
    """九江市高新区 -> the zone of that kind in that place, listed or not; 高新区 alone asks `within`."""
    suffix = max((s for s in SUFFIX_KIND if name.endswith(s)), key=len, default=None)
    if suffix is None:
        return ()
    place, kind = name.removesuffix(suffix), SUFFIX_KIND[suffix]
    if place in ("", "市", "区", "县", "本市", "我市", "本区", "我区", "本县", "我县", "全市"):
        return (zone_code(within, kind),) if within else ()
    places = near(settle(place, _meanings(place, None)), within)
    return tuple(f"{code}-{kind}" for code in places if "-" not in code)


def zone_code(place: str, kind: str) -> str:
    """The zone of a kind that people of a place mean: a listed one there, else that of the city above."""
    places = [c for c in codes_up(place) if "-" not in c]
    for code in places:
        if f"{code}-{kind}" in table().zones and (code == places[0] or not code.endswith("0000")):
            return f"{code}-{kind}"
    is_district = len(places) == 3 and table().names[places[0]].endswith("区")
    return f"{places[1] if is_district else places[0]}-{kind}"
