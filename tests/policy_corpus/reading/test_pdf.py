from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import read_document
from tests.policy_corpus.reading.pdf_factory import Put, flow, grid, make_pdf

FIXTURES = Path(__file__).parent / "fixtures"
LONG = "为支持示例市制造业企业做优做强，对上年度营业收入二千万元以上且研发费用占营业收入比例达到百分之五以上的企业给予奖励。"


def read(*pages: list[Put | str]) -> str:
    return read_document(make_pdf(*pages), "示例.pdf").text


def test_wrapped_lines_become_one_paragraph() -> None:
    assert read(flow([LONG, "第二条　申报企业应当如实填报。"])).split("\n") == [
        LONG,
        "第二条 申报企业应当如实填报。",
    ]


def test_paragraph_goes_on_over_the_page_break() -> None:
    puts = flow([LONG])
    first, second = puts[:1], [Put(put.text, put.x, 760 - i * 28) for i, put in enumerate(puts[1:])]
    assert read(first, second) == LONG


def test_marker_after_a_full_ended_line_begins_a_new_paragraph() -> None:
    full = "一二三四五六七八九十一二三四五六七八九十一二三四五。"
    puts = [
        Put("　" * 2 + full[:24], 122, 760),
        *(Put(t, 90, y) for t, y in ((full, 732), ("（二）对示例项目给予贴息。", 704))),
    ]
    assert read(puts).split("\n")[-1] == "（二）对示例项目给予贴息。"


def test_reference_to_an_item_at_a_line_start_does_not_break_the_sentence() -> None:
    head = "申报企业应当符合本办法第三条规定的各项条件，其中符合"
    text = head[:24] + head[24:] + "第三条第（一）项规定的企业可以优先。"
    assert read(flow([text])) == text


def test_headers_footers_and_page_numbers_are_dropped() -> None:
    pages = []
    for number in range(1, 4):
        page: list[Put | str] = [Put("示例市人民政府公报", 200, 810, 10), Put(f"— {number} —", 280, 40, 12)]
        pages.append(page + flow([f"第{number}段。" + LONG]))
    text = read(*pages)
    assert "公报" not in text and "—" not in text
    assert len(text.split("\n")) == 3


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "—3—", "第 3 页", "第3页 共9页", "3/9", "第 3 页，共 9 页", "· 3 ·"]
)
def test_page_number_in_any_form_is_dropped(number: str) -> None:
    assert read([*flow([LONG]), Put(number, 280, 40, 12)]) == LONG


def test_a_figure_at_the_foot_that_is_no_page_number_stays() -> None:
    assert "30万元" in read([*flow([LONG]), Put("补助上限为30万元", 200, 40, 12)])


def test_ruled_table_stays_in_place_as_tab_rows() -> None:
    before, after = flow(["标准如下："], top=760), flow(["以上标准由市财政局解释。"], top=560)
    rows = [["类别", "标准"], ["国家级", "50万元"], ["省级", "20万元"]]
    assert read([*before, *grid(rows, top=740), *after]).split("\n") == [
        "标准如下：",
        "类别\t标准",
        "国家级\t50万元",
        "省级\t20万元",
        "以上标准由市财政局解释。",
    ]


def test_table_over_two_pages_is_one_and_its_repeated_head_is_dropped() -> None:
    head = ["类别", "标准"]
    first, second = grid([head, ["国家级", "50万元"]], top=140), grid([head, ["省级", "20万元"]], top=780)
    text = read([*flow([LONG]), *first], [*second, *flow(["解释权归市财政局。"], top=600)])
    assert text.split("\n")[1:4] == ["类别\t标准", "国家级\t50万元", "省级\t20万元"]


def test_one_box_around_text_is_no_table() -> None:
    assert read(["80 600 440 200 re S", *flow([LONG])]) == LONG


def test_spaces_between_characters_and_figures_are_removed() -> None:
    assert (
        read([Put("给予最高 30 万元 奖励， 实施 ISO 9001 认证。", 122, 760)])
        == "给予最高30万元奖励，实施ISO 9001认证。"
    )


def test_title_stands_below_the_letterhead() -> None:
    page: list[Put | str] = [
        Put("示例市人民政府文件", 120, 780, 36),
        Put("示政发〔2026〕3号", 230, 740, 16),
        Put("关于印发示例市促进制造业高质量", 140, 690, 22),
        Put("发展若干措施的通知", 200, 660, 22),
        *flow([LONG], top=620),
    ]
    reading = read_document(make_pdf(page), "a.pdf")
    assert reading.title == "关于印发示例市促进制造业高质量发展若干措施的通知"
    assert "关于印发示例市促进制造业高质量发展若干措施的通知\n" in reading.text


def test_an_odd_font_is_read_without_a_word_on_the_console() -> None:
    data = make_pdf(flow([LONG])).replace(b"/FontBBox [-25 -254 1000 880]", b"/FontBBox [null null null 99]")
    code = "import sys; from policy_corpus.reading import read_document as read; read(sys.stdin.buffer.read(), 'a.pdf')"
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_encrypted_pdf_is_refused_by_its_own_reason() -> None:
    filler = "<" + "00" * 32 + ">"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {filler} /U {filler} /P -4 >> /ID [<00><00>]"
    with pytest.raises(UnreadableDocument, match="打开密码"):
        read_document(make_pdf(flow([LONG]), extra_trailer=lock), "a.pdf")


def test_scan_without_text_is_refused_by_its_own_reason() -> None:
    image = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
    with pytest.raises(UnreadableDocument, match="没有文字层，是扫描件，需要文字识别"):
        read_document(make_pdf([image], [image]), "a.pdf")


def test_scanned_page_among_others_is_named() -> None:
    image = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
    reading = read_document(make_pdf(flow([LONG]), [image]), "a.pdf", b"{}")  # nobody helps
    assert reading.text == LONG
    assert any("第 2 页没有文字层" in warning for warning in reading.warnings)


def test_a_page_with_a_seal_alone_is_no_scan() -> None:
    seal = "q 100 0 0 100 300 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
    reading = read_document(make_pdf(flow([LONG]), [seal]), "a.pdf")
    assert reading.text == LONG and not reading.warnings


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.8, 0.95])
def test_truncated_pdf_is_refused(keep: float) -> None:
    data = make_pdf(flow([LONG]))
    with pytest.raises(UnreadableDocument, match="不完整或已损坏"):
        read_document(data[: int(len(data) * keep)], "a.pdf")


def test_pdf_of_garbage_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read_document(b"%PDF-1.7\n" + b"\x00garbage" * 500 + b"startxref\n9\n%%EOF", "a.pdf")


def test_printed_measures_are_read_whole() -> None:
    """A PDF as Chromium prints it: radicals for characters, curly quotes in another font, a table over two pages."""
    reading = read_document((FIXTURES / "measures.pdf").read_bytes(), "measures.pdf")
    lines = reading.text.split("\n")
    assert reading.title == "示例市人民政府关于印发示例市促进制造业高质量发展若干措施的通知"
    assert "培育专精特新“小巨人”企业" in reading.text
    assert [line[:3] for line in lines if line.startswith(("第", "（"))] == [
        "第一条", "第二条", "第三条", "（一）", "（二）", "（三）", "第四条", "第五条",
    ]  # fmt: skip
    rows = [line.split("\t") for line in lines if "\t" in line]
    assert rows[0] == ["序号", "支持方向", "条件", "标准"]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, 21)]
    assert "公报" not in reading.text
