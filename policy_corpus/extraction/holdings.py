"""Titles, certificates and lists that a company must hold -> qualification conditions; called by conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_corpus.extraction.found import Found
from policy_corpus.extraction.lexicon.titles import CORES, HOLDING_NOUNS, HOLDING_VERBS, LEVELS, NOT_HELD
from policy_corpus.extraction.word_finder import WordFinder
from policy_corpus.model import Operator

_Title = tuple[int, int, tuple[str, ...]]  # start, end, names
_CORES = WordFinder(CORES)
_NAME = r"[\u4e00-\u9fffA-Za-z0-9“”《》〈〉（）·/\-]"
_BEFORE_CORE = re.compile(
    rf"(?:(?:{'|'.join(LEVELS)})(?:及以上|以上|（含）以上)?(?:的)?)?(?:[^\W\da-zA-Z对获得评为的入选认定过到或和及与]{{2,3}}(?:市|省|区|县)(?:级)?)?(?:科技|制造业|重点|首批|优秀)?$"
)
_VERB = "|".join(sorted(HOLDING_VERBS, key=len, reverse=True))
_NOUN = "|".join(sorted(HOLDING_NOUNS, key=len, reverse=True))
_HELD = re.compile(
    rf"(?:{_VERB})(?:过|了|的)?(?P<name>[^，。；：]{{2,48}}?)(?P<noun>{_NOUN})(?!为|[\u4e00-\u9fff]{{0,1}}(?:管理|办法|标准|工作|费用|条件|范围|要求))"
)
_BOOK = re.compile(
    rf"(?P<verb>{_VERB})[^，。；《]{{0,16}}(?P<name>《[^》]{{3,40}}(?:证|证书|执照|台账|目录|名单|名录|许可)》(?:[、和或]《[^》]{{3,40}}》){{0,3}})"
)
_LIST_IN = re.compile(
    r"(?P<verb>列入|纳入|入选|进入|属于|指导)(?P<name>[^，。；：]{2,40}?(?:名单|名录库|名录|目录|台账|库|榜单))(?=内|的|，|。|；|、|中|企业|$)"
)
_INSIDE_LIST = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”、]{2,30}?(?:名单|名录库|名录|白名单|榜单))(?=内|中|遴选认定|认定的|企业)"
)
_PRIZE = re.compile(
    r"(?:企业|单位|项目)?(?:、|和|及|或)?(?P<name>[\u4e00-\u9fffA-Za-z0-9“”]{2,40}?(?:特等奖|[一二三]等奖|金奖|银奖|优胜奖|优秀奖|第[一二三四五六七八九十]{1,2}(?:至[一二三四五六七八九十]{1,2})?名))(?=企业|单位|项目|的|及以上|，|、|$)"
)
_RECOGNISED = re.compile(r"(?:认定|评定|评选|命名|备案|授牌)为(?P<name>[^，；。：]{3,30}?)(?=的|，|；|。|$)")
_REGISTERED = re.compile(
    r"在(?P<name>[\u4e00-\u9fff]{4,24}?(?:协会|部门|委员会|机构)(?:进行|完成|办理)?(?:登记|备案))"
)
_GRADE = re.compile(
    r"(?:评定?为|认定为|获评|达到|评估为|评价为|考核为|属于|为)?(?P<name>(?:纳税信用[ABCDM]级|[一二三四五]星级|[1-5]A级|AAA级?|[甲乙丙]级))(?=的|，|、|和|旅游|饭店|酒店|景区|民宿|资质|纳税人|企业|$)"
)
_STAR = re.compile(
    r"(?:评为|评定为|认定为|获评|新评为|达到|为)?(?P<name>(?:[一二三四五]星级|[1-5]A级|AAA级?|甲级|乙级|国家级|省级|市级|一级|二级|三级))(?=的?(?:给予|分别|，|、|和|旅游|饭店|酒店|景区|民宿|资质))"
)
_GENERIC = re.compile(r"(?:相应|相关|有效|必要)(?:的)?[\u4e00-\u9fff]{0,6}")
_PAPERS = ("资质", "资质证书", "资格证书", "许可证", "牌照")
_LEVEL_LIST = re.compile(
    r"(?:国家|省|市|区|县)级?(?:、|和|或)(?:省|市|区|县)"
)  # 省、市政府重点企业名单: one name
# "申报试点企业的", "示范基地须具备": what is applied for, not what is held
_APPLIED_FOR = re.compile(r"(?:申报|申请)(?:认定)?(?:为)?[^，；。获通取的]{0,8}$")
_IS_ASKED = re.compile(r"(?:应当?|须|需|必须)(?!用)")
# "已认定的示例省工业机器人骨干企业": the name begins behind 认定的
_GRANTED = re.compile(r"(?:认定|评定|公布|授予|命名)的(?P<who>[^\W\d的对为获认定、和或及]{2,14})$")
_RANK = r"(?:特等奖|[一二三]等奖|[金银铜]奖|优秀奖|优胜奖|提名奖)"
_RANKS = re.compile(rf"{_RANK}(?:(?:、|和|或|及){_RANK}){{0,4}}")  # 科学技术奖一等奖、二等奖: two names
_TERM = re.compile(r"满.?年|\d年")  # a name held for so long stands by itself
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
    "扩建",
    "引进",
)  # what is made is not yet held
_WON = re.compile(rf"(?:获得?|荣获|取得|评为)(?P<names>{_RANK}(?:(?:、|和|或|及){_RANK}){{1,4}})")
_ISSUER = re.compile(
    r"(?:、|或者?|和|及)(?P<who>[^\W\da-zA-Z的对为获认定、和或及]{2,6})$"
)  # 、工信部领航企业
_FORBIDDEN = re.compile(r"》?[^，；。]{0,6}(?:禁止|限制|淘汰)类")
_CREDIT_WORDS = r"信用记录|失信|黑名单|惩戒|异常|不良|规模以上|统计范围|股权"
_NOT_AFTER = (
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
    "券",
)
_LEVEL_WORD = "中关村|国家级|国家|省部级|省级|市级|区级|县级|省|市"
_SHARED_LEVELS = re.compile(rf"(?:(?:{_LEVEL_WORD})(?:、|和|及|或者?|以及)){{1,4}}(?:{_LEVEL_WORD})$")
_JOINED = re.compile(
    r"(?:企业|（[^）]{0,10}）|证书|认定|称号|资质|产品){0,2}(?:、|或者?|和|及|以及|与)(?:评价入库的?|新?认定的?|新?备案(?:入库)?的?|首次)?"
)
# A name of the list that the table does not know, between, before or behind those it does.
_THROUGH = re.compile(
    r"(?:企业|称号|资质)?(?:、|或者?|和|及|以及)(?P<name>[\u4e00-\u9fffA-Za-z0-9“”]{2,10})(?:、|或者?|和|及|以及)"
)
_AHEAD = re.compile(
    rf"(?:{_VERB})(?:过|了|的)?(?P<names>[\u4e00-\u9fffA-Za-z0-9“”、]{{2,30}}?)(?:、|或者?|和|及|以及)$"
)
_BEHIND = re.compile(
    r"(?:企业|称号|资质)?(?:、|或者?|和|及|以及)(?P<name>(?!评价入库|新?认定|新?备案)[\u4e00-\u9fffA-Za-z0-9“”]{2,10}?)(?=的|$)"
)
_VERB_BEFORE = re.compile(rf"(?:{_VERB}|首次通过|首次认定为|新认定的?)(?:了|过|的|国家|当年|首次)?$")
_SPLIT = re.compile(r"、|或者|或|以及|和|(?<![涉普波顾])及(?!以[上下]|其|时)|(?<!参)与")
_STRIP = re.compile(
    r"^(?:了|过|获得|荣获|取得|获评|有效的?|由|经|的|当年|新|首次|近[一二三两\d]年内?|上年度|已|被|为|相关|相应|国家有关|以下){1,6}|(?:等|的|之一|之|过)$"
)
_DIRECT = re.compile(r"^(?:申请|办法|管理|工作|标准|条件|程序|评审|专项|政策|范围|证明|培育工作)")


def find_holdings(clause: str) -> list[Found]:
    """Qualification conditions of one clause, several names that share a verb as one.

    >>> [f.value for f in find_holdings("获得国家高新技术企业或中关村高新技术企业证书的企业")]
    [('国家高新技术企业', '中关村高新技术企业')]
    """
    found = [*_books(clause), *_cores(clause)]
    for match in _WON.finditer(clause):
        won = Found("qualification", Operator.IN, tuple(_SPLIT.split(match["names"])), *match.span())
        found += [] if _covered(won, found) else [won]
    for pattern in (_RECOGNISED, _LIST_IN, _INSIDE_LIST, _HELD, _PRIZE, _REGISTERED, _GRADE):
        for match in pattern.finditer(clause):
            one = _held(clause, match)
            if one and not _covered(one, found):
                found.append(one)
    return _joined(clause, sorted(found, key=lambda f: f.start))


def _joined(clause: str, found: list[Found]) -> list[Found]:
    """ "甲大赛一等奖企业、乙大赛第一名企业": one of several names suffices."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and not clause.startswith("《", last.end - 1)
            and _JOINED.fullmatch(clause[last.end : one.start])
        ):
            names = (*_names(last), *_names(one))
            joined[-1] = Found("qualification", Operator.IN, names, last.start, one.end)
        else:
            joined.append(one)
    return joined


