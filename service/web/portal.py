"""The portal for enterprises: which page answers at which address, and the words the templates use."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template

from matching.state_words import VERDICT_SIGNS, VERDICT_WORDS
from service.web.company_search import show_home
from service.web.document_pages import send_original, show_document, show_documents
from service.web.item_history import show_item_history
from service.web.item_page import show_item
from service.web.my_benefits import show_benefits
from service.web.policy_search import show_policies
from service.web.wording import (
    ELIGIBILITY_WORDS,
    clipped,
    date_words,
    fact_words,
    origin_words,
    sum_words,
)

_FILTERS = {
    "sum_words": sum_words,
    "date_words": date_words,
    "origin_words": origin_words,
    "clipped": clipped,
    "verdict_word": VERDICT_WORDS.__getitem__,
    "verdict_sign": VERDICT_SIGNS.__getitem__,
    "eligibility_word": ELIGIBILITY_WORDS.__getitem__,
    "fact_words": lambda fact, key: fact_words(key, fact),
}


def portal_blueprint() -> Blueprint:
    """The pages; every one answers GET alone, for nothing here changes anything."""
    portal = Blueprint("portal", __name__)
    portal.add_url_rule("/", "home", show_home)
    portal.add_url_rule("/enterprises/<uscc>", "benefits", show_benefits)
    portal.add_url_rule("/items/<item_id>", "item", show_item)
    portal.add_url_rule("/items/<item_id>/history", "item_history", show_item_history)
    portal.add_url_rule("/policies", "policies", show_policies)
    portal.add_url_rule("/documents", "documents", show_documents)
    portal.add_url_rule("/documents/<document_id>", "document", show_document)
    portal.add_url_rule("/documents/<document_id>/original", "original", send_original)
    portal.add_url_rule("/help", "help", _show_help)
    return portal


def add_words(app: Flask) -> None:
    """Make the words of `wording` known to the templates."""
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _show_help() -> str:
    return render_template("portal/help.html")
