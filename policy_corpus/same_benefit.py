"""Find items of different levels of government that give the same thing (同类政策), such as a reward for a first 高新技术企业.

What an item is about is its title without places, figures and the words that every title has; titles that can be
held stand for themselves. Two items are candidates when that is the same, the form of support is the same, and one
region lies in the other. A person confirms each pair: precision before completeness.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil

from policy_corpus.codes.regions import contains
from policy_corpus.extraction.lexicon.titles import CORES
from policy_corpus.extraction.words.word_finder import WordFinder
from policy_corpus.folding import fold
from policy_corpus.model import BenefitKind, Condition, Document, Level, PolicyItem, leaves

# Honours of the nation: whoever rewards them, it is the same honour, with or without 国家级 before it.
_NATIONAL = re.compile(
    "高新技术企业|小巨人|单项冠军|科技型中小企业|中华老字号|驰名商标|技术先进型服务企业|5G工厂|高级认证企业|新增规上"
)
_SPELLINGS = (
    (re.compile("[“”\"'《》「」（）()\\s]"), ""),
    (re.compile("国家高新技术企业|国家级高新技术企业"), "高新技术企业"),
    (re.compile("专精特新小巨人企业|专精特新小巨人|小巨人企业"), "小巨人"),
    (re.compile("专精特新中小企业|专精特新企业"), "专精特新"),
    (re.compile("制造业单项冠军(?:示范)?企业|单项冠军(?:示范)?企业"), "单项冠军"),
    (re.compile("研究开发"), "研发"),
    (re.compile("研发投入|研发经费|研发费用"), "研发费"),
    (re.compile("规模以上|限额以上|规上|限上|四上"), "规上"),
    (re.compile("新增规上|小升规|上规模|升规纳统|升规入统|入规纳统|首次升规|新升规"), "新增规上"),
)  # fmt: skip
_IN_BRACKETS = re.compile(r"[（(][^（）()]{0,30}[）)]")
_FIGURES = re.compile(r"(?:最高)?\d{1,9}(?:\.\d{1,4})?(?:万|亿)?(?:元|%|％|家|人|户|年)")
_PLACE = re.compile(r"^(?:关于)?[一-鿿]{2,7}?(?:省|市|自治区|自治州|区|县|新区|开发区)(?!级|场|内|外|政)")
_MARK = "\ue000"  # stands where a held title stood
_OF_NATION = frozenset(("国家级", "国家", "全国"))
_RANK = re.compile(f"国家级|省部级|省级|市级|区级|县级|(?:国家|全国|省|市|区|县)(?={_MARK})")
# What a title has beside its matter; longest first.
_GENERAL = re.compile(
    "一次性|首次|新(?=认定|评|入选|获|通过|列入|纳入)|当年|年度|新增|新获|最高|给予|予以|获得|取得|通过|获评|获批|荣获|入选|纳入|列入|评定|评为|授予|复核|"
    "认定|奖励|奖补|补助|补贴|资助|扶持|支持|鼓励|引导|推动|加快|加大|加强|促进|资金|专项|政策|项目|力度|称号|资质|"
    "标准|条件|额度|申请|申报|实施|开展|工作|企业|单位|机构|被|为|的|对|和|及|与|等|给|按|、|，|：|:|；|·|—|-"
)
# Words of many matters, that make none by themselves.
_VAGUE = re.compile("税费|全额|减免|减半|优惠|服务|高质量|发展|融资|贷款|产业|重点|建设|创新|其他")
# The same matter for another act: to be recognised, and to be recognised again, are two benefits.
_AGAIN = re.compile("重新认定|复审|复核|再次|连续|续期|换证|第二次")
# How far a relief goes: to be freed of a tax is not to pay half of it, nor to pay it later.
_RELIEFS = (
    re.compile("免"),
    re.compile("减半|50%"),
    re.compile("延|缓"),
    re.compile("扣除"),
    re.compile("退"),
)
_FORM = {BenefitKind.REWARD: "money", BenefitKind.SUBSIDY: "money"}
# Grades: two matters that differ in one of these are two, however alike the rest.
_GRADES = re.compile(r"[A-Za-z]{1,12}|[一二三四五]星级?|[特一二三]等奖?|[金银铜]奖|[一二三甲乙]类")
_SHORTEST = 4  # characters of a matter without a held title; shorter ones are alike by chance
_TELLING = 4  # two-character runs of a grant's sentence, beyond its matter, that tell what it is given for
_GIVEN_ALIKE = 0.3
_ALIKE = 0.8  # share of two-character runs that two matters have in common


@dataclass(frozen=True, slots=True)
class Matter:
    """What an item is about. held: titles it names; rest: what else its title says; again: 复审 and the like."""

    held: frozenset[str]
    ranks: frozenset[str]
    rest: str
    again: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two items that may give the same at two levels, the higher one first."""

    higher: str
    lower: str
    reason: str


