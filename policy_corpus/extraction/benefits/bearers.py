"""Whom a cap is for, where its clause says so itself: one more tier, or a bound of the benefit before it. Called by joining.

"甲类企业每家不超过100万元，乙类企业每家不超过50万元" are two tiers; "单个项目不超过50万元，单个企业年度不超过200万元" is one
benefit with a narrower and a wider bound.
"""

from __future__ import annotations

import re

_HEAD = re.compile(
    r"(?:其中|单[个家台])?(?P<who>(?!(?:并|可|将|在|由|对|择优))(?:\d{1,4}(?:纳米|吨|公斤|平方米|千瓦|兆瓦|公里|米|人|级)(?=以[上下]))?[^，；：\d%每]{2,40}?)(?:每[家年个户]|单[笔家车]|年度|当期|的)?(?:支持|奖励|补贴|补助|资助|贴息)?(?:额度|金额|限额|资金|标准)?"
    r"(?:一般|原则上|最高){0,2}(?:不(?:得)?(?:超过|高于)|最高|上限|限额)"
)
# Words that every bound may begin with; they tell no kind of applicant from another.
_GENERAL = re.compile(
    r"且|并|但|其中|每|单|同一|各|该|个|家|户|笔|项|台|套|（套）|年度?|当期|累计|总|最多|可|企业|单位|机构|项目|申请人|主体|公司|产品|原则上|一般|最高|"
    r"按照?|给予|予以|择优|支持|奖励|补贴|补助|资助|贴息|贷款|授信|的|对|额度|金额|资金|标准|比例|周期|期限|不"
)
_TOLD = re.compile("给予|予以|根据|按照?|获得|总额|总金额")  # more is told than a name
_WIDER = re.compile(r"(?:且|并|但)?(?:(?:单|每|同一)[^，；：]{0,16}(?:年度|当期|每年|总额|总金额)|每年|年度)")
_MARKS = re.compile("[，；：]")


def bearer(clause: str) -> str | None:
    """The applicant or thing that the cap of a clause names; None for words that any bound begins with.

    >>> bearer("甲类企业每家支持额度不超过100万元"), bearer("单个医疗器械奖励金额最高不超过200万元")
    ('甲类企业', '医疗器械')
    >>> bearer("单个企业年度支持金额不超过200万元"), bearer("最高不超过50万元")
    (None, None)
    """
    place = named_at(clause, 0)
    return clause[slice(*place)] if place else None


def named_at(sentence: str, start: int) -> tuple[int, int] | None:
    """Where the clause that starts at an offset names its bearer."""
    head = _HEAD.match(sentence, start)
    named = head and _GENERAL.sub("", head["who"]) and not _TOLD.search(head["who"])
    return head.span("who") if head and named else None


def start_of_last(sentence: str, end: int) -> int:
    """Where the clause that ends at an offset starts."""
    marks = list(_MARKS.finditer(sentence, max(0, end - 120), max(0, end - 1)))
    return marks[-1].end() if marks else max(0, end - 120)


def is_next_tier(before: str, clause: str) -> bool:
    """Whether two clauses with a cap each name two bearers.

    >>> is_next_tier("单个药品奖励金额最高不超过500万元", "单个医疗器械奖励金额最高不超过200万元")
    True
    >>> is_next_tier("每家配套企业奖励不超过300万元", "单个链主企业年度奖励不超过3000万元")
    False
    """
    own = bearer(clause)
    return own is not None and not _WIDER.match(clause) and bearer(before) not in (None, own)
