"""企业库 as a list: searched, filtered, sorted and paged by what stands with each company; no fact is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlite_utils import Database

from policy_corpus.facts import FACTS
from service.store.enterprise_summary import SEPARATOR
from service.store.enterprises import MATCHING, EnterpriseLibrary, matching_words

ORDERS = {
    "changed": "changed_at desc, uscc",
    "name": "name, uscc",
    "code": "uscc",
    "completeness": "completeness(known), uscc",
}


@dataclass(frozen=True, slots=True)
class CompanyFilter:
    """Which companies are wanted; what is empty narrows nothing.

    region: a code, with all places in it; industry: a code or its beginning; source: of a fact that counts;
    since: ISO day of the last change; missing: key of a fact that is unknown; conflicts: sources differ.
    at_least, below: bounds of the share of conditions that can be answered, 0-1.
    """

    words: str = ""
    region: str = ""
    industry: str = ""
    size: str = ""
    source: str = ""
    since: str = ""
    missing: str = ""
    conflicts: bool = False
    at_least: float = 0.0
    below: float = 2.0


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company in the list. known: keys of its facts; share: of the conditions of published items it can answer."""

    uscc: str
    name: str
    region: str | None
    industry: str | None
    size_class: str | None
    known: tuple[str, ...]
    sources: tuple[str, ...]
    conflicts: int
    changed_at: datetime
    share: float


@dataclass(frozen=True, slots=True)
class Overview:
    """How well companies are known. shares: share of conditions -> companies; lacking: fact -> companies without it."""

    shares: Mapping[float, int]
    lacking: Mapping[str, int]
    sources: tuple[str, ...]


class CompanyList:
    """The companies in an open database, with the weight of each fact: how many published items ask for it."""

    def __init__(self, db: Database, weights: Mapping[str, int]) -> None:
        self.db, self.weights = db, weights
        self._weight = dict.fromkeys(FACTS, 0) | dict(weights)
        self._total = sum(weights.values())
        db.conn.create_function("completeness", 1, self.share_of, deterministic=True)

    def share_of(self, known: str) -> float:
        """Which part of what published items ask can be answered by these facts; all of it where nothing is asked."""
        if not self._total:
            return 1.0
        keys = known.split(SEPARATOR) if known else ()
        try:
            return sum(map(self._weight.__getitem__, keys)) / self._total
        except KeyError:  # a fact that is no longer in the table
            return sum(self._weight.get(key, 0) for key in keys) / self._total

    def page(
        self, wanted: CompanyFilter, order: str = "changed", *, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[CompanyRow]]:
        """How many there are, and those of one page."""
        where, values = _where(wanted)
        count = next(self.db.query(f"select count(*) as n from enterprises where {where}", values))["n"]  # noqa: S608
        rows = self._rows(wanted, order, limit, offset)
        return int(count), list(rows)

    def each(self, wanted: CompanyFilter, order: str = "code") -> Iterator[CompanyRow]:
        """All of them, one by one."""
        return self._rows(wanted, order, -1, 0)

    def _rows(self, wanted: CompanyFilter, order: str, limit: int, offset: int) -> Iterator[CompanyRow]:
        where, values = _where(wanted)
        ordered = ORDERS.get(order, ORDERS["changed"])
        if limit >= 0:  # sorted with as little as can be, and then read
            where = f"uscc in (select uscc from enterprises where {where} order by {ordered} limit :limit offset :offset)"  # noqa: S608
            values |= {"limit": limit, "offset": offset}
        query = (
            "select uscc, name, region, industry, size_class, known, sources, conflicts, changed_at from enterprises "  # noqa: S608
            f"where {where} order by {ordered}"
        )
        return map(self._row, self.db.execute(query, values))

    def _row(self, row: tuple[Any, ...]) -> CompanyRow:
        uscc, name, region, industry, size_class, known, sources, conflicts, changed = row
        at, share = datetime.fromisoformat(changed), self.share_of(known)
        return CompanyRow(
            uscc, name, region, industry, size_class, _split(known), _split(sources), conflicts, at, share
        )

    def overview(self) -> Overview:
        """How well all companies are known, and the sources of the facts that count."""
        query = "select known, sources, count(*) from enterprises where merged_into is null group by known, sources"
        shares, having, all_sources = dict[float, int](), dict.fromkeys(FACTS, 0), set[str]()
        everything = 0
        for known, sources, count in self.db.execute(query):
            everything += count
            share = self.share_of(known)
            shares[share] = shares.get(share, 0) + count
            for key in known.split(SEPARATOR):
                having[key] = having.get(key, 0) + count
            all_sources.add(sources)
        named = {source for lines in all_sources for source in _split(lines)}
        lacking = {key: everything - having[key] for key in self.weights}
        return Overview(dict(sorted(shares.items())), lacking, tuple(sorted(named)))


class OverviewKeeper:
    """Keeps the last overview, for a process that answers many requests; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[object, Overview] | None = None

    def get(self, library: EnterpriseLibrary, companies: CompanyList) -> Overview:
        """The overview as it is now, worked out again only when companies or weights have changed."""
        key = (library.version(), tuple(companies.weights.items()))
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                self._kept = (key, companies.overview())
            return self._kept[1]


def _where(wanted: CompanyFilter) -> tuple[str, dict[str, Any]]:
    tests, values = ["merged_into is null"], dict[str, Any]()
    if wanted.words:
        tests.append(f"uscc in ({MATCHING})")
        values |= matching_words(wanted.words)
    if wanted.region:
        tests.append("(region = :region or region like :place)")
        values |= {"region": wanted.region, "place": _place(wanted.region)}
    if wanted.industry:
        tests.append("substr(industry, 1, length(:industry)) = :industry")
        values["industry"] = wanted.industry
    if wanted.size:
        tests.append("size_class = :size")
        values["size"] = wanted.size
    if wanted.source:
        tests.append(_held("sources", ":source"))
        values["source"] = wanted.source
    if wanted.since:
        tests.append("changed_at >= :since")
        values["since"] = wanted.since
    if wanted.missing:
        tests.append(f"not {_held('known', ':missing')}")
        values["missing"] = wanted.missing
    if wanted.conflicts:
        tests.append("conflicts > 0")
    if wanted.at_least > 0 or wanted.below <= 1:
        tests.append("completeness(known) >= :at_least and completeness(known) < :below")
        values |= {"at_least": wanted.at_least, "below": wanted.below}
    return " and ".join(tests), values


def _place(code: str) -> str:
    """The beginning that the codes of all places in a place share, for LIKE; a zone holds nothing else."""
    if "-" in code:
        return code
    pairs = code[:2], code[2:4], code[4:]
    return "".join(pair for pair in pairs if pair != "00") + "%"


def _held(column: str, value: str) -> str:
    """Whether one of the lines of a column is the value."""
    return f"instr(char(10) || {column} || char(10), char(10) || {value} || char(10)) > 0"


def _split(lines: str) -> tuple[str, ...]:
    return tuple(lines.split(SEPARATOR)) if lines else ()
