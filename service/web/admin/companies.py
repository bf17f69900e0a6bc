"""企业库 (`/admin/companies`): the list of all companies, searched and narrowed, how well they are known, the export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from matching.size_class import SIZES
from policy_corpus.codes.industries import find_industry, get_industry
from policy_corpus.codes.regions import find_region
from policy_corpus.errors import CorpusError
from policy_corpus.facts import FACTS, offered_facts
from service.store.enterprise_listing import ORDERS, CompanyFilter, CompanyList, CompanyRow, Overview
from service.web.admin import company_exports, company_imports, company_merging, company_page, company_removal
from service.web.context import LONGEST_WORDS, desk, page_given
from service.web.paging import Paging
from service.web.wording import region_words
from service.workflows.company_completeness import BANDS

PER_PAGE = 50
_LACKING_SHOWN = 6
ORDER_WORDS = {"changed": "最近变动", "name": "名称", "code": "信用代码", "completeness": "信息最少的在前"}
_NAMES = ("q", "region", "industry", "size", "band", "missing", "source", "since", "conflicts", "order")


def add_routes(admin: Blueprint) -> None:
    """The addresses of this area."""
    admin.add_url_rule("/companies", "companies", show_companies)
    admin.add_url_rule("/companies/export.xlsx", "export_companies", export_companies, methods=["POST"])
    company_exports.add_routes(admin)
    company_imports.add_routes(admin)
    company_merging.add_routes(admin)
    company_page.add_routes(admin)
    company_removal.add_routes(admin)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page was asked: as typed, as a filter, and what of it cannot be used. values: those given, by name."""

    values: Mapping[str, str]
    wanted: CompanyFilter
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One company in the list."""

    company: CompanyRow
    region: str
    industry: str
    band: str
    sources: str


@dataclass(frozen=True, slots=True)
class Band:
    """How many companies are known so well."""

    number: int
    word: str
    means: str
    count: int


def show_companies() -> str:
    """The page."""
    asked, page = read_filter(request.args), page_given()
    shelf = desk().shelf()
    companies = CompanyList(desk().folder.db, shelf.weights)
    order = asked.values.get("order", "changed")
    total, rows = companies.page(asked.wanted, order, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    overview = desk().overview(companies)
    worth = [
        (key, FACTS[key].label, count, overview.lacking.get(key, 0)) for key, count in shelf.weights.items()
    ]
    return render_template(
        "admin/companies/list.html",
        nav_here="admin.companies",
        asked=asked,
        total=total,
        everything=len(desk().folder.enterprises),
        lines=[line_of(row) for row in rows],
        bands=_bands(overview),
        lacking=[one for one in worth if one[3]][:_LACKING_SHOWN],
        paging=Paging(page, total, PER_PAGE),
        sizes=tuple(reversed(SIZES)),
        facts=offered_facts(),
        sources=overview.sources,
        orders=ORDER_WORDS,
        asked_items=bool(shelf.weights),
    )


def line_of(row: CompanyRow) -> Line:
    """A company as it is shown in the list."""
    try:
        industry = get_industry(row.industry).name if row.industry else ""
    except CorpusError:
        industry = row.industry or ""
    shown = row.sources[0] if row.sources else ""
    more = f" 等 {len(row.sources)} 个来源" if len(row.sources) > 1 else ""
    word = next(word for least, _, word, _ in BANDS if row.share >= least)
    return Line(row, region_words(row.region) if row.region else "", industry, word, shown + more)


def _bands(overview: Overview) -> list[Band]:
    shares = overview.shares
    return [
        Band(number, word, means, sum(count for share, count in shares.items() if least <= share < below))
        for number, (least, below, word, means) in enumerate(BANDS)
    ]


def read_filter(given: MultiDict[str, str]) -> Asked:
    """The filter of an address or a form; what cannot be used is named and narrows nothing."""
    values = {name: _plain(given.get(name, "")) for name in _NAMES}
    faults: list[str] = []
    band = int(values["band"]) if re.fullmatch(r"[0-3]", values["band"]) else None
    if values["order"] not in ORDERS:
        values["order"] = ""
    values["band"] = "" if band is None else str(band)
    wanted = CompanyFilter(
        words=values["q"],
        region=_code("地区", values["region"], lambda text: find_region(text).code, faults),
        industry=_code("行业", values["industry"], lambda text: find_industry(text).code, faults),
        size=values["size"] if values["size"] in SIZES else "",
        source=values["source"],
        since=_day(values["since"], faults),
        missing=values["missing"] if values["missing"] in FACTS else "",
        conflicts=values["conflicts"] == "yes",
        at_least=BANDS[band][0] if band is not None else 0.0,
        below=BANDS[band][1] if band is not None else 2.0,
    )
    return Asked({name: value for name, value in values.items() if value}, wanted, tuple(faults))


def _plain(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())[:LONGEST_WORDS]


def _code(label: str, text: str, find: Any, faults: list[str]) -> str:
    if not text:
        return ""
    try:
        code: str = find(text)
    except CorpusError as error:
        faults.append(f"{label}“{text}”没有用于筛选：{error}")
        return ""
    return code


def _day(text: str, faults: list[str]) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        faults.append(f"日期“{text}”没有用于筛选，请按 2026-01-31 填写")
        return ""


def export_companies() -> Response:
    """The companies of the filter with all their facts, under the heads of the import template."""
    return company_exports.export(read_filter(request.form).wanted)
