"""政策库 (`/admin/library`): every item whatever its state, narrowed, paged, exported; each leads to its review."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file

from matching.item_wording import describe_benefit, describe_node
from matching.model import Openness
from matching.state_words import OPENNESS_WORDS, STATUS_WORDS
from policy_corpus.codes.regions import find_region
from policy_corpus.errors import CorpusError
from policy_corpus.model import BenefitKind, ItemStatus, Level, Validity
from service.sheets import book_of
from service.store.item_list import ItemFilter, ItemList
from service.web.context import desk, page_given
from service.web.identity import actor
from service.web.paging import Paging
from service.web.wording import deadline_words, item_amount_words, kind_words, region_words
from service.workflows.list_items import LibraryFilter, ListedItem, each_in_library, list_library

PER_PAGE = 50
HEADS = (
    "事项编号", "事项名称", "状态", "支持方式", "支持标准", "申报条件", "申报时间", "受理部门",
    "层级", "适用地区", "文件标题", "发文字号", "发文机关", "有效性", "人工修改",
)  # fmt: skip
_NAMES = ("q", "status", "level", "region", "kind", "department", "open", "validity", "edited", "undated")


def add_routes(admin: Blueprint) -> None:
    """The list and its file."""
    admin.add_url_rule("/library", "library", show_library)
    admin.add_url_rule("/library/export", "library_export", export, methods=["POST"])


def show_library() -> str:
    """The list."""
    folder, shelf, page = desk().folder, desk().shelf(), page_given()
    wanted, fault = _wanted(request.args)
    found = list_library(folder, shelf, wanted, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    given = {name: value for name in _NAMES if (value := request.args.get(name, "").strip()[:200])}
    return render_template(
        "admin/library.html",
        lines=[(one, deadline_words(one.item.window, one.open, shelf.as_of)) for one in found.items],
        paging=Paging(page, found.total, PER_PAGE),
        given=given,
        fault=fault,
        statuses=STATUS_WORDS,
        levels=[(level.value, level.value) for level in Level],
        kinds=[(kind.value, kind_words(kind)) for kind in BenefitKind],
        opens=OPENNESS_WORDS,
        validities=[(one.value, one.value) for one in Validity],
        departments=ItemList(folder.db).departments(),
        amount=item_amount_words,
        region_words=region_words,
    )


def _wanted(given: Any) -> tuple[LibraryFilter, str]:
    """What is asked for, and what of it could not be understood."""
    stored = ItemFilter(
        words=str(given.get("q", "")).strip()[:200],
        status=_choice(ItemStatus, given.get("status", "")),
        level=_choice(Level, given.get("level", "")),
        kind=_choice(BenefitKind, given.get("kind", "")),
        department=str(given.get("department", "")).strip()[:100],
        edited_by_hand=given.get("edited", "") == "yes",
        without_deadline=given.get("undated", "") == "yes",
    )
    region, fault = _region(str(given.get("region", "")).strip()[:50])
    found = LibraryFilter(
        stored, region, _choice(Validity, given.get("validity", "")), _choice(Openness, given.get("open", ""))
    )
    return found, fault


def _choice(kind: Any, given: str) -> Any:
    return kind(given) if given in set(kind) else None


def _region(given: str) -> tuple[str, str]:
    """The code of a region named; what is wrong with the name."""
    if not given:
        return "", ""
    try:
        return find_region(given).code, ""
    except CorpusError as error:
        return "", str(error)


def export() -> Response:
    """The items that answer, as XLSX; that they left the house is an entry of its own."""
    folder, shelf = desk().folder, desk().shelf()
    wanted, _ = _wanted(request.form)
    note = "、".join(value for name in _NAMES if (value := request.form.get(name, "").strip()[:100]))
    folder.audit.record(
        actor(), "library.export", "library", "policy_items", at=desk().now(), note=note or "全部"
    )
    rows = (export_row(one, shelf.as_of) for one in each_in_library(folder, shelf, wanted))
    return send_file(BytesIO(book_of("政策库", HEADS, rows)), as_attachment=True, download_name="政策库.xlsx")


def export_row(one: ListedItem, today: date) -> tuple[str, ...]:
    """One item as a row of the file."""
    item, document = one.item, one.document
    return (
        item.id,
        item.title,
        STATUS_WORDS[item.status],
        "、".join(dict.fromkeys(kind_words(benefit.kind) for benefit in item.benefits)),
        "；".join(describe_benefit(benefit) for benefit in item.benefits),
        describe_node(item.conditions),
        deadline_words(item.window, one.open, today),
        item.department.text if item.department else "",
        document.level.value if document.level else "",
        region_words(document.region_code),
        document.title,
        document.document_number or "",
        document.issuing_authority or "",
        one.validity.value,
        "是" if one.edited else "",
    )
