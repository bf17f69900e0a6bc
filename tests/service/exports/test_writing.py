"""The result file: what it holds, that it is the same however it is made, and that a broken run leaves nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from matching.errors import UnfitWorker
from matching.match import rank_items
from service.errors import UnusableFile
from service.exports import match_run, parquet_rows
from service.exports.formats import FORMATS
from service.exports.match_run import Wanted, open_run, why_not
from service.exports.rows import COLUMNS
from service.exports.writing import Made, Workforce, write_all_matches
from service.shapes import enterprise_matches_to_json
from service.store.data_folder import DataFolder
from service.store.shelf import read_shelf
from service.workflows.match_enterprises import EnterpriseMatches
from tests.service.exports.town import AS_OF, COMPANIES, make_town

ALONE = Workforce(processes=1)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_town(tmp_path_factory.mktemp("town"))


def write(town: Path, out: Path, workforce: Workforce = ALONE, watch: Any = iter, **wanted: Any) -> bytes:
    """Write a result file and return its bytes."""
    with DataFolder.open(town) as folder:
        asked = Wanted(out.suffix.lstrip("."), **wanted)
        count = write_all_matches(out, folder, read_shelf(folder, AS_OF), asked, workforce, watch)
    assert count == COMPANIES
    return out.read_bytes()


def nothing_is_left(town: Path, out: Path) -> bool:
    """Neither a result, nor half of one, nor the folder of the run."""
    runs = [path for path in (town / "index" / "runs").iterdir() if path.is_dir()]
    return not runs and not [path for path in out.parent.iterdir() if out.name in path.name]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_the_same_whoever_makes_it_and_however_it_is_cut(
    town: Path, tmp_path: Path, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = write(town, tmp_path / f"alone.{format_}")
    assert write(town, tmp_path / f"two.{format_}", Workforce(processes=2)) == alone
    monkeypatch.setattr(match_run, "_PIECES", 4)
    monkeypatch.setattr(parquet_rows, "_ROWS_AT_ONCE", 11)
    assert write(town, tmp_path / f"four.{format_}") == alone
    assert nothing_is_left(town, tmp_path / "none")


def test_jsonl_holds_what_matching_one_by_one_gives(town: Path, tmp_path: Path) -> None:
    lines = write(town, tmp_path / "all.jsonl", top=5, include_ineligible=True).decode().splitlines()
    with DataFolder.open(town) as folder:
        shelf = read_shelf(folder, AS_OF)
        for line, enterprise in zip(lines, folder.enterprises.all(), strict=True):
            matches = rank_items(enterprise, shelf.day, include_ineligible=True).matches(5)
            found = EnterpriseMatches(enterprise, matches)
            assert json.loads(line) == enterprise_matches_to_json(found, shelf.documents, AS_OF)


def test_the_tables_hold_the_same_rows(town: Path, tmp_path: Path) -> None:
    answers = map(json.loads, write(town, tmp_path / "all.jsonl").decode().splitlines())
    listed = [(one["enterprise"]["uscc"], match["item_id"]) for one in answers for match in one["matches"]]
    write(town, tmp_path / "all.csv")
    write(town, tmp_path / "all.xlsx")
    write(town, tmp_path / "all.parquet")
    table = pq.read_table(tmp_path / "all.parquet")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *in_csv = csv.reader(file)
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    in_xlsx = list(book["匹配结果"].iter_rows(min_row=2, values_only=True))
    assert heads == list(COLUMNS.values())
    assert [(row[0], row[3]) for row in in_csv] == listed
    assert [(row[0], row[3]) for row in in_xlsx] == listed
    assert list(zip(table["uscc"].to_pylist(), table["item_id"].to_pylist(), strict=True)) == listed
    titles = {row[4] for row in in_csv}
    assert any(title.startswith("'=") for title in titles) and not any(title[0] == "=" for title in titles)


def test_row_groups_have_a_fixed_number_of_rows(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_rows, "ROWS_PER_GROUP", 50)
    monkeypatch.setattr(parquet_rows.join_to_parquet, "__defaults__", (50,))
    write(town, tmp_path / "all.parquet")
    said = pq.ParquetFile(tmp_path / "all.parquet").metadata
    rows = [said.row_group(at).num_rows for at in range(said.num_row_groups)]
    assert set(rows[:-1]) == {50} and 0 < rows[-1] <= 50 and len(rows) > 3


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("format_", ["jsonl", "xlsx"])
def test_an_interrupted_run_leaves_nothing(town: Path, tmp_path: Path, workers: int, format_: str) -> None:
    def interrupt(made: Iterable[Made]) -> Iterator[Made]:
        yield next(iter(made))
        raise KeyboardInterrupt

    out = tmp_path / f"out.{format_}"
    with pytest.raises(KeyboardInterrupt):
        write(town, out, Workforce(processes=workers), interrupt)
    assert nothing_is_left(town, out)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_half_that_a_killed_run_left_does_not_enter_the_file(
    town: Path, tmp_path: Path, format_: str
) -> None:
    whole = write(town, tmp_path / f"whole.{format_}")
    (tmp_path / f".out.{format_}.partial").write_bytes(b"half a line")
    assert write(town, tmp_path / f"out.{format_}") == whole


def test_two_runs_do_not_write_one_file(town: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out.jsonl", []

    def start_another(made: Iterable[Made]) -> Iterator[Made]:
        with pytest.raises(UnusableFile, match="另一次匹配") as refused:
            write(town, out)
        told.append(refused)
        yield from made

    assert write(town, out, watch=start_another) == write(town, tmp_path / "alone.jsonl")
    assert told


def test_a_file_that_cannot_be_written_is_said_so(town: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="无法写入"):
        write(town, tmp_path / "nowhere" / "out.csv")


def test_a_town_without_companies_makes_an_empty_file(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path / "data") as folder:
        for format_ in FORMATS:
            out = tmp_path / f"out.{format_}"
            wanted = Wanted(format_)
            assert write_all_matches(out, folder, read_shelf(folder, AS_OF), wanted, ALONE, iter) == 0
            assert out.is_file()


def test_whoever_cannot_see_the_run_or_is_another_program_says_so(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing")
    assert "共享存储" in str(why_not(missing)) and missing in str(why_not(missing))
    with pytest.raises(UnfitWorker, match="共享存储"):
        open_run(missing)
    (tmp_path / "run.json").write_text('{"program": "0.0+other"}', encoding="utf-8")
    assert "0.0+other" in str(why_not(str(tmp_path)))
    with pytest.raises(UnfitWorker, match=r"0\.0\+other"):
        open_run(str(tmp_path))
