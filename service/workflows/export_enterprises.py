"""A list of companies as XLSX, under the heads of the import template: it can be corrected and imported again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from matching.model import Enterprise, Fact
from policy_corpus.codes.industries import find_industry, get_industry
from policy_corpus.codes.regions import find_region, get_region
from policy_corpus.errors import CorpusError
from policy_corpus.facts import FactDefinition, FactKind, stored_facts
from service.actors import Actor
from service.enterprise_rows import CHANGED_HEAD, NAME_HEAD, PERIOD_HEAD, SHARE_HEAD, SOURCES_HEAD, USCC_HEAD
from service.enterprise_table import head_of
from service.errors import UnusableFile
from service.sheets import MarkedSheet
from service.store.data_folder import DataFolder
from service.store.enterprise_listing import CompanyFilter, CompanyList, CompanyRow

_AT_ONCE = 500


def export_enterprises(
    folder: DataFolder,
    out: Path,
    wanted: CompanyFilter,
    weights: Mapping[str, int],
    *,
    by: Actor,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write the companies of a filter with all their facts; returns how many. progress: told how many of how many are done.

    Raises UnusableFile if the file cannot be written.
    """
    companies = CompanyList(folder.db, weights)
    count, _ = companies.page(wanted, limit=1)
    facts = stored_facts()
    heads = [USCC_HEAD, NAME_HEAD, PERIOD_HEAD, *map(head_of, facts), SHARE_HEAD, SOURCES_HEAD, CHANGED_HEAD]
    try:
        with MarkedSheet(out, "企业名录", heads, dated=now.date(), wide=2) as sheet:
            for done, (row, enterprise) in enumerate(_pairs(folder, companies.each(wanted))):
                if done % _AT_ONCE == 0:
                    progress(done, count)
                sheet.add(_cells(row, enterprise, facts))
            count = sheet.rows
    except OSError as error:
        raise UnusableFile(f"无法写入“{out.name}”，请核对路径和权限") from error
    chosen = {
        name: value for name, value in asdict(wanted).items() if value != getattr(CompanyFilter(), name)
    }
    after = {"家数": count, "筛选": chosen}
    folder.audit.record(by, "enterprise.export", "enterprise", "*", at=now, after=after)
    return count


def _pairs(folder: DataFolder, rows: Iterator[CompanyRow]) -> Iterator[tuple[CompanyRow, Enterprise]]:
    listed = list(rows)
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        held = folder.enterprises.held_many([row.uscc for row in some])
        yield from ((row, held[row.uscc].enterprise()) for row in some if row.uscc in held)


def _cells(row: CompanyRow, enterprise: Enterprise, facts: tuple[FactDefinition, ...]) -> list[Any]:
    periods = {fact.period for one in facts if one.per_period and (fact := enterprise.facts.get(one.key))}
    period = next(iter(periods)) if len(periods) == 1 else None
    values = [cell_of(one, enterprise.facts.get(one.key)) for one in facts]
    sources = "；".join(row.sources)
    return [
        row.uscc,
        row.name,
        period,
        *values,
        f"{row.share:.0%}",
        sources,
        row.changed_at.date().isoformat(),
    ]


def cell_of(row: FactDefinition, fact: Fact | None) -> str | None:
    """A fact as a cell that reads back as the same fact; None where it is unknown."""
    if fact is None:
        return None
    value = fact.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}%" if row.kind is FactKind.PERCENT else f"{value:f}"
    if isinstance(value, tuple):
        return ("；" if row.kind is FactKind.STATED else "、").join(value) or "无"
    if row.kind is FactKind.REGION:
        return _named(value, lambda: get_region(value).full_name, lambda name: find_region(name).code)
    if row.kind is FactKind.INDUSTRY:
        return _named(value, lambda: get_industry(value).name, lambda name: find_industry(name).code)
    return value


def _named(code: str, name_of: Callable[[], str], code_of: Callable[[str], str]) -> str:
    """The name of a code where the name finds it again, else the code."""
    try:
        name = name_of()
        return name if code_of(name) == code else code
    except CorpusError:
        return code
