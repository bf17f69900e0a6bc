"""待审核 (`/admin/inbox`): the documents that wait, narrowed and paged; several at once published or returned."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.errors import ServiceError
from service.store.presence import LASTS
from service.store.review_queue import QueueState
from service.web.admin.inbox_view import InboxLine, inbox_lines, received_until, undecided_items
from service.web.context import choice_given, desk, page_given, words_given
from service.web.identity import actor
from service.web.paging import Paging
from service.workflows.review_policies import approve, reject
from service.workflows.weigh_changes import weigh_many

PER_PAGE = 50
_MOST_AT_ONCE = 200
_MOST_WEIGHED = 100  # items whose impact the preview of a bulk publication names
STATE_WORDS = {
    QueueState.ALL: "全部",
    QueueState.WAITING: "待审核",
    QueueState.IN_REVIEW: "审核中",
    QueueState.UNPARSED: "有未能解析",
    QueueState.RECOGNISED: "文字识别",
    QueueState.DUPLICATE: "疑似重复",
    QueueState.URGENT: "临近期限",
}


def add_routes(admin: Blueprint) -> None:
    """The pages of the inbox."""
    admin.add_url_rule("/inbox", "inbox", show_inbox)
    admin.add_url_rule("/inbox/publish", "inbox_publish", publish_chosen, methods=["POST"])
    admin.add_url_rule("/inbox/return", "inbox_return", return_chosen, methods=["POST"])


def show_inbox() -> str:
    """The page."""
    return _inbox_page()


def _inbox_page(told: str = "", fault: str = "", chosen: frozenset[str] = frozenset()) -> str:
    folder, words, page = desk().folder, words_given("q"), page_given()
    given = choice_given("state", {state.value for state in QueueState})
    state = QueueState(given) if given else QueueState.ALL
    now = desk().now()
    until = received_until(desk().today()).isoformat()
    open_since = (now - LASTS).isoformat(timespec="seconds")
    counts = folder.review_queue.counts(words, received_until=until, open_since=open_since)
    paging = Paging(page, counts[state], PER_PAGE)
    entries = folder.review_queue.page(
        state,
        words,
        received_until=until,
        open_since=open_since,
        limit=PER_PAGE,
        offset=(min(page, paging.pages) - 1) * PER_PAGE,
    )
    return render_template(
        "admin/review/inbox.html",
        words=words,
        state=state,
        tabs=[(one, STATE_WORDS[one], counts[one]) for one in QueueState],
        lines=inbox_lines(folder, entries, now),
        paging=paging,
        told=told or request.args.get("told", "")[:100],
        fault=fault,
        chosen=chosen,
    )


def publish_chosen() -> Response | str:
    """First the preview of the chosen documents and what publishing them would change, then the doing of it."""
    folder = desk().folder
    lines = _chosen_lines()
    plain = [line for line in lines if line.is_plain]
    items = {line.queued.document_id: undecided_items(folder, line.queued.document_id) for line in plain}
    item_ids = [item.id for found in items.values() for item in found]
    if request.form.get("sure") == "yes" and item_ids:
        try:
            approve(folder, item_ids, by=actor(), now=desk().now(), decided=True)
        except ServiceError as error:
            return _inbox_page(fault=str(error))
        return redirect(url_for("admin.inbox", told=f"已发布 {len(plain)} 份文件的 {len(item_ids)} 个事项"))
    if not lines:
        return _inbox_page(fault="请先勾选要发布的文件")
    weighed = weigh_many(folder, desk().shelf(), item_ids[:_MOST_WEIGHED])
    return render_template(
        "admin/review/publish_many.html",
        plain=plain,
        left=[(line, _why_left(line)) for line in lines if not line.is_plain],
        items=items,
        item_count=len(item_ids),
        impacts=list(weighed.values()),
        nav_here="admin.inbox",
    )


def return_chosen() -> Response | str:
    """Return the undecided items of the chosen documents, with the reason."""
    folder, lines = desk().folder, _chosen_lines()
    chosen = frozenset(line.queued.document_id for line in lines)
    reason = " ".join(request.form.get("reason", "").split())[:500]
    if not lines:
        return _inbox_page(fault="请先勾选要退回的文件")
    if not reason:
        return _inbox_page(fault="请填写退回的理由", chosen=chosen)
    item_ids = [item.id for line in lines for item in undecided_items(folder, line.queued.document_id)]
    reject(folder, item_ids, by=actor(), now=desk().now(), reason=reason)
    return redirect(url_for("admin.inbox", told=f"已退回 {len(lines)} 份文件的 {len(item_ids)} 个事项"))


def _chosen_lines() -> list[InboxLine]:
    folder = desk().folder
    chosen = request.form.getlist("document_id")[:_MOST_AT_ONCE]
    return inbox_lines(folder, folder.review_queue.some(chosen), desk().now())


def _why_left(line: InboxLine) -> str:
    """Why a document is not published with the others."""
    reasons = (
        (line.queued.kind.value == "征求意见稿", "征求意见稿不能发布"),
        (line.queued.is_same, "与已载入的文件是同一份"),
        (line.queued.confidence is not None, "文字识别所得，须先核对文字"),
        (line.coverage.free_text > 0, f"有 {line.coverage.free_text} 处未能解析"),
        (line.problems > 0, f"有 {line.problems} 个问题须改正"),
    )
    return "；".join(words for holds, words in reasons if holds)
