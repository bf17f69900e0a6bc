"""Keep a catalogue on disk and open it again in milliseconds, its pages shared by all processes.

The base is written once; when only the tail has changed its files are taken over by the next generation.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy.typing as npt

from matching import array_files
from matching.array_files import under
from matching.catalogue.catalogue import Catalogue, Segment
from matching.catalogue.partitions import Partitions
from matching.catalogue.sheet import Sheet
from matching.columns.columns import Columns
from matching.text_index import TextIndex

_BASE = ("base/", "text/base/")


def save_catalogue(directory: Path, catalogue: Catalogue) -> Catalogue:
    """Write the catalogue and switch to it in one step; returns it as it is now on disk, mapped."""
    arrays = {f"text/{name}": array for name, array in catalogue.text.to_arrays().items()}
    details: dict[str, Any] = {
        "version": catalogue.version,
        "partitions": catalogue.partitions.to_json(),
        "text": catalogue.text.details(),
    }
    for name, segment in (("base", catalogue.base), ("tail", catalogue.tail)):
        columns, details[name] = segment.columns.to_arrays()
        arrays |= {f"{name}/columns/{key}": array for key, array in columns.items()}
        arrays |= {f"{name}/sheet/{key}": array for key, array in segment.sheet.to_arrays().items()}
    kept = [name for name in arrays if name.startswith(_BASE)]
    array_files.write_new(directory, arrays, details, kept, catalogue.base.kept_in)
    return read_catalogue(directory)


def read_catalogue(directory: Path, verify: bool = False) -> Catalogue:
    """The catalogue last saved. verify: compare every byte with its checksum. Raises IndexNotBuilt."""
    stored = array_files.read_current(directory, verify=verify)
    details = stored.details
    base, tail = (
        _segment(under(stored.arrays, f"{name}/"), details[name], stored.generation)
        for name in ("base", "tail")
    )
    text = TextIndex.from_arrays(under(stored.arrays, "text/"), details["text"])
    return Catalogue(details["version"], base, tail, Partitions.from_json(details["partitions"]), text)


def _segment(arrays: dict[str, npt.NDArray[Any]], details: dict[str, Any], generation: str) -> Segment:
    sheet = Sheet.from_arrays(under(arrays, "sheet/"))
    return Segment(sheet, Columns.from_arrays(under(arrays, "columns/"), details), generation)
