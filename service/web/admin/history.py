"""历史版本 (`/admin/items/<id>/history`): what was changed when and by whom, any two versions compared, an earlier one taken back."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matching.item_wording import difference
from matching.state_words import STATUS_WORDS
from policy_corpus.model import PolicyItem
from service.errors import UnusableRequest
from service.web.context import desk
from service.web.identity import actor
from service.web.item_history import steps
from service.web.linked_items import editions_of, linked_items
from service.workflows.edit_items import Edit, open_edit
from service.workflows.review_policies import item_history, restore_version

EDITED = "edit"  # what is being edited, in the place of a version
_SHOWN = 100  # the newest versions that are listed


def add_routes(admin: Blueprint) -> None:
    """The pages of an item's history."""
    admin.add_url_rule("/items/<item_id>/history", "item_history", show_history)
    admin.add_url_rule("/items/<item_id>/restore", "item_restore", take_back, methods=["POST"])


def show_history(item_id: str) -> str:
    """The page; ?from=&to= compares two versions. Raises PolicyItemNotFound."""
    folder = desk().folder
    edit = open_edit(folder, item_id)
    versions = item_history(folder, item_id)
    listed = steps(folder, versions[-_SHOWN:])
    numbers = [str(one.version) for one in versions]
    first, second = _asked(numbers, edit)
    changes = difference(_told(item_id, first, edit), _told(item_id, second, edit)) if first else None
    return render_template(
        "admin/items/history.html",
        item=folder.policies.get(item_id),
        document=folder.documents.get(edit.item.document_id),
        status=STATUS_WORDS[edit.item.status],
        edit=edit,
        edited=difference(folder.policies.get(item_id), edit.item) if edit.is_working_copy else (),
        steps=listed[::-1],
        hidden=len(versions) - len(listed),
        numbers=numbers[::-1],
        chosen=(first, second),
        changes=changes,
        linked=linked_items(folder, desk().shelf(), item_id),
        editions=editions_of(folder, item_id),
        names={**{number: f"第 {number} 版" for number in numbers}, EDITED: "未发布的修改"},
    )


def take_back(item_id: str) -> Response:
    """Make an earlier version what is being edited, and go on there. Raises PolicyItemNotFound."""
    given = request.form.get("version", "")
    if not re.fullmatch(r"[0-9]{1,6}", given):
        raise UnusableRequest("请选择要恢复的版本")
    edit = restore_version(desk().folder, item_id, int(given), by=actor(), now=desk().now())
    page = url_for("admin.review", document_id=edit.item.document_id, item=item_id)
    return redirect(page, 303)


def _asked(numbers: list[str], edit: Edit) -> tuple[str, str]:
    """The two that are to be compared, empty where nothing that there is was asked for."""
    known = {*numbers, EDITED} if edit.is_working_copy else set(numbers)
    first, second = (request.args.get(name, "") for name in ("from", "to"))
    return (first, second) if {first, second} <= known else ("", "")


def _told(item_id: str, which: str, edit: Edit) -> PolicyItem:
    return edit.item if which == EDITED else desk().folder.versions.item(item_id, int(which))
