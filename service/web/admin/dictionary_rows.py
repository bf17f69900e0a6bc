"""The built-in rows of the dictionaries as the page lists them; they can be looked up and not changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from matching.judging.titles import built_in_titles
from matching.segmenting import built_in_terms
from matching.terms import built_in_synonyms
from policy_corpus.codes.region_table import built_in_zones, get_region
from policy_corpus.facts import BUILT_IN, FactDefinition, FactKind
from service.workflows.fact_checks import KIND_WORDS

_KIND_WORDS = KIND_WORDS | {
    FactKind.REGION: "地区",
    FactKind.INDUSTRY: "行业",
    FactKind.YEARS: "年限",
    FactKind.STATED: "企业陈述（可多项）",
}


@dataclass(frozen=True, slots=True)
class BuiltInRow:
    """A name, and what the row says beside it."""

    name: str
    told: str = ""


def built_in_rows(kind: str) -> tuple[BuiltInRow, ...]:
    """The built-in rows of a kind, in their order."""
    return _ROWS[kind]()


def built_in_total(kind: str) -> int:
    """How many there are."""
    return len(_ROWS[kind]())


@cache
def _terms() -> tuple[BuiltInRow, ...]:
    return tuple(map(BuiltInRow, built_in_terms()))


@cache
def _synonyms() -> tuple[BuiltInRow, ...]:
    return tuple(BuiltInRow(group[0], "＝".join(group[1:])) for group in built_in_synonyms())


@cache
def _titles() -> tuple[BuiltInRow, ...]:
    return tuple(
        BuiltInRow(row.name, "；".join(part for part in (row.level, _listed("别名", row.others)) if part))
        for row in built_in_titles()
    )


@cache
def _zones() -> tuple[BuiltInRow, ...]:
    return tuple(
        BuiltInRow(
            zone.name,
            "；".join(
                part
                for part in (zone.code, get_region(zone.parent).full_name, _listed("别名", zone.aliases))
                if part
            ),
        )
        for zone in built_in_zones()
    )


@cache
def _facts() -> tuple[BuiltInRow, ...]:
    return tuple(BuiltInRow(row.label, _told(row)) for row in BUILT_IN.values())


def _told(row: FactDefinition) -> str:
    unit = row.unit if row.kind is FactKind.COUNT else ""
    what = "，".join(
        part for part in (_KIND_WORDS[row.kind], unit, "年度指标" if row.per_period else "") if part
    )
    parts = (what, _listed("又称", row.synonyms), _listed("可选", row.choices), f"键 {row.key}")
    return "；".join(part for part in parts if part)


def _listed(label: str, words: tuple[str, ...]) -> str:
    return f"{label} {'、'.join(words)}" if words else ""


_ROWS: dict[str, Callable[[], tuple[BuiltInRow, ...]]] = {
    "term": _terms,
    "synonym": _synonyms,
    "title": _titles,
    "zone": _zones,
    "fact": _facts,
}
