"""企业信息 (/enterprises/<uscc>/profile): what is known of the company, from whom, and what filling in the rest unlocks.

Every fact shows its value, source and day. The company may state what is missing, change what it stated, and take it
back; what a department or an administrator says it cannot overwrite but contest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from policy_corpus.facts import FactDefinition, FactKind, stored_facts
from service.enterprise_trust import Claim, HeldCompany, Trust, is_conflict, trust_of
from service.errors import UnusableStatement
from service.web.addresses import own_address
from service.web.context import checked_uscc, desk
from service.web.fact_groups import GROUPS, HINTS
from service.web.identity import actor, is_own
from service.web.wording import date_words
from service.workflows.company_completeness import completeness_of
from service.workflows.export_enterprises import cell_of
from service.workflows.foretell_import import claim_words
from service.workflows.state_facts import drop_statement, get_stated_fact, state_fact, take_back

_GAPS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as the company sees it. typed: as one would type it; phrases: the parts of a list of names or statements.

    own: whether it stands on the company's own word; aside: what the company stated and does not count, in words.
    """

    row: FactDefinition
    known: bool
    value: str
    typed: str
    period: str
    origin: str
    phrases: tuple[str, ...]
    own: bool
    aside: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen instead of typed; empty where it is typed."""
        return ("是", "否") if self.row.kind is FactKind.YES_NO else self.row.choices

    @property
    def hint(self) -> str:
        """How to type it."""
        return HINTS.get(self.row.kind, "")


def add_routes(company: Blueprint) -> None:
    """The page and what its forms send."""
    company.add_url_rule("/profile", "profile", _show)
    company.add_url_rule("/profile/<key>", "state_fact", _state, methods=["POST"])
    company.add_url_rule("/profile/<key>/drop", "drop_statement", _drop, methods=["POST"])


def _show(uscc: str) -> Response:
    return show_profile(uscc)


def show_profile(
    uscc: str, fault: str = "", given: Mapping[str, str] | None = None, at: str = "", status: int = 200
) -> Response:
    """The page; with a fault, at the fact `at` and with what was typed. Raises EnterpriseNotFound."""
    shelf, folder = desk().shelf(), desk().folder
    held = folder.enterprises.get_held(checked_uscc(uscc))
    enterprise = held.enterprise()
    completeness = completeness_of(enterprise, shelf)
    lines = {row.key: _line(row, held) for row in stored_facts() if not row.retired or row.key in held.claims}
    page = render_template(
        "company/profile.html",
        is_own=is_own(enterprise.uscc),
        nav_here="company.profile",
        enterprise=enterprise,
        groups=_grouped(lines),
        completeness=completeness,
        gaps=completeness.gaps[:_GAPS_SHOWN],
        fault=fault,
        fault_at=at,
        given=given or {},
        last_year=shelf.as_of.year - 1,
        done=request.args.get("done", ""),
        done_row=lines.get(request.args.get("done", "")),
    )
    return make_response(page, status)


def _grouped(lines: Mapping[str, Line]) -> list[tuple[str, list[Line]]]:
    placed = {key for _, keys in GROUPS for key in keys}
    groups = [(title, [lines[key] for key in keys if key in lines]) for title, keys in GROUPS]
    others = [line for key, line in lines.items() if key not in placed]
    return [*groups, ("其他信息", others)] if others else groups


def _line(row: FactDefinition, held: HeldCompany) -> Line:
    claim = held.claims.get(row.key)
    known = claim is not None and claim.value is not None
    asides = [
        claim_words(row.key, one)
        for one in held.asides.get(row.key, ())
        if claim is not None and trust_of(one.source) is Trust.SELF and is_conflict(one, claim)
    ]
    value = claim.value if claim is not None else None
    return Line(
        row,
        known,
        claim_words(row.key, claim) if known else "",
        _typed(row, claim),
        (claim.period or "") if claim else "",
        _origin(claim) if known else "",
        value if isinstance(value, tuple) else (),
        claim is not None and known and trust_of(claim.source) is Trust.SELF,
        asides[-1] if asides else "",
    )


def _origin(claim: Claim | None) -> str:
    if claim is None:
        return ""
    return f"{claim.source} · {date_words(claim.dated)}" if claim.dated else claim.source


def _typed(row: FactDefinition, claim: Claim | None) -> str:
    if claim is None or claim.value is None:
        return ""
    enterprise = HeldCompany("", "", {row.key: claim}, {}).enterprise()
    return cell_of(row, enterprise.facts.get(row.key)) or ""


def _state(uscc: str, key: str) -> AnyResponse:
    """State a fact or take it back; what was typed stays when it cannot be read."""
    folder, code, form = desk().folder, checked_uscc(uscc), request.form
    try:
        if form.get("deed") == "take_back":
            take_back(folder, code, key, by=actor(), now=desk().now())
        else:
            given, period = form.get("value", "")[:4000], form.get("period")
            state_fact(folder, code, key, given, period=period, by=actor(), now=desk().now())
    except UnusableStatement as error:
        return show_profile(uscc, str(error), form, key, 400)
    return _back(code, key)


def _drop(uscc: str, key: str) -> AnyResponse:
    """Take back one of several statements."""
    code = checked_uscc(uscc)
    try:
        drop_statement(desk().folder, code, key, request.form.get("phrase", ""), by=actor(), now=desk().now())
    except UnusableStatement as error:
        return show_profile(uscc, str(error), None, key, 400)
    return _back(code, key)


def _back(uscc: str, key: str) -> AnyResponse:
    row = get_stated_fact(key)
    there = own_address(request.form.get("back", ""))
    return redirect(there or url_for("company.profile", uscc=uscc, done=row.key, _anchor=f"f-{row.key}"), 303)
