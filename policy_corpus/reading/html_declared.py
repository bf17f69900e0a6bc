"""What a government page declares about its document: title, and the 索引号/文号/日期 table as fields.

Called by html.py. The head's meta tags (the 政府网站 standard's ArticleTitle, PubDate, ContentSource) are
believed first, then labels that stand on the page outside the text.
"""

from __future__ import annotations

import re
from itertools import pairwise

from policy_corpus.reading.html_nodes import TEXT, Node, is_silent, names_of, text_of, walk

_META_FIELDS = {"pubdate": "发布日期", "contentsource": "来源", "sitename": "网站"}

# Field name -> how pages label it (spaces and colon removed).
_LABELS: dict[str, tuple[str, ...]] = {
    "索引号": ("索引号", "信息索引号", "索引编号", "统一编号"),
    "主题分类": ("主题分类", "信息分类", "主题类别", "体裁分类"),
    "主题词": ("主题词", "关键词"),
    "发文机关": (
        "发文机关", "发布机构", "发文单位", "发布机关", "制发机关", "发文机构", "制定机关", "公开机构", "发布单位",
    ),
    "发文字号": ("发文字号", "文号", "文件编号", "发文文号", "文件字号"),
    "标题": ("标题", "名称", "文件名称", "信息名称", "文件标题"),
    "成文日期": (
        "成文日期",
        "生成日期",
        "成文时间",
        "印发日期",
        "制发日期",
        "签署日期",
        "发文日期",
        "发文时间",
    ),
    "发布日期": ("发布日期", "发布时间", "公开日期", "公布日期", "发表时间", "公开时间", "信息时间"),
    "施行日期": ("施行日期", "实施日期", "生效日期", "生效时间", "施行时间"),
    "失效日期": ("失效日期", "废止日期", "失效时间", "有效期至", "有效期"),
    "有效性": ("有效性", "文件状态", "时效性", "效力状态", "时效", "是否有效"),
    "来源": ("来源", "信息来源", "文章来源", "稿源"),
}  # fmt: skip
_FIELD_OF = {label: name for name, labels in _LABELS.items() for label in labels}
_LONGEST_LABEL = max(map(len, _FIELD_OF))
_LABELLED = re.compile(
    rf"^[【\[]?([\u4e00-\u9fff\s]{{2,{_LONGEST_LABEL + 6}}}?)[】\]]?\s{{0,8}}[:：](.*)$", re.DOTALL
)
_NO_VALUE = frozenset(("", "-", "—", "——", "无", "/", "暂无"))
_DATE_FIELDS = frozenset(("成文日期", "发布日期", "施行日期", "失效日期"))
_DATE = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?|长期有效|长期")
_STATES = re.compile(r"有效|失效|废止|施行|修订|修改|废|现行")
_FIELD_TAGS = frozenset((
    "td", "th", "li", "span", "p", "div", "dt", "dd", "b", "strong", "em", "label", "font", "i", "h3",
    "h4", "h5",
))  # fmt: skip
_BLOCKS = frozenset(("td", "li", "p", "div", "table", "dd", "dt", "h1", "ul", "ol", "dl"))
_FEW_PARTS = 12
_FEW_NODES = 200
_WORDS_OF_NAVIGATION = ("当前位置", "所在位置", "您的位置", "首页", "欢迎")
_SITE_PART = re.compile(r"\s{0,8}[-_|—–]{1,8}\s{0,8}(?=[^-_|—–]{1,200}$)")
_COLUMN = re.compile(r"^.{0,4}(?:公告|文件|公开|动态|政策|法规|专栏|栏目|要闻|通知|信息)$")
_SITE = re.compile(r"网|门户|政府|委员会|局$|厅$|公司|平台|公众号|首页|频道")


def declared_fields(metas: dict[str, str], body: Node, content: Node) -> dict[str, str]:
    """Fields declared in meta tags and by labels outside the content: Chinese field name -> value as written."""
    fields: dict[str, str] = {}
    for name, value in _labelled_values(body, content):
        fields.setdefault(name, value)
    for meta, name in _META_FIELDS.items():
        value = _tidy_value(name, metas.get(meta, ""))
        if value not in _NO_VALUE:
            fields.setdefault(name, value)
    return fields


