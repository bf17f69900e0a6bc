"""Running text -> the places it names (行政区划与功能区), each with its offsets.

Called through `regions.py` by reading and extraction. Longest match by Aho-Corasick, then chains are followed
inwards (江西省 九江市 柳河县 is one place). Ambiguous names come back as all their candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from policy_corpus.additions import forgets
from policy_corpus.codes.region_names import ABBREVIATIONS, is_inside, near, rank, settle, unique, zone_code
from policy_corpus.codes.region_table import SUFFIX_KIND, Named, Quality, Region, get_region, table
from policy_corpus.folding import fold

if TYPE_CHECKING:
    import ahocorasick

# 在莞企业, 驻京单位: the abbreviation counts only before such words.
_STATIONED = re.compile(
    "[在驻来](["
    + "".join(a for a in ABBREVIATIONS if a not in "新青港")
    + "])(?=企业|单位|机构|高校|注册|设立|投资|经营|登记|落户|纳税|央企|院校|创办|创业|就业|工作|上市|总部|科研|实施)"
)
# Words that are common speech unless a place stands before them.
_COMMON_WORDS = (
    "新城区 老城区 城关区 城中区 城东区 城西区 城北区 市中区 中原区 开发区 高新区 经开区 "
    "城区 郊区 矿区 新区 市区 市郊区 东区 西区 南区 北区 中区 城南区 东市区 西市区 "
    "南市区 北市区 朝阳 安康 长治 大同 东方 保定 固原 资阳 平凉 普洱 三沙 中卫 特区 "
    "上海证券交易所 深圳证券交易所 北京证券交易所 北京时间 香港联合交易所 香港联交所 香港交易所 "
    "海南岛 港澳台 南海 北海道 新建 和平 平安 建设 向阳 前进 东风 红旗 友好 长安 自由 "
    "安居 城中 城东 城西 城北 城关 市中 新城 中原 中站 解放 铁东 铁西 江南 江北 河东 "
    "河西 南关 东安 新兴 大通 开平 兴业 惠民 长乐 高新 "
)
_COMMON = frozenset(_COMMON_WORDS.split())
_NOT_PLACES = tuple(w for w in _COMMON if w.endswith(("交易所", "时间", "联交所", "道", "港澳台", "海南岛")))
_OF_A_KIND = frozenset("省级家各类个")  # 国家高新区, 省级经开区: any of them
_BEFORE_SHORT = frozenset("在于省市州盟区是为由对向")
_LONGEST = 24
Spot = tuple[int, int, Region | tuple[Region, ...]]


def regions_in(text: str, within: str | None = None) -> list[Spot]:
    """The places that a text names, in order: (start, end, the region, or all candidates if ambiguous).

    Short names count only for provinces and cities, or inside a chain. 高新区 and 经开区 alone are the zones
    of `within`, or nothing where that is not given or a province.

    >>> [(s, e, r.full_name) for s, e, r in regions_in("在江西省九江市柴桑区注册的企业")]
    [(1, 10, '江西省九江市柴桑区')]
    """
    folded = fold(text).replace("(", "（").replace(")", "）")
    found: list[Spot] = []
    last = 0
    for start, end in _anchors(folded):
        if start < last or _is_part_of_words(folded, start, end):
            continue
        last, codes = _read_chain(folded, start, end, within)
        if codes:
            regions = tuple(get_region(c) for c in codes)
            found.append((start, last, regions[0] if len(regions) == 1 else regions))
    found += [
        (m.start(1), m.end(1), get_region(ABBREVIATIONS[m[1]].ljust(6, "0")))
        for m in _STATIONED.finditer(folded)
    ]
    return sorted(found, key=lambda spot: spot[:2])


@forgets
@cache
def _automaton() -> ahocorasick.Automaton:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    words = [name for name, meanings in table().index.items() if _stands_alone(name, meanings)]
    for word in (*words, *_NOT_PLACES, *SUFFIX_KIND):
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def _stands_alone(name: str, meanings: list[Named]) -> bool:
    """Whether the name may be taken for a place without another before it."""
    if name in _COMMON or len(name) < 2:
        return False
    best = min(meanings, key=lambda m: m.quality)
    if best.quality is Quality.SHORT:
        return any(rank(c) < 2 for c in best.codes)
    return best.quality is Quality.FULL or (best.quality is Quality.FORMER and len(name) > 2)


def _anchors(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names that can begin a chain, leftmost and longest first."""
    spans = {(end - length + 1, end + 1) for end, length in _automaton().iter(text)}
    yield from sorted(spans, key=lambda span: (span[0], -span[1]))


def _is_part_of_words(text: str, start: int, end: int) -> bool:
    """Whether a name of two characters is but the seam of other words: 示范县, 省和县级."""
    if end - start > 2 or text[end - 1] not in "县市区":
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    is_attached = "\u4e00" <= before <= "\u9fff" and before not in _BEFORE_SHORT
    return is_attached or after in ("级", "域", "市", "区", "（")


def _read_chain(text: str, start: int, end: int, within: str | None) -> tuple[int, tuple[str, ...]]:
    """Where the chain that begins with text[start:end] ends, and the codes it can stand for (maybe none)."""
    first = text[start:end]
    if first in _NOT_PLACES:
        return end, ()
    meanings = table().index.get(first, [])
    if not meanings:
        return end, () if text[start - 1 : start] in _OF_A_KIND else _lone_zone(first, within)
    codes, scope = settle(first, meanings), unique(c for m in meanings for c in m.codes)
    while (step := _next_place(text, end, scope)) is not None:
        end, codes = step
        scope = codes
    return end, near(codes, within)


def _lone_zone(suffix: str, within: str | None) -> tuple[str, ...]:
    """高新区 or 经开区 without a place: that of `within`; the long and the vague forms stay unread."""
    if within is None or within.endswith("0000") or suffix not in ("高新区", "经开区"):
        return ()
    return (zone_code(within, SUFFIX_KIND[suffix]),)


def _next_place(text: str, start: int, scope: tuple[str, ...]) -> tuple[int, tuple[str, ...]] | None:
    """The longest name at `start` that lies inside one of the places of `scope`."""
    known = table().index
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        name = text[start:end]
        meanings = [m for m in known.get(name, ()) if _continues(name, m, scope)]
        if meanings:
            return end, settle(name, meanings)
        kind = SUFFIX_KIND.get(name)
        places = [c for c in scope if rank(c) in (1, 2)]
        if kind in ("HT", "ET", "BD") and places and len(places) == len(scope):
            return end, unique(f"{c}-{kind}" for c in places)
    return None


def _continues(name: str, meaning: Named, scope: tuple[str, ...]) -> bool:
    if meaning.quality in (Quality.SHORT, Quality.FORMER_SHORT) and name in _COMMON:
        return False
    return any(is_inside(meaning, code) and meaning.codes != (code,) for code in scope)
