from __future__ import annotations

from policy_corpus.reading import read_document


def test_text_is_normalised() -> None:
    reading = read_document(
        "\ufeff　　第一条 为了。\r\n\r\n\r\n　　第二条\u200b 对企业。 \r".encode(), "措施.txt"
    )
    assert reading.format == "txt"
    assert reading.text == "第一条 为了。\n\n第二条 对企业。"


def test_name_does_not_matter() -> None:
    data = "第一条 对符合条件的企业给予奖励。".encode("gbk")
    assert read_document(data, "措施.pdf").text == read_document(data, "").text


def test_html_named_txt_is_read_as_html() -> None:
    page = (
        "<html><head><title>示例通知</title></head><body><p>对示例企业给予奖励。</p></body></html>".encode()
    )
    reading = read_document(page, "通知.txt")
    assert (reading.format, reading.text) == ("html", "对示例企业给予奖励。")


def test_text_that_mentions_a_tag_stays_text() -> None:
    assert (
        read_document("营业收入 < 2000 万元且 > 500 万元的，见 <p> 标记。".encode(), "a.txt").format == "txt"
    )
