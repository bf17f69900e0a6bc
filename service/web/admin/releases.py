"""Show a document to the public or take it back (`/admin/documents/…/release`), from the document's own page."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from service.web.context import desk
from service.web.identity import actor
from service.workflows.release_documents import hide_document, release_documents


def add_routes(admin: Blueprint) -> None:
    """The one address."""
    admin.add_url_rule("/documents/<document_id>/release", "release_document", _release, methods=["POST"])


def _release(document_id: str) -> Response:
    folder, by, now = desk().folder, actor(), desk().now()
    if request.form.get("deed") == "hide":
        hide_document(folder, document_id, by=by, now=now)
    else:
        release_documents(folder, [document_id], by=by, now=now)
    return redirect(url_for("portal.document", document_id=document_id), 303)