def _labelled_values(body: Node, content: Node) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    pending: str | None = None  # a cell that held nothing but a label
    inside = content.mem_id if content.mem_id != body.mem_id else -1
    for node, entering in walk(body, lambda node: _is_outside(node, inside)):
        if not entering or node.tag not in _FIELD_TAGS or _holds_blocks(node):
            continue
        text = text_of(node)
        if len(text) > 200:
            pending = None
            continue
        name, value = _split_label(text)
        if name is not None and value not in _NO_VALUE:
            found.append((name, _tidy_value(name, value)))
            pending = None
        elif name is not None:
            pending = name
        elif pending is not None and text:
            if text not in _NO_VALUE and not text.endswith(("：", ":")):
                found.append((pending, _tidy_value(pending, text)))
            pending = None
    return [(name, value) for name, value in found if value]


def _is_outside(node: Node, content_id: int) -> bool:
    return node.mem_id == content_id or is_silent(node)


def _holds_blocks(node: Node) -> bool:
    """Whether an element holds several cells: then its parts are looked at, not the whole."""
    parts = (part for part, entering in walk(node) if entering and part.mem_id != node.mem_id)
    return any(count >= _FEW_PARTS or part.tag in _BLOCKS for count, part in enumerate(parts))


def _split_label(text: str) -> tuple[str | None, str]:
    bare = "".join(text.split()).strip("：:【】[]")
    if bare in _FIELD_OF:
        return _FIELD_OF[bare], ""
    found = _LABELLED.match(text)
    if found is None:
        return None, ""
    return _FIELD_OF.get("".join(found[1].split())), found[2].strip()


def _tidy_value(name: str, value: str) -> str:
    value = " ".join(value.split())
    if name in _DATE_FIELDS:
        found = _DATE.search(value)
        return found[0].replace(" ", "") if found else ""
    if name == "有效性":
        return value[:40] if _STATES.search(value) else ""
    return value[:120]


def declaration_in(line: str) -> dict[str, str]:
    """The fields of a tab row that holds nothing but labels and their values; empty for any other row.

    >>> declaration_in("索引号：\\tXX-1\\t发文机关：\\t示例市政府"), declaration_in("类别\\t标准")
    ({'索引号': 'XX-1', '发文机关': '示例市政府'}, {})
    """
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    split = [_split_label(cell) for cell in cells]
    if "\t" not in line or not all(a[0] or b[0] for a, b in pairwise(((None, ""), *split))):
        return {}
    fields = {name: value for name, value in split if name}
    for (name, value), cell in zip(split, cells[1:], strict=False):
        if name and not value and _split_label(cell)[0] is None:
            fields[name] = cell
    return {name: _tidy_value(name, value) for name, value in fields.items()}


def page_title(metas: dict[str, str], head_title: str, body: Node) -> str | None:
    """The document's title: ArticleTitle, else a heading that the page's <title> confirms, else any heading."""
    declared = _clean_title(metas.get("articletitle", ""))
    if declared:
        return declared
    headings = [text for text in map(_clean_title, _heading_texts(body)) if text]
    title = _clean_title(head_title)
    for text in headings:
        if title and (title.startswith(text[:12]) or text.startswith(title[:12])):
            return text
    if headings:
        return headings[0]
    return _without_site(title, metas.get("sitename", "")) or None


def _heading_texts(body: Node) -> list[str]:
    """Texts of h1 and of elements that call themselves a title, h1 first."""
    first: list[str] = []
    second: list[str] = []
    for node, entering in walk(body):
        if not entering or node.tag == TEXT:
            continue
        if node.tag in ("h1", "ucaptitle"):
            first.append(text_of(node, _FEW_NODES))
        elif node.tag in ("h2", "h3", "div", "p") and "title" in names_of(node).replace("-", "_").split("_"):
            second.append(text_of(node, _FEW_NODES))
    return [text for text in first + second if 4 <= len(text) <= 150]


def _clean_title(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > 200 or any(word in text[:12] for word in _WORDS_OF_NAVIGATION):
        return ""
    return text


def _without_site(title: str, site: str) -> str:
    """The page title without the name of the site behind it.

    >>> _without_site("关于印发示例办法的通知-示例市人民政府门户网站", "")
    '关于印发示例办法的通知'
    """
    if site and title.endswith(site):
        title = title[: -len(site)].rstrip(" -_|—–")
    for _ in range(3):
        parts = _SITE_PART.split(title, maxsplit=1)
        if len(parts) < 2 or not parts[0].strip() or not (_SITE.search(parts[1]) or _COLUMN.match(parts[1])):
            break
        title = parts[0]
    return title.strip(" -_|—–")
