"""A file from the console: kept, checked, confirmed, imported once whatever is killed when; given up without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.errors import ImportNotReady, UnusableFile
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.enterprise_imports import CompanyImports, ImportState
from service.workflows.check_import import (
    CHANGES,
    FAULTS,
    check_import,
    confirm_import,
    discard_import,
    finish_import,
    hand_in,
    report_path,
    shown_of,
)
from service.workflows.job_context import Tools
from service.workflows.register_enterprises import ROWS_PER_TRANSACTION, carry_on_import
from service.workflows.run_jobs import run_jobs
from tests.factories import make_enterprise, make_uscc

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLERK = Actor("示例管理员", Role.ADMIN)
A, B = make_uscc(1), make_uscc(2)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        yield opened


def table(*rows: str) -> bytes:
    return "\n".join(["统一社会信用代码,企业名称,从业人员", *rows]).encode()


def clock() -> datetime:
    return NOW


def test_a_file_is_checked_and_imported_by_background_jobs(folder: DataFolder) -> None:
    entry = hand_in(
        folder, "C:\\名录\\一.csv", table(f"{A},示例甲公司,5", f"{B},示例乙公司,很多"), by=CLERK, now=NOW
    )
    assert (entry.file_name, entry.state, entry.uploaded_by) == ("一.csv", ImportState.WAITING, "示例管理员")
    with Sandbox() as sandbox:
        run_jobs(folder.path, Tools(clock, sandbox), once=True, periodic=())
        checked = CompanyImports(folder.db, folder.path).get(entry.id)
        assert (checked.state, checked.foreseen["created"], checked.foreseen["faults"]) == (
            ImportState.CHECKED,
            2,
            1,
        )
        assert len(folder.enterprises) == 0 and report_path(folder, entry.id, FAULTS)
        confirm_import(folder, entry.id, by=CLERK, now=NOW)
        run_jobs(folder.path, Tools(clock, sandbox), once=True, periodic=())
    done = CompanyImports(folder.db, folder.path).get(entry.id)
    assert (done.state, done.counts["created"], done.done_rows) == (ImportState.DONE, 2, 2)
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.import"))
    assert told.actor == "示例管理员" and told.after["created"] == 2 and done.content_hash in told.note
    assert "5" not in str(told.after.values()) and {
        job.payload.keys() <= {"import"} for job in folder.jobs.each()
    } == {True}


def test_a_file_that_is_no_table_is_refused_with_the_reason(folder: DataFolder) -> None:
    entry = hand_in(folder, "一.csv", "名称,代码\n示例,1\n".encode(), by=CLERK, now=NOW)
    refused = check_import(folder, entry.id, clock)
    assert refused.state is ImportState.REFUSED and "表头" in refused.reason
    for data, reason in ((b"", "是空的"), (b"<html><table>", "实际是网页"), (b"PK\x03\x04", None)):
        if reason:
            with pytest.raises(UnusableFile, match=reason):
                hand_in(folder, "二.xls", data, by=CLERK, now=NOW)


def test_what_nobody_confirmed_is_not_imported(folder: DataFolder) -> None:
    entry = hand_in(folder, "一.csv", table(f"{A},示例甲公司,5"), by=CLERK, now=NOW)
    with pytest.raises(ImportNotReady, match="待确认"):
        confirm_import(folder, entry.id, by=CLERK, now=NOW)
    with pytest.raises(ImportNotReady):
        carry_on_import(folder, entry.id, clock)
    check_import(folder, entry.id, clock)
    assert finish_import(folder, entry.id, clock) is None and len(folder.enterprises) == 0


def test_a_library_that_changed_meanwhile_is_checked_again(folder: DataFolder) -> None:
    entry = hand_in(folder, "一.csv", table(f"{A},示例甲公司,5"), by=CLERK, now=NOW)
    check_import(folder, entry.id, clock)
    folder.enterprises.register(make_enterprise(A, "示例甲公司", employees=7), NOW)
    confirm_import(folder, entry.id, by=CLERK, now=NOW)
    assert finish_import(folder, entry.id, clock) is None
    again = CompanyImports(folder.db, folder.path).get(entry.id)
    assert again.state is ImportState.CHECKED and "有变动" in again.reason and again.foreseen["updated"] == 1
    assert folder.enterprises.get(A).facts["employees"].value == 7
    confirm_import(folder, entry.id, by=CLERK, now=NOW)
    assert finish_import(folder, entry.id, clock) is not None
    assert folder.enterprises.get(A).facts["employees"].value == 5


def test_a_change_that_touches_nothing_in_the_file_does_not_send_it_back(folder: DataFolder) -> None:
    entry = hand_in(folder, "一.csv", table(f"{A},示例甲公司,5"), by=CLERK, now=NOW)
    check_import(folder, entry.id, clock)
    folder.enterprises.register(make_enterprise(B, "示例乙公司", employees=7), NOW)
    confirm_import(folder, entry.id, by=CLERK, now=NOW)
    assert finish_import(folder, entry.id, clock) is not None


class Killed(BaseException):
    """The process ended here."""


def test_an_import_that_was_broken_off_goes_on_and_no_row_counts_twice(folder: DataFolder) -> None:
    count = ROWS_PER_TRANSACTION * 2 + 3
    rows = [f"{make_uscc(number)},示例{number}公司,{number}" for number in range(count)]
    entry = hand_in(folder, "一.csv", table(*rows), by=CLERK, now=NOW)
    check_import(folder, entry.id, clock)
    confirm_import(folder, entry.id, by=CLERK, now=NOW)

    def kill(done: int) -> None:
        if done == ROWS_PER_TRANSACTION:
            raise Killed

    with pytest.raises(Killed):
        finish_import(folder, entry.id, clock, kill)
    half = CompanyImports(folder.db, folder.path).get(entry.id)
    assert (half.done_rows, len(folder.enterprises)) == (ROWS_PER_TRANSACTION, ROWS_PER_TRANSACTION)
    finish_import(folder, entry.id, clock)
    done = CompanyImports(folder.db, folder.path).get(entry.id)
    assert (done.state, done.counts["created"], done.done_rows) == (ImportState.DONE, count, count)
    assert next(folder.db.query("select count(*) as n from enterprise_facts"))["n"] == count
    assert folder.audit.count(EntryFilter(event="enterprise.import")) == 1


def test_what_is_given_up_leaves_no_file(folder: DataFolder) -> None:
    entry = hand_in(folder, "一.csv", table(f"{A},示例甲公司,5"), by=CLERK, now=NOW)
    check_import(folder, entry.id, clock)
    imports = CompanyImports(folder.db, folder.path)
    assert shown_of(folder, entry.id)["changes"] == [] and report_path(folder, entry.id, CHANGES)
    assert imports.path(entry).exists()
    discard_import(folder, entry.id)
    assert not imports.path(entry).exists() and not report_path(folder, entry.id, CHANGES)
    with pytest.raises(ImportNotReady):
        confirm_import(folder, entry.id, by=CLERK, now=NOW)
