"""Entries out to a table and in again, a reason beside each row that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.enterprise_files import TableFile
from service.errors import UnusableFile
from service.store.data_folder import DataFolder
from service.workflows.change_dictionaries import add_entry
from service.workflows.dictionary_files import HEADS, export_entries, import_entries
from tests.service.workflows.conftest import now
from tests.service.workflows.dictionary_town import ANNE, BERT, EVERY_KIND


@pytest.mark.parametrize("as_csv", [False, True])
def test_what_goes_out_comes_in_elsewhere_and_is_there_already_here(
    folder: DataFolder, tmp_path: Path, as_csv: bool
) -> None:
    for kind, given in EVERY_KIND:
        add_entry(folder, kind, given, by=ANNE, now=now)
    data = export_entries(folder.dictionaries.entries(), as_csv)
    file = TableFile("示例.csv" if as_csv else "示例.xlsx", data)
    assert all(outcome.already for outcome in import_entries(folder, file, by=BERT, now=now))
    with DataFolder.open(tmp_path / "other") as other:
        outcomes = import_entries(other, file, by=BERT, now=now)
        assert [(outcome.reason, outcome.already) for outcome in outcomes] == [(None, False)] * len(
            EVERY_KIND
        )
        assert other.dictionaries.additions() == folder.dictionaries.additions()
        assert {entry.created_by for entry in other.dictionaries.entries()} == {"示例乙"}


def test_one_bad_row_spoils_only_itself(folder: DataFolder) -> None:
    rows = [
        ",".join(HEADS[:3]),
        "政策词,示例贷,",
        "政策词,示 例,",
        "颜色,红,",
        "同义词,示例险,示例保",
        "政策词,示例贷,",
    ]
    outcomes = import_entries(folder, TableFile("示例.csv", "\n".join(rows).encode()), by=ANNE, now=now)
    assert [outcome.row for outcome in outcomes] == [2, 3, 4, 5, 6]
    assert [bool(outcome.reason) for outcome in outcomes] == [False, True, True, False, False]
    assert outcomes[4].already and "类别应为" in (outcomes[2].reason or "")
    assert [entry.name for entry in folder.dictionaries.entries()] == ["示例贷", "示例险=示例保"]


def test_a_file_without_the_heads_is_refused(folder: DataFolder) -> None:
    with pytest.raises(UnusableFile, match="类别"):
        import_entries(folder, TableFile("示例.csv", "甲,乙\n1,2\n".encode()), by=ANNE, now=now)
