"""Web pages saved as one file: the page is found among its parts, whatever its encoding; hostile ones are refused."""

from __future__ import annotations

import base64
import quopri

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import read_document

ARTICLES = "".join(
    f"<p>第{n}条　对示例企业给予奖励{n}万元，用于支持其开展技术改造和研发活动。</p>" for n in "一二三四"
)
HTML = f'<html><head><meta name="ArticleTitle" content="示例市支持企业若干措施"></head><body><div class="nav"><a href="/">首页</a></div><div id="zoom">{ARTICLES}</div></body></html>'
PICTURE = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: a.png\r\n\r\niVBORw0KGgo=\r\n"
BLINK = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/a.html\r\nSubject: =?utf-8?B?5pS/562W?=\r\n"


def part(body: bytes, encoding: str, kind: str = "text/html", more: str = "") -> str:
    coded = quopri.encodestring(body) if encoding == "quoted-printable" else base64.encodebytes(body)
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n{coded.decode()}\r\n"


def mht(*parts: str, head: str = BLINK, more: str = "") -> bytes:
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";{more}\r\n\tboundary="----b"\r\n\r\n'
    body = "".join(f"------b\r\n{one}" for one in parts)
    return f"{head}{kind}{body}------b--\r\n".encode()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_page_is_read_whatever_its_encoding(encoding: str, charset: str) -> None:
    reading = read_document(mht(part(HTML.encode(charset), encoding), PICTURE), "网页.txt")
    assert reading.format == "mht" and reading.title == "示例市支持企业若干措施"
    assert (
        reading.text.split("\n")[0] == "第一条　对示例企业给予奖励一万元，用于支持其开展技术改造和研发活动。"
    )
    assert "首页" not in reading.text


@pytest.mark.parametrize(
    "head",
    ["", 'From: "由 Internet Explorer 保存"\r\nSubject: 示例\r\n', "from: <saved by x>\r\n"],
    ids=["word", "explorer", "lower case"],
)
def test_other_programs_begin_the_file_otherwise(head: str) -> None:
    assert read_document(mht(part(HTML.encode(), "base64"), head=head), "a.mht").format == "mht"


def test_the_start_is_taken_and_behind_a_frame_set_the_largest_page() -> None:
    first = part("<p>广告文字一段，不是正文。</p>".encode(), "base64", more="Content-ID: <ad>\r\n")
    second = part(HTML.encode(), "base64", more="Content-ID: <page>\r\n")
    assert "第一条" in read_document(mht(first, second, more='\r\n\tstart="<page>";'), "a.mht").text
    frames = part(b"<html><frameset><frame src='b.html'></frameset></html>", "base64")
    assert "第一条" in read_document(mht(frames, second), "a.mht").text


def test_a_page_saved_by_a_browser_is_html() -> None:
    saved = f"<!DOCTYPE html>\n<!-- saved from url=(0028)https://example.com/a.html -->\n{HTML}"
    reading = read_document(saved.encode(), "措施.htm")
    assert reading.format == "html" and "第四条" in reading.text and "saved from" not in reading.text


HOSTILE = [
    ("no page", mht(PICTURE), "没有找到网页正文"),
    ("empty page", mht(part(b"  ", "base64")), "没有找到网页正文"),
    ("no parts", BLINK.encode() + b"Content-Type: multipart/related; boundary=b\r\n\r\n", "没有找到网页正文"),
    ("broken base64", mht("Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n"), "没有找到"),
    ("thousands deep", b"MIME-Version: 1.0\r\n" + b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n" * 5000, "没有找到|无法解析"),
    ("only pictures in the page", mht(part(b"<html><body><img src=a.png></body></html>", "base64")), "没有找到正文"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_holds_no_page_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(data, "a.mht")


def test_a_text_that_speaks_of_mail_is_text() -> None:
    text = "申报方式: 将材料发至邮箱\nContent-Type: multipart/mixed 不是网页"
    assert read_document(text.encode(), "a.txt").format == "txt"
