"""企业库 from the shell: dry run, faults as XLSX, history, corrections, merge and split, removal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from service.actors import COMMAND_LINE
from service.cli import cli
from service.store.data_folder import DataFolder
from service.workflows.check_import import hand_in
from tests.factories import make_uscc

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
A, B = make_uscc(111111), make_uscc(222222)


def run(data: Path, *arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["--data", str(data), "enterprises", *arguments])
    assert result.exit_code == status, (result.output, result.exception)
    return result


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    head = "统一社会信用代码,企业名称,营业收入（万元）,注册地"
    path.write_text(
        f"{head}\n{A},示例甲公司,100,江西省九江市\n{B},示例乙公司,200,浙江省湖州市\n", encoding="utf-8"
    )
    run(tmp_path / "data", "import", str(path))
    return tmp_path / "data"


def test_a_dry_run_tells_everything_and_writes_nothing(data: Path, tmp_path: Path) -> None:
    path, faults, changes = tmp_path / "新.csv", tmp_path / "错误.xlsx", tmp_path / "变更.xlsx"
    path.write_text(
        f"统一社会信用代码,企业名称,营业收入（万元）\n{A},示例甲公司,150\n坏代码,示例丙公司,很多\n",
        encoding="utf-8",
    )
    options = ["--dry-run", "--errors", str(faults), "--changes", str(changes)]
    told = run(data, "import", str(path), *options, status=1)
    assert (
        "将新增 0 家，更新 1 家" in told.stdout
        and "100 万元 → 150 万元" in told.stdout
        and "第 3 行" in told.stderr
    )
    found = json.loads(run(data, "import", str(path), "--dry-run", "--json", status=1).stdout)
    assert (found["dry_run"], found["updated"], found["refused"], found["problems"][0]["row"]) == (
        True,
        1,
        1,
        3,
    )
    assert json.loads(run(data, "show", A, "--json").stdout)["facts"]["revenue"] == 1_000_000
    sheet = openpyxl.load_workbook(faults).active
    assert sheet is not None and sheet["A2"].value == "坏代码" and sheet["D2"].value == 3
    sheet = openpyxl.load_workbook(changes).active
    assert sheet is not None and [cell.value for cell in sheet[2]][4:7] == [
        "营业收入",
        "100 万元",
        "150 万元",
    ]


def test_facts_are_set_undone_and_told_with_their_history(data: Path) -> None:
    run(data, "set", A, "营业收入", "120万元", "--reason", "审计报告")
    run(data, "set", A, "营业收入", "未知", "--reason", "有误")
    run(data, "undo", A, "revenue")
    found = json.loads(run(data, "history", A, "营业收入", "--json").stdout)["facts"]
    assert [(one["value"], one["current"]) for one in found] == [
        ("120 万元", True), ("未知", False), ("120 万元", False), ("100 万元", False)]  # fmt: skip
    assert found[1]["reason"] == "有误" and found[1]["recorded_by"] == "命令行"
    assert "* [" in run(data, "history", A).stdout
    run(data, "rename", A, "示例甲新公司", "--reason", "更名")
    assert "曾用名 示例甲公司" in run(data, "history", A).stdout


def test_two_companies_are_merged_and_split(data: Path) -> None:
    run(data, "rename", B, "示例甲公司", "--reason", "更名")
    assert f"{min(A, B)}" in run(data, "duplicates").stdout
    assert json.loads(run(data, "duplicates", "--json").stdout)[0]["sign"] == "same_name"
    run(data, "merge", A, B, "--reason", "同一家", "--take", "注册地", "--keep", "营业收入")
    facts = json.loads(run(data, "show", B, "--json").stdout)["facts"]
    assert facts["region"]["adcode"] == "330500" and facts["revenue"] == 1_000_000
    assert "共 1 家" in run(data, "list").stdout
    run(data, "split", B)
    assert json.loads(run(data, "show", A, "--json").stdout)["facts"]["region"]["adcode"] == "360400"
    run(data, "distinct", A, B)
    assert "共 0 对" in run(data, "duplicates").stdout


def test_the_list_is_narrowed_and_exported_so_that_it_can_be_imported_again(
    data: Path, tmp_path: Path
) -> None:
    assert "共 1 家" in run(data, "list", "--region", "江西省").stdout
    assert [one["uscc"] for one in json.loads(run(data, "list", "示例乙", "--json").stdout)] == [B]
    out = tmp_path / "导出.xlsx"
    assert "已导出 2 家" in run(data, "list", "--export", str(out)).stdout
    report = json.loads(run(data, "import", str(out), "--json").stdout)
    assert (report["unchanged"], report["problems"]) == (2, [])
    assert (
        "导出.xlsx" in run(data, "imports").stdout
        and len(json.loads(run(data, "imports", "--json").stdout)) == 2
    )


def test_a_company_is_removed_only_when_confirmed(data: Path) -> None:
    run(data, "remove", A, "--reason", "依申请", status=1)
    assert "共 2 家" in run(data, "list").stdout
    run(data, "remove", A, "--reason", "依申请", "--yes")
    assert "共 1 家" in run(data, "list").stdout


def test_what_was_handed_in_on_a_page_can_be_confirmed_or_given_up(data: Path) -> None:
    heads = "统一社会信用代码,企业名称,从业人员"
    with DataFolder.open(data) as folder:
        one, other = (
            hand_in(
                folder, f"{name}.csv", f"{heads}\n{A},示例甲公司,{count}\n".encode(), by=COMMAND_LINE, now=NOW
            ).id
            for name, count in (("甲", 5), ("乙", 6))
        )
    assert "更新 1 家" in run(data, "confirm", str(one)).stdout
    run(data, "discard", str(other))
    run(data, "confirm", str(other), status=1)
    assert json.loads(run(data, "show", A, "--json").stdout)["facts"]["employees"] == 5
