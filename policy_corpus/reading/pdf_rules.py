"""Straight rules of a page -> its tables, by the same finder that reads those of a PDF; called by the readers of OFD and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policy_corpus.reading.pdf_tables import Box, RuledTable

_MOST = 4000
_SLANT = 2.0  # points that a rule may lean


def tables_from_rules(rules: Sequence[Box], slack: float = 3.0) -> list[RuledTable]:
    """The tables that rules (x0, top, x1, bottom, in points) make. slack: how far their ends may miss each other."""
    edges = [edge for rule in rules if (edge := _edge(rule)) is not None]
    if not 4 <= len(edges) <= _MOST:
        return []
    from pdfplumber import table

    finder: Any = table  # its Table asks for a page, and needs none to tell rows
    merged = finder.merge_edges(edges, slack, slack, slack, slack)
    cells = finder.intersections_to_cells(finder.edges_to_intersections(merged, slack, slack))
    tables = [finder.Table(None, found) for found in finder.cells_to_tables(cells)]
    return [RuledTable(one.bbox, tuple(tuple(row.cells) for row in one.rows)) for one in tables]


def _edge(rule: Box) -> dict[str, Any] | None:
    x0, top, x1, bottom = rule
    width, height = x1 - x0, bottom - top
    if width > height and height <= _SLANT:
        middle = (top + bottom) / 2
        return {
            "x0": x0,
            "x1": x1,
            "top": middle,
            "bottom": middle,
            "width": width,
            "height": 0,
            "orientation": "h",
        }
    if height > width and width <= _SLANT:
        middle = (x0 + x1) / 2
        return {
            "x0": middle,
            "x1": middle,
            "top": top,
            "bottom": bottom,
            "width": 0,
            "height": height,
            "orientation": "v",
        }
    return None
