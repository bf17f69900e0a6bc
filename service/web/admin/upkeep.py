"""时效维护 (`/admin/upkeep`): what is proposed, what is late, what ends soon, which links are dead; each decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from policy_corpus.errors import CorpusError
from policy_corpus.model import Relation
from service.errors import ServiceError, UnusableDecision
from service.store.proposals import KIND_WORDS, ProposalKind, ProposalState
from service.web.admin.upkeep_view import HORIZONS, compared, ends_soon, proposal_lines
from service.web.context import choice_given, desk, page_given
from service.web.identity import actor
from service.web.paging import Paging
from service.workflows.upkeep.clock import CLOCK_WORDS, months_of_work, read_clocks
from service.workflows.upkeep.deciding import Choices, accept, add_relation, decline, put_off
from service.workflows.upkeep.editions import read_edition
from service.workflows.upkeep.links import dead_links, dismiss_link, replace_link
from service.workflows.upkeep.run import run_upkeep

PER_PAGE = 50
_FIRST = 10  # of a kind, where all kinds are shown
_TABS = ("proposals", "clock", "soon", "links", "decided")
_DEEDS = {"accept": "已采纳", "decline": "未采纳", "later": "已暂缓"}


def add_routes(admin: Blueprint) -> None:
    """The pages of the upkeep."""
    admin.add_url_rule("/upkeep", "upkeep", show_upkeep)
    admin.add_url_rule("/upkeep/decide", "upkeep_decide", decide, methods=["POST"])
    admin.add_url_rule("/upkeep/run", "upkeep_run", run, methods=["POST"])
    admin.add_url_rule("/upkeep/relate", "upkeep_relate", relate, methods=["POST"])
    admin.add_url_rule("/upkeep/links", "upkeep_link", decide_link, methods=["POST"])
    admin.add_url_rule("/upkeep/editions/<int:proposal_id>", "edition", show_edition)
    admin.add_url_rule(
        "/upkeep/editions/<int:proposal_id>", "edition_decide", decide_edition, methods=["POST"]
    )


def show_upkeep() -> str:
    """The page, one of its tabs."""
    return _page()


def _page(fault: str = "", told: str = "") -> str:
    folder, today = desk().folder, desk().today()
    tab = choice_given("tab", set(_TABS)) or "proposals"
    clocks = read_clocks(folder, today)
    counts = folder.proposals.counts(today=today)
    tabs: dict[str, Callable[[], dict[str, object]]] = {
        "proposals": _proposals,
        "clock": lambda: {"clocks": clocks, "months": months_of_work(clocks), "words": CLOCK_WORDS},
        "soon": lambda: {"endings": ends_soon(folder, desk().shelf()), "horizons": HORIZONS},
        "links": lambda: {"links": dead_links(folder)},
        "decided": _decided,
    }
    return render_template(
        "admin/upkeep/upkeep.html",
        tab=tab,
        counts=counts,
        total=sum(counts.values()),
        late=sum(clock.state == "late" for clock in clocks),
        dead=folder.checked_links.count_dead(),
        kinds=KIND_WORDS,
        fault=fault,
        told=told or request.args.get("told", "")[:100],
        today=today,
        **tabs[tab](),
    )


def _kind_given() -> ProposalKind | None:
    given = choice_given("kind", {kind.value for kind in ProposalKind})
    return ProposalKind(given) if given else None


def _proposals() -> dict[str, object]:
    folder, today, kind, page = desk().folder, desk().today(), _kind_given(), page_given()
    counts = folder.proposals.counts(today=today)
    limit = PER_PAGE if kind else _FIRST
    paging = Paging(page, counts[kind] if kind else 0, PER_PAGE)
    offset = (min(page, paging.pages) - 1) * PER_PAGE if kind else 0
    groups = []
    for one in (kind,) if kind else KIND_WORDS:
        found = folder.proposals.each(kind=one, today=today, limit=limit, offset=offset)
        if found:
            groups.append((one, proposal_lines(folder, desk().shelf(), found)))
    return {"groups": groups, "kind": kind, "paging": paging}


def _decided() -> dict[str, object]:
    folder, page = desk().folder, page_given()
    both = [ProposalState.ACCEPTED, ProposalState.DECLINED]
    found = sorted(
        (proposal for state in both for proposal in folder.proposals.each(state=state)),
        key=lambda proposal: (proposal.decided_at or proposal.made_at, proposal.id),
        reverse=True,
    )
    paging = Paging(page, len(found), PER_PAGE)
    start = (min(page, paging.pages) - 1) * PER_PAGE
    return {
        "lines": proposal_lines(folder, desk().shelf(), found[start : start + PER_PAGE]),
        "paging": paging,
    }


def decide() -> Response | str:
    """Accept, decline or put off the proposals chosen: one by its button, several by their boxes, a kind by its own."""
    folder, now = desk().folder, desk().now()
    deed, _, one = request.form.get("deed", "").partition(":")
    if deed not in _DEEDS:
        return _page(fault="请用按钮选择采纳、不采纳或稍后处理")
    kind = request.form.get("all", "") if deed == "accept" and one == "all" else ""
    if kind in set(ProposalKind):
        ids = [
            proposal.id for proposal in folder.proposals.each(kind=ProposalKind(kind), today=desk().today())
        ]
    else:
        ids = _numbers([one] if one else request.form.getlist("proposal_id"))
    if not ids:
        return _page(fault="请先勾选要处理的建议")
    note = " ".join(request.form.get("note", "").split())[:500]
    try:
        if deed == "later":
            put_off(folder, ids, by=actor(), now=now)
        else:
            (accept if deed == "accept" else decline)(folder, ids, by=actor(), now=now, note=note)
    except (ServiceError, CorpusError) as error:
        return _page(fault=str(error))
    back = request.form.get("kind") if request.form.get("kind") in set(ProposalKind) else None
    return redirect(url_for("admin.upkeep", kind=back, told=f"{_DEEDS[deed]} {len(ids)} 条建议"))


def _numbers(given: list[str]) -> list[int]:
    return [int(one) for one in given[:5000] if one.isascii() and one.isdigit() and len(one) < 12]


def run() -> Response:
    """Look through the library now."""
    found = run_upkeep(desk().folder, today=desk().today(), now=desk().now())
    return redirect(url_for("admin.upkeep", told=f"已查找一遍，新建议 {found['new']} 条"))


def relate() -> Response | str:
    """Note by hand what one document does to another."""
    form = request.form
    try:
        if form.get("relation") not in set(Relation):
            raise UnusableDecision("请选择废止、替代或延长有效期")
        add_relation(
            desk().folder,
            form.get("by_document_id", "").strip(),
            form.get("document_id", "").strip(),
            Relation(form["relation"]),
            day=_day(form.get("day", "")),
            by=actor(),
            now=desk().now(),
            note=" ".join(form.get("note", "").split())[:500],
        )
    except (ServiceError, CorpusError) as error:
        return _page(fault=str(error))
    return redirect(url_for("admin.upkeep", told="已注明文件关系"))


def _day(given: str) -> date | None:
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise UnusableDecision("日期请写成 2026-12-31 的样子") from None


def decide_link() -> Response | str:
    """Put another address in the place of a dead one, or say no more of it."""
    form, folder = request.form, desk().folder
    address = form.get("address", "")[:4000]
    try:
        if form.get("deed") == "replace":
            count = replace_link(folder, address, form.get("replacement", ""), by=actor(), now=desk().now())
            told = f"已在 {count} 份文件中更换链接"
        else:
            dismiss_link(folder, address, by=actor(), now=desk().now())
            told = "不再提示该链接"
    except ServiceError as error:
        return _page(fault=str(error))
    return redirect(url_for("admin.upkeep", tab="links", told=told))


def show_edition(proposal_id: int) -> str:
    """Two editions of a document side by side. Raises ProposalNotFound."""
    return _edition_page(proposal_id)


def _edition_page(proposal_id: int, fault: str = "") -> str:
    proposal = desk().folder.proposals.get(proposal_id)
    keep, take = _choices_given()
    view = read_edition(desk().folder, proposal)
    rows = [compared(row, keep.get(row.item.id, ()), take.get(row.item.id, ())) for row in view.rows]
    return render_template(
        "admin/upkeep/edition.html",
        proposal=proposal,
        old=view.old,
        new=view.new,
        rows=rows,
        unsettled=sum(len(row.choices) for row in rows),
        fault=fault,
        is_open=proposal.state is ProposalState.OPEN,
        nav_here="admin.upkeep",
    )


def _choices_given() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Fields to keep and to take, by new item, from radio buttons named "choice:<item>:<field>"."""
    found: dict[str, dict[str, list[str]]] = {"keep": defaultdict(list), "take": defaultdict(list)}
    for name, value in request.form.items():
        if name.startswith("choice:") and value in found:
            _, item_id, field = [*name.split(":", 2), "", ""][:3]
            found[value][item_id].append(field)
    return found["keep"], found["take"]


def decide_edition(proposal_id: int) -> Response | str:
    """Take a new edition over, turn it down, or let it be a document of its own."""
    folder, now, deed = desk().folder, desk().now(), request.form.get("deed", "")
    note = " ".join(request.form.get("note", "").split())[:500]
    keep, take = _choices_given()
    try:
        if deed == "accept":
            choices = Choices(keep=keep, take=take)
            accept(folder, [proposal_id], by=actor(), now=now, note=note, choices=choices)
        elif deed in ("decline", "separate"):
            choices = Choices(separate=deed == "separate")
            decline(folder, [proposal_id], by=actor(), now=now, note=note, choices=choices)
        elif deed == "later":
            put_off(folder, [proposal_id], by=actor(), now=now)
        else:
            return _edition_page(proposal_id, fault="请选择如何处理")
    except (ServiceError, CorpusError) as error:
        return _edition_page(proposal_id, fault=str(error))
    told = {"accept": "已采纳新版，旧版事项已被替代", "decline": "未采纳新版，旧版照常有效"}
    told |= {"separate": "已作为另一份文件进入待审核", "later": "一周后再提示"}
    return redirect(url_for("admin.upkeep", told=told[deed]))
