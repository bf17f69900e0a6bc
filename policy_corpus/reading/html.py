"""A web page, a government page above all -> Reading; called by dispatch. The only import of selectolax.

The body is found by the names that government publishing systems give it, else by the density of text
outside links; navigation, share buttons and footers are left out; the 索引号 table becomes `fields`.
Malformed HTML and JSP pages are read as a browser would.
"""

from __future__ import annotations

import re
from typing import cast

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Link, Reading
from policy_corpus.reading.decoding import decode_text
from policy_corpus.reading.html_content import find_content, is_furniture
from policy_corpus.reading.html_declared import declaration_in, declared_fields, page_title
from policy_corpus.reading.html_lines import content_lines
from policy_corpus.reading.html_nodes import Node
from policy_corpus.reading.normalising import normalise_text, without_stretches

_CHARSET = re.compile(rb"""charset\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_OPENING = re.compile(
    r"<(/?)(?:div|span|font|table|tr|td|b|i|u|a|p|ul|li|section|strong|em|center)\b", re.IGNORECASE
)
_MAX_DEPTH = 8000  # the parser's time grows with the square of the depth: 10,000 is 0.1 s, 100,000 is 25 s
_IDLE_LINE = re.compile(
    r"^(?:(?:您?当前|您?所在|您的|您现在的)(?:所在的?)?位置.{0,120}|.{0,60}(?:网站标识码|版权所有|ICP备|公网安备).{0,120}"
    r"|[【\[（(]?\s*(?:字体|字号|打印|关闭|关闭窗口|返回顶部|打印本页|我要纠错|分享到?|收藏|浏览次数|阅读次数|点击数|扫一扫)"
    r"[^。；]{0,40}|大\s*中\s*小|[上下]一[篇条个页则][:：\s].{0,120}|[上下]一[篇条]|(?:信息|文章|稿件)?来源\s*[:：][^。；]{0,80})$"
)
_PUBLISHED = re.compile(
    r"^(?:发布|发表|更新)(?:时间|日期)\s*[:：]\s*(\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?)[\s\d:：]*"
)
_NEAR_EDGE = 6


def read_html(data: bytes) -> Reading:
    """Read a web page. Raises UnreadableDocument for a page without text or nested beyond reason."""
    declared = [name.decode("ascii") for name in _CHARSET.findall(data[:4096])]
    decoded = decode_text(data, declared)
    source = _without_server_code(decoded.text)
    check_depth(source)
    head_title, metas, body = _parse(source)
    content = find_content(body)
    lines, links = content_lines(content, is_furniture)
    fields = declared_fields(metas, body, content)
    lines = _without_idle_edges(lines, fields)
    title = page_title(metas, head_title, body)
    return Reading(
        "html",
        normalise_text("\n".join(lines)),
        title=title or fields.get("标题"),
        fields=fields,
        links=_with_links_beside(links, body, content),
        warnings=decoded.warnings,
    )


def _without_server_code(source: str) -> str:
    """The page without `<% … %>` and `<?php … ?>` stretches that a saved template still holds."""
    return without_stretches(without_stretches(source, "<%", "%>"), "<?php", "?>")


def check_depth(source: str) -> None:
    """Refuse a page nested so deep that parsing it takes minutes. Raises UnreadableDocument."""
    depth = deepest = 0
    for found in _OPENING.finditer(source):
        depth += -1 if found[1] else 1
        deepest = max(deepest, depth)
    if deepest > _MAX_DEPTH:
        raise UnreadableDocument("网页结构嵌套过深，无法解析，请复制正文另存为文本后重新载入")


def _parse(source: str) -> tuple[str, dict[str, str], Node]:
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(source)
    metas: dict[str, str] = {}
    for meta in page.css("meta[name]"):
        name = (meta.attributes.get("name") or "").strip().lower()
        metas.setdefault(name, meta.attributes.get("content") or "")
    heading = page.css_first("title")
    body = page.body
    if body is None:
        raise UnreadableDocument("网页中没有正文，请核对后重新载入")
    return (heading.text() if heading is not None else ""), metas, cast(Node, body)


def _without_idle_edges(lines: list[str], fields: dict[str, str]) -> list[str]:
    """Lines without page furniture at either end; a 发布时间 line at the top becomes a field."""
    for i, line in enumerate(lines[:_NEAR_EDGE]):
        found = _PUBLISHED.match(line.strip())
        if found is not None:
            fields.setdefault("发布日期", found[1])
            lines[i] = line.strip()[found.end() :].strip()
    kept = []
    for i, line in enumerate(lines):
        declared = declaration_in(line) if _at_edge(i, len(lines)) else {}
        for name, value in declared.items():
            if value:
                fields.setdefault(name, value)
        if not declared and not (_at_edge(i, len(lines)) and _is_idle(line.strip())):
            kept.append(line)
    return kept


def _is_idle(line: str) -> bool:
    return not line or bool(_IDLE_LINE.match(line))


def _at_edge(index: int, count: int) -> bool:
    return index < _NEAR_EDGE or index >= count - _NEAR_EDGE


def _with_links_beside(links: tuple[Link, ...], body: Node, content: Node) -> tuple[Link, ...]:
    """Attachments of the content and those listed right beside it under the same parent (相关附件)."""
    parent = content.parent
    if parent is None or content.mem_id == body.mem_id:
        return links
    _, around = content_lines(parent, is_furniture)
    return tuple(dict.fromkeys((*links, *around)))
