"""Spreadsheets: a policy list becomes one card a row, another table stays a table, hostile files are refused."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.extraction.lexicon.headings import FIELDS, Role
from policy_corpus.model import AllOf, leaves
from policy_corpus.reading import Sandbox, item_columns, read_document
from policy_corpus.understanding import understand
from tests.policy_corpus.reading.docx_factory import zip_of
from tests.policy_corpus.reading.sheet_factory import Page, make_xls, make_xlsx
from tests.policy_corpus.reading.zip_factory import locked

HEADS = ("序号", "政策名称", "支持对象", "申报条件", "支持标准", "申报时间", "责任单位", "联系电话", "备注")
LIST = Page(
    "Sheet1",
    [
        ("九江市惠企政策清单（示例）", *[None] * 8),
        HEADS,
        (1, "冷库建设补助", "农产品企业", "1.在本市注册\n2.新建冷库", "按设备投资额的10%给予补助，最高30万元", "常年受理", "市农业农村局", "0792-00000011", ""),
        (2, "首贷贴息", "小微企业", "上年度营业收入500万元以上", "按贷款利息的30%贴息，最高5万元", "2026年3月1日至2026年3月31日", "市金融办", "0792-00000022", "示例"),
    ],
    merged=["A1:I1"],
)  # fmt: skip
WRITERS = pytest.mark.parametrize("write", [make_xlsx, make_xls], ids=["xlsx", "xls"])
Writer = Callable[..., bytes]


def text_of(*pages: Page, write: Writer = make_xlsx) -> list[str]:
    return read_document(write(*pages), "清单.xlsx").text.split("\n")


@WRITERS
def test_a_policy_list_becomes_one_card_a_row(write: Writer) -> None:
    reading = read_document(write(LIST), "清单.docx")
    assert reading.format == write.__name__[5:] and reading.title == "九江市惠企政策清单（示例）"
    assert reading.text.split("\n") == [
        "九江市惠企政策清单（示例）",
        "事项1：冷库建设补助",
        "支持对象：农产品企业",
        "申报条件：",
        "1.在本市注册",
        "2.新建冷库",
        "支持标准：按设备投资额的10%给予补助，最高30万元",
        "申报时间：常年受理",
        "责任单位：市农业农村局",
        "联系电话：0792-00000011",
        "事项2：首贷贴息",
        "支持对象：小微企业",
        "申报条件：上年度营业收入500万元以上",
        "支持标准：按贷款利息的30%贴息，最高5万元",
        "申报时间：2026年3月1日至2026年3月31日",
        "责任单位：市金融办",
        "联系电话：0792-00000022",
        "备注：示例",
    ]


@WRITERS
def test_each_row_is_understood_as_one_item_with_its_own_fields(write: Writer) -> None:
    found = understand(write(LIST), "清单.xls")
    first, second = found.items
    assert (first.title, second.title) == ("冷库建设补助", "首贷贴息")
    asked = [
        {getattr(leaf, "attribute", "") for leaf in leaves(AllOf(item.conditions.children))}
        for item in found.items
    ]
    assert asked == [{"region", "industry", "event"}, {"region", "size_class", "revenue"}]
    assert [item.benefits[0].rate_percent for item in found.items] == [10, 30]
    assert first.window is not None and first.window.always
    assert second.window is not None and second.window.closes_on == datetime.date(2026, 3, 31)
    assert [item.department.text for item in found.items if item.department] == ["市农业农村局", "市金融办"]
    assert [item.contacts[0].text for item in found.items] == ["0792-00000011", "0792-00000022"]
    for item in found.items:
        for span in (*item.spans, *(leaf.span for leaf in leaves(item.conditions))):
            assert found.document.text[span.start : span.end] == span.quote


@WRITERS
def test_cells_are_text_as_the_sheet_shows_them(write: Writer) -> None:
    rows = [
        ("项目名称", "补贴比例", "奖励金额（万元）", "截止日期", "咨询电话", "申报条件"),
        ("甲奖励", 0.1, 30, datetime.date(2026, 9, 30), 7921234567.0, 0.1 + 0.2),
        ("乙奖励", 0.125, 1234567890123456, datetime.date(2026, 10, 1), "12345", True),
    ]
    lines = text_of(Page("表", rows), write=write)
    assert lines == [
        "事项1：甲奖励", "补贴比例：10%", "奖励金额：30万元", "申报截止时间：2026年9月30日", "咨询电话：7921234567", "申报条件：0.3",
        "事项2：乙奖励", "补贴比例：12.5%", "奖励金额：1234567890123456万元", "申报截止时间：2026年10月1日", "咨询电话：12345", "申报条件：是",
    ]  # fmt: skip


def test_shares_by_their_format_and_failed_formulas_are_known_in_xlsx() -> None:
    rows = [("事项", "支持对象", "标准"), ("甲", "企业", 0.3), ("乙", "企业", 0.3), ("丙", None, 5)]
    page = Page("表", rows, shares=["C2"], failed={"B4": "#REF!"})
    reading = read_document(make_xlsx(page), "a.xlsx")
    assert "支持标准：30%" in reading.text and "支持标准：0.3" in reading.text and "#REF!" not in reading.text
    assert reading.warnings == ("有 1 个单元格的公式出错，其内容未读入",)


def test_merged_cells_say_the_same_in_each_of_their_rows() -> None:
    rows = [
        ("类别", "政策名称", "支持对象", "支持标准"),
        ("工业类", "升规奖励", "首次升规的工业企业", "10万元"),
        (None, "技改补助", "规模以上工业企业", "设备投资额的8%，最高100万元"),
        (None, "贷款贴息", "小微企业", "贷款利息的30%"),
        (None, None, "个体工商户", "贷款利息的50%"),
    ]
    lines = text_of(Page("表", rows, merged=["A2:A5", "B4:B5"]))
    assert lines.count("事项类型：工业类") == 4
    assert lines[-4:] == [
        "事项4：贷款贴息",
        "事项类型：工业类",
        "支持对象：个体工商户",
        "支持标准：贷款利息的50%",
    ]


def test_a_matter_whose_name_and_benefit_are_merged_is_one_with_all_its_conditions() -> None:
    rows = [
        ("事项名称", "申报条件", "支持标准"),
        ("绿色工厂奖励", "在本市注册满1年", "奖励20万元"),
        (None, "上年度营业收入2000万元以上", None),
    ]
    lines = text_of(Page("表", rows, merged=["A2:A3", "C2:C3"]))
    assert lines == [
        "事项1：绿色工厂奖励", "申报条件：", "在本市注册满1年", "上年度营业收入2000万元以上", "支持标准：奖励20万元"
    ]  # fmt: skip


def test_a_row_without_a_name_goes_on_with_the_one_above() -> None:
    rows = [("政策名称", "申报条件", "扶持内容"), ("甲", "条件一", "奖励1万元"), (None, "条件二", None)]
    assert text_of(Page("表", rows))[1:4] == ["申报条件：", "条件一", "条件二"]


def test_rows_that_stand_alone_name_a_group_or_are_notes_and_totals_go() -> None:
    note = "注：本清单为示例，由示例部门负责解释，具体以各部门当年发布的申报通知为准，最终以审核结果为准，特此说明。"
    rows = [
        ("政策名称", "支持对象", "支持标准"),
        ("一、工业类", None, None),
        ("甲奖励", "工业企业", "1万元"),
        ("二、商贸类", None, None),
        ("乙奖励", "零售企业", "2万元"),
        ("合计", None, 3),
        (note, None, None),
    ]
    lines = text_of(Page("表", rows))
    assert [line for line in lines if line.startswith("事项类型")] == [
        "事项类型：一、工业类",
        "事项类型：二、商贸类",
    ]
    assert lines[-1] == note and not any("合计" in line for line in lines)


def test_heads_over_groups_of_columns_are_taken_with_those_below_them() -> None:
    rows = [
        ("序号", "事项名称", "政策要点", None, "办理"),
        (None, None, "扶持对象", "扶持标准", "主管单位"),
        (1, "甲奖励", "工业企业", "1万元", "示例局"),
    ]
    lines = text_of(Page("表", rows, merged=["A1:A2", "B1:B2", "C1:D1"]))
    assert lines == ["事项1：甲奖励", "扶持对象：工业企业", "扶持标准：1万元", "主管部门：示例局"]


def test_two_columns_of_days_make_one_span_of_time() -> None:
    day = datetime.date
    rows = [
        ("事项", "对象", "标准", "申报开始时间", "申报截止时间"),
        ("甲", "企业", "1万元", day(2026, 4, 1), day(2026, 4, 30)),
        ("乙", "企业", "1万元", day(2026, 5, 1), None),
    ]
    lines = text_of(Page("表", rows))
    assert "申报时间：2026年4月1日至2026年4月30日" in lines and lines[-1] == "申报时间：2026年5月1日起"


def test_sheets_count_on_and_hidden_ones_are_told() -> None:
    second = Page("商务类政策", [("事项", "对象", "标准"), ("丙", "外贸企业", "2万元")])
    reading = read_document(make_xlsx(LIST, second, Page("参数", [("是",)], hidden=True)), "a.xlsx")
    assert "商务类政策\n事项3：丙\n" in reading.text
    assert reading.warnings == ("有 1 个隐藏的工作表未读入",)


def test_of_two_columns_of_names_the_one_that_differs_names_the_matters() -> None:
    rows = [
        ("序号", "政策名称", "政策条款", "政策内容", "责任部门"),
        (1, "示例市若干措施", "升规奖励", "对首次升规的企业奖励10万元", "示例局"),
        (2, None, "上市奖励", "对在科创板上市的企业奖励300万元", "示例办"),
    ]
    lines = text_of(Page("表", rows, merged=["B2:B3"]))
    assert lines[:3] == [
        "事项1：升规奖励",
        "政策依据：示例市若干措施",
        "政策内容：对首次升规的企业奖励10万元",
    ]
    assert "事项2：上市奖励" in lines and lines.count("政策依据：示例市若干措施") == 2


@WRITERS
def test_a_form_of_names_beside_values_is_a_card(write: Writer) -> None:
    rows = [
        ("惠企政策登记表（示例）", None, None, None),
        ("政策名称", "冷库建设补助", "责任单位", "市农业农村局"),
        ("申报条件", "1.新建冷库\n2.上年度营业收入500万元以上", None, None),
        ("支持标准", "按设备投资额的10%给予补助", None, None),
        ("政策名称", "首贷贴息", "责任单位", "市金融办"),
        ("支持对象", "小微企业", "支持标准", "贷款利息的30%"),
    ]
    assert text_of(Page("表", rows, merged=["B3:D3", "B4:D4"]), write=write) == [
        "惠企政策登记表（示例）", "事项1：冷库建设补助", "责任单位：市农业农村局", "申报条件：", "1.新建冷库", "2.上年度营业收入500万元以上",
        "支持标准：按设备投资额的10%给予补助", "事项2：首贷贴息", "责任单位：市金融办", "支持对象：小微企业", "支持标准：贷款利息的30%",
    ]  # fmt: skip


@WRITERS
def test_a_sheet_that_lists_no_policies_is_read_as_a_table(write: Writer) -> None:
    roster = [
        ("获得奖励企业名单（示例）",),
        ("序号", "企业名称", "奖励金额（万元）", "责任单位"),
        (1, "示例公司", 10, "示例局"),
    ]
    plan = [("年度", "数量"), (2026, 3.5)]
    assert text_of(Page("甲", roster), Page("乙", plan), write=write) == [
        "获得奖励企业名单（示例）", "序号\t企业名称\t奖励金额（万元）\t责任单位", "1\t示例公司\t10\t示例局", "年度\t数量", "2026\t3.5"
    ]  # fmt: skip


def test_what_extraction_calls_the_fields_is_what_cards_call_them() -> None:
    roles = {
        item_columns.CONDITIONS: Role.CONDITIONS, item_columns.BENEFITS: Role.BENEFITS, "申报材料": Role.MATERIALS, "申报时间": Role.WINDOW,
        item_columns.CLOSES: Role.WINDOW, "申报流程": Role.PROCESS, "联系电话": Role.CONTACT, "主管部门": Role.DEPARTMENT, "政策依据": Role.BASIS,
        item_columns.KIND: Role.BASIS,
    }  # fmt: skip
    for field in set(item_columns.FIELDS.values()) - {
        item_columns.NAME,
        item_columns.NUMBER,
        item_columns.OPENS,
    }:
        group = item_columns.role_of(field)
        assert group is not None
        assert FIELDS.get(field) is roles[group], field


DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><workbook>&c;</workbook>'
)
TYPES = {"[Content_Types].xml": b"<Types/>"}


def far_away() -> bytes:
    """A sheet of two cells, the second at the far corner: together they span 17 thousand million."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = "甲", "乙"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HOSTILE = [
    ("cut", make_xlsx(LIST)[:-200], "损坏"),
    ("cut xls", make_xls(LIST)[:1500], "损坏|旧版 Office"),
    ("locked", locked(make_xlsx(LIST)), "有打开密码"),
    ("no parts", zip_of(TYPES | {"xl/workbook.xml": b"<workbook/>"}), "损坏|没有找到正文"),
    ("entities", zip_of(TYPES | {"xl/workbook.xml": DOCTYPE}), "损坏|没有找到正文"),
    ("bomb", zip_of(TYPES | {"xl/workbook.xml": b" " * (60 << 20)}), "压缩炸弹"),
    ("far away", far_away(), "范围过大"),
    ("empty", make_xlsx(Page("表", [])), "没有找到正文"),
    ("junk in ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "Workbook".encode("utf-16-le") + b"\xff" * 900, "损坏"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_hostile_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with Sandbox() as sandbox, pytest.raises(UnreadableDocument, match=reason):
        sandbox.read(data, "a.xlsx")
