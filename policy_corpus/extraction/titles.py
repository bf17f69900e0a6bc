"""A benefit and its heading -> the title of an item in plain words, at most 40 characters; called by items."""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.found import Found
from policy_corpus.extraction.gifts import Gift
from policy_corpus.model import BenefitKind

LONGEST = 40
_VERB = {
    BenefitKind.REWARD: "奖励", BenefitKind.SUBSIDY: "补助", BenefitKind.INTEREST: "贴息", BenefitKind.TAX: "税费减免", BenefitKind.RENT: "租金减免",
    BenefitKind.RISK: "风险补偿", BenefitKind.LOAN: "融资支持", BenefitKind.LAND: "用地用能支持", BenefitKind.TALENT: "人才支持",
    BenefitKind.PROCUREMENT: "采购支持", BenefitKind.TITLE: "认定", BenefitKind.SERVICE: "服务", BenefitKind.OTHER: "支持",
}  # fmt: skip
_MARKS = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,5}[章节条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、．])"
)
_GENERIC = re.compile(
    r"^(?:支持|服务|补贴|奖励|资助|优惠|扶持|申报|政策|条件|主要|具体)?(?:标准|内容|措施|方式|额度|政策|条件|对象|范围|期限|金额|方向)(?:和标准|及标准)?$|^答$|^问|资金支持|^附|^关于|通知$|^注"
)
_NAMING = (
    "event",
    "qualification",
    "listing",
    "activity",
    "above_scale",
    "industry",
    "size_class",
    "other",
    "patents",
)


def title_of(gift: Gift, conditions: tuple[Found, ...], sentence: str, headings: list[str]) -> str:
    """Who gets what: the nearest telling heading or the conditions' own words, then the benefit."""
    what = benefit_words(gift)
    who = _who(conditions, sentence)
    about = next((h for h in map(_clean, headings) if _tells(h)), "")
    parts = [part for part in (about, who) if part]
    if about and who and (who in about or (gift.places == 0 and len(about) + len(who) + len(what) > LONGEST)):
        parts = [about]
    room = LONGEST - len(what) - 1
    head = _fit("：".join(parts), room)
    return (f"{head}，{what}" if head else what)[:LONGEST]


def benefit_words(gift: Gift) -> str:
    """The benefit in a few words.

    >>> benefit_words(Gift(BenefitKind.REWARD, 0, 1, amount=Decimal(300000)))
    '奖励30万元'
    >>> benefit_words(Gift(BenefitKind.SUBSIDY, 0, 1, rate=Decimal("12.5"), cap=Decimal(900000)))
    '按12.5%补助，最高90万元'
    """
    verb = _VERB[gift.kind]
    if gift.rate is not None:
        words = (
            f"按{_number(gift.rate)}%{verb}"
            if gift.rate != 100 or gift.kind not in (BenefitKind.TAX, BenefitKind.RENT)
            else f"全额{verb}"
        )
    elif gift.amount is not None:
        words = f"{gift.base if gift.base and len(gift.base) <= 5 else ''}{verb}{_money(gift.amount)}"
    elif gift.cap is not None:
        return f"最高{verb}{_money(gift.cap)}"
    else:
        return verb
    return f"{words}，最高{_money(gift.cap)}" if gift.cap is not None else words


def _money(value: Decimal) -> str:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if value >= size:
            return f"{_number(value / size)}{unit}元"
    return f"{_number(value)}元"


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _clean(heading: str) -> str:
    heading = _MARKS.sub("", heading).strip("：:（）【】 ")
    return re.split(r"[。：；？]", heading)[0]


def _tells(heading: str) -> bool:
    return 4 <= len(heading) <= 30 and not _GENERIC.search(heading)


def _who(conditions: tuple[Found, ...], sentence: str) -> str:
    for attribute in _NAMING:
        for one in conditions:
            if one.attribute == attribute and not one.negated:
                words = sentence[one.start : one.end].strip("，、的对 ")
                if 2 <= len(words) <= 24:
                    return words
    return ""


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip("，、：的") + "…"
