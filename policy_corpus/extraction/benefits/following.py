"""Tiers that give by the words of the benefit before them: "5亿元以下的，不超过200万元", "比例上浮至50%". Called by reading.

A clause without a giving word takes the kind and, where it names none of its own, the rate, base and cap of the benefit
before it in the sentence, or in the sentence before that a semicolon parts from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.words.quantities import find_quantities
from policy_corpus.model import BenefitKind

_K = BenefitKind
_MONEY = frozenset({_K.REWARD, _K.SUBSIDY, _K.INTEREST, _K.RISK})
_VERB = r"(?:补贴|补助|奖励|奖补|贴息|支持|扶持|资助|抵扣|返还)?"
# "比例上浮至50%", "补贴标准提高到最低工资标准的110%"
RAISED = re.compile(
    rf"{_VERB}(?:比例|标准)可?以?(?:相应)?(?:上浮|提高|放宽|增加|调整)[到至为](?P<base>[^，；\d]{{2,14}}?的)?(?P<rate>\d{{1,3}}(?:\.\d)?)%$"
)
# "在上述基础上提高2个百分点"
_MORE = re.compile(
    r"在(?:上述|此|该|原)(?:标准|比例)?(?:的)?基础上(?:再)?(?:提高|上浮|增加)(?P<rate>\d{1,2}(?:\.\d)?)个百分点$"
)
# "获得省级奖的，减半奖励", "参与制定的减半"
_HALVED = re.compile(r"(?:(?<=的)|(?<=的，)|^)减半(?:奖励|补助|补贴|资助|执行|发放)?$")
_SUM = r"\d[\d.]{0,10}[百千万亿]{0,2}元"
# "5亿元以下的|，不超过200万元"
_CAPPED = re.compile(
    rf"(?:单[家个户项](?![^，；]{{0,4}}(?:贷|授信))[^，；\d]{{0,4}}|年度|每年|每家)?(?:最高|不超过?|最高不超过?|不高于){_SUM}$"
)
_TIER = re.compile(r"(?:以[上下]|不[足满]|公斤|[万亿]?元|人|家|吨|亩|等|级|类)[^，；]{0,8}的，?$")
# "其他酒店|每间夜40元"
_PRICED = re.compile(rf"(?P<unit>每[^，；、\d]{{1,5}}){_SUM}$")
_ASKED = re.compile(r"投资|产值|税收|营收|收入|缴|收取|收费|销售|贷|授信|注册|资金|合同")
# "创新实践基地|30万元": named like those before it
_NAMED = re.compile(
    rf"(?P<who>[^，；、\d的]{{2,16}}(?:企业|基地|平台|中心|机构|项目|园区|[站店桩床库车])){_SUM}$"
)
_OF_WHAT = re.compile("[税费款租]|押金|保证金|社保")
Reading = Callable[[str, int, int, Gift], Gift | None]


def find_following(sentence: str, start: int, end: int, before: Gift, *, anew: bool) -> list[Gift]:
    """What the clause at sentence[start:end] gives in the words of the benefit before it.

    anew: whether that benefit stands in the sentence before.

    >>> told = Gift(BenefitKind.INTEREST, 0, 9, cap=Decimal(300000), rate=Decimal(30))
    >>> [(g.rate, g.cap) for g in find_following("小微企业比例上浮至50%", 0, 12, told, anew=True)]
    [(Decimal('50'), Decimal('300000'))]
    >>> [(g.rate, g.cap) for g in find_following("产值5亿元以下的，不超过20万元", 9, 16, told, anew=True)]
    [(Decimal('30'), Decimal('200000'))]
    """
    if before.kind not in _MONEY:
        return []
    readings: tuple[Reading, ...] = (_raised, _more, _halved, _priced, _named)
    for reading in (*readings, _capped) if anew else readings:
        gift = reading(sentence, start, end, before)
        if gift:
            return [gift]
    return []


def of_same_thing(sentence: str, found: list[Gift], before: Gift) -> list[Gift]:
    """ "租金前两年全免；乙类前三年全免、后两年减半": what is waived is said before, where a sentence names none."""
    if before.kind is not _K.RENT or _OF_WHAT.search(sentence):
        return found
    return [replace(one, kind=_K.RENT) if one.kind is _K.TAX and one.rate else one for one in found]


def _raised(sentence: str, start: int, end: int, before: Gift) -> Gift | None:
    match = RAISED.search(sentence, start, end)
    if match is None or before.rate is None:
        return None
    base = match["base"][:-1] if match["base"] else before.base
    return _same(before, match.start(), end, rate=Decimal(match["rate"]), base=base, cap=before.cap)


def _more(sentence: str, start: int, end: int, before: Gift) -> Gift | None:
    match = _MORE.search(sentence, start, end)
    if match is None or before.rate is None:
        return None
    return _same(before, match.start(), end, rate=Decimal(match["rate"]))


def _halved(sentence: str, start: int, end: int, before: Gift) -> Gift | None:
    match = _HALVED.search(sentence, start, end)
    if match is None or before.amount is None:
        return None
    return _same(before, match.start(), end, rate=Decimal(50))


def _priced(sentence: str, start: int, end: int, before: Gift) -> Gift | None:
    match = _PRICED.search(sentence, start, end)
    if match is None or before.amount is None or _ASKED.search(sentence, start, end):
        return None
    if not (before.base or "").startswith("每"):
        return None
    return _same(before, match.start(), end, amount=_value(match[0]), base=match["unit"])


def _named(sentence: str, start: int, end: int, before: Gift) -> Gift | None:
    match = _NAMED.match(sentence, start, end)
    if match is None or before.amount is None or before.rate is not None or _ASKED.search(match[0]):
        return None
    return replace(_same(before, start, end, amount=_value(match[0])), whom=match.span("who"))


def _capped(sentence: str, start: int, end: int, before: Gift) -> Gift | None:
    match = _CAPPED.match(sentence, start, end)
    if match is None or before.cap is None or not _TIER.search(sentence, max(0, start - 24), start):
        return None
    return _same(before, start, end, cap=_value(match[0]), rate=before.rate, base=before.base)


def _same(
    before: Gift,
    start: int,
    end: int,
    *,
    amount: Decimal | None = None,
    cap: Decimal | None = None,
    rate: Decimal | None = None,
    base: str | None = None,
) -> Gift:
    """A benefit of the same kind with figures of its own."""
    return Gift(before.kind, start, end, amount, cap, rate, base)


def _value(words: str) -> Decimal | None:
    sums = [one.value for one in find_quantities(words) if one.dimension == "yuan"]
    return sums[-1] if sums else None
