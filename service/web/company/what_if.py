"""情景测算 (/enterprises/<uscc>/what-if): what would open up if the company had a title, hired, grew or moved.

What is supposed is never stored and stands in no address: the form is sent, and the answer is the page itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, make_response, render_template, request

from matching.delta import Change
from matching.match import Ranking, rank_items
from matching.model import Eligibility, Enterprise
from policy_corpus.facts import FACTS, FactDefinition, FactKind, offered_facts
from policy_corpus.model import Document, PolicyItem
from service.errors import UnusableSupposition
from service.store.shelf import Shelf
from service.web.context import checked_uscc, desk
from service.web.fact_groups import HINTS
from service.web.headline import Headline, headline
from service.web.identity import is_own
from service.web.wording import ELIGIBILITY_WORDS, deadline_words, fact_words, item_amount_words
from service.workflows.weigh_changes import Supposition, first_changes, suppose

# What a company can set out to change, in the order in which it would think of it.
_SUPPOSABLE = ("qualification", "revenue", "employees", "rd_expense", "above_scale", "region", "fixed_investment",
               "equipment_investment", "invention_patents", "patents", "export_value", "tax_paid", "industry", "listing")  # fmt: skip
_FIRST = 4  # fields shown at once; the others fold away
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to suppose. now: what is known of it, in words; given: what was typed."""

    row: FactDefinition
    now: str
    given: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen instead of typed."""
        return ("是", "否") if self.row.kind is FactKind.YES_NO else self.row.choices

    @property
    def hint(self) -> str:
        """How to type it."""
        return (
            "要增加的称号，多项用顿号隔开"
            if self.row.kind is FactKind.NAMES
            else HINTS.get(self.row.kind, "")
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One item that changes."""

    item: PolicyItem
    document: Document
    amount: str
    deadline: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the supposition would do. lost: what could no longer be had, or not for certain."""

    before: Headline
    after: Headline
    opened: tuple[Row, ...]
    nearer: tuple[Row, ...]
    lost: tuple[Row, ...]
    left_out: int

    @property
    def more_yuan(self) -> Decimal:
        """How much the written sums of what can be had would grow; below zero where they shrink."""
        return self.after.total_yuan - self.before.total_yuan


def add_routes(company: Blueprint) -> None:
    """The form, and what it is sent to."""
    company.add_url_rule("/what-if", "what_if", _show)
    company.add_url_rule("/what-if", "weigh_what_if", _weigh, methods=["POST"])


def _show(uscc: str) -> Response:
    return _page(desk().folder.enterprises.get(checked_uscc(uscc)), {}, None)


def _weigh(uscc: str) -> Response:
    """The answer; what was typed stays in the form, whether or not it can be read."""
    folder, shelf = desk().folder, desk().shelf()
    enterprise = folder.enterprises.get(checked_uscc(uscc))
    given = {key: request.form.get(key, "").strip()[:500] for key in _SUPPOSABLE}
    try:
        facts = _facts(enterprise, {key: value for key, value in given.items() if value})
        result = _result(suppose(folder, shelf, enterprise.uscc, facts), shelf)
    except UnusableSupposition as error:
        return _page(enterprise, given, None, str(error), 400)
    return _page(enterprise, given, result)


def _page(
    enterprise: Enterprise,
    given: Mapping[str, str],
    result: Result | None,
    fault: str = "",
    status: int = 200,
) -> Response:
    offered = {row.key: row for row in offered_facts()}
    fields = [
        Field(offered[key], fact_words(key, enterprise.facts.get(key)), given.get(key, ""))
        for key in _SUPPOSABLE
        if key in offered
    ]
    page = render_template(
        "company/what_if.html",
        is_own=is_own(enterprise.uscc),
        nav_here="company.what_if",
        enterprise=enterprise,
        first=fields[:_FIRST],
        others=fields[_FIRST:],
        others_given=any(field.given for field in fields[_FIRST:]),
        result=result,
        fault=fault,
    )
    return make_response(page, status)


def _facts(enterprise: Enterprise, given: Mapping[str, str]) -> dict[str, str]:
    """What is supposed; titles come beside those that are held. Raises UnusableSupposition where nothing is."""
    if not given:
        raise UnusableSupposition("请至少填写一项假设，如增加一个资质称号，或改变从业人员人数")
    facts = dict(given)
    for key in [key for key in facts if FACTS[key].kind is FactKind.NAMES]:
        held = enterprise.facts.get(key)
        kept = held.value if held is not None and isinstance(held.value, tuple) else ()
        facts[key] = "；".join([*kept, facts[key]])
    return facts


def _result(found: Supposition, shelf: Shelf) -> Result:
    changes = first_changes(found.delta, None)
    groups: dict[str, list[Row]] = {"opened": [], "nearer": [], "lost": []}
    for change in changes:
        if change.key in found.items:
            groups[_kind(change)].append(_row(change, found, shelf))
    shown = {name: tuple(rows[:_SHOWN]) for name, rows in groups.items()}
    before, after = (_ranked(one, shelf) for one in (found.enterprise, found.supposed))
    left_out = sum(len(rows) for rows in groups.values()) - sum(map(len, shown.values()))
    return Result(headline(before), headline(after), **shown, left_out=left_out)


def _ranked(enterprise: Enterprise, shelf: Shelf) -> Ranking:
    return rank_items(enterprise, shelf.day)


def _kind(change: Change) -> str:
    if change.after is Eligibility.ELIGIBLE:
        return "opened"
    if change.before is Eligibility.ELIGIBLE or change.after is Eligibility.INELIGIBLE:
        return "lost"
    return "nearer"


def _row(change: Change, found: Supposition, shelf: Shelf) -> Row:
    item = found.items[change.key]
    at = shelf.day.catalogue.find(item.id)
    state = shelf.day.openness(at) if at is not None else None
    before, after = (
        ELIGIBILITY_WORDS[kind] if kind else "没有此项" for kind in (change.before, change.after)
    )
    deadline = deadline_words(item.window, state, shelf.as_of) if state else ""
    return Row(item, shelf.documents[item.document_id], item_amount_words(item), deadline, before, after)
