"""The nouns of matching: an enterprise with its facts, the findings about it, and the match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from policy_corpus.model import Leaf, PolicyItem

# A fact's value in the form that its kind asks for (see policy_corpus.facts.FactKind).
FactValue = Decimal | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of an enterprise (企业指标): the value, who says so, since when, for which period.

    source: where it comes from, in words for the screen (企业填报, 导入：名录.xlsx, 由从业人员和营业收入推算).
    period: the year or quarter of a figure, as written ("2025").
    """

    value: FactValue
    source: str
    dated: date | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A company (企业): 统一社会信用代码, name, and facts by key. A key that is absent is unknown."""

    uscc: str
    name: str
    facts: Mapping[str, Fact]


class Verdict(StrEnum):
    """What is known of one condition (符合, 不符合, 待确认)."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Eligibility(StrEnum):
    """What follows for the item (可享受, 需确认, 暂不符合)."""

    ELIGIBLE = "eligible"
    UNDETERMINED = "undetermined"
    INELIGIBLE = "ineligible"


class Openness(StrEnum):
    """Whether one can apply on the day asked about (申报状态)."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    ALWAYS = "always"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one leaf (匹配理由). actual: the enterprise's fact used, None where unknown.

    text: the condition in plain words. reason: why this verdict, in one sentence. gap: what is missing,
    in words ("还差 12 万元"), only where it can be computed. decisive: of a fact with many parts (titles,
    statements) those that the verdict rests on.
    """

    condition: Leaf
    verdict: Verdict
    text: str
    reason: str
    actual: Fact | None = None
    gap: str | None = None
    decisive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One item for one enterprise (匹配结果). score: met / all leaves; relevance: cosine 0-1, 6 places."""

    rank: int
    item: PolicyItem
    eligibility: Eligibility
    openness: Openness
    score: float
    relevance: float
    findings: tuple[Finding, ...]
    terms: tuple[tuple[str, float], ...] = ()