def matter_of(item: PolicyItem) -> Matter:
    """What an item is about, from its title; from the event that earns it where the title names no matter.

    >>> from policy_corpus.model import AllOf
    >>> first, second = (PolicyItem("d-001", "d", 1, title, AllOf(()), (), ()) for title in (
    ...     "首次认定高新技术企业奖励（30万元）", "示例市国家高新技术企业认定奖励"))
    >>> matter_of(first) == matter_of(second)
    True
    """
    found = _matter(item.title)
    if found.held or len(found.rest) >= _SHORTEST:
        return found
    events = [
        leaf.value
        for leaf in leaves(item.conditions)
        if isinstance(leaf, Condition) and leaf.attribute == "event" and isinstance(leaf.value, str)
    ]
    return _matter(events[0]) if len(events) == 1 else found


def _matter(title: str) -> Matter:
    text = _plain(_PLACE.sub("", _without_figures(fold(title))))
    again = bool(_AGAIN.search(text))
    held: set[str] = set()
    for start, end in reversed(list(_titles().find(text))):
        held.add(text[start:end])
        text = text[:start] + _MARK + text[end:]
    ranks = frozenset(_RANK.findall(text))
    rest = _GENERAL.sub("", _RANK.sub("", text).replace(_MARK, ""))
    return Matter(frozenset(held), ranks, rest, again)


def _without_figures(text: str) -> str:
    """Without sums and shares, and without brackets that hold one."""
    return _FIGURES.sub("", _IN_BRACKETS.sub(_unless_figured, text))


def _unless_figured(match: re.Match[str]) -> str:
    return "" if re.search(r"[元%％\d]", match[0]) else match[0]


def _plain(text: str) -> str:
    for spelling, plain in _SPELLINGS:
        text = spelling.sub(plain, text)
    return text


@cache
def _titles() -> WordFinder:
    """Everything that can be held, in the spellings of this module, with what is like a title: 新增规上."""
    return WordFinder([*(_plain(fold(core)) for core in CORES), "新增规上"])


def same_matter(one: Matter, other: Matter) -> str | None:
    """Why two items are about the same thing, in Chinese, or None."""
    if one.again != other.again or one.held != other.held or _grades(one) != _grades(other):
        return None
    if one.held:
        if not _ranks_agree(one, other) or _likeness(one.rest, other.rest) < _ALIKE:
            return None
        return f"同为“{'、'.join(sorted(one.held))}”"
    if not (_is_telling(one.rest) and _is_telling(other.rest)) or _likeness(one.rest, other.rest) < _ALIKE:
        return None
    return f"事项名称同为“{min(one.rest, other.rest, key=len)}”"


def _grades(matter: Matter) -> list[str]:
    return sorted(_GRADES.findall(matter.rest))


def _is_telling(rest: str) -> bool:
    return len(_VAGUE.sub("", rest)) >= _SHORTEST


def same_grant(one: PolicyItem, other: PolicyItem, matter: Matter, its_matter: Matter) -> bool:
    """Whether what is given may be the same: the form, how far a relief goes, and what it is given for."""
    if not _forms(one) & _forms(other):
        return False
    words, its_words = _given(one), _given(other)
    if any(bool(relief.search(words)) != bool(relief.search(its_words)) for relief in _RELIEFS):
        return False
    told = _runs("".join(matter.held) + matter.rest) | _runs("".join(its_matter.held) + its_matter.rest)
    mine, theirs = _runs(_bare(words)) - told, _runs(_bare(its_words)) - told
    if max(len(mine), len(theirs)) < _TELLING:
        return True
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= _GIVEN_ALIKE


def _given(item: PolicyItem) -> str:
    return item.benefits[0].span.quote if item.benefits else ""


