"""Find the element of a page that holds the document: by the names government sites use, else by density.

Called by html.py. Density counts Chinese characters outside links: navigation is nearly all links, a
policy nearly none. The search goes down from the body as long as one child still holds most of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_corpus.reading.html_nodes import TEXT, Node, children, is_silent, names_of, text_of, walk
from policy_corpus.reading.normalising import count_hanzi

# Ids and classes of the text container in the publishing systems that government sites run on, best first.
_CONTENT_NAMES = (
    "ucap-content",
    "zoomcon",
    "zoom",
    "trs_editor",
    "trs_ueditor",
    "trs_uedit",
    "view trs_uedit_content",
    "info_cont",
    "article-content",
    "article_content",
    "content_article",
    "articlecontent",
    "pages_content",
    "main-txt",
    "xxgk_content",
    "news_content",
    "article-con",
    "arc_cont",
    "bt-article",
    "contxt",
    "vsb_content",
    "v_news_content",
    "j-fontcontent",
    "js_content",
)
_LABELLED = ("正文",)  # wzades="正文": the accessibility mark of the body
_ENOUGH_HANZI = 40
_MOST = 0.7
_NEARLY_ALL = 0.95
_PARTS_OF_TABLES = frozenset(("table", "tbody", "tr", "td"))
_PROSE = re.compile(r"[。；]|第[一二三四五六七八九十\d]+[条章]|[一二三四五六七八九十]、")
_SITE_OWNER = re.compile(r"版权所有|网站标识码|备案|ICP|主办单位|承办单位|技术支持|网站地图", re.IGNORECASE)

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside"))
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:foot|footer|nav|navbar|menu|submenu|crumb|crumbs|breadcrumb|position|curpos|location|curb"
    r"|share|bdshare|sidebar|copyright|banner|toolbar|qrcode|ewm|topbar|friendlink|links|related|xgxw|xgjd"
    r"|pagination|prevnext|search|login|hotword|fontsize|setfont|fontset)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_PARAGRAPHS = frozenset(("p", "ul", "ol", "li", "h1", "h2", "h3", "span", "font", "b"))


def is_furniture(node: Node) -> bool:
    """Whether an element is navigation, a footer, share buttons or the like, by its tag or name."""
    if node.tag == TEXT:
        return False
    if is_silent(node) or node.tag in _FURNITURE_TAGS:
        return True
    if node.tag in ("body", "html", "p", "td", "tr", "tbody", "table"):
        return False
    names = names_of(node)
    return bool(names) and bool(_FURNITURE.search(names)) and not _is_named_content(names)


def find_content(body: Node) -> Node:
    """The element that holds the document; the body itself where nothing stands out."""
    weights = _weigh(body)
    named = [
        node
        for node, entering in walk(body, is_furniture)
        if entering and _content_rank(node) and weights.get(node.mem_id, 0) >= _ENOUGH_HANZI
    ]
    if named:
        best = max(named, key=lambda node: (weights[node.mem_id], _content_rank(node) or 0))
        if weights[best.mem_id] >= weights.get(body.mem_id, 0) * 0.25:
            return _with_its_like(best, named, weights)
    found = _densest(body, weights)
    while found.tag in ("tr", "tbody") and found.parent is not None:
        found = found.parent  # rows without their table could not be told from paragraphs
    return found


def _with_its_like(best: Node, named: list[Node], weights: dict[int, int]) -> Node:
    """The element itself, or what encloses it and others of its name: some sites cut a document into several."""
    path = [best, *_ancestors(best)]
    places = {node.mem_id: place for place, node in enumerate(path)}
    highest = extra = 0
    for node in named:
        place = next((places[up.mem_id] for up in (node, *_ancestors(node)) if up.mem_id in places), 0)
        if place and names_of(node) == names_of(best) and node.mem_id not in places:
            highest, extra = max(highest, place), extra + weights[node.mem_id]
    return path[highest] if extra >= weights[best.mem_id] * 0.05 else best


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None and node.tag != "body":
        node = node.parent
        yield node


def _content_rank(node: Node) -> int | None:
    """A higher rank is a surer sign; None for an element with no telling name."""
    if node.tag == TEXT:
        return None
    if node.attributes.get("wzades") in _LABELLED:
        return len(_CONTENT_NAMES) + 1
    words = names_of(node).split()
    ranks = [len(_CONTENT_NAMES) - i for i, name in enumerate(_CONTENT_NAMES) if name in words]
    return max(ranks, default=None)


def _is_named_content(names: str) -> bool:
    return any(name in names.split() for name in _CONTENT_NAMES)


def _weigh(body: Node) -> dict[int, int]:
    """Chinese characters outside links below each element, furniture left out."""
    weights: dict[int, int] = {}
    counts: list[int] = []
    inside_links = 0
    for node, entering in walk(body, is_furniture):
        if node.tag == TEXT:
            if not inside_links:
                counts[-1] += count_hanzi(node.text_content or "")
        elif entering:
            counts.append(0)
            inside_links += node.tag == "a"
        else:
            weight = counts.pop()
            weights[node.mem_id] = weight
            inside_links -= node.tag == "a"
            if counts:
                counts[-1] += weight
    return weights


def _densest(body: Node, weights: dict[int, int]) -> Node:
    node = body
    while True:
        inner = [child for child in children(node) if child.tag != TEXT and child.mem_id in weights]
        if not inner:
            return node
        best = max(inner, key=lambda child: weights[child.mem_id])
        share = _NEARLY_ALL if best.tag in _PARTS_OF_TABLES else _MOST
        if best.tag in _PARAGRAPHS or weights[best.mem_id] < max(10, weights[node.mem_id] * share):
            return node
        if any(_is_prose(child) for child in children(node) if child.mem_id != best.mem_id):
            return node
        node = best


def _is_prose(node: Node) -> bool:
    """Whether an element beside the densest one holds sentences or articles, which must not be lost."""
    if node.tag != TEXT and is_furniture(node):
        return False
    text = (node.text_content or "").strip() if node.tag == TEXT else text_of(node)
    if count_hanzi(text) < 8 or _SITE_OWNER.search(text):
        return False
    return bool(_PROSE.search(text))
