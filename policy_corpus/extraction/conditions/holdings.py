"""Titles, certificates and lists that a company must hold -> qualification conditions; called by reading."""

from __future__ import annotations

import re

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.grades import find_grades
from policy_corpus.extraction.conditions.title_lists import JOINED, VERB, find_listed_titles
from policy_corpus.extraction.conditions.title_names import RANK, SPLIT, completed
from policy_corpus.extraction.lexicon.titles import HOLDING_NOUNS, LEVELS, NOT_HELD
from policy_corpus.model import Operator

_NOUN = "|".join(sorted(HOLDING_NOUNS, key=len, reverse=True))
_HELD = re.compile(
    rf"(?:{VERB})(?:过|了|的)?(?P<name>[^，。；：]{{2,48}}?)(?P<noun>{_NOUN})(?!为|证|批件|持有人|[\u4e00-\u9fff]{{0,1}}(?:管理|办法|标准|工作|费用|条件|范围|要求)|检[测验]机构)"
)
_BOOK = re.compile(
    rf"(?P<verb>{VERB})[^，。；《]{{0,16}}(?P<name>《[^》]{{3,40}}(?:证|证书|执照|台账|目录|名单|名录|许可)》(?:[、和或]《[^》]{{3,40}}》){{0,3}})"
)
_LIST_IN = re.compile(
    r"(?P<verb>列入|纳入|入选|进入|属于|指导)(?P<name>[^，。；：]{2,40}?(?:名单|名录库|名录|目录|台账|清单|库|榜单))(?=内|的|，|。|；|、|中|企业|$)"
)
_INSIDE_LIST = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”、]{2,30}?(?:名单|名录库|名录|白名单|榜单))(?=内|中|遴选认定|认定的|企业)"
)
_PRIZE = re.compile(
    r"(?:企业|单位|项目)?(?:、|和|及|或)?(?P<name>[\u4e00-\u9fffA-Za-z0-9“”]{2,40}?(?:特等奖|[一二三]等奖|金奖|银奖|优胜奖|优秀奖|第[一二三四五六七八九十]{1,2}(?:至[一二三四五六七八九十]{1,2})?名))(?=企业|单位|项目|的|及以上|，|、|$)"
)
_LISTED = re.compile(
    r"(?:入选|入围|上榜|获评|荣获|评为|评定为|晋升为?)(?:了|为|全国)?(?P<name>[^，；。：的《应须]{3,40}?)(?=的|，|；|。|$)"
)
_RECOGNISED = re.compile(r"(?:认定|评定|评选|命名|备案|授牌)为(?P<name>[^，；。：]{3,30}?)(?=的|，|；|。|$)")
_REGISTERED = re.compile(
    r"在(?P<name>[\u4e00-\u9fff“”]{4,30}?(?:协会|部门|委员会|机构|系统”?|平台”?)(?:进行|完成|办理)?(?:登记|备案)(?![\u4e00-\u9fff]{0,2}失业))"
)
_GRADE = re.compile(
    r"(?:评定?为|认定为|获评|达到|评估为|评价为|考核为|属于|为)?(?P<name>(?:纳税信用[ABCDM]级|[一二三四五]星级|[1-5]A级|AAA级?|[甲乙丙]级))(?=的|，|、|和|旅游|饭店|酒店|景区|民宿|资质|纳税人|企业|$)"
)
_STAR = re.compile(
    r"(?:评为|评定为|认定为|获评|新评为|达到|为)?(?P<name>(?:[一二三四五]星级|[1-5]A级|AAA级?|甲级|乙级|国家级|省级|市级|一级|二级|三级))(?=的?(?:给予|分别|，|、|和|旅游|饭店|酒店|景区|民宿|资质))"
)
_GENERIC = re.compile(r"(?:相应|相关|有效|必要)(?:的)?[\u4e00-\u9fff]{0,6}")
_PAPERS = ("资质", "资质证书", "资格证书", "许可证", "牌照")
_CARDS = ("注册证", "登记证", "许可证", "批件", "批文")  # part of the name
_LEVEL_LIST = re.compile(
    r"(?:国家|省|市|区|县)级?(?:、|和|或)(?:省|市|区|县)"
)  # 省、市政府重点企业名单: one name
_WON = re.compile(rf"(?:获得?|荣获|取得|评为)(?P<names>{RANK}(?:(?:、|和|或|及){RANK}){{1,4}})")
# A catalogue of trades, or of those that are not let in, names no title.
_OF_TRADES = re.compile("产业|行业|领域|禁止|限制|禁限|淘汰")
_FORBIDDEN = re.compile(r"》?[^，；。]{0,6}(?:禁止|限制|淘汰)类")
_NO_TITLE = re.compile(
    "独立法人|企业法人|失信|财务|规模以上|违法|纳税人|经营异常|黑名单|知识产权|专利|技术开发|技术转让|审查程序|依法|授权|批准|核准|报经|且|承诺书|之日|日起|按照|给予|分别"
)
_OFFICE = re.compile(r".{1,12}(?:部|局|厅|委|委员会|政府|部门|协会)")
_CREDIT_WORDS = r"信用记录|失信|黑名单|惩戒|异常|不良|规模以上|统计范围|股权"
_STRIP = re.compile(
    r"^(?:了|过|获得|荣获|取得|获评|有效的?|由|经|的|当年|新|首次|近[一二三两\d]年内?|上年度|已|被|为|相关|相应|国家有关|以下){1,6}|(?:等|的|之一|之|过)$"
)
_DIRECT = re.compile(r"^(?:申请|办法|管理|工作|标准|条件|程序|评审|专项|政策|范围|证明|培育工作)")


