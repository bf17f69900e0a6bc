"""What no fact can answer: events, activities and other clauses that the company confirms itself; called by reading."""

from __future__ import annotations

import re
from datetime import date

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.words.negation import is_denied
from policy_corpus.model import Operator

_EVENT = re.compile(
    r"首次|初次|首家|首发|首次|新(?:引进|引入|建|增|设|开|注册|认定|落户|获|迁入|成立|增设|上市|立项|评|担任|购|入库|纳入|投产|签|招|录用|吸纳|授权|取得)|升规|转为规模以上|规改股|股上市|竣工|投产|开工|复工复产|"
    r"完成|迁入|落户|重新认定|当年(?:纳入|认定|通过)|变更|恢复生产|转型生产|扩大产能|产能扩大|验收|获得[A-Z]轮|因[^，]{0,12}关闭|代偿|授权后"
)
_ACTIVITY = re.compile(
    r"^(?:从事|开展|建设|购置|购买|承租|租用|租赁|生产|组织|参加|参与|承办|举办|主导|制定|使用|采用|采购|投保|销售|研发(?!费用|投入|经费|人员|支出)|提供|吸纳|招用|录用|运营|享受|建立|设立|为|利用|"
    r"通过|进口|出口|发行|实施|承担|牵头|收购|发放|签订|缴纳|种植|运用|落实|探索|降低|创设|与|以|由|用于|直接|入驻|服务|选择|带动|培训|安排|发生|形成|下调|支付|聘用|引进|委托|更新|改造|举行|投资建设|开办|不裁员|少裁员|将[^，；]{1,10}(?:销往|销售到|出口))"
)
_DATE = r"(?P<y{0}>\d{{4}})(?:年|\.|-|/)(?P<m{0}>\d{{1,2}})(?:月|\.|-|/)(?:(?P<d{0}>\d{{1,2}})日?|底|份)?"
_SECOND = r"(?:(?P<y2>\d{4})(?:年|\.|-|/))?(?P<m2>\d{1,2})(?:月|\.|-|/)(?:(?P<d2>\d{1,2})日?|底)?"
_WINDOW = re.compile(
    _DATE.format(1) + r"(?:起|（含）)?(?:至|到|—|－|–|-|~|～){1,2}" + _SECOND + r"(?:期间|之间|内|（含）)?"
)
_SINGLE = re.compile(
    _DATE.format(1)
    + r"(?:（含）|（[^）]{1,6}）)?(?P<word>及?以?后|之后|起|及以?前|之?前|以前|底前|及之前|及之后)"
)
_YEAR_END = re.compile(r"(?P<y>\d{4})年(?:(?P<m>\d{1,2})月)?底?(?P<word>前|起|以后|之后)")
_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


# "已享受同类资金的不予支持": what stands before is what the company must not have.
_REFUSAL = re.compile(
    r"(?:不得|不予|不能|不可|不再|不享受|不给予|不纳入|不在|不列入|不适用|不计入)(?:重复|再次?|此次|同时)?"
    r"(?:申报|申请|支持|受理|享受|纳入|补贴|补助|资助|奖励|奖补|减免|暂退|给予|获得|参与|参加|兼报|(?:本|该|各级|相关|上述|以上)[^，；。]{0,6}(?:条|办法|措施|政策|奖励|补贴|补助|优惠|待遇|项目)|(?:补助|支持|认定|奖补|资助|补贴)?(?:范围|之列)|$)[^，；。]{0,8}"
)
# between what is refused and the refusal: "的企业，一律"
_UP_TO = re.compile(
    r"(?:的(?:企业|单位|机构|项目|主体)?，?[^，；。的]{0,12}|(?:企业|单位|机构|项目|主体)?，?(?:一律|均)?)$"
)
_LEAST_REFUSED = 4
_CLASS = re.compile(r"[^\W的]{1,2}[类级]")  # C类|企业不予减免


def _refused(clause: str, start: int, end: int) -> tuple[int, int] | None:
    """Where what is refused ends, and the refusal; None where the words from `start` refuse nothing."""
    refusal = _REFUSAL.search(clause, start, min(len(clause), end + 30))
    if refusal is None:
        return None
    what = clause[start : refusal.start()]
    what = what[: _UP_TO.search(what).start()]  # type: ignore[union-attr]  # matches ""
    if (len(what) < _LEAST_REFUSED and not _CLASS.fullmatch(what)) or re.search("[，；。]", what):
        return None
    return start + len(what), refusal.end()


# "已获得资助的单位，在结项前，不能参与本年度申报": the same over commas
_REFUSED_LATER = re.compile(
    r"(?:已|曾|凡|正在)[^；。]{4,100}?(?P<refusal>(?:不得|不予|不能|不再)(?:重复|再次?|同时)?(?:申报|申请|享受|获得|参与|参加))"
)
_OF_IT = re.compile(r"的?，(?:均|一律|其?[^，]{0,6})?$")  # 的，其项目主体|不能再获得

_SUBJECT = (
    r"(?:[^，；。的]{0,12}?(?:企业|单位|机构|主体|项目|资金|产品|人员|设备|申请人))?(?:均|应)?"
    r"(?:近[一二两三四五\d]年内?|当年|上年度?|此前|至今|目前)?"
)
_OWN_DENIAL = re.compile(
    rf"{_SUBJECT}(?:还?未(?!来|裁员)|没有|无(?!人|线|菌|形|障碍|偿)|不得|不含|不接受|不受理|不予?(?:资助|支持|补贴|补助|奖励)(?!的)|尚未)|[^，；。]{{0,20}}(?:不得|不能|不应)(?:为|是|有|属于|用于|包括)"
)
_DENYING = re.compile(
    rf"^(?P<subject>{_SUBJECT})(?:未曾|尚未|还?未|没有|无(?!偿)|不得|不含|不予?(?:资助|支持|补贴|补助|奖励)(?!的))|(?:的?(?:企业|单位|项目)?)(?:除外|以外|之外)$"
)