def _names(one: Found) -> tuple[str, ...]:
    return tuple(map(str, one.value)) if isinstance(one.value, tuple) else (str(one.value),)


def _covered(one: Found, found: list[Found]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in found)


def _books(clause: str) -> list[Found]:
    found = []
    for match in _BOOK.finditer(clause):
        names = tuple(re.findall(r"《([^》]{3,40})》", match["name"]))
        if re.match(r"[^，；。]{0,6}(?:禁止|限制|淘汰)类|范围", clause[match.end() : match.end() + 12]):
            continue
        for name in names:
            start = clause.index(name, match.start())
            begin = match.start() if name == names[0] else start - 1
            found.append(Found("qualification", Operator.HAS, name, begin, start + len(name) + 1))
    return found


def _value(names: tuple[str, ...]) -> str | tuple[str, ...]:
    return names[0] if len(names) == 1 else names


def _held(clause: str, match: re.Match[str]) -> Found | None:
    generic = _GENERIC.fullmatch(match["name"])
    if generic and match.re is _HELD and match["noun"] in _PAPERS:  # 具备相应培训资质
        name = generic[0] + match["noun"]
        return Found("qualification", Operator.HAS, name, match.start(), match.end())
    name = _STRIP.sub("", re.sub(r"等[^、]{0,6}机构$", "", match["name"]))
    name = re.sub(r"(?:进行|完成|办理)(?=(?:登记|备案)$)", "", name)
    pieces = [name] if _LEVEL_LIST.match(name) or "《" in name else _SPLIT.split(name)
    names = tuple(part for part in (_STRIP.sub("", piece) for piece in pieces) if len(part) >= 2)
    if not names or any(
        bad in name
        for bad in (
            "独立法人",
            "失信",
            "财务",
            "规模以上",
            "违法",
            "纳税人",
            "经营异常",
            "黑名单",
            "知识产权",
            "专利",
            "企业法人",
            "技术开发",
            "技术转让",
            "审查程序",
            "依法",
            "授权",
            "批准",
            "核准",
            "报经",
            "且",
            "承诺书",
        )
    ):
        return None
    if re.search(_CREDIT_WORDS, name) or len(name) < 3 or (match.re is _HELD and name.endswith("机构")):
        return None
    if "《" in name and _FORBIDDEN.match(clause, match.end()):
        return None  # a catalogue of trades that are not let in
    if name in NOT_HELD or _DIRECT.match(clause[match.end() : match.end() + 4]):
        return None
    if "《" in name:  # the name of a list is quoted whole
        closing = clause.find("》", match.start())
        names = (clause[clause.index("《", match.start()) : closing + 1],) if closing > 0 else names
    value = names[0] if len(names) == 1 else names
    op = Operator.HAS if isinstance(value, str) else Operator.IN
    start = match.start("name") if match.re is _PRIZE else match.start()
    return Found("qualification", op, value, start, match.end())


