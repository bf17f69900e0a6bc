"""Whose word counts when two sources speak of one fact, and what a new statement does to what is known.

Called by 企业库 when facts come in, by the dry run of an import (which must foretell exactly that), and by the
merge of duplicates. The rule (docs/companies.md): figures of a later year stand before those of an earlier one; for
one period an administrator's correction stands before a department's list, and that before what a company says of
itself; between equals the later statement counts. What does not count is kept aside, so that it can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from matching.model import Enterprise, Fact, FactValue
from policy_corpus.facts import FACTS, SELF_STATED

ADMIN_SOURCE = "管理员更正"
SELF_SOURCE = "企业填报"


class Trust(IntEnum):
    """How far a kind of source is trusted; a higher one stands before a lower one."""

    SELF = 1
    LIST = 2
    ADMIN = 3


TRUST_WORDS = {Trust.ADMIN: "管理员更正", Trust.LIST: "部门名录导入", Trust.SELF: "企业填报"}


class Step(StrEnum):
    """What a statement does to a fact."""

    NEW = "new"  # was unknown, is known
    CHANGED = "changed"  # another value, or another period
    RESTATED = "restated"  # the same, from a source that is trusted more or knows it of a later day
    ASIDE = "aside"  # does not count; kept beside what counts


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says of a fact, as it is kept. value: None where it was set back to unknown by hand."""

    id: int
    value: FactValue | None
    source: str
    dated: date | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class HeldCompany:
    """What is known of a company: the claim that counts for each key, those kept aside since, and its former names."""

    uscc: str
    name: str
    claims: Mapping[str, Claim]
    asides: Mapping[str, tuple[Claim, ...]]
    former_names: frozenset[str] = frozenset()

    def enterprise(self) -> Enterprise:
        """The company with the facts that count."""
        known = {
            key: Fact(claim.value, claim.source, claim.dated, claim.period)
            for key, claim in self.claims.items()
            if claim.value is not None and key in FACTS
        }
        return Enterprise(self.uscc, self.name, known)


@dataclass(frozen=True, slots=True)
class FactStep:
    """One fact that a statement touches. before: what counted until then."""

    key: str
    step: Step
    before: Claim | None
    after: Claim


@dataclass(frozen=True, slots=True)
class Decision:
    """What a statement does to a company. uscc: under which it is kept; old_name: None for a new company."""

    uscc: str
    name: str
    old_name: str | None
    facts: tuple[FactStep, ...]

    @property
    def is_new(self) -> bool:
        """Whether the company was not known."""
        return self.old_name is None

    @property
    def is_renamed(self) -> bool:
        """Whether a known company gets another name."""
        return self.old_name is not None and self.old_name != self.name

    @property
    def changes(self) -> tuple[FactStep, ...]:
        """The facts that become known or other than they were."""
        return tuple(fact for fact in self.facts if fact.step in (Step.NEW, Step.CHANGED))

    @property
    def asides(self) -> tuple[FactStep, ...]:
        """The facts for which the statement does not count."""
        return tuple(fact for fact in self.facts if fact.step is Step.ASIDE)


def trust_of(source: str) -> Trust:
    """How far a source is trusted, by the words it is named with.

    >>> trust_of("管理员更正"), trust_of("导入：名录.xlsx"), trust_of("企业填报")
    (<Trust.ADMIN: 3>, <Trust.LIST: 2>, <Trust.SELF: 1>)
    """
    if source.startswith(ADMIN_SOURCE):
        return Trust.ADMIN
    return Trust.SELF if source.startswith(SELF_SOURCE) else Trust.LIST


def decide(held: HeldCompany | None, stated: Enterprise) -> Decision:
    """What a statement does to what is known of the company (None: nothing is). Facts it does not name stay."""
    if held is None:
        new = tuple(
            FactStep(key, Step.NEW, None, _claim(fact)) for key, fact in stated.facts.items() if key in FACTS
        )
        return Decision(stated.uscc, stated.name, None, new)
    # A code that was merged into another names nothing, and an old list does not take a new name back.
    is_named = stated.uscc == held.uscc and stated.name not in held.former_names
    name = stated.name if is_named else held.name
    steps = (_step(held, key, _claim(fact)) for key, fact in stated.facts.items())
    return Decision(held.uscc, name, held.name, tuple(step for step in steps if step is not None))


def _step(held: HeldCompany, key: str, stated: Claim) -> FactStep | None:
    before = held.claims.get(key)
    if before is None:
        return FactStep(key, Step.NEW, None, stated)
    # A list that names no year says nothing against the year that is known.
    same = before.value == stated.value and stated.period in (before.period, None)
    if not prevails(stated, before, key):
        known = same or any(_says_same(aside, stated) for aside in held.asides.get(key, ()))
        return None if known else FactStep(key, Step.ASIDE, before, stated)
    if not same:
        return FactStep(key, Step.NEW if before.value is None else Step.CHANGED, before, stated)
    return FactStep(key, Step.RESTATED, before, stated) if _is_better_founded(stated, before) else None


def prevails(stated: Claim, before: Claim, key: str) -> bool:
    """Whether a statement made later counts in place of what counted before."""
    mine, other = _year(stated.period), _year(before.period)
    if mine and other and mine != other:
        return mine > other
    mine_trust, other_trust = trust_of(stated.source), trust_of(before.source)
    if key in SELF_STATED and Trust.ADMIN not in (mine_trust, other_trust):
        return True  # of what only the company itself can know, no list knows more
    return mine_trust >= other_trust


def is_conflict(aside: Claim, counted: Claim) -> bool:
    """Whether what is kept aside says something else of the same period, so that a person should decide."""
    mine, other = _year(aside.period), _year(counted.period)
    return aside.value != counted.value and not (mine and other and mine != other)


def applied(held: HeldCompany | None, decision: Decision) -> HeldCompany:
    """The company after a decision."""
    claims = dict(held.claims) if held else {}
    asides = dict(held.asides) if held else {}
    for fact in decision.facts:
        if fact.step is Step.ASIDE:
            asides[fact.key] = (*asides.get(fact.key, ()), fact.after)
        else:
            claims[fact.key] = fact.after
            asides.pop(fact.key, None)
    former = held.former_names if held else frozenset()
    if decision.is_renamed and decision.old_name:
        former |= {decision.old_name}
    return HeldCompany(decision.uscc, decision.name, claims, asides, former)


def conflicts_of(held: HeldCompany) -> list[str]:
    """The keys of which two sources say different things of one period."""
    return [
        key
        for key, asides in held.asides.items()
        if key in held.claims and any(is_conflict(aside, held.claims[key]) for aside in asides)
    ]


def _claim(fact: Fact) -> Claim:
    return Claim(0, fact.value, fact.source, fact.dated, fact.period)


def _says_same(one: Claim, other: Claim) -> bool:
    return replace(one, id=0) == replace(other, id=0)


def _is_better_founded(stated: Claim, before: Claim) -> bool:
    """Whether an equal value comes from a source that is trusted more, or is known of a later day."""
    later = stated.dated is not None and (before.dated is None or stated.dated > before.dated)
    return later or trust_of(stated.source) > trust_of(before.source)


def _year(period: str | None) -> str | None:
    found = re.match(r"(?:19|20)\d\d", period or "")
    return found[0] if found else None