def classify(words: str) -> str:
    """event, activity or other, by how the clause begins and what it tells.

    >>> classify("首次通过认定"), classify("承租市属写字楼"), classify("管理制度健全")
    ('event', 'activity', 'other')
    """
    if _EVENT.search(words):
        return "event"
    return "activity" if _ACTIVITY.match(words) else "other"


# "完成股份制改造并经辅导备案", "品牌统一且连锁运营": two things asked in one clause
_AND = re.compile(
    r"(?<![，、])(?:，?(?<![而尚况暂])且(?!不|慢)|并(?=经|已|通过|取得|获得|正式|签订|纳入|完成|实现|按|在|于|参加|缴纳|依法|带动|接入|达到|具有|实际))"
)
_LEAST_PART = 3


def make_parts(clause: str, start: int, end: int) -> list[Found]:
    """clause[start:end] as what the company confirms itself, apart where it asks for two things.

    >>> [one.value for one in make_parts("完成股份制改造并经辅导备案", 0, 13)]
    ['完成股份制改造', '经辅导备案']
    """
    if is_denied(clause, start, end) or _refused(clause, start, end):
        return [make_free(clause, start, end)]
    edges = [start]
    for mark in _AND.finditer(clause, start, end):
        if mark.start() - edges[-1] >= _LEAST_PART and end - mark.end() >= _LEAST_PART:
            edges += [mark.start(), mark.end()]
    edges.append(end)
    return [make_free(clause, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def make_free(clause: str, start: int, end: int) -> Found:
    """clause[start:end] as something that the company confirms itself."""
    refused = _refused(clause, start, end)
    later = None if refused else _REFUSED_LATER.match(clause, start, end)
    if later:
        words = _OF_IT.sub("", clause[start : later.start("refusal")])
        return Found(classify(words), Operator.NOT_HAS, words, start, end)
    if refused:
        words = clause[start : refused[0]]
        return Found(classify(words), Operator.NOT_HAS, words, start, min(end, refused[1]))
    words = clause[start:end]
    denied = is_denied(clause, start, end) or bool(_OWN_DENIAL.match(words))
    op = Operator.NOT_HAS if denied else Operator.HAS
    value = _DENYING.sub(_kept_subject, words) if denied else words
    return Found(classify(words), op, value or words, start, end)


def _kept_subject(match: re.Match[str]) -> str:
    """What a denial is said of, unless it is the applicant: "贷款资金不得用于还债" keeps 贷款资金."""
    subject = match["subject"] or ""
    return re.sub(r"^[^，；]{0,12}(?:企业|单位|机构|主体|申请人)(?:均|应)?", "", subject)


def find_dated(clause: str) -> list[Found]:
    """Windows in which something must have happened, as event conditions with ISO dates.

    >>> [(f.op.value, f.value) for f in find_dated("设备购置时间应在2026年1月1日至10月31日")]
    [('between', ('2026-01-01', '2026-10-31'))]
    """
    found = []
    for match in _WINDOW.finditer(clause):
        first = _date(match["y1"], match["m1"], match["d1"], first=True)
        last = _date(match["y2"] or match["y1"], match["m2"], match["d2"], first=False)
        if first and last:
            found.append(_event(clause, Operator.BETWEEN, (first, last), match))
    for match in _SINGLE.finditer(clause):
        after = "后" in match["word"] or "起" in match["word"]
        day = _date(match["y1"], match["m1"], match["d1"], first=after)
        if day and not any(f.core and f.core[0] < match.end() and match.start() < f.core[1] for f in found):
            found.append(_event(clause, Operator.GE if after else Operator.LE, day, match))
    return found


def _event(clause: str, op: Operator, value: str | tuple[str, ...], match: re.Match[str]) -> Found:
    start = max(clause.rfind("，", 0, match.start()), clause.rfind("：", 0, match.start())) + 1
    tail = re.compile(r"[^，；。]{0,30}").match(clause, match.end())
    end = tail.end() if tail else match.end()
    founding = _is_founding(clause, match.end()) or _FOUNDED_ON.search(clause[: match.start()])
    attribute = "founded_date" if founding else "event"
    return Found(attribute, op, value, start, end, core=(match.start(), match.end()))


# "2025年1月1日以后在本市注册成立": the company's own beginning, not that of a shop, a branch or a project
_FOUNDED = re.compile(
    r"，?(?P<where>[^，；。的]{0,14}?)(?:注册|登记|成立|设立)(?:登记|成立|设立)?(?:的[^，；的]{0,10}(?:企业|公司|单位|机构|主体|个体|法人)|[且并，；。]|$)"
)
_FOUNDED_ON = re.compile(r"(?:注册|成立|登记|设立)(?:时间|日期)(?:应|须|应当|需)?(?:为|在|于)?$")
_ANOTHERS = re.compile(r"门店|分支|项目|商标|产品|基金|平台|机构|中心|备案")


def _is_founding(clause: str, end: int) -> bool:
    founded = _FOUNDED.match(clause, end)
    return founded is not None and not _ANOTHERS.search(founded["where"])


def _date(year: str, month: str, day: str | None, *, first: bool) -> str | None:
    try:
        number = int(month)
        last = _LAST_DAY[number - 1] if 1 <= number <= 12 else 0
        return date(int(year), number, int(day) if day else (1 if first else last)).isoformat()
    except ValueError:
        return None
