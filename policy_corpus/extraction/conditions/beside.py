"""Finds that stand beside each other: a place before a trade, and whose the trades, titles and sizes are; called by reading."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_corpus.codes.regions import find_region
from policy_corpus.errors import CorpusError
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.happenings import make_free
from policy_corpus.extraction.conditions.kinds import APPLICANTS
from policy_corpus.extraction.conditions.trades import is_trade
from policy_corpus.model import Operator

# "具有龙头企业、投融资机构等工作经历": where people of the applicant have worked
_CAREER = re.compile(
    r"(?P<whom>(?:在|具有|具备|有)[^，；且并]{2,50}?)(?:工作|从业|任职|管理|创业)(?:经历|经验)"
)


def trade_behind_place(clause: str, trade: Found, found: list[Found]) -> Found:
    """ "北京市机器人企业" is a place and a trade."""
    names = trade.value if isinstance(trade.value, tuple) else (trade.value,)
    for one in found:
        low, high = one.taken()
        front = clause[trade.start : high]
        name = str(names[0]).removeprefix(front).removeprefix("属")
        if one.attribute == "region" and trade.start <= low and high < trade.end and is_trade(name):
            behind = (name, *names[1:])
            return replace(trade, value=behind if len(behind) > 1 else name, start=high)
    return trade


_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|省|市|区|县)")


def with_place_before(clause: str, trade: Found) -> list[Found]:
    """ "广州市软件和信息技术服务业企业": the place that a long name of a trade hid, and the trade."""
    names = trade.value if isinstance(trade.value, tuple) else (trade.value,)
    place = _PLACE.match(str(names[0])) if trade.attribute == "industry" and not trade.negated else None
    name = str(names[0])[place.end() :].removeprefix("属") if place else ""
    if place is None or not is_trade(name) or not clause.startswith(str(names[0]), trade.start):
        return [trade]  # 符合中关村示范区高精尖产业领域: the name of a list
    try:
        find_region(place[0])
    except CorpusError:
        return [trade]
    behind = (name, *names[1:])
    middle = trade.start + place.end()
    return [
        Found("region", Operator.EQ, place[0], trade.start, middle),
        replace(trade, value=behind if len(behind) > 1 else name, start=middle),
    ]


# "国有控股|上市公司不适用", "加油站|便利店不适用": together they are refused, not each
_SOME_LISTED = re.compile(r"(?:国有控股|国有|民营|外资|外地|境外|[市省区县]外)$")


def with_whole_denials(clause: str, found: list[Found]) -> list[Found]:
    """The finds, those that are denied together in the words of the clause as one.

    >>> clause = "加油站便利店不适用"
    >>> each = [Found("industry", Operator.NOT_HAS, clause[a : a + 3], a, a + 3) for a in (0, 3)]
    >>> [(f.attribute, f.op.value, clause[f.start : f.end]) for f in with_whole_denials(clause, each)]
    [('other', 'not_has', '加油站便利店不适用')]
    """
    whole: list[Found] = []
    for one in sorted(found, key=lambda f: f.start):
        last = whole[-1] if whole else None
        alike = last and {last.attribute, one.attribute} <= APPLICANTS
        if last and alike and last.negated and one.negated and last.end == one.start:
            whole[-1] = make_free(clause, last.start, _clause_end(clause, one.end))
            continue
        some = (
            _SOME_LISTED.search(clause[: one.start]) if one.attribute == "listing" and one.negated else None
        )
        whole.append(make_free(clause, some.start(), _clause_end(clause, one.end)) if some else one)
    return whole


def _clause_end(clause: str, start: int) -> int:
    return min((at for mark in "，；（" if (at := clause.find(mark, start)) >= 0), default=len(clause))


# "为收入1亿元以下的文化企业提供融资的银行": what is said of the clients is not asked of the applicant.
_SERVES = re.compile(
    r"(?:为|向|给|对)(?P<whom>[^，；]{2,60}?)(?:提供|发放|开展|办理|减免|出租|投放)[^，；的]{1,40}(?:的[^，；的]{1,20}){0,2}的[^，；的]{0,10}?(?:机构|银行|公司|单位|企业|平台|园区|载体|市场|运营方|业主)"
)


# "鼓励担保机构为科技企业提供担保", "为注册在本市的科技企业提供担保": the same without the word that names the applicant
_SERVES_AS_ASKED = re.compile(
    r"(?:(?:鼓励|支持|引导|推动|组织)[^，；为向]{2,16}(?:为|向)|^(?:能够?|可以?|主要|专门)?为)(?P<whom>[^，；]{2,60}?)(?:提供|发放|开展)"
)


_CALLED = re.compile(r"（以(?:下(?:简|统)?称?[^（）]{0,12})?$")  # 企业（以下称制造业小微企业）: only a name


def is_of_others(clause: str, one: Found) -> bool:
    """Whether a find is said of the clients of the applicant, or of where its people have worked.

    >>> clause = "为软件企业提供担保的机构"
    >>> is_of_others(clause, Found("industry", Operator.EQ, "软件", 1, 5)), is_of_others(clause, Found("other", Operator.HAS, "担保", 7, 9))
    (True, False)
    """
    if _CALLED.search(clause[: one.taken()[0]]):
        return True
    served = _SERVES.search(clause) or _SERVES_AS_ASKED.search(clause)
    if one.attribute in APPLICANTS:
        served = served or _CAREER.search(clause)
    low, high = one.taken()
    return served is not None and served.start("whom") <= low and high <= served.end("whom") + 1
