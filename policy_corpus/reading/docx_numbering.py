"""Resolve Word's automatic numbering to the labels that a reader sees: 第一条, （一）, 1., ①.

Called by docx.py once per paragraph, in document order. The rules are those of ECMA-376 part 1, 17.9:
counters belong to the abstract list, a deeper level restarts after a higher one, a paragraph gets its
list from its own numPr or from its style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from policy_corpus.reading.docx_numerals import write_number
from policy_corpus.reading.docx_package import child, is_on, local, value
from policy_corpus.reading.normalising import is_hanzi

_PLACEHOLDER = re.compile(r"%([1-9])")
_MAX_STYLE_DEPTH = 20
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass
class _Counters:
    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = _read_styles(styles)
        self._abstracts: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}  # abstract list -> the numbering style that defines it
        self._defined_by: dict[str, str] = {}  # numbering style -> abstract list
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counters: dict[str, _Counters] = {}
        self._started: set[tuple[str, int]] = set()
        for element in numbering if numbering is not None else ():
            if local(element) == "abstractNum":
                self._read_abstract(element)
            elif local(element) == "num":
                self._read_list(element)

    def label(self, properties: Element | None) -> str:
        """The label of a paragraph with these properties (w:pPr), counted on; "" for a plain one or a bullet."""
        style = value(child(properties, "pStyle"))
        list_id, level = self._list_of(properties, style)
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return ""
        abstract, _, starts = self._lists[list_id]
        levels = self._levels(list_id)
        if level is None:
            level = next((i for i, row in levels.items() if style and row.style == style), 0)
        row = levels.get(level)
        if row is None:
            return ""
        counters = self._counters.setdefault(self._home(abstract), _Counters())
        self._count(counters, levels, level, list_id, starts)
        return _write(levels, counters.values, level)

    def _list_of(self, properties: Element | None, style: str | None) -> tuple[str | None, int | None]:
        own = child(properties, "numPr")
        list_id, level = value(child(own, "numId")), value(child(own, "ilvl"))
        for _ in range(_MAX_STYLE_DEPTH):
            if style is None or list_id is not None:
                break
            definition = self._styles.get(style)
            inherited = child(child(definition, "pPr"), "numPr")
            list_id = value(child(inherited, "numId"))
            level = level or value(child(inherited, "ilvl"))
            style = value(child(definition, "basedOn"))
        return list_id, int(level) if level and level.isdigit() and int(level) < _LEVELS else None

    def _count(
        self, counters: _Counters, levels: dict[int, _Level], level: int, list_id: str, starts: dict[int, int]
    ) -> None:
        if level in starts and (list_id, level) not in self._started:
            counters.values[level] = None
        self._started.add((list_id, level))
        before = counters.values[level]
        start = starts.get(level, levels[level].start)
        counters.values[level] = start if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            # 17.9.10 lvlRestart: 0 never restarts; n restarts only after level n (counted from 1) or above.
            if restart is None or (restart != 0 and level < restart):
                counters.values[deeper] = None
        for higher in range(level):  # a level that never appeared counts as standing at its start
            if counters.values[higher] is None and higher in levels:
                counters.values[higher] = levels[higher].start

    def _levels(self, list_id: str) -> dict[int, _Level]:
        abstract, overrides, _ = self._lists[list_id]
        return {**self._abstracts.get(self._home(abstract), {}), **overrides}

    def _home(self, abstract: str) -> str:
        """The abstract list that holds the levels: a numbering style may stand between."""
        for _ in range(_MAX_STYLE_DEPTH):
            style = self._links.get(abstract)
            if style is None or self._abstracts.get(abstract):
                break
            list_id = value(child(child(child(self._styles.get(style), "pPr"), "numPr"), "numId"))
            linked = self._lists[list_id][0] if list_id in self._lists else self._defined_by.get(style)
            if linked is None or linked == abstract:
                break
            abstract = linked
        return abstract

    def _read_abstract(self, element: Element) -> None:
        key = value(element, "abstractNumId") or ""
        self._abstracts[key] = _read_levels(element)
        link, defines = value(child(element, "numStyleLink")), value(child(element, "styleLink"))
        if link is not None:
            self._links[key] = link
        if defines is not None:
            self._defined_by[defines] = key

    def _read_list(self, element: Element) -> None:
        overrides: dict[int, _Level] = {}
        starts: dict[int, int] = {}
        for override in element:
            if local(override) != "lvlOverride":
                continue
            level = _number(value(override, "ilvl"), 0)
            start = value(child(override, "startOverride"))
            if start is not None:
                starts[level] = _number(start, 1)
            overrides.update(_read_levels(override))
        abstract = value(child(element, "abstractNumId")) or ""
        self._lists[value(element, "numId") or ""] = (abstract, overrides, starts)


def _read_styles(styles: Element | None) -> dict[str, Element]:
    return {
        value(style, "styleId") or "": style
        for style in (styles if styles is not None else ())
        if local(style) == "style"
    }


def _read_levels(parent: Element) -> dict[int, _Level]:
    return {_number(value(row, "ilvl"), 0): _read_level(row) for row in parent if local(row) == "lvl"}


def _read_level(row: Element) -> _Level:
    level = _Level(
        start=_number(value(child(row, "start")), 1),
        text=value(child(row, "lvlText")) or "",
        suffix=value(child(row, "suff")) or "tab",
        legal=is_on(child(row, "isLgl")),
        style=value(child(row, "pStyle")),
    )
    restart = value(child(row, "lvlRestart"))
    if restart is not None:
        level = replace(level, restart=_number(restart, 0))
    # A custom format stands in mc:AlternateContent with a plain one as its fallback.
    fallback = child(child(child(row, "AlternateContent"), "Fallback"), "numFmt")
    plain = child(row, "numFmt")
    return replace(level, number_format=value(plain if plain is not None else fallback) or "decimal")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _write(levels: dict[int, _Level], values: list[int | None], level: int) -> str:
    row = levels[level]
    if row.number_format == "bullet":
        return ""

    def figure(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        number = values[index]
        if index not in levels or number is None:
            return ""
        return write_number(number, "decimal" if row.legal else levels[index].number_format)

    label = _PLACEHOLDER.sub(figure, row.text)
    if not label or row.suffix == "nothing":
        return label
    return label + " " if is_hanzi(label[-1]) or (label[-1].isascii() and label[-1].isalnum()) else label
