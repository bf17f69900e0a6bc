"""What the sentences of a section say: requirements, and benefits with the conditions before them; shared by passages,
grants, matters, items and prediction."""

from __future__ import annotations

from dataclasses import dataclass

from policy_corpus.extraction.found import Found
from policy_corpus.extraction.gifts import Gift
from policy_corpus.extraction.plain import Plain


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
    """

    plain: Plain
    requirements: tuple[Found, ...] = ()
    grants: tuple[Grant, ...] = ()
    ground: bool = False
    announces: bool = False
    for_all: bool = False


def is_bare(gift: Gift) -> bool:
    """Whether a benefit comes without a figure."""
    return gift.amount is None and gift.cap is None and gift.rate is None
