"""A bound for several benefits, or several bounds of one share: which belongs to which. Called by joining.

"新建每床1万元，改建每床5000元，单个机构最高500万元" bounds both; "贴息上限提高至80万元" and the grades of a share
("按1%给予奖补，新增5亿元以上的，单家不超过500万元") have the share that stands before them.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.benefits.following import RAISED
from policy_corpus.extraction.benefits.gifts import Gift

CAP_ONLY = re.compile(
    r"^(?:且|但)?(?:每[^，]{0,10}|单[^，]{0,10}|同一[^，]{0,10}|最高|[^，]{0,12}(?:补贴|奖励|补助|资助|支持|贴息|资金|总额|金额|额度|限额|期限)[^，]{0,8}|"
    r"年度[^，]{0,6}|原则上|总[^，]{0,8}|一般|但|且|并)?(?:最高|不超过?|不高于|上限|封顶|至多|限额)"
)


def is_rate_only(gift: Gift) -> bool:
    """Whether a benefit has a share and no sum yet."""
    return gift.rate is not None and gift.amount is None and gift.cap is None


# "单个机构最高500万元": for whatever of the kind one applicant is given
_OF_EACH = re.compile(
    r"(?:且|但)?(?:单[个家户座站]|每[个家户]|同一)[^，；\d]{0,14}(?:最高|不超过?|封顶|上限|限额)"
)


# "利息贴50%，评估费补50%，两项合计最高30万元"
_TOGETHER = re.compile(r"(?P<number>两|二|三)项[^，；\d]{0,4}(?:合计|累计|总额)")
_NUMBERS = {"两": 2, "二": 2, "三": 3}
# "一次性奖补5万元，每增加10人，奖补增加1万元，最高15万元"
_STEP = re.compile(
    r"每(?:增加|增长|新增|多)\d[^，；]{0,8}，[^，；\d]{0,8}(?:增加|再|追加)[^，；\d]{0,6}\d[\d.]{0,8}[百千万]{0,2}元$"
)


def all_bounded(sentence: str, gifts: list[Gift], new: Gift, clause: str) -> list[Gift]:
    """The last gifts, without a cap so far, that a cap behind them bounds alike; none where it is not for several.

    Prices of things ("新建每床1万元，改建每床5000元"), shares one of which is raised, a sum and its steps, or "两项合计".
    """
    if new.cap is None or new.rate is not None or new.amount is not None or not CAP_ONLY.match(clause):
        return []
    counted = _counted(sentence, gifts, clause)
    if counted:
        last = gifts[-counted:]
        unbound = len(last) == counted and all(one.cap is None and not one.places for one in last)
        return last if unbound else []
    alike: list[Gift] = []
    for gift in reversed(gifts):
        listed = not alike or "，" not in sentence[gift.end : alike[0].start]
        if gift.cap is not None or gift.places or gift.kind is not gifts[-1].kind:
            break
        if not _is_priced(gift) and not _is_raised(sentence, gifts[-1], gift):
            break
        if not (listed or _OF_EACH.match(clause)):
            break
        alike.insert(0, gift)
    return alike if len(alike) > 1 else []


# "示范企业贴息上限提高至80万元": of the same rate
MORE_AT_MOST = re.compile(r"上限(?:相应|可)?(?:提高|上调|放宽|增加)[到至为]")
# "按1%给予奖补，新增5亿元以上的，单家不超过500万元": the rate of every tier
_GRADE = re.compile(r"\d[\d.]{0,8}[百千万亿]{0,2}(?:元|人|吨|家|亩|平方米)以[上下]的，(?:单[家户个])?$")


def _counted(sentence: str, gifts: list[Gift], clause: str) -> int:
    """How many of the last benefits the words bound by their number; 0 where they name none."""
    together = _TOGETHER.search(clause)
    if together:
        return _NUMBERS[together["number"]]
    return 2 if len(gifts) > 1 and _STEP.search(sentence, gifts[-2].end, gifts[-1].end) else 0


def only_caps(found: list[Gift]) -> bool:
    """Whether a clause gives nothing but bounds."""
    return bool(found) and all(
        one.cap is not None and one.rate is None and one.amount is None for one in found
    )


def is_graded(sentence: str, last: Gift, new: Gift) -> bool:
    """Whether a bound is that of one grade of a share given before it."""
    if not is_rate_only(last) or last.places or new.places or new.kind is not last.kind:
        return False
    return bool(_GRADE.search(sentence, last.end, new.start))


def _is_priced(gift: Gift) -> bool:
    return gift.amount is not None and (gift.base or "").startswith("每")


def _is_raised(sentence: str, last: Gift, gift: Gift) -> bool:
    """Whether a share is the one that the last benefit raises, or that last one itself."""
    return is_rate_only(gift) and is_rate_only(last) and bool(RAISED.search(sentence, last.start, last.end))
