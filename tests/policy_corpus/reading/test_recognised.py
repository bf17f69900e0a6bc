"""Pages as recognised: paragraphs rebuilt from lines, and how sure the worst of them is."""

from __future__ import annotations

import json

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.recognised import read_recognised, reading_of

EM = 16.0
LEFT, RIGHT = 90.0, 90.0 + 26 * EM


def line(text: str, number: int, sure: float = 0.99, left: float = LEFT, size: float = EM) -> list[object]:
    top = 80 + number * 28
    return [text, sure, left, top, left + len(text) * size, top + size]


def aid(**pages: list[list[object]]) -> bytes:
    rows = {
        name[1:]: {"width": 595, "height": 842, "lines": lines, "rules": []} for name, lines in pages.items()
    }
    return json.dumps(rows).encode()


TITLE = line("示例市支持企业创新若干措施", 0, left=170, size=22)
FIRST = [
    line("第一条对首次认定的高新技术企业给予一次性奖励三十万", 1, left=LEFT + 2 * EM),
    line("元，对通过复审的给予十万元。", 2),
]
NUMBER = ["-1一", 0.9, 280, 800, 310, 812]


def test_lines_are_joined_to_paragraphs_and_page_numbers_go() -> None:
    reading = reading_of("png", read_recognised(aid(p1=[TITLE, *FIRST, NUMBER])), 1)
    assert reading.text.split("\n") == [
        "示例市支持企业创新若干措施",
        "第一条对首次认定的高新技术企业给予一次性奖励三十万元，对通过复审的给予十万元。",
    ]
    assert reading.title == "示例市支持企业创新若干措施" and reading.format == "png"


def test_who_signs_and_when_stay_two_lines() -> None:
    signed = [line("示例市人民政府", 3, left=RIGHT - 7 * EM), line("2026年1月9日", 4, left=RIGHT - 9 * EM)]
    text = reading_of("png", read_recognised(aid(p1=[*FIRST, *signed])), 1).text
    assert text.split("\n")[-2:] == ["示例市人民政府", "2026年1月9日"]


def test_a_short_last_line_belongs_to_its_paragraph() -> None:
    """The box of a short line is taken higher than that of a long one; its type is not larger."""
    last = line("元整。", 2)
    last[5] = float(str(last[5])) + 4
    text = reading_of("png", read_recognised(aid(p1=[FIRST[0], last])), 1).text
    assert text.endswith("三十万元整。") and "\n" not in text


def test_a_document_is_as_sure_as_its_worst_page() -> None:
    worse = [line("第二条对软件企业给予奖励。", 1, 0.8), line("第三条对机器人企业给予奖励。", 2, 0.9)]
    reading = reading_of("tif", read_recognised(aid(p1=FIRST, p2=worse, p3=[])), 4)
    assert reading.confidence == pytest.approx(0.85, abs=0.01)
    assert reading.warnings[0] == "正文由文字识别得出，发布前请对照原件核对"
    assert reading.warnings[1].startswith("第 2 页的识别可信度低于 90%（最低 85%）")
    assert reading.warnings[2] == "第 4 页未能识别，其内容未读入"


def test_longer_lines_weigh_more_in_how_sure_a_page_is() -> None:
    lines = [line("对", 1, 0.5), line("对首次认定的高新技术企业给予一次性奖励", 2, 1.0)]
    assert (reading_of("png", read_recognised(aid(p1=lines)), 1).confidence or 0) > 0.97


def test_pages_without_text_are_no_document() -> None:
    with pytest.raises(UnreadableDocument, match="没有识别出文字"):
        reading_of("png", read_recognised(aid(p1=[])), 1)
