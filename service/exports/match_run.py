"""What a match run needs, as files in its folder: enterprises, the catalogue, the day, the additions, and what was asked.

Whoever starts a run writes them; the process that makes a piece, here or on another machine, opens them once and
keeps them in memory. No database is opened, nothing large is sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Any

from matching.array_files import keep_generation
from matching.catalogue.catalogue_files import read_catalogue
from matching.catalogue.day import Day, Standing
from matching.errors import UnfitWorker
from matching.kernels.switch import expect_much
from policy_corpus.additions import Additions, additions_from_json, additions_to_json, current, held
from service.program import program
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf

ENTERPRISES, CATALOGUE = "enterprises", "catalogue"
_DETAILS, _ADDITIONS = "run.json", "additions.json"
_MOST_IN_A_PIECE = (
    128  # with lists of 20 items a piece takes about half a second: sharing out costs under 1 %
)
_PIECES = 32  # as many at least, so that few enterprises are shared out too
_MUCH = 500  # enterprises that are worth loading the compiled loops


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the result file is to hold. format: a name in FORMATS; top: items for each enterprise, None for all."""

    format: str
    top: int | None = None
    include_ineligible: bool = False


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a list says of a document."""

    id: str
    title: str
    document_number: str | None


@dataclass(frozen=True, slots=True)
class MatchRun:
    """A run as a worker sees it."""

    path: Path
    day: Day
    documents: Mapping[str, DocumentName]
    wanted: Wanted


def enterprises_in_a_piece(total: int) -> int:
    """How many enterprises one piece holds."""
    return max(1, min(_MOST_IN_A_PIECE, ceil(total / _PIECES)))


def write_run(path: Path, folder: DataFolder, shelf: Shelf, wanted: Wanted, enterprises: int) -> None:
    """Write all but the enterprises into the folder of a run. enterprises: how many there are."""
    catalogue = shelf.day.catalogue
    keep_generation(folder.index_path / "items", str(catalogue.base.kept_in), path / CATALOGUE)
    details = {
        "program": program(),
        "as_of": shelf.as_of.isoformat(),
        "wanted": asdict(wanted),
        "enterprises": enterprises,
        "standings": {
            id_: [one.listed, one.not_before.isoformat() if one.not_before else None]
            for id_, one in shelf.day.standings.items()
        },
        "documents": {id_: [one.title, one.document_number] for id_, one in shelf.documents.items()},
    }
    added = json.dumps(additions_to_json(current()), ensure_ascii=False)
    (path / _ADDITIONS).write_text(added, encoding="utf-8")
    (path / _DETAILS).write_text(json.dumps(details, ensure_ascii=False), encoding="utf-8")


def why_not(path: str) -> str | None:
    """Why this process cannot work for a run, in Chinese; None if it can."""
    try:
        with (Path(path) / f".try-{id(path)}").open("xb") as file:
            Path(file.name).unlink()
        _details(Path(path))
    except UnfitWorker as error:
        return str(error)
    except OSError as error:
        return f"不能读写目录 {path}（{error.strerror}）。数据目录须位于共享存储上，在每台机器上以相同路径挂载，并允许读写"
    return None


_opening = Lock()


def open_run(path: str) -> MatchRun:
    """The run of a folder, kept in memory. Raises UnfitWorker, IndexNotBuilt."""
    with _opening:
        return _opened(path)


@contextmanager
def working_for(path: str) -> Iterator[MatchRun]:
    """The run of a folder, with what was added to the tables when it began in place for the block."""
    with held(_additions(path)):
        yield open_run(path)


@lru_cache(maxsize=2)
def _additions(path: str) -> Additions:
    try:
        text = (Path(path) / _ADDITIONS).read_text(encoding="utf-8")
    except FileNotFoundError:
        _details(Path(path))  # says what is wrong with the folder
        raise
    return additions_from_json(json.loads(text))


@lru_cache(maxsize=2)
def _opened(path: str) -> MatchRun:
    details = _details(Path(path))
    if details["enterprises"] >= _MUCH:
        expect_much()
    standings = {
        id_: Standing(listed, date.fromisoformat(since) if since else None)
        for id_, (listed, since) in details["standings"].items()
    }
    documents = {id_: DocumentName(id_, *names) for id_, names in details["documents"].items()}
    catalogue = read_catalogue(Path(path) / CATALOGUE)
    day = Day.of(catalogue, date.fromisoformat(details["as_of"]), standings)
    return MatchRun(Path(path), day, documents, Wanted(**details["wanted"]))


def _details(path: Path) -> dict[str, Any]:
    try:
        details: dict[str, Any] = json.loads((path / _DETAILS).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnfitWorker(
            f"看不到目录 {path}。数据目录须位于共享存储上，并在每台机器上以相同路径挂载"
        ) from error
    if details["program"] != program():
        raise UnfitWorker(
            f"运行的程序版本与发起匹配的机器不同（对方 {details['program']}，本机 {program()}）。"
            "请在每台机器上安装同一版本的惠企"
        )
    return details
