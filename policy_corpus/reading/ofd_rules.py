"""The straight rules drawn on a page of an OFD, which ofdkit does not give; called by ofd.py."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, ParseError

from policy_corpus.reading.docx_package import local
from policy_corpus.reading.pdf_tables import Box

_MOST_PATHS = 20_000
_MOST_TOKENS = 2000
_SHORTEST = 2.0  # millimetres
_STRAIGHT = 0.3  # millimetres that a rule may lean
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # GB/T 33190 table 35
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Point = tuple[float, float]


def rules_of_page(data: bytes, location: str | None) -> list[Box]:
    """The rules (x0, top, x1, bottom, in millimetres) of the page at this place in the package; none if it cannot be read."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {info.filename.lstrip("/"): info for info in package.infolist()}
            root: Element = fromstring(package.read(names[location or ""]), forbid_dtd=True)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        RuntimeError,
        ParseError,
    ):
        return []
    except DefusedXmlException:
        return []
    paths = (element for element in root.iter() if local(element) == "PathObject")
    return [rule for path, _ in zip(paths, range(_MOST_PATHS), strict=False) for rule in _rules(path)]


def _rules(path: Element) -> Iterator[Box]:
    numbers = _numbers(path.get("Boundary"), 4)
    if numbers is None:
        return
    a, b, c, d, e, f = _numbers(path.get("CTM"), 6) or _IDENTITY
    left, top = numbers[0] + e, numbers[1] + f
    drawn = next((part.text for part in path if local(part) == "AbbreviatedData"), None) or ""
    for points in _strokes(drawn.replace(",", " ").split()[:_MOST_TOKENS]):
        placed = [(left + a * x + c * y, top + b * x + d * y) for x, y in points]
        for (x0, y0), (x1, y1) in pairwise(placed):
            width, height = abs(x1 - x0), abs(y1 - y0)
            if min(width, height) <= _STRAIGHT and max(width, height) >= _SHORTEST:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _strokes(tokens: list[str]) -> Iterator[list[Point]]:
    """The straight runs of a path: points that lines join."""
    points: list[Point] = []
    at = 0
    while at < len(tokens):
        order = tokens[at]
        count = _ARGUMENTS.get(order)
        arguments = _numbers(" ".join(tokens[at + 1 : at + 1 + (count or 0)]), count or 0)
        if count is None or arguments is None:
            break
        at += 1 + count
        end = arguments[-2:] if count else None
        if order == "L" and end:
            points.append((end[0], end[1]))
        elif order == "C":
            points.append(points[0]) if points else None
        else:  # a new beginning, or a curve that ends here
            yield points
            points = [(end[0], end[1])] if end else []
    yield points


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    try:
        numbers = tuple(float(part) for part in (text or "").replace(",", " ").split())
    except ValueError:
        return None
    return numbers if len(numbers) == count and all(map(math.isfinite, numbers)) else None
