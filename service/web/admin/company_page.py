"""One company (`/admin/companies/…`): every fact with its source and history, corrections, name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from policy_corpus.facts import FACTS, FactDefinition, FactKind, stored_facts
from service.enterprise_trust import TRUST_WORDS, Claim, HeldCompany, is_conflict, trust_of
from service.errors import FactConflict, UnusableCorrection
from service.store.enterprise_history import Recorded, former_names, history_of, merged_codes
from service.store.enterprise_merging import merges_of
from service.web.admin.upload_rows import moment_words
from service.web.context import checked_uscc, desk
from service.web.fact_groups import GROUPS, HINTS
from service.web.identity import actor
from service.workflows.company_completeness import completeness_of
from service.workflows.correct_facts import (
    correct_fact,
    find_fact_row,
    keep_fact,
    rename_company,
    restore_fact,
)
from service.workflows.export_enterprises import cell_of
from service.workflows.foretell_import import claim_words
from service.workflows.merge_enterprises import split_enterprises

_GAPS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a fact's history as it is shown. state: 现用, 未采用 or empty."""

    id: int
    value: str
    source: str
    trust: str
    dated: str
    recorded: str
    by: str
    reason: str
    state: str
    from_code: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of the page. conflicts: what other sources say of the same period, with the numbers of the entries."""

    row: FactDefinition
    known: bool
    revision: int
    value: str
    source: str
    dated: str
    history: tuple[Entry, ...]
    conflicts: tuple[Entry, ...]


def add_routes(admin: Blueprint) -> None:
    """The addresses of this part."""
    admin.add_url_rule("/companies/<uscc>", "company", show_company)
    admin.add_url_rule("/companies/<uscc>", "change_company", change_company, methods=["POST"])
    admin.add_url_rule("/companies/<uscc>/facts/<key>", "company_fact", show_fact)
    admin.add_url_rule("/companies/<uscc>/facts/<key>", "change_fact", change_fact, methods=["POST"])


def show_company(uscc: str, fault: str = "", given: Mapping[str, str] | None = None) -> Response:
    """The page; a code that was merged leads to the company it belongs to. Raises EnterpriseNotFound."""
    folder, now = desk().folder, desk().now()
    held = folder.enterprises.get_held(checked_uscc(uscc))
    if held.uscc != checked_uscc(uscc) and not fault:
        return make_response(redirect(url_for("admin.company", uscc=held.uscc)))
    lines = _lines(held, history_of(folder.db, held.uscc), now)
    completeness = completeness_of(held.enterprise(), desk().shelf())
    page = render_template(
        "admin/companies/company.html",
        nav_here="admin.companies",
        held=held,
        groups=_grouped(lines),
        conflicts=sum(bool(line.conflicts) for line in lines.values()),
        completeness=completeness,
        gaps=completeness.gaps[:_GAPS_SHOWN],
        former=[(one.name, moment_words(one.until, now)) for one in former_names(folder.db, held.uscc)],
        codes=merged_codes(folder.db, held.uscc),
        merges=[
            merge
            for merge in merges_of(folder.db, held.uscc)
            if merge.winner == held.uscc and not merge.split_at
        ],
        accounts=folder.accounts.of_company(held.uscc),
        trust=TRUST_WORDS,
        fault=fault,
        given=given or {},
        done=request.args.get("done") == "yes",
    )
    return make_response(page, 400 if fault else 200)


def _grouped(lines: Mapping[str, FactLine]) -> list[tuple[str, list[FactLine]]]:
    placed = {key for _, keys in GROUPS for key in keys}
    groups = [(title, [lines[key] for key in keys if key in lines]) for title, keys in GROUPS]
    others = [line for key, line in lines.items() if key not in placed]
    return [*groups, ("其他指标", others)] if others else groups


def _lines(held: HeldCompany, history: list[Recorded], now: datetime) -> dict[str, FactLine]:
    found: dict[str, list[Recorded]] = {}
    for one in history:
        found.setdefault(one.key, []).append(one)
    lines = {}
    for row in stored_facts():
        claim = held.claims.get(row.key)
        if row.retired and claim is None:
            continue
        entries = tuple(_entry(one, held, now) for one in found.get(row.key, ()))
        open_ids = {
            aside.id
            for aside in held.asides.get(row.key, ())
            if claim is not None and is_conflict(aside, claim)
        }
        lines[row.key] = FactLine(
            row,
            claim is not None and claim.value is not None,
            claim.id if claim else 0,
            claim_words(row.key, claim),
            claim.source if claim else "",
            claim.dated.isoformat() if claim and claim.dated else "",
            entries,
            tuple(entry for entry in entries if entry.id in open_ids),
        )
    return lines


def _entry(one: Recorded, held: HeldCompany, now: datetime) -> Entry:
    state = "现用" if one.is_current else "未采用" if one.is_aside else ""
    return Entry(
        one.claim.id,
        claim_words(one.key, one.claim) if one.key in FACTS else "",
        one.claim.source,
        TRUST_WORDS[trust_of(one.claim.source)],
        one.claim.dated.isoformat() if one.claim.dated else "",
        moment_words(one.recorded_at, now),
        one.by,
        one.reason,
        state,
        one.uscc if one.uscc != held.uscc else "",
    )


def change_company(uscc: str) -> Response:
    """Another name, or a merged company taken out again."""
    folder, form = desk().folder, request.form
    code = folder.enterprises.get_held(checked_uscc(uscc)).uscc
    try:
        if form.get("deed") == "rename":
            name, reason, expected = form.get("name", ""), form.get("reason", ""), form.get("expected")
            rename_company(folder, code, name, reason=reason, by=actor(), now=desk().now(), expected=expected)
        elif form.get("deed") == "split":
            loser = checked_uscc(form.get("loser", ""))
            split_enterprises(folder, loser, by=actor(), now=desk().now(), reason=form.get("reason", ""))
    except (UnusableCorrection, FactConflict) as error:
        return show_company(code, str(error), form)
    return make_response(redirect(url_for("admin.company", uscc=code, done="yes"), 303))


def show_fact(
    uscc: str, key: str, fault: str = "", given: Mapping[str, Any] | None = None, status: int = 200
) -> Response:
    """One fact: its history and the form that corrects it; what was typed stays. Raises EnterpriseNotFound."""
    folder, now = desk().folder, desk().now()
    row = find_fact_row(key)
    held = folder.enterprises.get_held(checked_uscc(uscc))
    line = _lines(held, history_of(folder.db, held.uscc, row.key), now).get(row.key)
    claim = held.claims.get(row.key)
    page = render_template(
        "admin/companies/fact.html",
        nav_here="admin.companies",
        held=held,
        row=row,
        line=line,
        typed=given or {"value": _typed(row, claim), "period": claim.period if claim else ""},
        choices=("是", "否") if row.kind is FactKind.YES_NO else row.choices,
        hint=HINTS.get(row.kind, ""),
        fault=fault,
        asked=desk().shelf().weights.get(row.key, 0),
    )
    return make_response(page, status)


def _typed(row: FactDefinition, claim: Claim | None) -> str:
    """What counts, as one would type it."""
    if claim is None or claim.value is None:
        return ""
    enterprise = HeldCompany("", "", {row.key: claim}, {}).enterprise()
    return cell_of(row, enterprise.facts.get(row.key)) or ""


def change_fact(uscc: str, key: str) -> Response:
    """Correct a fact, set it back to unknown, or let an earlier entry count again."""
    folder, form, now = desk().folder, request.form, desk().now()
    code = folder.enterprises.get_held(checked_uscc(uscc)).uscc
    row = find_fact_row(key)
    deed, expected = form.get("deed", "save"), _number(form.get("expected"))
    try:
        if deed == "restore":
            claim_id = _number(form.get("entry"))
            restore_fact(
                folder,
                code,
                row.key,
                claim_id,
                by=actor(),
                now=now,
                expected=expected,
                reason=form.get("reason", ""),
            )
        elif deed == "keep":
            keep_fact(folder, code, row.key, by=actor(), now=now, expected=expected)
        else:
            value = "" if deed == "unknown" else _given(form.get("value", ""))
            correct_fact(
                folder,
                code,
                row.key,
                value,
                reason=form.get("reason", ""),
                by=actor(),
                now=now,
                expected=expected,
                period=form.get("period"),
            )
    except FactConflict as error:
        return show_fact(code, row.key, str(error), form, 409)
    except UnusableCorrection as error:
        return show_fact(code, row.key, str(error), form, 400)
    return make_response(redirect(url_for("admin.company", uscc=code, done="yes") + f"#f-{row.key}", 303))


def _given(value: str) -> str:
    """What was typed; an empty field is not a wish to forget, for which there is a button."""
    if not value.strip():
        raise UnusableCorrection("请填写新的内容；如要恢复为未知，请用“设为未知”")
    return value


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
