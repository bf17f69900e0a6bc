"""Support by equity (采取股权投资方式支持): the terms behind it are the most that is invested, not what is asked. Called by reading.

"出资额不超过总投资的30%，最高不超过1000万元，占股比例不超过30%，且不为第一大股东": the share of the cost and the sum are its
figures; the share of the stock stands in for them where it is all that is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.words.quantities import find_quantities
from policy_corpus.model import BenefitKind

_EQUITY = re.compile(r"股权投资(?:的)?(?:方式)?")
_AHEAD = 16  # characters before "给予支持" in which the way of it is told
_TERM = re.compile(
    r"(?:出资|投资额|投资金额|持股|占股|股份|资助额度|支持额度|单个项目|最高|不超过)[^，；]{0,20}(?:不(?:超过|高于|低于)|最高|以内|\d)"
)
_STOCK = re.compile(r"持股|占股|股份|股权比例")
_FLOOR = re.compile(r"不低于|不少于")
_NO_OWNER = re.compile(r"(?:且|并|但)?不(?:为|成为|做|得成为)?[^，；]{0,4}(?:第一大股东|控股)")


def with_terms(sentence: str, gift: Gift, start: int, end: int) -> Gift | None:
    """The equity benefit with the figures of the clause at sentence[start:end], or None where it is no term of it.

    >>> gift = Gift(BenefitKind.OTHER, 0, 8)
    >>> with_terms("采取股权投资方式支持，出资额不超过800万元", gift, 11, 21).cap
    Decimal('8000000')
    """
    clause = sentence[start:end]
    if gift.kind is not BenefitKind.OTHER or not _EQUITY.search(
        sentence, max(0, gift.start - _AHEAD), gift.end
    ):
        return None
    if _NO_OWNER.match(clause):
        return replace(gift, end=end)
    if not _TERM.search(clause):
        return None
    cap, rate = gift.cap, gift.rate
    for quantity in () if _FLOOR.search(clause) else find_quantities(clause):
        if quantity.dimension == "yuan" and cap is None:
            cap = quantity.value
        elif quantity.dimension == "percent" and rate is None and (cap is None or not _STOCK.search(clause)):
            rate = quantity.value
    return replace(gift, end=end, cap=cap, rate=rate)
