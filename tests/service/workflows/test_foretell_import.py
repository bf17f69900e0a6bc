"""The dry run foretells exactly what the import does, writes nothing, and its list of faults comes back corrected."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.actors import Actor, Role
from service.enterprise_files import read_file
from service.store.data_folder import DataFolder
from service.workflows.correct_facts import correct_fact
from service.workflows.foretell_import import OUTCOMES, Forecast, foretell
from service.workflows.merge_enterprises import merge_enterprises
from service.workflows.register_enterprises import register_enterprises
from tests.factories import make_uscc
from tests.service.test_enterprise_table import write_xlsx

NOW, TODAY = datetime(2026, 11, 24, 9, tzinfo=UTC), date(2026, 11, 24)
CLERK = Actor("示例管理员", Role.ADMIN)
A, B, C = (make_uscc(number) for number in (1, 2, 3))
HEADS = ["统一社会信用代码", "企业名称", "营业收入（万元）", "从业人员", "数据年度"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        yield opened


def look(folder: DataFolder, path: Path, **reports: Path) -> Forecast:
    return foretell(folder, read_file(path), today=TODAY, **reports)  # type: ignore[arg-type]


def everything(folder: DataFolder) -> list[tuple[Any, ...]]:
    tables = [
        row["name"]
        for row in folder.db.query("select name from sqlite_master where type = 'table' order by 1")
    ]
    return [row for table in tables for row in folder.db.execute(f"select '{table}', * from [{table}]")]


def test_the_dry_run_says_what_becomes_of_each_row_and_writes_nothing(
    folder: DataFolder, tmp_path: Path
) -> None:
    first = [HEADS, [A, "示例甲公司", 100, 10, "2025"], [B, "示例乙公司", 200, 20, "2025"]]
    register_enterprises(folder, write_xlsx(tmp_path / "一.xlsx", first), lambda: NOW)
    rows = [
        HEADS,
        [A, "示例甲新公司", 150, 10, "2025"],
        [B, "示例乙公司", 200, 20, "2025"],
        [C, "示例丙公司", "很多", 5, "2025"],
        [913604001, "示例丁公司", 1, 1, "2025"],
    ]
    before = everything(folder)
    found = look(folder, write_xlsx(tmp_path / "二.xlsx", rows))
    assert everything(folder) == before
    assert {name: found.counts[name] for name in OUTCOMES} == dict(
        created=1, updated=1, unchanged=1, refused=1
    )
    (change,) = found.changes
    assert [(fact.label, fact.before, fact.after) for fact in change.facts] == [
        ("企业名称", "示例甲公司", "示例甲新公司"),
        ("营业收入", "100 万元（2025）", "150 万元（2025）"),
    ]
    assert [(problem.row, problem.column, problem.at) for problem in found.problems] == [
        (4, "营业收入（万元）", 2),
        (5, "统一社会信用代码", 0),
    ]


def test_the_list_of_faults_has_the_rows_as_given_with_the_reason_and_the_wrong_cells_coloured(
    folder: DataFolder, tmp_path: Path
) -> None:
    rows = [
        ["企业名称", "备注", "统一社会信用代码", "营业收入（万元）"],
        ["示例甲公司", "@SUM(1)", A, "很多"],
        ["示例乙公司", "", B, 5],
        ["示例丙公司", "", "0" + C, 7],
    ]
    faults = tmp_path / "错误.xlsx"
    look(folder, write_xlsx(tmp_path / "一.xlsx", rows), faults_to=faults)
    sheet = openpyxl.load_workbook(faults).active
    assert sheet is not None
    written = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert written[0] == [*rows[0], "第几行", "原因"]
    assert [row[:5] for row in written[1:]] == [
        ["示例甲公司", "'@SUM(1)", A, "很多", 2],
        ["示例丙公司", None, "0" + C, 7, 4],
    ]
    assert "营业收入（万元）：数值无法识别" in str(written[1][5]) and "统一社会信用代码" in str(written[2][5])
    coloured = {
        cell.coordinate
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb == "FFFBD9D6"
    }
    assert coloured == {"D2", "C3"}


def test_the_list_of_faults_comes_back_corrected_without_a_fault(folder: DataFolder, tmp_path: Path) -> None:
    rows = [HEADS, [A, "示例甲公司", "很多", 10, "2025"], [B + "9", "示例乙公司", 200, -3, "2025"]]
    faults = tmp_path / "错误.xlsx"
    look(folder, write_xlsx(tmp_path / "一.xlsx", rows), faults_to=faults)
    book = openpyxl.load_workbook(faults)
    sheet = book.active
    assert sheet is not None
    sheet["C2"], sheet["A3"], sheet["D3"] = "100", B, "3"
    book.save(tmp_path / "更正.xlsx")
    report = register_enterprises(folder, tmp_path / "更正.xlsx", lambda: NOW)
    assert (report.created, report.problems) == (2, ())


def test_json_lines_with_faults_come_back_as_a_table_of_the_template(
    folder: DataFolder, tmp_path: Path
) -> None:
    lines = [
        {
            "uscc": A,
            "name": "示例甲公司",
            "facts": {"revenue": -1, "qualification": [{"name": "高新技术企业"}], "above_scale": True},
        },
        {"uscc": B, "name": "示例乙公司", "facts": {}},
    ]
    path = tmp_path / "一.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n{broken", encoding="utf-8")
    faults = tmp_path / "错误.xlsx"
    look(folder, path, faults_to=faults)
    sheet = openpyxl.load_workbook(faults).active
    assert sheet is not None
    head, first, broken = ([cell.value for cell in row] for row in sheet.iter_rows())
    cells = dict(zip(head, first, strict=True))
    assert (cells["统一社会信用代码"], cells["营业收入（元）"], cells["资质称号"], cells["规模以上（限额以上）企业"]) == (
        A, "'-1", "高新技术企业", "是")  # fmt: skip
    assert broken[0] == "{broken"


def test_a_company_twice_in_one_file_is_foretold_row_by_row(folder: DataFolder, tmp_path: Path) -> None:
    rows = [
        HEADS,
        [A, "示例甲公司", 100, "", "2025"],
        [A, "示例甲公司", 100, 20, "2025"],
        [A, "示例甲公司", 100, 20, "2025"],
    ]
    path = write_xlsx(tmp_path / "一.xlsx", rows)
    found = look(folder, path)
    assert (found.created, found.updated, found.unchanged) == (1, 1, 1)
    report = register_enterprises(folder, path, lambda: NOW)
    assert (report.created, report.updated, report.unchanged) == (1, 1, 1)


def test_what_an_administrator_corrected_is_foretold_to_stand(folder: DataFolder, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "一.xlsx", [HEADS, [A, "示例甲公司", 100, 10, "2025"], [B, "示例乙公司", 1, 1, "2025"]]
    )
    register_enterprises(folder, path, lambda: NOW)
    correct_fact(folder, A, "revenue", "120万元", reason="审计报告", by=CLERK, now=NOW)
    found = look(folder, path)
    assert (found.unchanged, found.aside) == (2, 1)
    assert "与“管理员更正”不一致" in found.changes[0].facts[0].note


_FACTS = st.dictionaries(
    st.sampled_from(["revenue", "employees", "patents", "event", "region"]),
    st.integers(0, 3).map(lambda number: number),
    max_size=4,
)
_ROWS = st.lists(
    st.tuples(st.sampled_from([A, B, C, "坏代码"]), st.sampled_from(["示例甲", "示例乙"]), _FACTS, st.sampled_from([None, "2024", "2025"])),
    max_size=6,
)  # fmt: skip


def _line(row: tuple[str, str, dict[str, int], str | None]) -> str:
    uscc, name, facts, period = row
    given: dict[str, Any] = dict(facts)
    if "event" in given:
        given["event"] = [f"示例事项{given['event']}"]
    return json.dumps({"uscc": uscc, "name": name, "facts": given, "period": period})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ROWS, min_size=1, max_size=3), st.booleans(), st.sampled_from([None, A, B]))
def test_the_import_does_what_the_dry_run_foretold(
    files: list[list[Any]], merged: bool, corrected: str | None
) -> None:
    with tempfile.TemporaryDirectory() as path, DataFolder.open(Path(path) / "data") as folder:
        for number, rows in enumerate(files):
            if number and merged and {A, B} <= set(folder.enterprises.resolve([A, B])):
                merged = False
                merge_enterprises(folder, A, B, {}, reason="示例", by=CLERK, now=NOW)
            if number and corrected and corrected in folder.enterprises.resolve([corrected]):
                correct_fact(folder, corrected, "revenue", "7", reason="示例", by=CLERK, now=NOW)
            file = Path(path) / f"{number}.jsonl"
            file.write_text("\n".join(map(_line, rows)), encoding="utf-8")
            found = look(folder, file)
            report = register_enterprises(folder, file, lambda: NOW)
            assert [getattr(report, name) for name in OUTCOMES] == [found.counts[name] for name in OUTCOMES]
            counts = json.loads(
                next(folder.db.query("select counts from enterprise_imports order by id desc"))["counts"]
            )
            assert counts.get("aside", 0) == found.aside
            again = look(folder, file)
            if len(set(folder.enterprises.resolve([row[0] for row in rows]).values())) == len(rows):
                assert (again.created, again.updated, again.aside) == (0, 0, 0)
