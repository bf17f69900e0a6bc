"""A synthetic city, province or nation: policies with their items, companies, and the profiles to search with.

Everything is drawn from a seed and a number, so that policy 17 is the same policy however many are drawn, at every run
and on every machine. Policies are real `PolicyItem`s in a document of about 380 characters, whose spans quote it;
companies are real `Enterprise`s with facts of every kind (`corpus_enterprises`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bench.corpus_conditions import Draft, Setting, draw_conditions
from bench.corpus_places import PROVINCE, Place, world
from bench.corpus_texts import CLAUSES, MATTERS, STATEMENTS, TITLES, Pen
from bench.corpus_trades import trade_of_topic
from bench.corpus_words import TOPICS
from policy_corpus.model import (
    ApplicationWindow,
    Benefit,
    BenefitKind,
    ItemStatus,
    PolicyItem,
    Quoted,
    Span,
)

AS_OF = date(2026, 6, 1)  # the day that is asked about
LENGTH = 380  # characters of a document, on average
SEEDS = {"policy": 7, "enterprise": 11, "profile": 13}


@dataclass(frozen=True, slots=True)
class Policy:
    """A document with one item. region: the code of who speaks, "" for the nation."""

    item: PolicyItem
    title: str
    text: str
    region: str


def chance_for(kind: str, number: int) -> random.Random:
    """The chance of one policy, enterprise or profile: the same for the same number."""
    return random.Random(SEEDS[kind] * 1_000_003 + number)


def make_policy(number: int, root: str = PROVINCE) -> Policy:
    """Policy `number` of the world below `root`."""
    chance = chance_for("policy", number)
    place, topic = world(root).issuer(chance), chance.randrange(TOPICS)
    pen, draft = Pen(chance, topic), Draft(f"{number + 1:016x}")
    title = draft.add(("国家" if not place.code else place.name) + pen.one_of(TITLES)).quote
    draft.add("\n")
    matter = draft.add(pen.one_of(MATTERS)).quote
    draft.add("。")
    spans = [_clauses(draft, pen, 2)]
    draft.add("申报条件：")
    start = draft.length
    conditions = draw_conditions(Setting(draft, pen, place, trade_of_topic(chance, topic)))
    asked = (start, draft.length)
    draft.add("。")
    benefits = tuple(_benefit(draft, pen) for _ in range(1 + (chance.random() < 0.25)))
    while draft.length < LENGTH - 60 + chance.randrange(40):
        spans.append(_clauses(draft, pen, 1))
    window, department = _window(draft, chance), _department(draft, place)
    text = draft.text()
    spans.insert(1, Span(draft.document_id, *asked, text[slice(*asked)]))
    item = PolicyItem(
        id=f"{draft.document_id}-001",
        document_id=draft.document_id,
        ordinal=1,
        title=matter,
        conditions=conditions,
        benefits=benefits,
        spans=tuple(spans),
        window=window,
        department=department,
        no_application=chance.random() < 0.1,
        status=ItemStatus.PUBLISHED,
    )
    return Policy(item, title, text, place.code)


def make_policies(count: int, root: str = PROVINCE) -> list[Policy]:
    """The first `count` policies in the order of a catalogue: by the region of who speaks, then by id."""
    return sorted((make_policy(number, root) for number in range(count)), key=_position)


def make_texts(count: int, root: str = PROVINCE) -> tuple[list[str], list[str]]:
    """The texts of those policies and the regions of who speaks, in that order, without keeping the items."""
    drawn = ((policy.region, policy.item.id, policy.text) for policy in _each(count, root))
    ordered = sorted(drawn)
    return [text for _, _, text in ordered], [region for region, _, _ in ordered]


def _each(count: int, root: str) -> Iterable[Policy]:
    return (make_policy(number, root) for number in range(count))


def _position(policy: Policy) -> tuple[str, str]:
    return policy.region, policy.item.id


def make_profiles(count: int) -> list[str]:
    """Texts of companies, of some 600 characters, whose first 150 terms are what is searched with."""
    return [_profile(chance_for("profile", number)) for number in range(count)]


def _profile(chance: random.Random) -> str:
    pen = Pen(chance, chance.randrange(TOPICS))
    return "；".join(pen.one_of(STATEMENTS if chance.random() < 0.9 else CLAUSES) for _ in range(30))


def _clauses(draft: Draft, pen: Pen, count: int) -> Span:
    span = draft.add("，".join(pen.one_of(CLAUSES) for _ in range(count)))
    draft.add("。")
    return span


def _benefit(draft: Draft, pen: Pen) -> Benefit:
    amount = Decimal(pen.chance.choice((1, 2, 5, 10, 20, 30, 50, 100, 200, 500))) * 10_000
    shown = f"{amount // 10_000}万元"
    kind = pen.chance.random()
    if kind < 0.5:
        span = draft.add(f"对符合条件的企业给予一次性奖励{shown}")
        benefit = Benefit(BenefitKind.REWARD, span, amount_yuan=amount)
    elif kind < 0.85:
        rate = pen.chance.choice((5, 10, 15, 20, 30, 50))
        span = draft.add(f"按{pen.word('n')}投资额的{rate}%给予补助，最高不超过{shown}")
        benefit = Benefit(BenefitKind.SUBSIDY, span, None, amount, Decimal(rate), "投资额")
    else:
        span = draft.add(f"按贷款利息给予贴息，每家企业每年不超过{shown}")
        benefit = Benefit(BenefitKind.INTEREST, span, max_yuan=amount)
    draft.add("。")
    return benefit


def _window(draft: Draft, chance: random.Random) -> ApplicationWindow | None:
    kind = chance.random()
    if kind < 0.2:
        return None
    if kind < 0.35:
        span = draft.add("常年受理申报")
        draft.add("。")
        return ApplicationWindow(span, always=True)
    opens, closes = date(2026, chance.randint(1, 8), chance.randint(1, 28)), chance.randint(9, 12)
    until = date(2026, closes if chance.random() < 0.7 else opens.month, 28)
    yearly = kind < 0.55
    year = "每年" if yearly else "2026年"
    span = draft.add(f"{year}{opens.month}月{opens.day}日至{until.month}月{until.day}日申报")
    draft.add("。")
    return ApplicationWindow(span, opens, until, yearly=yearly)


def _department(draft: Draft, place: Place) -> Quoted:
    draft.add("责任单位：")
    span = draft.add(("国家" if not place.code else place.name) + "工信部门")
    return Quoted(span.quote, span)
