"""What the sentences of a section say: requirements, and benefits with the conditions before them; shared by passages,
grants, matters, items and prediction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import BenefitKind


@dataclass(frozen=True, slots=True)
class Grant:
    """One benefit with the conditions that stand before it in its sentence.

    unread: where the subject of the sentence says something that none of the conditions covers.
    """

    gift: Gift
    conditions: tuple[Found, ...]
    unread: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says: requirements, or benefits with their conditions.

    ground: the requirements only name whom the sentences that follow in the same section are for.
    announces: they are for the list or table that the sentence opens ("按下列标准给予奖补：").
    for_all: they hold for everything the document gives ("本措施适用于…").
    meant: the applicant that they say the meaning of ("新引进总部企业是指…"); they are asked where it is given something.
    """

    plain: Plain
    requirements: tuple[Found, ...] = ()
    grants: tuple[Grant, ...] = ()
    ground: bool = False
    announces: bool = False
    for_all: bool = False
    meant: str = ""


def is_bare(gift: Gift) -> bool:
    """Whether a benefit comes without a figure."""
    return gift.amount is None and gift.cap is None and gift.rate is None


# "对…的企业，给予相关政策支持": nobody can say that it is money.
_SUPPORT = re.compile(r"(?:给予|予以)(?:相关|相应|一定|适当|重点|大力|必要|的|研发|政策){0,4}(?:支持|扶持)")
_FUNDED = re.compile(
    r"(?:补助|补贴|资助|奖励|资金|采购|政策倾斜)(?:等)?(?:支持)?(?:的)?(?:方式|形式)?$|(?:资金(?:使用|管理){0,2}(?:办法|细则)》[^；。]{0,60}|(?:扶持|奖补|补助)政策)$"
)
_UNNAMED = frozenset({BenefitKind.SUBSIDY, BenefitKind.PROCUREMENT, BenefitKind.SERVICE, BenefitKind.TITLE})


def name_support(statement: Statement) -> Statement:
    """The statement with support that is not said to be money as what it is, of no kind of its own."""
    text = statement.plain.text
    grants = tuple(
        replace(one, gift=replace(one.gift, kind=BenefitKind.OTHER))
        if one.gift.kind in _UNNAMED
        and is_support(text, one.gift)
        and not _FUNDED.search(text, 0, one.gift.start)
        else one
        for one in statement.grants
    )
    return replace(statement, grants=grants) if grants != statement.grants else statement


def is_support(text: str, gift: Gift) -> bool:
    """Whether a benefit of a sentence is no more than "给予支持"."""
    return is_bare(gift) and bool(_SUPPORT.fullmatch(text, gift.start, gift.end))
