"""The words of the pages: sums, dates, states and verdicts as a company reads them.

Pure functions from values to Chinese; `service.web.portal` makes the shortest of them template filters.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from matching import state_words
from matching.amounts import NOT_RECEIVED, most_of_item
from matching.benefit_words import KIND_WORDS as KIND_WORDS
from matching.benefit_words import benefit_words as benefit_words
from matching.benefit_words import kind_words as kind_words
from matching.benefit_words import sum_words as sum_words
from matching.figures_in_words import chinese_date
from matching.model import Eligibility, Fact, Openness
from matching.state_words import OPENNESS_WORDS
from matching.wording import describe_value
from policy_corpus.codes.regions import get_region
from policy_corpus.errors import CorpusError
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import ApplicationWindow, BenefitKind, PolicyItem, Validity

# A page speaks to the company itself.
ELIGIBILITY_WORDS = {**state_words.ELIGIBILITY_WORDS, Eligibility.UNDETERMINED: "需您确认"}
VALIDITY_NOTES = {
    Validity.NOT_YET: "本文件尚未施行",
    Validity.EXPIRED: "本文件已失效，其中的政策不再受理",
    Validity.REPEALED: "本文件已废止，其中的政策不再受理",
    Validity.DRAFT: "本文件为征求意见稿，尚未成为政策，仅供参考",
}


def item_amount_words(item: PolicyItem) -> str:
    """The one figure of a card: the most that can be received, else what the first benefit says."""
    most = most_of_item(item)
    if most is not None:
        fixed = len({benefit.amount_yuan for benefit in item.benefits}) == 1 and all(
            benefit.amount_yuan == most and benefit.max_yuan is None for benefit in item.benefits
        )
        return sum_words(most) if fixed else f"最高{sum_words(most)}"
    figured = [
        benefit
        for benefit in item.benefits
        if benefit.rate_percent or benefit.amount_yuan or benefit.max_yuan
    ]
    first = next(iter(figured or item.benefits), None)
    if first is None:
        return "以原文为准"
    words = benefit_words(first)
    is_loan = first.kind in NOT_RECEIVED and first in figured
    return f"{'贷款' if first.kind is BenefitKind.LOAN else '补偿'}{words}" if is_loan else words


def date_words(day: date | None) -> str:
    """A date on screen, empty where there is none."""
    return chinese_date(day) if day else ""


def deadline_words(window: ApplicationWindow | None, state: Openness, today: date) -> str:
    """When to apply, with the days left.

    >>> from policy_corpus.model import Span
    >>> window = ApplicationWindow(Span("d", 0, 0, ""), closes_on=date(2026, 9, 30))
    >>> deadline_words(window, Openness.OPEN, date(2026, 9, 18))
    '2026年9月30日截止（还有12天）'
    """
    opens, closes = (window.opens_on, window.closes_on) if window else (None, None)
    if state is Openness.UPCOMING and opens:
        begin = f"{chinese_date(opens)}起申报（{(opens - today).days}天后开始）"
        return f"{begin}，{chinese_date(closes)}截止" if closes else begin
    if state is Openness.CLOSED and closes:
        return f"已于{chinese_date(closes)}截止"
    if state is Openness.OPEN and closes:
        left = (closes - today).days
        return f"{chinese_date(closes)}截止（{'今天是最后一天' if left == 0 else f'还有{left}天'}）"
    return {Openness.ALWAYS: "常年受理", Openness.UNKNOWN: "申报时间以主管部门通知为准"}.get(
        state, OPENNESS_WORDS[state]
    )


def is_urgent(window: ApplicationWindow | None, state: Openness, today: date) -> bool:
    """Whether less than a fortnight is left."""
    return bool(
        state is Openness.OPEN and window and window.closes_on and (window.closes_on - today).days < 14
    )


def region_words(code: str | None) -> str:
    """The full name of a region, 全国 for none; the code itself where the table does not know it."""
    if not code:
        return "全国"
    try:
        return get_region(code).full_name
    except CorpusError:
        return code


def fact_words(key: str, fact: Fact | None) -> str:
    """A fact's value on screen; 未填写 where it is unknown."""
    if fact is None:
        return "未填写"
    row = FACTS[key]
    row = FACTS[row.fact] if row.fact else row
    value = fact.value
    if row.kind is FactKind.YUAN and isinstance(value, Decimal):
        return sum_words(value)
    return describe_value(row, fact)


def origin_words(fact: Fact) -> str:
    """Where a fact comes from, of which year, and as of when."""
    period = f"{fact.period}年" if fact.period and fact.period.isdigit() else fact.period
    dated = f"截至{chinese_date(fact.dated)}" if fact.dated else None
    return " · ".join(part for part in (period, fact.source, dated) if part)


def clipped(text: str, length: int) -> str:
    """At most so many characters, with an ellipsis where more would stand."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip("，。、；： ") + "…"
