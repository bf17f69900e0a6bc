"""Clause by clause, what belongs to the benefit before it and what is a benefit of its own; called by reading.

A cap, a term or a share of the cost joins the benefit before it; a new giving word with a figure or a new subject
starts the next one; a general promise gives way to the figures that fill it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_corpus.extraction.benefits.bearers import is_next_tier, named_at, start_of_last
from policy_corpus.extraction.benefits.bounded import (
    CAP_ONLY,
    MORE_AT_MOST,
    all_bounded,
    is_graded,
    is_rate_only,
    only_caps,
)
from policy_corpus.extraction.benefits.following import RAISED
from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.model import BenefitKind

_TOTAL = re.compile(r"累计|总金额|总额度|合计|各项|全部政策|多个项目|年度总|以上(?:奖励|资助)|上述|全年")
_NEW_SUBJECT = re.compile(
    r"^(?:对|凡|其中对|支持|鼓励|获|认定)|的(?:企业|单位|机构|项目|，)|[^，]{2,60}的(?:再|另)?(?:给予|予以|奖励|补贴|补助|按)|"
    r"再(?:增加|给予|奖|补)|另外?(?:给予|奖)"
)
_MONEY_KINDS = frozenset({BenefitKind.REWARD, BenefitKind.SUBSIDY, BenefitKind.LOAN, BenefitKind.INTEREST})
_PROMISE = re.compile(
    r"采[取用][^，。；]{1,20}给予[^，。；]{0,6}$|采[取用][^，。；]{1,20}支持的$|分[档级类][^，。；]{0,8}$|(?:以下|下列|如下|相应)(?:标准|方式|等级|政策|规定|额度)?的?[^，。；]{0,12}$"
)
# Between a promise and its figures: nothing, a term, "其中", or the head of a tier ("一级补贴标准为").
_ONLY_LEADS_ON = re.compile(
    r"，(?:(?:支持|补贴|资助)?(?:周期|期限)[^，；]{0,14}，)?(?:其中，|其中|具体为|标准为|具体标准为?[：，]?)?(?:[^，；对凡]{0,12}(?:标准|额度|金额)为?|每年|每家)?"
)
_SUM_TOTAL = re.compile(r"(?:总金额|总额度|总额|金额合计)")
# "同一企业年度累计不超过200万元": the cap of the rate before it, where it speaks of nothing else.
_OF_ONE = re.compile(r"^(?:同一|每家|每个|单个|单家)(?:企业|单位|机构|申请人|主体)")
# "单笔不超过200万元，每年每家总额不超过500万元": what all of a year come to
_OF_YEAR = re.compile(r"每年[^，；]{0,16}总额")
_OF_ONE_YEAR = re.compile(r"(?:同一|每家|每个|单个|单家)(?:企业|单位|机构|申请人|主体)(?:年度|每年|当期)")
_OF_SEVERAL = re.compile(r"全部|各项|多项|多个|上述|以上|各类")
_LOAN_SUM = re.compile(r"(?:享受|获得|申请|发放)[^，；]{0,4}\d[\d.]{0,10}[万亿千百]{0,2}元(?:的)?贷款$")
_TERM = re.compile(r"[，：]?(?:[^，；：]{0,6}(?:期限|期)[^，；：]{0,16}，)?")
_TAX_RATE = re.compile(r"(?:并|再)?按[^，；]{0,12}%的?(?:税率|征收率)")
_GIVEN_WORD = re.compile("补助|补贴|奖励|资助")
_GIVEN_NOW = re.compile(r"给予|予以|进行")
CAP = re.compile(r"最高|不超过?|不高于|上限|封顶|以内|至多|限额|不得超过|最多|总额|以下")
SHARE_CAP = re.compile(
    r"占(?![^，；]{0,2}股)[^，；\d股]{2,16}比例(?:原则上)?不(?:得)?(?:超过|高于)\d[\d.]{0,5}%|(?:且|并|但)?(?:每年|年度|单个项目|单个企业)?(?:补助|补贴|奖励|支持)?(?:金额|比例)?(?:最高)?不(?:得)?(?:超过|高于)[^，；\d]{2,24}\d[\d.]{0,5}%"
)


def without_promises(sentence: str, gifts: list[Gift]) -> list[Gift]:
    """The gifts without a general promise ("按以下标准给予支持：") that others in the sentence fill with figures."""
    kept: list[Gift] = []
    promised: BenefitKind | None = None
    for gift, following in zip(gifts, [*gifts, None][1:], strict=True):
        if gift.kind is BenefitKind.INTEREST and _is_bare(gift) and following and _of_interest(following):
            continue  # 可申请贷款贴息，按贷款利息的30%给予补贴: one benefit
        if _only_goes_on(sentence, kept, gift) or _is_chosen(sentence, gift, following):
            continue
        if kept == [] and _of_interest(gift) and any(one.kind is BenefitKind.INTEREST for one in gifts):
            gift = replace(gift, kind=BenefitKind.INTEREST)
        if following is not None and _is_bare(gift) and not _is_bare(following) and gift.kind in _MONEY_KINDS:
            between = sentence[gift.end : following.start]
            promise = _PROMISE.search(sentence[max(0, gift.start - 12) : gift.end]) or between.startswith(
                "："
            )
            if following.kind in _MONEY_KINDS and (promise or _ONLY_LEADS_ON.fullmatch(between)):
                promised = gift.kind
                continue
        if promised is BenefitKind.INTEREST and gift.kind is BenefitKind.LOAN:
            gift = replace(gift, kind=promised)  # 采取贷款贴息方式支持的，按不超过贷款利息的30%给予支持
        promised = None
        kept.append(gift)
    return kept


_PLAIN_SUPPORT = re.compile(r"(?:给予|予以)(?:相应|一定)?支持")
_ANEW = re.compile(r"对(?!项目|平台|企业前)|凡|的(?:企业|机构|单位|项目)")
_CHOSEN = re.compile(r"入选|获评|获选|当选")


def _only_goes_on(sentence: str, kept: list[Gift], gift: Gift) -> bool:
    """ "每年不超过300万元，第二年根据考核结果给予支持": the same support in later years."""
    if not kept or _is_bare(kept[-1]) or not _PLAIN_SUPPORT.fullmatch(sentence, gift.start, gift.end):
        return False
    return "年" in sentence[kept[-1].end : gift.start] and not _ANEW.search(
        sentence, kept[-1].end, gift.start
    )


def _is_chosen(sentence: str, gift: Gift, following: Gift | None) -> bool:
    """ "评选优秀平台，对入选平台奖励20万元": who is chosen has the award, not two benefits."""
    if gift.kind is not BenefitKind.TITLE or not _is_bare(gift) or following is None or _is_bare(following):
        return False
    return bool(_CHOSEN.search(sentence, gift.end, following.start))


def _of_interest(gift: Gift) -> bool:
    return gift.kind is BenefitKind.SUBSIDY and gift.rate is not None and "利息" in (gift.base or "")


def _is_bare(gift: Gift) -> bool:
    return gift.rate is None and gift.amount is None and gift.cap is None


def take(sentence: str, gifts: list[Gift], found: list[Gift], clause: str) -> None:
    """Add what a clause gives to the gifts so far, in place: joined to the last of them, or as new ones."""
    last = gifts[-1] if gifts else None
    if last and len(found) == 1 and _bounds_tiers(gifts, clause):
        gifts[-1] = replace(last, end=found[0].end)
        return
    if (
        len(found) > 1
        and last
        and last.places == len(found)
        and last.cap is None
        and all(one.cap and not one.rate for one in found)
    ):
        gifts[-len(found) :] = [
            replace(old, cap=new.cap, end=new.end)
            for old, new in zip(gifts[-len(found) :], found, strict=True)
        ]
    elif last and len(found) == 1 and last.places > 1 and _is_shared(gifts, found[0], clause):
        gifts[-last.places :] = [
            replace(one, cap=one.cap or found[0].cap, rate=one.rate or found[0].rate, end=found[0].end)
            for one in gifts[-last.places :]
        ]
    elif last and len(found) == 1 and (alike := all_bounded(sentence, gifts, found[0], clause)):
        gifts[-len(alike) :] = [replace(one, cap=found[0].cap) for one in alike]
        gifts[-1] = replace(gifts[-1], end=found[0].end)
    elif last and only_caps(found) and (MORE_AT_MOST.search(clause) or is_graded(sentence, last, found[0])):
        gifts += [replace(one, rate=last.rate, base=last.base) for one in found]
    elif last and len(found) == 1 and last.cap is not None and RAISED.search(clause):
        gifts.append(replace(found[0], cap=found[0].cap or last.cap, base=found[0].base or last.base))
    elif last and len(found) == 1 and _is_tier(sentence, last, found[0], clause):
        gifts[-1:] = _next_tier(sentence, last, found[0])
    elif last and len(found) == 1 and _joins(sentence, last, found[0], clause):
        gifts[-1] = _join(last, found[0])
    elif last and len(found) > 1 and is_rate_only(last) and all(one.rate is None for one in found):
        gifts[-1:] = [
            replace(one, rate=last.rate, base=one.base or last.base, kind=last.kind) for one in found
        ]
    elif last and len(found) == 1 and _shares_rate(sentence, last, found[0], clause):
        gifts.append(replace(found[0], rate=last.rate, base=last.base))
    else:
        gifts += found


# "按实际费用的50%，示范单位给予不超过100万元"
_RATE_AHEAD = re.compile(r"按[^，]{2,40}%[^，]{0,6}，[^，；对]{2,20}给予")
_ANOTHER = re.compile(r"[^，；对]{2,20}给予(?:最高)?不超过")


def _shares_rate(sentence: str, last: Gift, new: Gift, clause: str) -> bool:
    """Whether a rate that stands ahead of several caps is for this one too."""
    if new.rate is not None or new.cap is None or last.rate is None or last.cap is None:
        return False
    return bool(_RATE_AHEAD.match(sentence, last.start, last.end) and _ANOTHER.match(clause))


def _is_tier(sentence: str, last: Gift, new: Gift, clause: str) -> bool:
    """Whether a clause is no more than the cap of another kind of applicant than the one before it."""
    if last.cap is None or new.cap is None or new.rate is not None or new.amount is not None:
        return False
    before = sentence[start_of_last(sentence, last.end) : last.end]
    return not (last.places or new.places) and is_next_tier(before, clause)


def _next_tier(sentence: str, last: Gift, new: Gift) -> tuple[Gift, Gift]:
    """The benefit of one tier and of the next, each with the words that say whom it is for."""
    begin = start_of_last(sentence, new.end)
    whom = named_at(sentence, start_of_last(sentence, last.end))
    following = replace(new, start=begin, rate=last.rate, base=last.base, kind=last.kind)
    return replace(last, whom=whom), replace(following, whom=named_at(sentence, begin))


def _bounds_tiers(gifts: list[Gift], clause: str) -> bool:
    """Whether a clause bounds several tiers together, each with a cap of its own: "单个企业年度不超过1000万元"."""
    tiers = gifts[-2:]
    return len(tiers) == 2 and all(one.whom for one in tiers) and bool(_OF_ONE_YEAR.match(clause))


def _is_shared(gifts: list[Gift], new: Gift, clause: str) -> bool:
    """ "分别按30%、20%补助，最高100万元": one cap, or one share of the cost, for all that are given in turn."""
    listed = gifts[-gifts[-1].places :]
    if new.places or not listed[0].places:
        return False
    if SHARE_CAP.fullmatch(clause):
        return all(one.rate is None for one in listed)
    if not CAP_ONLY.match(clause) or new.rate is not None or new.amount is not None:
        return False
    yearly = _OF_ONE.match(clause) and all(one.cap is None for one in listed)
    return bool(yearly) or all(is_rate_only(one) for one in listed)


def _wants_cap(last: Gift, clause: str) -> bool:
    """ "给予2年贴息，总金额不超过5000万元": the total is the cap of the one benefit before it."""
    if last.amount is not None or last.cap is not None:
        return False
    yearly = is_rate_only(last) and _OF_ONE.search(clause) and not _OF_SEVERAL.search(clause)
    return bool(_SUM_TOTAL.search(clause) or yearly)


def bounds_the_year(last: Gift, clause: str) -> bool:
    """Whether a clause bounds what all that a company has in a year come to, each with its own cap already."""
    return last.cap is not None and bool(_OF_YEAR.search(clause))


def is_total(last: Gift, clause: str) -> bool:
    """Whether a clause caps several benefits together (累计不超过), which none of them shows."""
    return (
        not _wants_cap(last, clause)
        and (bool(_TOTAL.search(clause)) or bounds_the_year(last, clause))
        and bool(CAP.search(clause))
        and not re.search("给予|予以", clause)
    )


def _joins(sentence: str, last: Gift, new: Gift, clause: str) -> bool:
    """Whether a clause goes on with the benefit before it: a cap, or the sum to a rate."""
    between = sentence[last.end : new.start]
    if _NEW_SUBJECT.search(between + clause[:2]) or new.places or last.places > 1:
        return False
    if last.kind is new.kind is BenefitKind.TAX and _is_bare(new) and _TAX_RATE.match(clause):
        return True  # 减按50%计入应纳税所得额，按20%的税率缴纳: one relief
    if last.kind is new.kind is BenefitKind.SERVICE and "任何费用" in clause:
        return True  # 免费参加诊断，不需要承担任何费用
    if last.kind is BenefitKind.INTEREST and _LOAN_SUM.search(clause):
        return False  # 给予0.5个百分点贴息，每户最高可享受200万元贷款
    if _is_bare(last):
        if last.kind is BenefitKind.INTEREST and new.rate is None and CAP_ONLY.match(clause):
            return bool(_TERM.fullmatch(between))
        again = sentence[last.start : last.start + 2] == clause[:2] == "优先"  # 优先办理甲，优先核准乙: two
        return last.kind is new.kind and last.end + 2 >= new.start and new.rate != 100 and not again
    if last.cap is not None and new.cap is not None and _GIVEN_NOW.search(clause):
        return False  # 第一年给予不超过200万元，第二年给予不超过100万元: one after the other
    if new.rate is None and new.cap is not None and CAP_ONLY.match(clause):
        return True
    if last.rate is None and SHARE_CAP.fullmatch(clause):
        return True
    if _is_bare(new) and new.kind is last.kind and _GIVEN_NOW.match(clause):
        return last.end + 2 >= new.start  # 按每平方米20元的标准，给予三年租金补贴
    priced = new.amount is not None and (new.base or "").startswith("每") and last.base is not None
    if priced and _GIVEN_WORD.search(clause):
        return False  # 建设期按投资额20%补助，运营期每平方米补助100元
    return is_rate_only(last) and new.rate is None and (new.amount is not None or new.cap is not None)


def _join(last: Gift, new: Gift) -> Gift:
    return replace(
        last,
        kind=new.kind if last.kind in (BenefitKind.OTHER, BenefitKind.SERVICE) else last.kind,
        end=new.end,
        amount=last.amount if last.amount is not None else new.amount,
        cap=new.cap if new.cap is not None else last.cap,
        rate=last.rate if last.rate is not None else new.rate,
        base=last.base or new.base,
    )
