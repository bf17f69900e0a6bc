"""Review of one document (`/admin/documents/…/review`): the original beside what was understood of it, item by item."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.model import Document
from service.errors import ServiceError
from service.web.admin.inbox_view import UNDECIDED, clock_for, term_words
from service.web.admin.review_view import (
    LONGEST,
    ReviewItem,
    conditions_of,
    original_blocks,
    review_data,
    review_item,
)
from service.web.context import desk
from service.web.document_pages import get_document
from service.web.identity import actor
from service.web.item_page import benefit_lines, practicalities
from service.workflows.add_items import add_item
from service.workflows.edit_items import open_edit
from service.workflows.review_policies import approve, confirm_text, find_confirmation, problems_of, reject

_LONGEST_SLICE = 20_000


def add_routes(admin: Blueprint) -> None:
    """The page, its plain forms, and what its scripts ask of a document."""
    page = "/documents/<document_id>/review"
    admin.add_url_rule(page, "review", show_review)
    admin.add_url_rule(f"{page}/decide", "review_decide", decide, methods=["POST"])
    admin.add_url_rule(f"{page}/confirm", "review_confirm", confirm, methods=["POST"])
    admin.add_url_rule("/documents/<document_id>/items.json", "review_create", create, methods=["POST"])
    admin.add_url_rule("/documents/<document_id>/presence.json", "presence", note_presence, methods=["POST"])
    admin.add_url_rule("/documents/<document_id>/text.json", "text", give_text)


def show_review(document_id: str) -> str:
    """The page; ?item=<id> opens an item, else the first that waits. Raises DocumentNotFound."""
    return _review_page(get_document(document_id))


def _review_page(document: Document, fault: str = "") -> str:
    folder, now = desk().folder, desk().now()
    items = _items(document)
    current = _current(items)
    queued = folder.review_queue.find(document.id)
    received = queued.received_at.date() if queued else now.date()
    following = folder.review_queue.next_after(document.id)
    return render_template(
        "admin/review/review.html",
        document=document,
        items=items,
        current=current,
        conditions=conditions_of(current.item) if current else None,
        benefits=benefit_lines(current.item) if current else (),
        practical=practicalities(current.item) if current else None,
        blocks=original_blocks(document, items, current),
        is_cut=len(document.text) > LONGEST,
        data=review_data(items, _page_urls(document.id), _item_urls),
        queued=queued,
        received=received,
        term=term_words(clock_for(queued, desk().today()) if queued and queued.undecided else None),
        following=following,
        confirmation=find_confirmation(folder, document.id),
        fault=fault,
        nav_here="admin.inbox",
    )


def _items(document: Document) -> list[ReviewItem]:
    folder = desk().folder
    edits = [open_edit(folder, item.id) for item in folder.policies.items(document_id=document.id)]
    return [review_item(edit, problems_of(folder, edit.item, document, decided=True)) for edit in edits]


def _current(items: list[ReviewItem]) -> ReviewItem | None:
    asked = request.values.get("item", "")
    waiting = (one for one in items if one.is_undecided)
    return next((one for one in items if one.item.id == asked), None) or next(
        waiting, items[0] if items else None
    )


def decide(document_id: str) -> Answer | str:
    """The plain forms: publish or return one item (item) or all that wait (all)."""
    document, folder = get_document(document_id), desk().folder
    known, asked = folder.policies.items(document_id=document.id), request.form.get("item", "")
    is_all = request.form.get("all") == "yes"
    item_ids = [item.id for item in known if (item.status in UNDECIDED if is_all else item.id == asked)]
    if not item_ids:
        raise PolicyItemNotFound("这份文件中没有该事项，请刷新页面后重试")
    reason = " ".join(request.form.get("reason", "").split())[:500]
    try:
        if request.form.get("decision") == "approve":
            approve(folder, item_ids, by=actor(), now=desk().now(), decided=True)
        elif not reason:
            return _review_page(document, "请填写退回或撤回的理由")
        else:
            reject(folder, item_ids, by=actor(), now=desk().now(), reason=reason)
    except ServiceError as error:
        return _review_page(document, str(error))
    return redirect(url_for("admin.review", document_id=document.id))


def confirm(document_id: str) -> Answer:
    """Note that whoever asks has read the recognised text beside its picture."""
    document = get_document(document_id)
    confirm_text(desk().folder, document.id, by=actor(), now=desk().now())
    return redirect(url_for("admin.review", document_id=document.id))


def note_presence(document_id: str) -> dict[str, Any]:
    """A heartbeat of whoever has the page open: who else has, and the revision of every item."""
    document, folder, now = get_document(document_id), desk().folder, desk().now()
    body = request.get_json(silent=True)
    item_id = body.get("item_id") if isinstance(body, dict) else None
    me = actor().name
    folder.presence.note(document.id, me, item_id[:64] if isinstance(item_id, str) else None, now)
    others = [one for one in folder.presence.present([document.id], now) if one.name != me]
    return {
        "others": [{"name": one.name, "item_id": one.item_id} for one in others],
        "revisions": folder.review_queue.revisions(document.id),
    }


def give_text(document_id: str) -> dict[str, Any]:
    """?start=&end=: that stretch of the text, at most 20,000 characters; for a passage that runs over paragraphs."""
    document = get_document(document_id)
    start, end = (request.args.get(name, 0, type=int) for name in ("start", "end"))
    start = max(start, 0)
    return {"start": start, "text": document.text[start : min(end, start + _LONGEST_SLICE)]}


def create(document_id: str) -> Response:
    """{"title", "span": [start, end, quote]}: add an item that the extraction has missed; answers where it is reviewed."""
    document = get_document(document_id)
    body = request.get_json(silent=True)
    given = body if isinstance(body, dict) else {}
    item = add_item(
        desk().folder,
        document.id,
        str(given.get("title") or ""),
        given.get("span"),
        by=actor(),
        now=desk().now(),
    )
    address = url_for("admin.review", document_id=document.id, item=item.id)
    return jsonify({"item_id": item.id, "url": address})


def _page_urls(document_id: str) -> dict[str, str]:
    return {
        "approve": url_for("admin.editing_publish"),
        "reject": url_for("admin.editing_set_aside"),
        "start": url_for("admin.editing_begin"),
        "suggest": url_for("admin.suggestions"),
        "presence": url_for("admin.presence", document_id=document_id),
        "text": url_for("admin.text", document_id=document_id),
        "create": url_for("admin.review_create", document_id=document_id),
    }


def _item_urls(item_id: str) -> dict[str, str]:
    return {
        "edit": url_for("admin.editing_show_edit", item_id=item_id),
        "discard": url_for("admin.editing_drop_edit", item_id=item_id),
        "impact": url_for("admin.effect_figures", item_id=item_id),
        "history": url_for("admin.item_history", item_id=item_id),
    }
