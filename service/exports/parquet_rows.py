"""Rows as columns of Arrow: pieces of a table on disk, and the Parquet that they are joined to.

Row groups hold a fixed number of rows, wherever a piece ends, so that the bytes of the file do not depend on how
the work was shared out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from service.exports.rows import COLUMNS, Row

ROWS_PER_GROUP = 50_000
_ROWS_AT_ONCE = 5_000
_NUMBERS = {"rank": pa.int32(), "score": pa.float64(), "relevance": pa.float64(), "most_yuan": pa.float64()}
_SCHEMA = pa.schema([(key, _NUMBERS.get(key, pa.string())) for key in COLUMNS])


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write one piece."""
    remaining = iter(rows)
    with path.open("wb") as file, pa.ipc.new_stream(file, _SCHEMA) as writer:
        while some := list(islice(remaining, _ROWS_AT_ONCE)):
            columns = zip(*some, strict=True)
            arrays = [pa.array(values, field.type) for values, field in zip(columns, _SCHEMA, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=_SCHEMA))


def read_rows(pieces: Iterable[Path]) -> Iterator[Row]:
    """The rows of pieces, one after the other."""
    for batch in _batches(pieces):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def join_to_parquet(path: Path, pieces: Iterable[Path], rows_per_group: int = ROWS_PER_GROUP) -> None:
    """Write the rows of pieces as one Parquet file."""
    with pq.ParquetWriter(path, _SCHEMA) as writer:
        held: list[Any] = []
        for batch in _batches(pieces):
            held.append(batch)
            if sum(map(len, held)) >= rows_per_group:
                held = _write_full_groups(writer, pa.Table.from_batches(held), rows_per_group)
        if held:
            writer.write_table(pa.Table.from_batches(held).combine_chunks())


def _write_full_groups(writer: Any, table: Any, rows_per_group: int) -> list[Any]:
    full = len(table) - len(table) % rows_per_group
    for start in range(0, full, rows_per_group):
        writer.write_table(table.slice(start, rows_per_group).combine_chunks())
    rest: list[Any] = table.slice(full).to_batches()
    return rest


def _batches(pieces: Iterable[Path]) -> Iterator[Any]:
    for piece in pieces:
        with piece.open("rb") as file, pa.ipc.open_stream(file) as reader:
            yield from reader