def _cores(clause: str) -> list[Found]:
    """Titles of the table; those joined by 、或 and the like as one condition, with unknown names among them."""
    found: list[Found] = []
    group: list[_Title] = []
    for title in _titles(clause):
        if group:
            between = clause[group[-1][1] : title[0]]
            through = _THROUGH.fullmatch(between)
            if through:
                start = group[-1][1] + through.start("name")
                group.append((start, start + len(through["name"]), (through["name"],)))
            elif not _JOINED.fullmatch(between):
                found.append(_one_of(clause, _with_edges(clause, group)))
                group = []
        group.append(title)
    return [*found, _one_of(clause, _with_edges(clause, group))] if group else found


def _with_edges(clause: str, group: list[_Title]) -> list[_Title]:
    """The list with the names before and behind that the table does not know."""
    begin, end = group[0][0], group[-1][1]
    ahead = _AHEAD.search(clause[max(0, begin - 36) : begin])
    if ahead and not _TERM.search(ahead["names"]):
        start = begin - len(ahead[0]) + ahead.start("names")
        names = tuple(name for name in _SPLIT.split(ahead["names"]) if len(name) >= 2)
        group = [(start, begin, names), *group] if names else group
    behind = _BEHIND.match(clause, end)
    if behind:
        group = [*group, (behind.start("name"), behind.end("name"), (behind["name"],))]
    return group


