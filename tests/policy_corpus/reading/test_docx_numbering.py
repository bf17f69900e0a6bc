from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.reading import read_document
from policy_corpus.reading.docx_numerals import chinese_number, write_number
from tests.policy_corpus.reading.docx_factory import abstract, level, listed, make_docx, num, para

OUTLINE = abstract(
    level(0, "chineseCountingThousand", "第%1条")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircleChinese", "%4")
)


def lines(body: str, numbering: str = OUTLINE + num(), styles: str = "") -> list[str]:
    return read_document(make_docx(body, numbering, styles), "示例.docx").text.split("\n")


def test_articles_items_and_points_are_numbered_and_restart() -> None:
    body = (
        listed("甲。") + listed("乙；", 1) + listed("丙；", 1) + listed("丁", 2) + listed("戊", 3) + listed("己", 2)
        + listed("庚。") + listed("辛；", 1) + listed("壬", 2)
    )  # fmt: skip
    assert lines(body) == [
        "第一条 甲。", "（一）乙；", "（二）丙；", "1.丁", "①戊", "2.己", "第二条 庚。", "（一）辛；", "1.壬",
    ]  # fmt: skip


def test_plain_paragraphs_between_do_not_stop_the_count() -> None:
    assert lines(listed("甲。") + para("说明。") + listed("乙。"))[2] == "第二条 乙。"


def test_style_gives_the_list_and_based_on_inherits_it() -> None:
    numbering = (
        abstract(level(0, "japaneseCounting", "%1、") + level(1, "decimal", "%2.", '<w:pStyle w:val="S2"/>'))
        + num()
    )
    styles = (
        '<w:style w:styleId="S1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="S2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="S3"><w:basedOn w:val="S1"/></w:style>'
    )
    body = (
        para("总则", '<w:pStyle w:val="S1"/>')
        + para("甲", '<w:pStyle w:val="S2"/>')
        + para("附则", '<w:pStyle w:val="S3"/>')
    )
    assert lines(body, numbering, styles) == ["一、总则", "1.甲", "二、附则"]


def test_number_zero_takes_a_paragraph_out_of_its_styles_list() -> None:
    styles = '<w:style w:styleId="S1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    out = '<w:pStyle w:val="S1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    assert lines(para("甲", out) + para("乙", '<w:pStyle w:val="S1"/>'), styles=styles) == ["甲", "第一条 乙"]


def test_second_list_of_the_same_outline_goes_on_unless_it_restarts() -> None:
    go_on = OUTLINE + num(1) + num(2)
    restart = (
        OUTLINE
        + num(1)
        + num(2, extra='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    )
    body = listed("甲") + listed("乙", list_id=2) + listed("丙", list_id=2)
    assert lines(body, go_on) == ["第一条 甲", "第二条 乙", "第三条 丙"]
    assert lines(body, restart) == ["第一条 甲", "第一条 乙", "第二条 丙"]


def test_level_text_with_all_higher_levels() -> None:
    numbering = (
        abstract(level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3"))
        + num()
    )
    assert lines(listed("甲") + listed("乙", 1) + listed("丙", 2) + listed("丁", 1), numbering) == [
        "1 甲", "1.1 乙", "1.1.1 丙", "1.2 丁",
    ]  # fmt: skip


def test_legal_style_writes_higher_levels_in_digits() -> None:
    numbering = (
        abstract(level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num()
    )
    assert lines(listed("总则") + listed("甲", 1), numbering) == ["第一章 总则", "1.1 甲"]


def test_items_that_never_restart_count_on() -> None:
    numbering = (
        abstract(
            level(0, "chineseCounting", "第%1章")
            + level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>')
        )
        + num()
    )
    body = listed("甲") + listed("乙", 1) + listed("丙", 1) + listed("丁") + listed("戊", 1)
    assert lines(body, numbering) == ["第一章 甲", "第一条 乙", "第二条 丙", "第二章 丁", "第三条 戊"]


def test_bullets_are_not_written() -> None:
    assert lines(listed("甲"), abstract(level(0, "bullet", "\uf06c")) + num()) == ["甲"]


def test_start_value_is_obeyed() -> None:
    assert lines(listed("甲"), abstract(level(0, "decimal", "%1）", start=5)) + num()) == ["5）甲"]


def test_numbering_style_between_list_and_levels_is_followed() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="N"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="N"/>{level(0, "chineseCounting", "%1、")}</w:abstractNum>'
        + num(1, 0) + num(2, 1)
    )  # fmt: skip
    styles = '<w:style w:styleId="N"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    assert lines(listed("甲") + listed("乙"), numbering, styles) == ["一、甲", "二、乙"]


def test_numbers_count_on_inside_tables() -> None:
    from tests.policy_corpus.reading.docx_factory import table

    inside = f"<w:tc>{listed('乙')}</w:tc><w:tc>{listed('丙')}</w:tc>"
    assert lines(listed("甲") + table(inside) + listed("丁")) == [
        "第一条 甲",
        "第二条 乙\t第三条 丙",
        "第四条 丁",
    ]


def test_custom_format_falls_back_to_the_plain_one() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperLetter"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert lines(listed("甲"), abstract(custom) + num()) == ["A.甲"]


@pytest.mark.parametrize(
    ("number_format", "number", "text"),
    [
        ("decimalZero", 7, "07"), ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 3, "丙"),
        ("ideographDigital", 10, "一〇"), ("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 3, "⒊"),
        ("ideographEnclosedCircle", 1, "㊀"), ("lowerLetter", 28, "bb"), ("upperRoman", 14, "XIV"),
        ("decimalEnclosedCircle", 25, "㉕"), ("decimalEnclosedCircle", 99, "99"), ("decimalFullWidth", 12, "１２"),
        ("unheardOf", 5, "5"), ("none", 5, ""),
    ],
)  # fmt: skip
def test_formats(number_format: str, number: int, text: str) -> None:
    assert write_number(number, number_format) == text


def test_chinese_numbers_are_all_different() -> None:
    written = [chinese_number(n) for n in range(1, 3000)]
    assert len(set(written)) == len(written)
    assert all("零零" not in text and not text.endswith("零") for text in written)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_within_one_level_numbers_rise_by_one_or_restart(levels: list[int]) -> None:
    numbering = abstract("".join(level(i, "decimal", f"%{i + 1}.") for i in range(4))) + num()
    numbers = [int(line.split(".")[0]) for line in lines("".join(listed("甲", i) for i in levels), numbering)]
    for (a, x), (b, y) in pairwise(zip(levels, numbers, strict=True)):
        if a == b:
            assert y == x + 1
        if b > a:
            assert y >= 1
