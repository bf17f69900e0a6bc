import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_corpus.facts import stored_facts
from service import enterprise_files
from service.enterprise_rows import split_head
from service.enterprise_table import RowResult, read_table, write_template
from service.errors import UnusableFile
from tests.factories import OTHER_USCC, USCC

HEADS = ["统一社会信用代码", "企业名称", "注册地", "营业收入（万元）", "成立日期", "规模以上企业"]


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def read(path: Path) -> list[RowResult]:
    return list(read_table(path))


def value(result: RowResult, key: str) -> Any:
    assert result.enterprise is not None
    return result.enterprise.facts[key].value


def test_a_spreadsheet_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [
        HEADS,
        [USCC, "示例甲公司", "九江市", 3600, 42125, "是"],
        [],
        [OTHER_USCC, "示例乙公司", "", "", "", ""],
    ]
    first, second = read(write_xlsx(tmp_path / "名录.xlsx", rows))
    assert value(first, "revenue") == Decimal(36_000_000)
    assert value(first, "region") == "360400"
    assert value(first, "founded_on") == "2015-05-01"
    assert value(first, "above_scale") is True
    assert first.enterprise is not None
    assert first.enterprise.facts["revenue"].source == "导入：名录.xlsx"
    assert (second.row, second.problems) == (4, ())
    assert second.enterprise is not None
    assert second.enterprise.facts == {}


def test_dates_of_a_spreadsheet_are_days(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["统一社会信用代码", "企业名称", "成立日期"])
        sheet.write_row(1, 0, [USCC, "示例公司"])
        sheet.write_datetime(1, 2, date(2015, 5, 1), book.add_format({"num_format": "yyyy/m/d"}))
    assert value(read(path)[0], "founded_on") == "2015-05-01"


def test_a_code_typed_as_a_number_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (result,) = read(write_xlsx(tmp_path / "a.xlsx", [HEADS, [91360400123456789, "示例公司"]]))
    assert result.enterprise is None
    (problem,) = result.problems
    assert (problem.row, problem.column) == (2, "统一社会信用代码")
    assert "文本格式" in problem.reason


def test_one_bad_cell_spoils_only_its_fact(tmp_path: Path) -> None:
    rows = [
        HEADS,
        [USCC, "示例公司", "鼓楼区", -5, "2015-05-01", "是"],
        ["坏代码", "示例公司", "", 1, "", ""],
    ]
    good, bad = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert good.enterprise is not None
    assert set(good.enterprise.facts) == {"founded_on", "above_scale"}
    assert [(p.row, p.column) for p in good.problems] == [(2, "注册地"), (2, "营业收入（万元）")]
    assert bad.enterprise is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_every_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [HEADS, [USCC, "示例甲公司", "江西省九江市", '"3,600"', "2015年5月1日", "否"]]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    (result,) = read(path)
    assert result.problems == ()
    assert value(result, "revenue") == Decimal(36_000_000)


def test_lines_inside_quotes_keep_the_numbering_right(tmp_path: Path) -> None:
    text = f'统一社会信用代码,企业名称,已发生事项\n{USCC},示例公司,"甲\n乙"\n坏,示例公司,\n'
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    first, second = read(path)
    assert value(first, "event") == ("甲", "乙")
    assert second.row == 4


