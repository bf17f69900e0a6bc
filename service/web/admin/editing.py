"""The review screen's JSON: an item's working copy read, saved, checked and weighed; items published and set aside.

An answer carries the revision it is of (also as ETag), and whoever saves hands it back: 409 tells what somebody
else changed meanwhile, 422 every field that cannot be read. Nothing here publishes but /approve.json.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Blueprint, Response, jsonify, request

from policy_corpus.item_editing import UnusableChange, apply_changes
from policy_corpus.item_operators import vocabulary
from service.editing_shapes import (
    edit_to_json,
    faults_to_json,
    problem_to_json,
    understanding_to_json,
    weight_to_json,
)
from service.errors import OUR_ERRORS, UnusableRequest, error_shape
from service.web.context import desk
from service.web.identity import actor
from service.workflows.edit_items import Edit, EditConflict, discard_edit, open_edit, save_edit
from service.workflows.review_policies import (
    NotPublishable,
    approve,
    confirm_text,
    problems_of,
    reject,
    restore_version,
    start_review,
)
from service.workflows.weigh_changes import weigh_edit

_P = ParamSpec("_P")
_MOST_ITEMS, _LONGEST_NOTE = 500, 500


def add_routes(admin: Blueprint) -> None:
    """The addresses of editing."""
    for path, method, view in _ROUTES:
        admin.add_url_rule(path, f"editing_{view.__name__}", _answering(view), methods=[method])


def _answering(view: Callable[_P, Response]) -> Callable[_P, Response]:
    """The view with our errors as JSON, and what they know beside their message."""

    @wraps(view)
    def answering(*args: _P.args, **kwargs: _P.kwargs) -> Response:
        try:
            return view(*args, **kwargs)
        except OUR_ERRORS as error:
            shape = error_shape(error)
            said = {"code": shape.code, "message": shape.message, "details": _details(error)}
            answer = jsonify({"error": said, **_beside(error)})
            answer.status_code = shape.status
            return answer

    return answering


def _details(error: Exception) -> Any:
    if isinstance(error, UnusableChange):
        return faults_to_json(error.faults)
    if isinstance(error, NotPublishable):
        return {id_: [problem_to_json(one) for one in found] for id_, found in error.problems.items()}
    return {}


def _beside(error: Exception) -> dict[str, Any]:
    if isinstance(error, EditConflict):
        return {"theirs": _edit_body(error.theirs), "fields": list(error.fields)}
    return {}


def show_edit(item_id: str) -> Response:
    """GET /items/<id>/edit.json: the item as it is being edited."""
    answer = _edit_answer(open_edit(desk().folder, item_id))
    answer.make_conditional(request)
    return answer


def keep_edit(item_id: str) -> Response:
    """PUT /items/<id>/edit.json {"revision", "changes", "note"?}: take changes into the working copy."""
    body = _body()
    note = body.get("note")
    if note is not None and (not isinstance(note, str) or len(note) > _LONGEST_NOTE):
        raise UnusableRequest(f"备注应为文字，最多 {_LONGEST_NOTE} 字")
    found = save_edit(
        desk().folder,
        item_id,
        body.get("changes", {}),
        revision=_revision(body),
        by=actor(),
        now=desk().now(),
        note=note,
    )
    return _edit_answer(found)


def drop_edit(item_id: str) -> Response:
    """POST /items/<id>/discard.json: give up the working copy."""
    return _edit_answer(discard_edit(desk().folder, item_id, by=actor(), now=desk().now()))


def check(item_id: str) -> Response:
    """POST /items/<id>/check.json {"changes"}: what would stand in the way; nothing is stored."""
    folder, edit = desk().folder, open_edit(desk().folder, item_id)
    document = folder.documents.get(edit.item.document_id)
    changes = _body().get("changes", {})
    item = apply_changes(edit.item, document.text, changes, within=document.region_code)
    return jsonify(understanding_to_json(item, problems_of(folder, item, document, decided=True)))


def impact(item_id: str) -> Response:
    """GET /items/<id>/impact.json: for whom publishing the working copy would change what."""
    folder = desk().folder
    found = weigh_edit(folder, desk().shelf(), item_id)
    return jsonify(weight_to_json(found, folder.enterprises.get))


def publish() -> Response:
    """POST /items/approve.json {"item_ids", "revisions"?, "decided"?, "note"?}: publish all or none."""
    body = _body()
    revisions = body.get("revisions", {})
    if not isinstance(revisions, dict) or not all(isinstance(one, int) for one in revisions.values()):
        raise UnusableRequest("revisions 应为事项编号与修订号的对照")
    done = approve(
        desk().folder,
        _item_ids(body),
        by=actor(),
        now=desk().now(),
        note=_text(body, "note"),
        decided=body.get("decided") is not False,
        revisions=revisions,
    )
    return jsonify({"published": done})


def set_aside() -> Response:
    """POST /items/reject.json {"item_ids", "reason"?}: drafts set aside, published ones withdrawn."""
    body = _body()
    done = reject(desk().folder, _item_ids(body), by=actor(), now=desk().now(), reason=_text(body, "reason"))
    return jsonify({"rejected": done})


def begin() -> Response:
    """POST /items/start.json {"item_ids"}: drafts become 审核中."""
    done = start_review(desk().folder, _item_ids(_body()), by=actor(), now=desk().now())
    return jsonify({"started": done})


def restore(item_id: str) -> Response:
    """POST /items/<id>/restore.json {"version"}: an earlier version becomes the working copy."""
    version = _body().get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnusableRequest("请给出要恢复的版本号")
    found = restore_version(desk().folder, item_id, version, by=actor(), now=desk().now())
    return _edit_answer(found)


def confirm(document_id: str) -> Response:
    """POST /documents/<id>/confirm_text.json: a recognised text has been read beside its picture."""
    confirm_text(desk().folder, document_id, by=actor(), now=desk().now())
    return jsonify({"confirmed": True})


def words() -> Response:
    """GET /items/vocabulary.json: facts, operators, units and choices for forms of conditions."""
    answer = jsonify({"facts": vocabulary()})
    answer.add_etag()
    answer.make_conditional(request)
    return answer


_ROUTES: tuple[tuple[str, str, Callable[..., Response]], ...] = (
    ("/items/vocabulary.json", "GET", words),
    ("/items/<item_id>/edit.json", "GET", show_edit),
    ("/items/<item_id>/edit.json", "PUT", keep_edit),
    ("/items/<item_id>/discard.json", "POST", drop_edit),
    ("/items/<item_id>/check.json", "POST", check),
    ("/items/<item_id>/impact.json", "GET", impact),
    ("/items/<item_id>/restore.json", "POST", restore),
    ("/items/approve.json", "POST", publish),
    ("/items/reject.json", "POST", set_aside),
    ("/items/start.json", "POST", begin),
    ("/documents/<document_id>/confirm_text.json", "POST", confirm),
)


def _edit_answer(edit: Edit) -> Response:
    answer = jsonify(_edit_body(edit))
    answer.set_etag(f"{edit.item.id}-{edit.revision}-{edit.version}")
    return answer


def _edit_body(edit: Edit) -> dict[str, Any]:
    folder = desk().folder
    document = folder.documents.get(edit.item.document_id)
    return edit_to_json(edit, problems_of(folder, edit.item, document, decided=True))


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise UnusableRequest("请求的内容应为 JSON 对象")
    return body


def _revision(body: dict[str, Any]) -> int:
    revision = body.get("revision")
    if not isinstance(revision, int) or isinstance(revision, bool) or revision < 0:
        raise UnusableRequest("缺少修订号 revision，请刷新页面后重试")
    return revision


def _item_ids(body: dict[str, Any]) -> list[str]:
    ids = body.get("item_ids")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise UnusableRequest("请给出事项编号列表 item_ids")
    if not 0 < len(ids) <= _MOST_ITEMS:
        raise UnusableRequest(f"请选择 1 至 {_MOST_ITEMS} 个事项")
    return ids


def _text(body: dict[str, Any], name: str) -> str:
    given = body.get(name) or ""
    if not isinstance(given, str) or len(given) > _LONGEST_NOTE:
        raise UnusableRequest(f"说明应为文字，最多 {_LONGEST_NOTE} 字")
    return given
