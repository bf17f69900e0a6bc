"""The enterprises of a match run as Parquet: written once in the order of codes, read a group at a time by workers.

A table holds the rows of 企业库 as they are kept there, one a fact. A row group holds a fixed number of
enterprises; several files keep the footers short that every worker reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from matching.model import Enterprise
from service.store.enterprise_rows import Row, enterprises_of

GROUPS_PER_FILE = 64
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("uscc", "name", "key", "value", "source", "dated", "period")]
)


@dataclass(frozen=True, slots=True)
class Group:
    """Enterprises that stand together. first, last: codes."""

    number: int
    first: str
    last: str
    count: int

    def __str__(self) -> str:
        return f"第 {self.number + 1} 块企业（{self.first} 至 {self.last}，共 {self.count} 家）"


def write_groups(folder: Path, rows: Iterable[Row], per_group: int) -> list[Group]:
    """Write the rows of all enterprises, given in the order of codes, into a new folder; what each group holds."""
    folder.mkdir()
    found = list[Group]()
    groups = _groups(rows, per_group)
    while first := next(groups, None):
        with pq.ParquetWriter(_file_of(folder, len(found)), _SCHEMA, compression="zstd") as writer:
            for count, group in chain([first], islice(groups, GROUPS_PER_FILE - 1)):
                columns = [pa.array(column, pa.string()) for column in zip(*group, strict=True)]
                writer.write_table(pa.Table.from_arrays(columns, schema=_SCHEMA))
                found.append(Group(len(found), group[0][0], group[-1][0], count))
    return found


def read_group(folder: Path, number: int) -> list[Enterprise]:
    """The enterprises of one group."""
    with pq.ParquetFile(_file_of(folder, number)) as file:
        table = file.read_row_group(number % GROUPS_PER_FILE)
    columns: list[list[Any]] = [column.to_pylist() for column in table.columns]
    return list(enterprises_of(zip(*columns, strict=True)))


def _groups(rows: Iterable[Row], per_group: int) -> Iterator[tuple[int, list[Row]]]:
    """So many enterprises at a time, and how many there are."""
    each = groupby(rows, key=itemgetter(0))
    while True:
        group, count = list[Row](), 0
        for _, of_one in islice(each, per_group):
            group.extend(of_one)
            count += 1
        if not count:
            return
        yield count, group


def _file_of(folder: Path, number: int) -> Path:
    return folder / f"{number // GROUPS_PER_FILE:06}.parquet"
