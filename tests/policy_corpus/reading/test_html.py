from __future__ import annotations

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Link, Reading
from policy_corpus.reading import read_document

ARTICLES = (
    "<p>　　第一条 为支持示例市制造业企业做优做强，培育专精特新“小巨人”企业，制定本措施。</p>"
    "<p>　　第二条 对上年度营业收入2000万元以上的<b>制造业</b>企业，\n   给予一次性奖励30万元。</p>"
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>关于印发示例措施的通知-示例市人民政府门户网站</title>
<meta name="ArticleTitle" content="关于印发示例措施的通知"><meta name="PubDate" content="2026-01-05 09:00:00">
<meta name="SiteName" content="示例市人民政府门户网站"></head><body>
<div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/tz">通知公告</a></div>
<table class="info"><tr><td>索 引 号：</td><td>XX0001/2026-00001</td><td>发文机关：</td><td>示例市人民政府</td></tr>
<tr><td>发文字号：</td><td>示政发〔2026〕3号</td><td>成文日期：</td><td>2026年1月1日</td></tr>
<tr><td>有效性：</td><td>有效</td><td>主题词：</td><td></td></tr></table>
<h1>关于印发示例措施的通知</h1>
<div class="article-attr">发布时间：2026-01-05 来源：示例市工业和信息化局 【字体：大 中 小】</div>
<div class="TRS_Editor">{ARTICLES}
<table><tr><th>类别</th><th>标准</th></tr><tr><td rowspan="2">认定</td><td>50万元</td></tr><tr><td>20万元</td></tr></table>
<p>附件：<a href="./files/P0202601.docx">申报书</a></p><p style="display:none">隐藏文字</p>
<script>var x = "脚本文字";</script></div>
<div class="share">分享到：<a href="#">微信</a></div>
<div class="related"><a href="/1.html">相关新闻：示例市召开会议</a></div>
<div class="footer">主办：示例市人民政府办公室 网站标识码：0000000000</div></body></html>"""


def read(page: str, encoding: str = "utf-8") -> Reading:
    return read_document(page.encode(encoding), "页面.html")


def body(inner: str) -> str:
    return f"<html><head><title>示例</title></head><body>{inner}</body></html>"


def test_government_page_gives_its_text_and_nothing_around_it() -> None:
    assert read(PAGE).text.split("\n") == [
        "第一条 为支持示例市制造业企业做优做强，培育专精特新“小巨人”企业，制定本措施。",
        "第二条 对上年度营业收入2000万元以上的制造业企业，给予一次性奖励30万元。",
        "类别\t标准",
        "认定\t50万元",
        "\t20万元",
        "附件：申报书",
    ]


def test_government_page_declares_title_fields_and_attachments() -> None:
    reading = read(PAGE)
    assert reading.title == "关于印发示例措施的通知"
    assert reading.links == (Link("申报书", "./files/P0202601.docx"),)
    expected = {
        "索引号": "XX0001/2026-00001",
        "发文机关": "示例市人民政府",
        "发文字号": "示政发〔2026〕3号",
        "成文日期": "2026年1月1日",
        "有效性": "有效",
        "发布日期": "2026-01-05",
    }
    assert expected.items() <= reading.fields.items()
    assert "主题词" not in reading.fields


@pytest.mark.parametrize("actual", ["gbk", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
def test_declared_charset_may_lie(actual: str, declared: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{declared}"')
    assert read(page, actual).text == read(PAGE).text


def test_text_is_found_without_any_telling_name() -> None:
    page = (
        PAGE.replace("TRS_Editor", "x1").replace('class="footer"', 'class="f"').replace('class="crumb"', "")
    )
    text = read(page).text
    assert (
        text.startswith("关于印发示例措施的通知\n第一条") and "网站标识码" not in text and "首页" not in text
    )


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("示例科技有限公司", "<h1>关于组织申报示例项目的通知</h1>", "关于组织申报示例项目的通知"),
        ("关于示例的通知_通知公告_示例市政府网", "", "关于示例的通知"),
        ("关于示例的通知 - 示例市工业和信息化局", "<h1>您当前所在的位置：首页</h1>", "关于示例的通知"),
    ],
)
def test_title_comes_from_the_heading_or_the_page_title_without_the_site(
    title: str, heading: str, expected: str
) -> None:
    page = f"<html><head><title>{title}</title></head><body>{heading}<div>{ARTICLES}</div></body></html>"
    assert read(page).title == expected


def test_jsp_page_with_stray_closing_tags_is_read() -> None:
    page = (
        '<%@ page language="java" pageEncoding="utf-8"%><html><body><div class="title"><h1>示例申报条件</h1></div>'
        '<div class="content"><strong>发布时间：2026-01-05 09:00:00 </strong>&nbsp;&nbsp;<script>x()</script></br>'
        "一、申报条件</br>1、在示例市注册；</br>2、上年度营业收入500万元以上。</br><div>上一个：<a href=1>示例</a></div></div>"
    )
    reading = read(page)
    assert reading.text.split("\n") == ["一、申报条件", "1、在示例市注册；", "2、上年度营业收入500万元以上。"]
    assert reading.fields["发布日期"] == "2026-01-05"
    assert reading.title == "示例申报条件"


def test_fragment_without_html_element_is_read() -> None:
    assert read(f"<div>{ARTICLES}</div><p>第三条 自印发之日起施行").text.endswith("第三条 自印发之日起施行")


def test_numbers_that_the_browser_would_write_are_written() -> None:
    page = body(
        "<ol><li>在示例市注册</li><li>营业收入500万元以上</li></ol><ol start='3'><li><p>（三）信用良好</p></li></ol><ul><li>其他</li></ul>"
    )
    assert read(page).text.split("\n") == [
        "1.在示例市注册",
        "2.营业收入500万元以上",
        "（三）信用良好",
        "其他",
    ]


def test_layout_table_is_read_as_paragraphs() -> None:
    page = body(f"<table><tr><td>{ARTICLES}</td></tr></table>")
    assert read(page).text.split("\n")[1].startswith("第二条")


def test_words_in_different_tags_are_not_parted() -> None:
    page = body(
        "<p><span>对</span><span>首次</span>\n<font>认定的</font>企业，奖励<b>30</b><i>万元</i>。</p>"
    )
    assert read(page).text == "对首次认定的企业，奖励30万元。"


def test_colspan_keeps_columns_in_line() -> None:
    page = body(
        "<table><tr><td colspan='2'>标准</td><td>备注</td></tr><tr><td>国家级</td><td>50万元</td><td>一次性</td></tr></table>"
    )
    assert read(page).text.split("\n") == ["标准\t\t备注", "国家级\t50万元\t一次性"]


def test_absurd_spans_do_no_harm() -> None:
    page = body(
        "<table><tr><td colspan='999999999' rowspan='999999999'>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    )
    assert "丁" in read(page).text


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="嵌套过深"):
        read("<div>" * 100_000 + "正文" + "</div>" * 100_000)


def test_nesting_of_a_thousand_is_read() -> None:
    assert read("<div>" * 1000 + "对企业给予奖励。" + "</div>" * 1000).text == "对企业给予奖励。"


@pytest.mark.parametrize(
    "filler", ["<", "<!--", "<%", "<table><tr><td>", "<p>&", "<a href='", "</div>", "<ol><li>"]
)
def test_masses_of_broken_markup_are_read_or_refused(filler: str) -> None:
    try:
        read("<html><body>" + filler * 3000 + "对企业给予奖励。")
    except UnreadableDocument as refusal:
        assert refusal.reason


def test_page_without_text_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="没有找到正文"):
        read(body("<script>alert(1)</script>"))


def test_item_on_a_new_source_line_after_a_full_stop_is_a_new_line() -> None:
    page = body(
        "<div>现将有关事项通知如下：\n一、申报安排<br>企业可自由\n申报，<br>以通知为准。\n二、申报条件</div>"
    )
    assert read(page).text.split("\n") == [
        "现将有关事项通知如下：", "一、申报安排", "企业可自由申报，", "以通知为准。", "二、申报条件",
    ]  # fmt: skip
