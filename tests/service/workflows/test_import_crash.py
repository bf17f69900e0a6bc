"""kill -9 of the worker in the middle of the check and the import of a file: no half row, nothing twice, all of it in the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.actors import Actor, Role
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.enterprise_imports import CompanyImport, CompanyImports, ImportState
from service.workflows.check_import import confirm_import, hand_in
from tests.factories import make_uscc

ROWS = 4000
KILLS = 5
CLERK = Actor("示例管理员", Role.ADMIN)


def table() -> bytes:
    rows = [f"{make_uscc(number)},示例{number}公司,{number + 1},示例事项{number}" for number in range(ROWS)]
    return "\n".join(
        ["统一社会信用代码,企业名称,从业人员,已发生事项", *rows, f"{make_uscc(0)},示例0公司,7,"]
    ).encode()


def work(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "service.cli", "--data", str(data), "work", "--once"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, start_new_session=True, **quiet)


def entry_of(data: Path, number: int) -> CompanyImport:
    with DataFolder.open(data) as folder:
        return CompanyImports(folder.db, folder.path).get(number)


def work_under_fire(data: Path, number: int, until: ImportState, chance: random.Random) -> None:
    """Kill worker after worker, then let one finish."""
    for _ in range(KILLS):
        process = work(data)
        time.sleep(chance.uniform(0.5, 2.5))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for _ in range(5):
        if entry_of(data, number).state is until:
            return
        work(data).wait()


def test_an_import_killed_again_and_again_ends_with_every_row_once(tmp_path: Path) -> None:
    data, chance = tmp_path / "data", random.Random(11)
    with DataFolder.open(data) as folder:
        number = hand_in(folder, "名录.csv", table(), by=CLERK, now=datetime.now(UTC)).id
    work_under_fire(data, number, ImportState.CHECKED, chance)
    checked = entry_of(data, number)
    assert (checked.state, checked.foreseen["created"], checked.foreseen["updated"]) == (
        ImportState.CHECKED,
        ROWS,
        1,
    )
    with DataFolder.open(data) as folder:
        assert len(folder.enterprises) == 0
        confirm_import(folder, number, by=CLERK, now=datetime.now(UTC))
    work_under_fire(data, number, ImportState.DONE, chance)
    done = entry_of(data, number)
    assert (done.state, done.done_rows, done.counts["created"], done.counts["updated"]) == (
        ImportState.DONE,
        ROWS + 1,
        ROWS,
        1,
    )
    with DataFolder.open(data) as folder:
        assert len(folder.enterprises) == ROWS
        facts = folder.db.execute(
            "select count(*), count(distinct uscc || key) from enterprise_facts"
        ).fetchone()
        assert facts == (2 * ROWS + 1, 2 * ROWS)
        assert folder.audit.count(EntryFilter(event="enterprise.import")) == 1
        assert folder.db.execute("pragma integrity_check").fetchall() == [("ok",)]
