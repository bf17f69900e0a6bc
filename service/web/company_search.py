"""The first page (`/`): search the policies; the office and administrators find a company here."""

from __future__ import annotations

from flask import render_template

from matching.model import Enterprise
from service.actors import Role
from service.web.context import desk, words_given
from service.web.identity import account
from service.web.wording import fact_words

_SHOWN = 20
_TOLD = ("region", "industry", "size_class")


def show_home() -> str:
    """The page, with the companies that answer the words if words were given."""
    folder, who = desk().folder, account()
    staff = who is not None and who.role in (Role.OFFICE, Role.ADMIN)
    words = words_given("q") if staff else ""
    found = folder.enterprises.find(words, limit=_SHOWN + 1) if words else []
    return render_template(
        "portal/home.html",
        words=words,
        found=[(enterprise, _tell(enterprise)) for enterprise in found[:_SHOWN]],
        more=len(found) > _SHOWN,
        documents=len(folder.documents),
        items=folder.policies.counts()["published"],
        enterprises=len(folder.enterprises) if staff else None,
    )


def _tell(enterprise: Enterprise) -> str:
    known = [fact_words(key, enterprise.facts[key]) for key in _TOLD if key in enterprise.facts]
    return " · ".join(known)
