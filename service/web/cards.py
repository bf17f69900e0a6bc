"""A match as a card of the list: title, amount, deadline, the reasons that matter most, and all of them folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matching.model import Eligibility, Finding, Match, Openness, Verdict
from matching.state_words import OPENNESS_WORDS
from policy_corpus.facts import FACTS, SELF_STATED
from policy_corpus.model import Condition, Document
from service.web.checklist import answers_needed, checklist
from service.web.wording import (
    clipped,
    deadline_words,
    fact_words,
    is_urgent,
    item_amount_words,
    kind_words,
)

_CHIPS = 2
_CHIP_LENGTH = 26
# Nearly every policy asks for these, so they tell nothing about this one.
_ASKED_OF_ALL = {
    "region",
    "independent_legal_person",
    "financial_system",
    "credit",
    "compliance",
    "legal_form",
}
_SHOWN_VERDICT = {
    Eligibility.ELIGIBLE: Verdict.MET,
    Eligibility.UNDETERMINED: Verdict.UNKNOWN,
    Eligibility.INELIGIBLE: Verdict.NOT_MET,
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One reason in a few words, with its verdict."""

    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the list shows of one match. answers: how many facts or confirmations are still missing."""

    match: Match
    document: Document
    amount: str
    deadline: str
    urgent: bool
    state: str
    kinds: tuple[str, ...]
    chips: tuple[Chip, ...]
    answers: int


def card_of(match: Match, document: Document, today: date) -> Card:
    """The card of one match."""
    item, window = match.item, match.item.window
    automatic = item.no_application and match.openness is not Openness.CLOSED
    return Card(
        match=match,
        document=document,
        amount=item_amount_words(item),
        deadline="免申即享，符合条件的由部门直接兑付"
        if automatic
        else deadline_words(window, match.openness, today),
        urgent=is_urgent(window, match.openness, today),
        state="免申即享" if automatic else OPENNESS_WORDS[match.openness],
        kinds=tuple(dict.fromkeys(kind_words(benefit.kind) for benefit in item.benefits)),
        chips=tuple(_chips(match)),
        answers=answers_needed(checklist(item.conditions, match.findings)),
    )


def _chips(match: Match) -> Iterator[Chip]:
    wanted = _SHOWN_VERDICT[match.eligibility]
    told: set[str] = set()
    for finding in _most_telling(match.findings, wanted):
        text = clipped(_chip_text(finding), _CHIP_LENGTH)
        if text not in told and len(told) < _CHIPS:
            told.add(text)
            yield Chip(finding.verdict, text)


def _most_telling(findings: Sequence[Finding], wanted: Verdict) -> list[Finding]:
    """Findings of that verdict: those with a gap first, what is asked of every applicant last."""

    def weight(finding: Finding) -> tuple[bool, bool, bool]:
        condition = finding.condition
        general = isinstance(condition, Condition) and condition.attribute in _ASKED_OF_ALL
        return finding.gap is None, general, finding.actual is None

    return sorted((finding for finding in findings if finding.verdict is wanted), key=weight)


def _chip_text(finding: Finding) -> str:
    condition = finding.condition
    if not isinstance(condition, Condition) or condition.attribute not in FACTS:
        return f"请核对：{condition.span.quote}"
    row = FACTS[condition.attribute]
    asked = FACTS[row.fact] if row.fact else row
    if finding.verdict is Verdict.UNKNOWN:
        if condition.attribute in SELF_STATED or finding.actual is not None:
            return f"请确认：{finding.text}"
        return f"未填写{asked.label}"
    if finding.verdict is Verdict.NOT_MET:
        return finding.gap or f"要求{finding.text}"
    if condition.attribute in SELF_STATED or finding.actual is None:
        return finding.text
    if condition.attribute == "qualification":
        return finding.text
    return f"{asked.label} {fact_words(condition.attribute, finding.actual)}"
