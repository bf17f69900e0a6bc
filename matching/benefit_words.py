"""What a benefit gives, and a sum, as short words: the same on pages, in tables and in the differences of versions."""

from __future__ import annotations

from decimal import Decimal

from matching.figures_in_words import money, plain
from policy_corpus.model import Benefit, BenefitKind

KIND_WORDS = {
    BenefitKind.SUBSIDY: "补助",
    BenefitKind.LOAN: "贷款担保",
    BenefitKind.LAND: "用地用能",
    BenefitKind.PROCUREMENT: "采购场景",
    BenefitKind.TITLE: "认定荣誉",
    BenefitKind.OTHER: "其他支持",
}


def sum_words(yuan: Decimal) -> str:
    """A sum as it stands on a card.

    >>> sum_words(Decimal(300000)), sum_words(Decimal(1234)), sum_words(Decimal(150000000))
    ('30万元', '1234元', '1.5亿元')
    """
    return money(yuan).replace(" ", "")


def kind_words(kind: BenefitKind) -> str:
    """The way of support (支持方式) on screen."""
    return KIND_WORDS.get(kind, kind.value)


def benefit_words(benefit: Benefit) -> str:
    """What one benefit gives, from its figures alone; the kind where it has none.

    >>> from policy_corpus.model import Span
    >>> span = Span("d", 0, 0, "")
    >>> benefit_words(Benefit(BenefitKind.REWARD, span, amount_yuan=Decimal(300000)))
    '30万元'
    >>> benefit_words(Benefit(BenefitKind.SUBSIDY, span, None, Decimal(2000000), Decimal(20), "设备投资额"))
    '设备投资额的20%，最高200万元'
    """
    parts = []
    if benefit.rate_percent is not None:
        rate = f"{plain(benefit.rate_percent)}%"
        parts.append(f"{benefit.base}的{rate}" if benefit.base else rate)
    if benefit.amount_yuan is not None:
        per_unit = benefit.base if benefit.base and benefit.rate_percent is None else None
        amount = sum_words(benefit.amount_yuan)
        parts.append(f"{per_unit}{amount}" if per_unit else amount)
    if benefit.max_yuan is not None:
        parts.append(f"最高{sum_words(benefit.max_yuan)}")
    return "，".join(parts) or kind_words(benefit.kind)