def test_json_lines_are_read_and_broken_ones_named(tmp_path: Path) -> None:
    lines = [
        json.dumps({"uscc": USCC, "name": "示例公司", "facts": {"revenue": 0.1, "region": "九江"}}),
        "",
        "{broken",
        f'{{"uscc": "{OTHER_USCC}", "name": "示例乙", '
        '"facts": {"revenue": NaN, "employees": 1e999999999999999999999, "patents": 3}}',
        "[" * 100_000,
        '{"uscc": 1' + "0" * 5000 + ', "name": "x"}',
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    good, broken, partly, deep, huge = read(path)
    assert value(good, "revenue") == Decimal("0.1")
    assert (broken.row, broken.enterprise) == (3, None)
    assert partly.enterprise is not None
    assert set(partly.enterprise.facts) == {"patents"}
    assert [p.column for p in partly.problems] == ["营业收入", "从业人员"]
    assert deep.enterprise is None
    assert huge.enterprise is None


def test_unknown_and_repeated_heads_are_told_once(tmp_path: Path) -> None:
    rows = [
        ["统一社会信用代码", "企业名称", "利润", "营业收入", "营收"],
        [USCC, "示例甲", 1, 2, 3],
        [OTHER_USCC, "示例乙", 1, 2, 3],
    ]
    first, second = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [(p.row, p.column) for p in first.problems] == [(1, "利润"), (1, "营收")]
    assert second.problems == ()
    assert value(first, "revenue") == 2


def test_heads_may_stand_below_a_title(tmp_path: Path) -> None:
    rows = [["示例市企业名录"], [], HEADS, [USCC, "示例公司", "九江市", 1, "", ""]]
    (result,) = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert (result.row, result.problems) == (4, ())


def test_one_code_in_two_rows_is_said(tmp_path: Path) -> None:
    rows = [HEADS, [USCC, "示例甲"], [USCC.lower(), "示例甲公司"]]
    first, second = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert first.problems == ()
    assert "第 2 行是同一家企业" in second.problems[0].reason
    assert second.enterprise is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"not a spreadsheet"),
        ("a.xlsx", b""),
        ("a.csv", b""),
        ("a.csv", "名称,代码\n示例,1\n".encode()),
        ("a.csv", bytes(range(256)) * 40),
        ("a.docx", b"x"),
    ],
    ids=["no spreadsheet", "empty spreadsheet", "empty text", "no heads", "no text", "other kind"],
)
def test_files_that_are_no_such_table_are_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnusableFile, match=r"a\."):
        read(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="无法打开"):
        read(tmp_path / "没有.csv")
    with pytest.raises(UnusableFile, match="无法写入"):
        write_template(tmp_path / "没有" / "a.xlsx")


def test_the_template_has_every_fact_and_its_example_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    assert read(path) == []
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["企业名录", "填写说明"]
    heads = [split_head(cell.value)[0] for cell in book.active[1]]
    assert [row.label.replace("（", "(").replace("）", ")") for row in stored_facts()] == heads[3:]
    assert book.active["A5"].number_format == "@" or book.active.column_dimensions["A"].width > 20
    book.close()


