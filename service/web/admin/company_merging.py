"""Duplicates (`/admin/companies/duplicates`): pairs that may be one company, side by side, merged or kept apart."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.errors import InvalidUscc
from policy_corpus.facts import FACTS
from service.errors import EnterpriseNotFound, FactConflict, ServiceError, UnusableCorrection
from service.store.enterprise_duplicates import SIGN_WORDS, Sign, find_candidates
from service.web.context import checked_uscc, desk
from service.web.identity import actor
from service.workflows.foretell_import import claim_words
from service.workflows.merge_enterprises import (
    LOSER,
    NAME,
    WINNER,
    better_winner,
    keep_apart,
    merge_enterprises,
    propose_merge,
)

_SHOWN = 200


def add_routes(admin: Blueprint) -> None:
    """The addresses of this part."""
    admin.add_url_rule("/companies/duplicates", "company_duplicates", show_duplicates)
    admin.add_url_rule("/companies/distinct", "keep_companies_apart", keep_companies_apart, methods=["POST"])
    admin.add_url_rule("/companies/merge", "merge_companies", show_merge)
    admin.add_url_rule("/companies/merge", "do_merge_companies", do_merge, methods=["POST"])


def show_duplicates(fault: str = "") -> Response:
    """The pairs, and the form for two codes of one's own choice."""
    found = find_candidates(desk().folder.db)
    groups = [(SIGN_WORDS[sign], [pair for pair in found[:_SHOWN] if pair.sign is sign]) for sign in Sign]
    page = render_template(
        "admin/companies/duplicates.html",
        nav_here="admin.companies",
        groups=[(words, pairs) for words, pairs in groups if pairs],
        total=len(found),
        shown=min(len(found), _SHOWN),
        fault=fault,
        given=request.args,
    )
    return make_response(page, 400 if fault else 200)


def keep_companies_apart() -> Response:
    """Keep that two companies are not one."""
    one, other = (checked_uscc(request.form.get(name, "")) for name in ("one", "other"))
    keep_apart(desk().folder, one, other, by=actor(), now=desk().now())
    return make_response(redirect(url_for("admin.company_duplicates"), 303))


def show_merge() -> Response:
    """Two companies side by side: those named, the better known one first unless the order is asked for."""
    folder, given = desk().folder, request.args
    try:
        one, other = (normalise_uscc(given.get(name, "")) for name in ("one", "other"))
        if given.get("order") != "kept":
            one, other = better_winner(folder, one, other)
        return _side_by_side(one, other, "", {})
    except (InvalidUscc, UnusableCorrection, EnterpriseNotFound) as error:
        return show_duplicates(str(error))


def _side_by_side(
    winner: str, loser: str, fault: str, given: Mapping[str, str], status: int = 200
) -> Response:
    folder = desk().folder
    proposal = propose_merge(folder, winner, loser)
    rows = [
        {
            "key": choice.key,
            "label": choice.label,
            "winner": claim_words(choice.key, choice.winner) if choice.winner else "",
            "loser": claim_words(choice.key, choice.loser) if choice.loser else "",
            "winner_source": choice.winner.source if choice.winner else "",
            "loser_source": choice.loser.source if choice.loser else "",
            "differs": choice.differs,
            "chosen": given.get(f"c-{choice.key}", choice.preferred),
        }
        for choice in proposal.choices
    ]
    page = render_template(
        "admin/companies/merge.html",
        nav_here="admin.companies",
        proposal=proposal,
        rows=[row for row in rows if row["differs"]],
        same=[row for row in rows if not row["differs"]],
        accounts={
            code: folder.accounts.of_company(code) for code in (proposal.winner.uscc, proposal.loser.uscc)
        },
        name_choice=given.get("c-name", WINNER),
        given=given,
        fault=fault,
    )
    return make_response(page, status)


def do_merge() -> Response:
    """Merge them as chosen."""
    folder, form = desk().folder, request.form
    winner, loser = (checked_uscc(form.get(name, "")) for name in ("winner", "loser"))
    choices = {key: form[f"c-{key}"] for key in (*FACTS, NAME) if form.get(f"c-{key}") in (WINNER, LOSER)}
    try:
        merge_enterprises(
            folder,
            winner,
            loser,
            choices,
            reason=form.get("reason", ""),
            by=actor(),
            now=desk().now(),
            revision=form.get("revision"),
        )
    except (UnusableCorrection, FactConflict) as error:
        status = 409 if isinstance(error, FactConflict) else 400
        return _again(winner, loser, error, status)
    return make_response(redirect(url_for("admin.company", uscc=winner, done="yes"), 303))


def _again(winner: str, loser: str, error: ServiceError, status: int) -> Response:
    """The form with what was chosen, and what is wrong; the list of pairs where they are one by now."""
    try:
        return _side_by_side(winner, loser, str(error), request.form, status)
    except UnusableCorrection as other:
        return show_duplicates(str(other))
