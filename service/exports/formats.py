"""The formats of a result file: JSONL holds one enterprise a line in the contract's shape, the tables one match a row.

Each is made in two steps, so that many processes can share the work: `render` writes the lists of some enterprises to
a piece, in any order and any place; `join` puts the pieces together in the order of enterprises. The bytes of
the result depend neither on how large the pieces are nor on when it is made.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.exports.rows import COLUMNS, rows_of
from service.shapes import NamedDocument, enterprise_matches_to_json
from service.sheets import plain_cell, write_sheet
from service.workflows.match_enterprises import EnterpriseMatches

Found = Iterable[EnterpriseMatches]
Documents = Mapping[str, NamedDocument]


@dataclass(frozen=True, slots=True)
class Target:
    """The file to join to; the day that the lists are of; a folder for what is written on the way."""

    path: Path
    as_of: date
    scratch: Path


@dataclass(frozen=True, slots=True)
class Format:
    """render: the lists of some enterprises on a day -> a piece. join: the pieces, which come one by one -> the file."""

    render: Callable[[Path, Found, Documents, date], None]
    join: Callable[[Target, Iterator[Path]], None]


def _render_jsonl(piece: Path, found: Found, documents: Documents, as_of: date) -> None:
    with piece.open("wb") as file:
        for one in found:
            answer = enterprise_matches_to_json(one, documents, as_of)
            file.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def _join_jsonl(target: Target, pieces: Iterator[Path]) -> None:
    target.path.write_bytes(b"")  # a killed run may have left its half
    _append(target.path, pieces)


def _render_csv(piece: Path, found: Found, documents: Documents, as_of: date) -> None:
    with piece.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([plain_cell(value) for value in row] for row in rows_of(found, documents))


def _join_csv(target: Target, pieces: Iterator[Path]) -> None:
    with target.path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow(COLUMNS.values())
    _append(target.path, pieces)


def _append(path: Path, pieces: Iterator[Path]) -> None:
    with path.open("ab") as out:
        for piece in pieces:
            with piece.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)


def _render_rows(piece: Path, found: Found, documents: Documents, as_of: date) -> None:
    from service.exports.parquet_rows import write_rows  # loading Arrow takes a while

    write_rows(piece, rows_of(found, documents))


def _join_xlsx(target: Target, pieces: Iterator[Path]) -> None:
    from service.exports.parquet_rows import read_rows

    heads = list(COLUMNS.values())
    write_sheet(target.path, "匹配结果", heads, read_rows(pieces), dated=target.as_of, scratch=target.scratch)


def _join_parquet(target: Target, pieces: Iterator[Path]) -> None:
    from service.exports.parquet_rows import join_to_parquet

    join_to_parquet(target.path, pieces)


FORMATS = {
    "jsonl": Format(_render_jsonl, _join_jsonl),
    "csv": Format(_render_csv, _join_csv),
    "xlsx": Format(_render_rows, _join_xlsx),
    "parquet": Format(_render_rows, _join_parquet),
}


def format_of(path: Path) -> str | None:
    """The name of the format that a file's ending asks for, None for any other ending."""
    name = path.suffix.lstrip(".").lower()
    return name if name in FORMATS else None