def _bare(quote: str) -> str:
    return _GENERAL.sub("", _plain(_without_figures(fold(quote))))


def _ranks_agree(one: Matter, other: Matter) -> bool:
    """An honour of the province is not that of the city; one of the nation may be named with or without its rank."""
    if one.ranks == other.ranks:
        return True
    return one.ranks | other.ranks <= _OF_NATION and all(map(_NATIONAL.fullmatch, one.held))


def _likeness(one: str, other: str) -> float:
    """Dice's share of two-character runs in common; two empty texts are alike."""
    if one == other:
        return 1.0
    left, right = _runs(one), _runs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _runs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _forms(item: PolicyItem) -> frozenset[str]:
    return frozenset(_FORM.get(benefit.kind, benefit.kind.value) for benefit in item.benefits)


_Entry = tuple[PolicyItem, Document, Matter]


def find_same_benefits(pairs: Iterable[tuple[PolicyItem, Document]]) -> list[Candidate]:
    """Candidates among items with their documents, in the order of ids; each pair once.

    Items of one document are tiers of each other, and documents of one level rivals, not levels; neither is paired.
    Where two documents have tiers of the same matter, each tier finds the one most like it.
    """
    entries = [
        (item, document, matter)
        for item, document in sorted(pairs, key=lambda pair: pair[0].id)
        if document.level is not None and ((matter := matter_of(item)).held or _is_telling(matter.rest))
    ]
    groups: dict[str, list[_Entry]] = defaultdict(list)
    frequency = Counter(run for _, _, matter in entries for run in _runs(matter.rest))
    for entry in entries:
        for key in sorted(entry[2].held) or _rarest(entry[2].rest, frequency):
            groups[key].append(entry)
    found: dict[tuple[str, str], tuple[float, Candidate]] = {}
    for group in groups.values():
        for likeness, candidate in _among(group):
            found.setdefault((candidate.higher, candidate.lower), (likeness, candidate))
    return sorted(_best_tiers(found.values()), key=lambda candidate: (candidate.higher, candidate.lower))


def _rarest(rest: str, frequency: Counter[str]) -> list[str]:
    """So many of the rarest runs of a matter that whatever is alike enough shares one of them.

    Two sets of a and b runs that are alike to the share t have at least a·t/(2-t) runs in common.
    """
    runs = sorted(_runs(rest), key=lambda run: (frequency[run], run))
    return runs[: len(runs) - ceil(len(runs) * _ALIKE / (2 - _ALIKE)) + 1]


def _best_tiers(found: Iterable[tuple[float, Candidate]]) -> Iterator[Candidate]:
    """Of the pairs between two documents those most alike, no item in two of them."""
    taken: set[tuple[str, str]] = set()
    for _, candidate in sorted(found, key=lambda pair: (-pair[0], pair[1].higher, pair[1].lower)):
        documents = (candidate.higher.rsplit("-", 1)[0], candidate.lower.rsplit("-", 1)[0])
        mine, theirs = (candidate.higher, documents[1]), (candidate.lower, documents[0])
        if mine not in taken and theirs not in taken:
            taken |= {mine, theirs}
            yield candidate


def _among(group: list[_Entry]) -> Iterator[tuple[float, Candidate]]:
    for number, (item, document, matter) in enumerate(group):
        for other, its_document, its_matter in group[number + 1 :]:
            order = _nested(document, its_document)
            if order is None:
                continue
            reason = same_matter(matter, its_matter)
            if reason and same_grant(item, other, matter, its_matter):
                likeness = _likeness(item.title, other.title) + _likeness(_given(item), _given(other))
                higher, lower = (item, other) if order else (other, item)
                yield likeness, Candidate(higher.id, lower.id, reason)


_LEVELS = tuple(Level)


def _nested(one: Document, other: Document) -> bool | None:
    """True if the first speaks for a larger place that holds the other's, False the other way, else None."""
    if one.id == other.id or one.level is other.level or one.level is None or other.level is None:
        return None
    first_is_higher = _LEVELS.index(one.level) < _LEVELS.index(other.level)
    higher, lower = (one, other) if first_is_higher else (other, one)
    if lower.region_code is None or (higher.region_code is None and higher.level is not Level.NATIONAL):
        return None
    if higher.region_code is not None and not contains(higher.region_code, lower.region_code):
        return None
    return first_is_higher