def _titles(clause: str) -> Iterator[_Title]:
    """Where titles stand, each with its level; "国家级、省级企业技术中心" is two names."""
    for start, end in _CORES.find(clause):
        before = clause[max(0, start - 24) : start]
        if clause.rfind("《", 0, start) > clause.rfind("》", 0, start):
            continue  # in the name of a document
        applied_for = _APPLIED_FOR.search(before) or _IS_ASKED.match(clause, end)
        if clause[end : end + 4].startswith(_NOT_AFTER) or before.endswith(_MAKING) or applied_for:
            continue
        shared = _SHARED_LEVELS.search(before)
        if shared:
            levels = _SPLIT.split(shared[0])
            yield start - len(shared[0]), end, tuple(level + clause[start:end] for level in levels if level)
            continue
        level = _BEFORE_CORE.search(before)
        begin = start - (len(level[0]) if level else 0)
        issuer = _ISSUER.search(clause[max(0, begin - 12) : begin]) or _GRANTED.search(
            clause[max(0, begin - 20) : begin]
        )
        begin -= len(issuer["who"]) if issuer else 0
        ranks = _RANKS.match(clause, end)
        if ranks:
            names = tuple(clause[begin:end] + rank for rank in _SPLIT.split(ranks[0]))
            yield begin, ranks.end(), names
            continue
        yield begin, end, (clause[begin:end],)


def _one_of(clause: str, group: list[_Title]) -> Found:
    names = tuple(name for _, _, several in group for name in several)
    begin, end = group[0][0], group[-1][1]
    verb = _VERB_BEFORE.search(clause[max(0, begin - 12) : begin])
    start = begin - (len(verb[0]) if verb else 0)
    if len(names) == 1:
        return Found("qualification", Operator.HAS, names[0], start, end)
    return Found("qualification", Operator.IN, names, start, end)
