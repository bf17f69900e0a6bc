"""What a benefit is worth to an enterprise, where the text alone tells; nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

from policy_corpus.model import Benefit, BenefitKind, PolicyItem

# What such a benefit names is a loan, a guarantee or a loss shared with a bank: not money received.
NOT_RECEIVED = frozenset({BenefitKind.LOAN, BenefitKind.RISK})


def estimate_yuan(benefit: Benefit) -> Decimal | None:
    """The sum in yuan that is certain: a fixed amount that is not a price per unit. Else None.

    >>> from policy_corpus.model import BenefitKind, Span
    >>> span = Span("d", 0, 0, "")
    >>> estimate_yuan(Benefit(BenefitKind.REWARD, span, amount_yuan=Decimal(300000)))
    Decimal('300000')
    >>> estimate_yuan(Benefit(BenefitKind.SUBSIDY, span, amount_yuan=Decimal(500), base="每人"))
    """
    return benefit.amount_yuan if benefit.base is None else None


def most_yuan(benefit: Benefit) -> Decimal | None:
    """The most it can be: the cap, else the fixed sum. None where the text names no such figure."""
    return benefit.max_yuan if benefit.max_yuan is not None else estimate_yuan(benefit)


def most_of_item(item: PolicyItem) -> Decimal | None:
    """The largest single sum that the item says a company receives; loans and guarantees are no such sum.

    The benefits of an item are its tiers as a rule (一级30万元、二级20万元), so they are not added up.
    """
    sums = [
        most for benefit in item.benefits if benefit.kind not in NOT_RECEIVED and (most := most_yuan(benefit))
    ]
    return max(sums, default=None)
