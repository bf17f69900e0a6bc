"""Write a sample policy as a web page of a government site; the blocks also serve the PDF printer."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from samples.policy_sources import Block, Source, blocks_of, chinese_date

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<title>{title}-{site}</title>
<meta name="SiteName" content="{site}">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{published}">
<style>body{{font-family:serif;margin:0}} .nav a,.foot a{{margin:0 1em}} .main{{width:60em;margin:auto}}
table{{border-collapse:collapse}} td,th{{border:1px solid #999;padding:4px 8px}} h1,.wh{{text-align:center}}
.sign{{text-align:right}}</style>
</head>
<body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zwfw/">政务服务</a>
<a href="/hdjl/">互动交流</a><a href="/sj/">数据开放</a>
<input type="text" placeholder="请输入关键字"><a href="/so/">搜索</a></div>
<div class="main">
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; {column}</div>
{info}<h1>{title}</h1>
<div class="meta">发布日期：{published}　来源：{authority}　浏览次数：<span id="hits">126</span>
字号：[大] [中] [小]</div>
<div id="content" class="article">
{content}
</div>
{attachments}<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a>　【打印本页】　【关闭窗口】</div>
</div>
<div class="foot"><a href="/map/">网站地图</a><a href="/about/">关于我们</a>
<p>主办：{site}　本页为软件演示用示例页面</p></div>
</body>
</html>
"""
_INFO = """<table class="info">
<tr><th>索引号</th><td>{index}</td><th>主题分类</th><td>{topic}</td></tr>
<tr><th>发文机关</th><td>{authority}</td><th>成文日期</th><td>{dated}</td></tr>
<tr><th>标题</th><td colspan="3">{title}</td></tr>
<tr><th>发文字号</th><td>{number}</td><th>发布日期</th><td>{published}</td></tr>
</table>
"""
_TAGS = {
    "number": '<p class="wh">{}</p>',
    "mark": '<p class="wh">{}</p>',
    "chapter": "<h2>{}</h2>",
    "heading": "<p><strong>　　{}</strong></p>",
    "sign": '<p class="sign">{}</p>',
    "para": "<p>　　{}</p>",
}


def render_html(source: Source) -> bytes:
    """A page as government sites make them; the declared charset may lie about the bytes, as theirs do."""
    head = {key: html.escape(value) for key, value in source.head.items()}
    fields = {
        **head,
        "number": head.get("number", ""),
        "dated": chinese_date(head["dated"]),
        "site": f"{head['place']}示例政务网",
    }
    kind = head.get("kind", "policy")
    page = _PAGE.format(
        charset=head.get("declared", "utf-8"),
        column={"news": "工作动态", "interpretation": "政策解读"}.get(kind, "政策文件"),
        info="" if kind == "news" else _INFO.format(**fields),
        content="\n".join(map(html_block, content_blocks(source))),
        attachments=_attachments(head.get("attachments", "")),
        **{key: fields[key] for key in ("title", "site", "published", "authority")},
    )
    return page.encode(head.get("charset", "utf-8"))


def content_blocks(source: Source) -> Iterator[Block]:
    """The page below its title; a signed document ends with its date."""
    yield from (block for block in blocks_of(source) if block.kind != "title")
    if any(line.startswith(">> ") for line in source.body):
        yield Block("sign", chinese_date(source.head["dated"]))


def html_block(block: Block) -> str:
    """One block as HTML."""
    if block.kind != "table":
        return _TAGS[block.kind].format(html.escape(block.text))
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block.rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _attachments(listed: str) -> str:
    links = (
        f'<li><a href="./files/示例{number}{Path(name).suffix}">{name}</a></li>'
        for number, name in enumerate(filter(None, listed.split("；")), 1)
    )
    items = "".join(links)
    return f'<div class="fj"><strong>相关附件</strong><ul>{items}</ul></div>\n' if items else ""