def find_holdings(clause: str) -> list[Found]:
    """Qualification conditions of one clause, several names that share a verb as one.

    >>> [f.value for f in find_holdings("获得国家高新技术企业或中关村高新技术企业证书的企业")]
    [('国家高新技术企业', '中关村高新技术企业')]
    """
    found = [*_books(clause), *find_listed_titles(clause)]
    found += [one for one in find_grades(clause) if not _covered(one, found)]
    for match in _WON.finditer(clause):
        won = Found("qualification", Operator.IN, tuple(SPLIT.split(match["names"])), *match.span())
        found += [] if _covered(won, found) else [won]
    for pattern in (
        _LISTED,
        _RECOGNISED,
        _LIST_IN,
        _INSIDE_LIST,
        _HELD,
        _PRIZE,
        _REGISTERED,
        _GRADE,
    ):
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
            and JOINED.fullmatch(clause[last.end : one.start])
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
        if _OF_TRADES.search(match["name"]) or _FORBIDDEN.match(clause, match.end()):
            continue
        for name in names:
            start = clause.index(name, match.start())
            begin = match.start() if name == names[0] else start - 1
            found.append(Found("qualification", Operator.HAS, name, begin, start + len(name) + 1))
    return found


def _value(names: tuple[str, ...]) -> str | tuple[str, ...]:
    return names[0] if len(names) == 1 else names


def _one_of(names: tuple[str, ...]) -> Operator:
    return Operator.HAS if len(names) == 1 else Operator.IN


def _held(clause: str, match: re.Match[str]) -> Found | None:
    generic = _GENERIC.fullmatch(match["name"])
    if generic and match.re is _HELD and match["noun"] in _PAPERS:  # 具备相应培训资质
        name = generic[0] + match["noun"]
        return Found("qualification", Operator.HAS, name, match.start(), match.end())
    if match.re is _HELD and match["noun"] == "资质" and match["name"] in LEVELS:  # 具有国家级资质
        return Found("qualification", Operator.HAS, match["name"] + "资质", match.start(), match.end())
    name = _STRIP.sub("", re.sub(r"等[^、]{0,6}机构$", "", match["name"]))
    name = re.sub(r"(?:进行|完成|办理)(?=(?:登记|备案)$)", "", name)
    pieces = [name] if _LEVEL_LIST.match(name) or "《" in name else SPLIT.split(name)
    names = tuple(part for part in (_STRIP.sub("", piece) for piece in pieces) if len(part) >= 2)
    if any(part in NOT_HELD or part.count("（") != part.count("）") for part in names):
        return None  # 入选项目、全民阅读优秀项目等）
    if not names or (_NO_TITLE.search(name) and not name.startswith("《")):
        return None
    if re.search(_CREDIT_WORDS, name) or len(name) < 3 or (match.re is _HELD and name.endswith("机构")):
        return None
    if _OFFICE.fullmatch(name):  # 获得商务部认定的
        return None
    if ("《" in name and _OF_TRADES.search(name)) or _FORBIDDEN.match(clause, match.end()):
        return None
    if name in NOT_HELD or _DIRECT.match(clause[match.end() : match.end() + 4]):
        return None
    if "《" in name:  # the name of a list is quoted whole
        closing = clause.find("》", match.start())
        names = (clause[clause.index("《", match.start()) : closing + 1],) if closing > 0 else names
    if match.re is _HELD and match["noun"] in _CARDS:
        names = tuple(one if one.endswith(("证", "件", "文")) else one + match["noun"] for one in names)
    names = completed(names)
    value = names[0] if len(names) == 1 else names
    op = Operator.HAS if isinstance(value, str) else Operator.IN
    start = match.start("name") if match.re is _PRIZE else match.start()
    return Found("qualification", op, value, start, match.end())