def test_the_filled_template_comes_back_without_problems(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    example = [cell.value for cell in sheet[2]]
    example[0] = USCC
    for number, cell in enumerate(example, 1):
        sheet.cell(3, number, cell)
    book.save(path)
    book.close()
    (result,) = read(path)
    assert result.problems == ()
    assert value(result, "revenue") == Decimal(36_000_000)
    assert value(result, "qualification") == ("国家级高新技术企业", "省级专精特新中小企业")
    assert result.enterprise is not None
    assert result.enterprise.facts["revenue"].period == "2025"


def test_no_cell_of_the_template_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    book.close()
    assert len(cells) > 60
    assert not [
        cell
        for cell in cells
        if cell.data_type == "f" or str(cell.value).strip().startswith(("=", "+", "-", "@"))
    ]


def test_heads_in_two_rows_are_read_together(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["示例市企业名录"])
        sheet.merge_range(1, 0, 2, 0, "统一社会信用代码")
        sheet.merge_range(1, 1, 2, 1, "企业名称")
        sheet.merge_range(1, 2, 1, 4, "2025年经营指标（万元）")
        sheet.merge_range(1, 5, 2, 5, "注册地")
        sheet.write_row(2, 2, ["营业收入", "资产总额（亿元）", "从业人员"])
        sheet.write_row(3, 0, [USCC, "示例公司", 3600, 2, 150, "九江市"])
    (result,) = read(path)
    assert result.problems == () and result.row == 4
    found = {key: value(result, key) for key in ("revenue", "total_assets", "employees", "region")}
    assert found == {"revenue": 36_000_000, "total_assets": 200_000_000, "employees": 150, "region": "360400"}
    assert result.enterprise is not None and result.enterprise.facts["revenue"].period == "2025"


def test_a_first_row_of_data_is_no_second_row_of_heads(tmp_path: Path) -> None:
    rows = [HEADS, [USCC, "示例公司", "九江市", 1, "", ""], ["", "", "注册地", 2, "", ""]]
    first, second = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert first.enterprise is not None and second.enterprise is None


def test_of_several_years_the_last_counts_and_the_others_are_named(tmp_path: Path) -> None:
    heads = [
        "统一社会信用代码",
        "企业名称",
        "2024年营业收入（万元）",
        "2025年度营业收入（万元）",
        "2023年营业收入",
    ]
    (result,) = read(write_xlsx(tmp_path / "a.xlsx", [heads, [USCC, "示例公司", 1, 2, 3]]))
    assert value(result, "revenue") == 20_000
    assert result.enterprise is not None and result.enterprise.facts["revenue"].period == "2025"
    assert [problem.column for problem in result.problems] == ["2024年营业收入（万元）", "2023年营业收入"]


def test_old_spreadsheets_are_read_and_known_by_what_is_in_them(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for number, row in enumerate([HEADS, [USCC, "示例公司", "九江市", 1, "", "是"]]):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.save(str(tmp_path / "a.xls"))
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xls").read_bytes())
    (tmp_path / "c.xls").write_text(f"统一社会信用代码,企业名称\n{USCC},示例公司\n", encoding="gb18030")
    for name in ("a.xls", "b.xlsx"):
        (result,) = read(tmp_path / name)
        assert value(result, "revenue") == 10_000 and result.problems == ()
    (result,) = read(tmp_path / "c.xls")
    assert result.enterprise is not None and result.enterprise.name == "示例公司"


def test_codes_in_full_width_with_what_cannot_be_seen_are_put_right(tmp_path: Path) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in USCC)
    rows = [HEADS, [f"\u200b{wide[:9]}\ufeff {wide[9:]}\u200d", "示例\u200b公司", "", 1, "", ""]]
    (result,) = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert result.enterprise is not None
    assert (result.enterprise.uscc, result.enterprise.name) == (USCC, "示例公司")


def test_a_package_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enterprise_files, "MAX_UNPACKED", 1000)
    with pytest.raises(UnusableFile, match="解开后有"):
        read(write_xlsx(tmp_path / "a.xlsx", [HEADS, [USCC, "示例公司"]]))


def test_a_cell_that_was_made_safe_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = [[*HEADS[:2], "资质称号"], [USCC, "示例公司", "'-"], [OTHER_USCC, "示例乙公司", "'=1+1"]]
    first, second = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert value(first, "qualification") == () and value(second, "qualification") == ("=1+1",)


_CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=12), st.sampled_from([*HEADS, USCC, OTHER_USCC, "2025年", "示例公司", "=1+1", "9.1E+17"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELLS, max_size=6), max_size=5), st.booleans())
def test_whatever_stands_in_a_table_each_row_is_taken_or_told(
    tmp_path: Path, rows: list[list[Any]], with_heads: bool
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADS, *rows] if with_heads else rows)
    try:
        results = read(path)
    except UnusableFile:
        return
    assert all(result.enterprise is not None or result.problems for result in results)
    assert all(
        p.at is None or p.at < max(len(result.cells), 6) for result in results for p in result.problems
    )


@pytest.mark.parametrize("name", ["ole", "cut", "sheet"])
def test_a_damaged_spreadsheet_costs_only_its_own_process(tmp_path: Path, name: str) -> None:
    whole = write_xlsx(tmp_path / "b.xlsx", [HEADS, [USCC, "示例公司"]]).read_bytes()
    damaged = {
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 3,
        "cut": whole[: len(whole) // 2],
        "sheet": whole.replace(b"PK\x01\x02", b"PK\x01\x09"),
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(damaged[name])
    with pytest.raises(UnusableFile, match="不是能读取的电子表格"):
        read(path)
