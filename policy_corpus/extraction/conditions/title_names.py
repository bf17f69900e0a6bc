"""Where the titles of the table stand in a clause, each with its level, issuer and rank; called by title_lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policy_corpus.additions import current, forgets
from policy_corpus.extraction.lexicon.titles import CORES, HOLDING_VERBS, LEVELS
from policy_corpus.extraction.words.word_finder import WordFinder
from policy_corpus.folding import fold

Title = tuple[int, int, tuple[str, ...]]
"""Start, end and names of a title."""
_BEFORE_CORE = re.compile(
    rf"(?:(?<![我本全该])(?:{'|'.join(LEVELS)})(?:及以上|以上|（含）以上)?(?:的)?)?(?:[^\W\da-zA-Z对获得评为的入选认定过到或和及与我本全该支持鼓励业设域部]{{2,3}}(?:市|省|区|县)(?:级)?)?(?:科技|制造业|重点|首批|优秀)?$"
)
# "申报试点企业的", "示范基地须具备": what is applied for, not what is held
_APPLIED_FOR = re.compile(r"(?:申报|申请)(?:认定)?(?:为)?[^，；。获通取的]{0,8}$")
_IS_ASKED = re.compile(r"(?:应当?|须|需|必须)(?!用)")
# "已认定的示例省工业机器人骨干企业": the name begins behind 认定的
_GRANTED = re.compile(r"(?:认定|评定|公布|授予|命名)的(?P<who>[^\W\d的对为获认定、和或及]{2,14})$")
# "持有网络出版服务许可证": of a paper the name begins behind the verb
_PAPER = re.compile(
    rf"(?:{'|'.join(sorted(HOLDING_VERBS, key=len, reverse=True))})(?:了|过|有效的|相应的)?(?P<who>[^\W\d的、或和及与]{{2,14}})$"
)
_ISSUER = re.compile(
    r"(?:、|或者?|和|及)(?P<who>[^\W\da-zA-Z的对为获认定、和或及]{2,6})$"
)  # 、工信部领航企业
RANK = r"(?:特等奖|[一二三]等奖|[金银铜]奖|优秀奖|优胜奖|提名奖)"
_RANKS = re.compile(rf"{RANK}(?:(?:、|和|或|及){RANK}){{0,4}}")  # 科学技术奖一等奖、二等奖: two names
_MORE_RANKS = re.compile(rf"(?:(?:、|和|或|及){RANK}){{1,4}}")
RANK_RE = re.compile(rf"{RANK}$")
_FOR_OTHERS = re.compile(r"(?:为|向|与)[^，；的]{0,8}$")  # 为产业链龙头企业配套
# What is made is not yet held.
_MAKING = (
    "推动",
    "培育",
    "打造",
    "设立",
    "新设",
    "建设",
    "组建",
    "创建",
    "新建",
    "改建",
    "入驻",
    "进驻",
    "扩建",
    "引进",
    "搭建",
    "一批",
)
_NOT_AFTER = (
    "支持名单",
    "建设",
    "认定管理",
    "认定办法",
    "管理办法",
    "培育工程",
    "专项",
    "政策",
    "保”",
    "贷”",
    "险”",
    "板”",
    "贷",
    "险",
    "保险",
    "券",
)
_LEVEL_WORD = "中关村|国家级|国家|省部级|省级|市级|区级|县级|省|市"
_SHARED_LEVELS = re.compile(rf"(?:(?:{_LEVEL_WORD})(?:、|和|及|或者?|以及)){{1,4}}(?:{_LEVEL_WORD})$")
SPLIT = re.compile(
    r"、|或者|或|以及|和(?!旅游[部厅局]|信息化|田|静|硕|县|平[区县])|(?<![涉普波顾])及(?!以[上下]|其|时)|(?<!参)与"
)


# "达到“数字化车间”“智能工厂”建设标准": a measure, not a title
_MEASURED_BY = re.compile(r"”?(?:[、和或]?“[^”]{2,12}”){0,3}(?:的)?(?:建设|认定|评价)?标准(?!的|化|创新)")


def find_titles(clause: str) -> Iterator[Title]:
    """Where titles stand, each with its level; "国家级、省级企业技术中心" is two names."""
    for start, end in _cores().find(clause):
        before = clause[max(0, start - 24) : start]
        if not _is_held(clause, start, end, before):
            continue
        shared = _SHARED_LEVELS.search(before)
        if shared:
            levels = SPLIT.split(shared[0])
            yield start - len(shared[0]), end, tuple(level + clause[start:end] for level in levels if level)
            continue
        level = _BEFORE_CORE.search(before)
        if level and before[: level.start()].endswith(_MAKING):
            continue
        begin = start - (len(level[0]) if level else 0)
        issuer = _ISSUER.search(clause[max(0, begin - 12) : begin]) or _GRANTED.search(
            clause[max(0, begin - 20) : begin]
        )
        if not issuer and clause[start:end].endswith("许可证"):
            issuer = _PAPER.search(clause[max(0, begin - 24) : begin])
        begin -= len(issuer["who"]) if issuer else 0
        further = _MORE_RANKS.match(clause, end) if clause[start:end].endswith("奖") else None
        if further and RANK_RE.search(clause[start:end]):  # 专利金奖、银奖
            stem = RANK_RE.sub("", clause[begin:end])
            ranked = (clause[begin:end], *(stem + rank for rank in SPLIT.split(further[0]) if rank))
            yield begin, further.end(), ranked
            continue
        ranks = _RANKS.match(clause, end)
        if ranks:
            names = tuple(clause[begin:end] + rank for rank in SPLIT.split(ranks[0]))
            yield begin, ranks.end(), names
            continue
        yield begin, end, (clause[begin:end],)


@forgets
@cache
def _cores() -> WordFinder:
    """The titles of the table and those that administrators have added; names of two characters are too common in texts."""
    added = (fold(name) for title in current().titles for name in (title.name, *title.others))
    return WordFinder((*CORES, *(name for name in added if len(name) > 2)))


def is_made(clause: str, start: int, end: int) -> bool:
    """Whether a title is to be made or applied for ("建设市级企业技术中心"), not held."""
    before = clause[max(0, start - 24) : start]
    return (
        before.rstrip("“").endswith(_MAKING)
        or bool(_APPLIED_FOR.search(before))
        or clause.startswith("建设", end)
    )


def _is_held(clause: str, start: int, end: int, before: str) -> bool:
    """Whether the words around a title speak of one that is held: not made, applied for, served, or in a document's name."""
    if clause.rfind("《", 0, start) > clause.rfind("》", 0, start):
        return False
    if _APPLIED_FOR.search(before) or _IS_ASKED.match(clause, end):
        return False
    if _FOR_OTHERS.search(before) and clause.startswith(("配套", "提供", "合作"), end):
        return False
    after = clause[end : end + 6].lstrip("”")
    return (
        not after.startswith(_NOT_AFTER)
        and not _MEASURED_BY.match(clause, end)
        and not before.rstrip("“").endswith(_MAKING)
    )


_LEAST_SHARED = 3
_LONGEST_GRADE = 4
_SHARED = re.compile(
    r"[^\W\d]{0,2}?(?:[1-5]A|[一二三四五]星|[甲乙丙]|[白铂]?[金银铜])(?P<rest>级?[^\W]{1,12})"
)


_LEVEL_FIRST = re.compile(r"(?:国家|省|市|区|县)级(?=..)")
_LEVEL_ONLY = re.compile(r"(?:国家|省|市|区|县)级")


def completed(names: tuple[str, ...]) -> tuple[str, ...]:
    """ "国家5A、4A、3A级物流企业": what the last is a grade of, the others are as well."""
    level = _LEVEL_FIRST.match(names[-1])
    if level and all(_LEVEL_ONLY.fullmatch(name) for name in names[:-1]):  # 国家级、省级示范见习基地
        return (*(name + names[-1][level.end() :] for name in names[:-1]), names[-1])
    shared = _SHARED.fullmatch(names[-1])
    if shared is None or len(shared["rest"]) < _LEAST_SHARED:
        return names
    rest = shared["rest"]
    graded = [
        name if len(name) > _LONGEST_GRADE else name + rest.removeprefix(name[-1]) for name in names[:-1]
    ]
    return (*graded, names[-1])
