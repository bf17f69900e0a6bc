"""Judge conditions on titles held (资质称号), such as 高新技术企业 or 省级企业技术中心.

A title is a name, the level that gave it, and the region that gave it. Names are compared through the
table `dictionary/titles.txt`. Rules, each on the careful side:

- the same name at the level asked, or at a level that the words allow ("省级及以上"): held;
- the same name at another level or of unknown level: unknown, a higher title does not silently stand for
  a lower one;
- a stated list without the title: not held if the title stands in our table, because we would then have
  recognised it under its other names; unknown for any other title, and for one that resembles a held one;
- a title that is said to imply the one asked, in whatever region and at whatever level: held;
- no list stated: unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from matching.comparisons import MET, NOT_MET, UNKNOWN, any_of
from matching.judging.judgement import Asked, Judgement, not_stated, undecided
from matching.model import Verdict
from policy_corpus.additions import AddedTitle, current, forgets
from policy_corpus.facts import FactDefinition
from policy_corpus.folding import fold
from policy_corpus.model import Condition, Operator

_RANKS = {"县级": 1, "区级": 1, "区县级": 1, "县区级": 1, "市级": 2, "设区市级": 2, "地市级": 2, "州级": 2,
          "省级": 3, "自治区级": 3, "国家级": 4, "世界级": 5}  # fmt: skip
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|"
    "四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
)
_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
_NOISE = re.compile(r"[\s“”\"'‘’《》（）()·]+")
_YEAR = re.compile(r"^(?:20\d\d年?度?|第[一二三四五六七八九十\d]+批次?)")
_LEVEL = re.compile(
    r"^(?P<level>国家级?|省部级|"
    + "|".join(sorted(_RANKS, key=len, reverse=True))
    + r"|省|市)(?P<up>及?以上)?的?(?=..)"
)
_BOTH = re.compile(
    r"^(?:国家级?、省级?|省级?、国家级?|国家级?和省级?|国家级?或省级?|国家级?及省级?|省部级)的?"
)
_REGION = re.compile(
    r"^(?P<province>" + _PROVINCES + r")(?P<kind>省(?!级)|市(?!级)|(?:壮族|回族|维吾尔)?自治区(?!级))?(?=..)"
)
_VERBS = re.compile(
    r"^(?:对|首次|初次|当年|已|新(?=认定|获评|评定|入选)|被?(?:获得|获评|取得|通过|认定|评定|入选|列入)(?:为|的)?)+"
)
_TAILS = ("称号", "认定", "资质", "资格", "证书", "荣誉", "名单", "榜单")
# 工信部企业〔2022〕63号: the ladder; who stands higher has as a rule climbed the steps below.
_LADDER = ("重点专精特新小巨人企业", "专精特新小巨人企业", "专精特新中小企业", "创新型中小企业")


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart. ranks: the levels it may be of, lowest first, empty where unknown."""

    name: str
    ranks: tuple[int, ...] = ()
    province: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    rank: int | None


def judge_title(condition: Condition, row: FactDefinition, asked: Asked) -> Judgement:
    """Does the enterprise hold the title, or any of the titles, of the condition?"""
    wanted = titles_asked(condition)
    if not wanted or condition.op not in (Operator.HAS, Operator.NOT_HAS, Operator.EQ, Operator.IN):
        return undecided("条件的内容无法识别")
    fact = asked.find(row.key)
    if fact is None:
        return not_stated(row)
    if not isinstance(fact.value, tuple):
        return undecided(f"企业填报的{row.label}无法识别", fact)
    verdict = any_of(_holds(parse_title(title), fact.value) for title in wanted)
    decisive = tuple(
        title
        for title in fact.value
        if any(_same(parse_title(one), parse_title(title)) is MET for one in wanted)
    )
    note = f"无法确定企业是否具有“{'、'.join(wanted)}”，请确认" if verdict is UNKNOWN else None
    return Judgement(verdict, fact, note, decisive=decisive if verdict is MET else ())


def titles_asked(condition: Condition) -> tuple[str, ...]:
    """The titles that a condition names."""
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return tuple(value for value in values if isinstance(value, str) and value.strip())


@forgets
@lru_cache(maxsize=65536)
def parse_title(text: str) -> Title:
    """Take a title apart and name it by the table.

    >>> parse_title("省级及以上“专精特新”中小企业")
    Title(name='专精特新中小企业', ranks=(3, 4, 5), province=None)
    >>> parse_title("国家高新技术企业") == parse_title("高企")
    True
    """
    bare = _VERBS.sub("", _YEAR.sub("", _NOISE.sub("", fold(text))))
    province: str | None = None
    ranks: tuple[int, ...] = ()
    if (found := _entry(bare)) is None:
        bare, province = _cut_region(bare)
        bare, ranks = _cut_level(bare)
        if province in _MUNICIPALITIES and ranks == (2,):
            ranks = (3,)  # 直辖市: its 市级 is the level of a province
        found = _entry(bare)
    if found is None:
        return Title(_cut_tail(bare), ranks or ((3,) if province else ()), province)
    if not ranks:
        ranks = (3,) if province else (found.rank,) if found.rank else ()
    return Title(found.name, ranks, province)


