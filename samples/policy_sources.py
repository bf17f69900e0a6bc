"""Read samples/sources/*.txt into heads and blocks; the writers of the four formats start from these.

A source is a head of `key: value` lines, a line `---`, and the text, one paragraph a line, with little
marks: `### ` heading, `## ` chapter, `>> ` signature, `| a | b |` table row, `[条]` and `[款]` automatic
numbers (DOCX), `++new++` and `--old--` tracked changes (DOCX).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "sources"
MARK = "（示例文件，内容为虚构）"
BUILT_AT = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """One sample policy as written: its head and its body lines."""

    slug: str
    head: dict[str, str]
    body: tuple[str, ...]

    @property
    def relative_path(self) -> Path:
        """Where the built file goes, below the output folder."""
        name = self.head["title"].replace(" ", "")
        return Path(self.head["place"]) / f"{name}.{self.head['format']}"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page: title, number, mark, chapter, heading, sign, 条, 款, para or table (rows)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_sources(folder: Path = SOURCES) -> list[Source]:
    """All sources, by name."""
    return [parse_source(path) for path in sorted(folder.glob("*.txt"))]


def parse_source(path: Path) -> Source:
    """Split a source file into head and body."""
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    pairs = (line.split(": ", 1) for line in head.splitlines())
    return Source(path.stem, {key: value for key, value in pairs}, tuple(body.rstrip("\n").split("\n")))


_MARKS = (("### ", "heading"), ("## ", "chapter"), (">> ", "sign"), ("[条] ", "条"), ("[款] ", "款"))


def blocks_of(source: Source) -> Iterator[Block]:
    """The page from top to bottom, table rows gathered."""
    yield Block("title", source.head["title"])
    if "number" in source.head:
        yield Block("number", source.head["number"])
    yield Block("mark", source.head.get("mark", MARK))
    for is_row, lines in groupby(source.body, key=lambda line: line.startswith("| ")):
        if is_row:
            yield Block("table", rows=tuple(_cells(line) for line in lines))
        else:
            yield from map(_block, lines)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))


def _block(line: str) -> Block:
    for prefix, kind in _MARKS:
        if line.startswith(prefix):
            return Block(kind, line.removeprefix(prefix))
    return Block("para", line)


def chinese_date(iso: str) -> str:
    """`2026-02-06` as officials write it.

    >>> chinese_date("2026-02-06")
    '2026年2月6日'
    """
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"