def _cut_region(bare: str) -> tuple[str, str | None]:
    found = _REGION.match(bare)
    return (bare[found.end() :], found["province"]) if found else (bare, None)


def _cut_level(bare: str) -> tuple[str, tuple[int, ...]]:
    if found := _BOTH.match(bare):
        return bare[found.end() :], (3, 4)
    found = _LEVEL.match(bare)
    if not found:
        return bare, ()
    name = found["level"] if found["level"].endswith("级") else found["level"] + "级"
    rank = _RANKS[name]
    return bare[found.end() :], tuple(range(rank, 6)) if found["up"] else (rank,)


def _cut_tail(bare: str) -> str:
    for tail in _TAILS:
        if bare.endswith(tail) and len(bare) > len(tail) + 2:
            return bare.removesuffix(tail)
    return bare


def _entry(bare: str) -> _Entry | None:
    return _table().get(bare.upper()) or _table().get(_cut_tail(bare).upper())


def known_titles() -> tuple[str, ...]:
    """The names of all titles of the table, each once."""
    return tuple(dict.fromkeys(entry.name for entry in _table().values()))


def built_in_titles() -> list[AddedTitle]:
    """The rows of the table that the program brings along."""
    text = resources.files("matching").joinpath("dictionary", "titles.txt").read_text("utf-8")
    rows: list[AddedTitle] = []
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        if line:
            name, level, others = (part.strip() for part in line.split("|"))
            rows.append(AddedTitle(name, level, tuple(o.strip() for o in others.split("=") if o.strip())))
    return rows


def title_key(name: str) -> str:
    """A name as the table looks it up: folded, without quotes, brackets and spaces, in capitals."""
    return _NOISE.sub("", fold(name)).upper()


@forgets
@cache
def _table() -> dict[str, _Entry]:
    table: dict[str, _Entry] = {}
    for row in built_in_titles():
        entry = _Entry(row.name, _RANKS[row.level] if row.level else None)
        table.update({title_key(name): entry for name in (row.name, *row.others)})
    for row in current().titles:  # further names of a title that is there, or a title of its own
        known = table.get(title_key(row.name))
        entry = known or _Entry(row.name, _RANKS[row.level] if row.level else None)
        for name in (row.name, *row.others):
            table.setdefault(title_key(name), entry)
    return table


@forgets
@cache
def _implied() -> dict[str, frozenset[str]]:
    """Name of a title -> the names of all that whoever holds it holds as well."""
    direct: dict[str, set[str]] = {}
    for row in current().titles:
        names = {parse_title(name).name for name in row.implies}
        direct.setdefault(parse_title(row.name).name, set()).update(names)
    return {name: frozenset(_reached(direct, name) - {name}) for name in direct}


def _reached(direct: dict[str, set[str]], name: str) -> set[str]:
    found, ahead = set[str](), [name]
    while ahead:
        new = direct.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def _holds(wanted: Title, held: tuple[str, ...]) -> Verdict:
    titles = [parse_title(text) for text in held]
    verdict = any_of(_same(wanted, title) for title in titles) if titles else NOT_MET
    if verdict is not NOT_MET:
        return verdict
    return NOT_MET if wanted.name.upper() in _table() else UNKNOWN


def _same(wanted: Title, title: Title) -> Verdict:
    if wanted.name in _implied().get(title.name, ()):
        return MET if not wanted.ranks and not wanted.province else UNKNOWN
    if wanted.name != title.name:
        return UNKNOWN if _resembles(wanted.name, title.name) else NOT_MET
    if wanted.province and title.province and wanted.province != title.province:
        return NOT_MET
    if wanted.province and not title.province:
        return UNKNOWN
    if not wanted.ranks:
        return MET
    return MET if title.ranks and set(title.ranks) <= set(wanted.ranks) else UNKNOWN


def _resembles(wanted: str, held: str) -> bool:
    if wanted in _LADDER and held in _LADDER:
        return _LADDER.index(held) < _LADDER.index(wanted)
    if wanted.upper() in _table() and held.upper() in _table():
        return False
    shorter, longer = sorted((wanted, held), key=len)
    return len(shorter) >= 4 and shorter in longer
