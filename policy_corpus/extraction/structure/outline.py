"""A document's text -> a tree of sections: chapters, articles, numbered lists, fields of a card, paragraphs.

Numbers decide the depth, not the style alone: a list that starts again at one stands below what is open, a
number that follows on continues its list. Texts without a line break are cut before their markers. Called by
items and prediction.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from policy_corpus.extraction.lexicon.headings import FIELDS, Role
from policy_corpus.extraction.structure.captions import read_heading, read_label, role_of
from policy_corpus.extraction.structure.sections import Section as Section
from policy_corpus.extraction.structure.tables import Row, read_tables
from policy_corpus.extraction.words.numerals import read_number
from policy_corpus.extraction.words.plain import Plain, make_plain
from policy_corpus.folding import fold
from policy_corpus.model import Document

_CN = "[一二三四五六七八九十百零〇]"
ROW = "事项"
_STYLES = (
    ("章", re.compile(rf"第({_CN}{{1,6}}|\d{{1,3}})章")),
    ("节", re.compile(rf"第({_CN}{{1,6}}|\d{{1,3}})节")),
    ("条", re.compile(rf"第({_CN}{{1,6}}|\d{{1,3}})条")),
    (ROW, re.compile(r"事项(\d{1,4})[：:]")),  # a row of a policy list, as reading/item_tables writes it
    ("一、", re.compile(rf"({_CN}{{1,3}})[、．.](?!\d)")),
    ("（一）", re.compile(rf"[（(]({_CN}{{1,3}})[）)][、．.]?")),
    ("1.", re.compile(r"(\d{1,2})(?:[.．](?!\d)|[、])")),
    ("1)", re.compile(r"(\d{1,2})[）)]")),
    ("（1）", re.compile(r"[（(](\d{1,2})[）)][、．.]?")),
    ("①", re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])")),
    ("方向", re.compile(rf"(?:方向|类别)({_CN}{{1,2}}|\d{{1,2}})[、：:． ]")),
)
_MARKED = frozenset(
    "第一二三四五六七八九十百零〇（(①②③④⑤⑥⑦⑧⑨⑩方类事"
)  # the first characters of them all, besides digits
_RANK = {style: rank for rank, (style, _) in enumerate(_STYLES)}
_FIXED = 4  # 章 节 条 事项 stand where their kind says
_CIRCLED = {char: number for number, char in enumerate("①②③④⑤⑥⑦⑧⑨⑩", 1)}
_INLINE = re.compile(
    rf"(?:(?<=[\s\u3000。；;：:）)\]】])|(?<=条件)(?=[（(][一1][）)])|(?<=要求)(?=[（(][一1][）)])|(?<=标准)(?=[（(][一1][）)])|(?<=对象)(?=[（(][一1][）)])|^)(?=第{_CN}{{1,6}}[章节条][\s\u3000]|第{_CN}{{1,6}}条|{_CN}{{1,3}}、|[（(]{_CN}{{1,3}}[）)]|"
    r"\d{1,2}[.．、](?![\d年月])|[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩]|【[^】]{2,12}】)|(?<=[。！？；])(?=  )|(?<=  )(?=[\u4e00-\u9fff]{2,8}[：:])"
)
# "事项名称：甲 服务对象：乙 条件要求：丙": a card in one line
_INLINE_FIELD = re.compile(rf"(?<=[ |；。])(?=(?:{'|'.join(sorted(FIELDS, key=len, reverse=True))})[：:])")
_LEAST_FIELDS = 2
_FIELD_LINE = re.compile(r"(?P<name>【?[\u4e00-\u9fff/]{2,12}】?)(?P<colon>\s{0,4}[:：]?\s{0,4})")
_ADDRESS = re.compile(r"https?[:：]//[!-~]{4,180}$")  # a link stands at the end of its line
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_TERMINAL = frozenset("。；！？：;!?:")
_LONG_LINE = 400  # a line longer than this is cut before its inner markers
# "对符合下列条件的，给予补助：（一）甲；（二）乙。": a list on the line of what it belongs to
_INLINE_LIST = re.compile(
    r"：(?:[（(]一[）)][^\n]{2,200}?[；。][（(]二[）)]|1[.．、][^\n]{2,200}?[；。]2[.．、]|"
    r"[（(]1[）)][^\n]{2,200}?[；。][（(]2[）)]|①[^\n]{2,200}?②)"
)
# "冷链建设项目。1.申报单位：甲。2.补助标准：乙。"
_NUMBERED_FIELD = re.compile(rf"\d[.．、](?:{'|'.join(sorted(FIELDS, key=len, reverse=True))})[：:]")
_SECOND = re.compile(r"[。；\s]二、")  # behind a first: a whole document on one line, however short
_WINDOW = 4000  # of a block, what decides whether the next line goes on with it
_LONGEST_KIND = 40
_NARROW = 4  # characters of a column in which names of fields break
# A list that starts again stands below what is open; this deep it is no longer that, and stands beside it.
DEEPEST = 12
# What the list behind it belongs to: "…应符合：", "有下列情形之一的企业，不予支持。"
_INTRODUCES = re.compile(r"：$|(?:下列|以下|如下)(?:情[形况]|条件|要求)[^。；]{0,24}。?$")


def read_outline(document: Document) -> Section:
    """The tree of a document's sections; the root has no words of its own."""
    folded = fold(document.text)
    root = Section(Plain("", (), document), "", 0, Role.OPEN)
    current = root
    tables = read_tables(folded)
    root.cut = tables.cut
    for start, end in _blocks(folded, tables.rows):
        if start in tables.rows:
            current = _attach_row(root, current, tables.rows[start], (document, folded))
            continue
        section = _section(document, folded, start, end)
        if section is not None:
            current = _attach(root, current, section)
    return root


def _attach_row(root: Section, current: Section, row: Row, source: tuple[Document, str]) -> Section:
    """A row of a table as a card: a section by its name, a field below it for each column that is understood."""
    if not row.fields:
        return current
    document, folded = source
    name = make_plain(document, folded, *row.name).text if row.name else ""
    card = Section(Plain("", (), document), "", 0, Role.OPEN, name)
    current = _attach(root, current, card)
    for role, heading, place in row.fields:
        plain = make_plain(document, folded, *place)
        below = Section(plain, "field", -1, role, heading, [], card, card.depth + 1, len(card.children))
        card.children.append(below)
    return current


def _blocks(folded: str, rows: Container[int] = ()) -> Iterator[tuple[int, int]]:
    """Where the paragraphs stand: lines, wrapped lines joined, long lines cut before their markers.

    rows: where rows of tables begin, which stay whole.
    """
    start = end = -1
    for line_start, line_end in _lines(folded):
        if start >= 0 and _continues(folded[max(start, end - _WINDOW) : end], folded[line_start:line_end]):
            end = line_end
            continue
        if start >= 0:
            yield from [(start, end)] if start in rows else _cut(folded, start, end)
        start, end = line_start, line_end
    if start >= 0:
        yield from [(start, end)] if start in rows else _cut(folded, start, end)


def _lines(folded: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in folded.split("\n"):
        stripped = line.strip(" \t\r\u3000\xa0")
        if stripped:
            lead = line.index(stripped[0])
            yield position + lead, position + lead + len(stripped)
        position += len(line) + 1


def _continues(block: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the block above it (hard-wrapped text)."""
    if _is_wrapped_field(block, line):
        return True
    tail, last = block[-400:], block.rstrip()[-1:]
    if "\t" in line or "\t" in tail or last in _TERMINAL:
        return False
    if _marker(line) or _is_field(line):
        return bool(re.fullmatch(r"[\d.]{1,9}[）)]?", line.strip())) and not last.isdigit() and len(tail) > 6
    if tail.count("《") > tail.count("》") or tail.count("（") > tail.count("）"):
        return True
    if last in "，、,“（《至" or line[0] in "，、,。；）》”%元万亿个年月日人号/":
        return True
    if last.isdigit() and not line[0].isdigit():
        return True
    if line[0].isdigit() and len(line) <= 8 and len(tail) > 6:
        return True
    if _LABEL.match(line):
        return False
    own = block.rsplit("\n", 1)[-1]
    if _ADDRESS.search(own[-200:]) or (_marker(own) and _heads(own, line)):
        return False
    return len(own.strip()) >= 20 and last not in "”》）" and not _is_field(own) and len(block) < _WINDOW


_KIND = ("企业", "机构", "单位", "平台", "基地", "园区", "团队")
_SAYS = re.compile(r"(?:在|应|须|具有|具备|获得|取得|是指|指|申报|凡|符合|经)")


def _heads(own: str, line: str) -> bool:
    """Whether a numbered line is the name of one kind of applicant, and the next says what is asked of it."""
    name = own.strip()
    return len(name) <= _LONGEST_KIND and name.endswith(_KIND) and bool(_SAYS.match(line.strip()))


def _cut(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a long paragraph before the markers inside it; a short one stays whole."""
    text = folded[start:end]
    long = (
        len(text) > _LONG_LINE
        or (text.startswith("一、") and _SECOND.search(text) is not None)
        or "  " in text  # two wide blanks, folded
        or _INLINE_LIST.search(text) is not None
        or len(_NUMBERED_FIELD.findall(text)) >= _LEAST_FIELDS
        or "】" in text
    )
    fields = [match.start() for match in _INLINE_FIELD.finditer(text)]
    fields = fields if len(fields) >= _LEAST_FIELDS else []
    if not long and not fields:
        yield start, end
        return
    marks = [match.start() for match in _INLINE.finditer(text) if match.start()] if long else []
    places = sorted({*marks, *fields})
    for begin, stop in zip([0, *places], [*places, len(text)], strict=True):
        if text[begin:stop].strip():
            yield start + begin, start + stop


def _marker(text: str) -> tuple[str, int, int] | None:
    """The list style, number and length of a marker at the head of a text."""
    head = text[:12]
    known = head[:1] in _MARKED or head[:1].isdecimal()
    for style, pattern in _STYLES if known else ():
        match = pattern.match(head)
        if match:
            number = _CIRCLED.get(match[1]) or int(read_number(match[1]) or 0)
            return style, number, match.end()
    return None


def _is_wrapped_field(block: str, line: str) -> bool:
    """Whether a name of a field breaks between two lines, as in a narrow column: "服务", "对象"."""
    first, second = block[: 2 * _NARROW].strip(), line.strip()
    return len(block) <= 2 * _NARROW and first not in FIELDS and first + second in FIELDS


def _is_field(line: str) -> bool:
    return _field(line) is not None


def _field(line: str) -> tuple[str, int] | None:
    """The field name at the head of a line and where its value begins: "申报条件：…", a card's own line."""
    match = _FIELD_LINE.match(line)
    if not match:
        return None
    name = match["name"].strip("【】")
    rest = line[match.end() :]
    if name in FIELDS and (not rest or match["colon"].strip() or match["colon"] or "【" in match["name"]):
        return name, match.end()
    for known in (name[:length] for length in range(len(name), 3, -1)):
        if known in FIELDS and (line[len(known) :].startswith((" ", "\t", "\u3000"))):
            return known, len(known)
    return None


def _section(document: Document, folded: str, start: int, end: int) -> Section | None:
    lead = len(folded[start:end]) - len(folded[start:end].lstrip(" \t\r\n\u3000"))
    start += lead
    text = folded[start:end]
    style, number, skip = "", 0, 0
    marker = _marker(text)
    if marker:
        style, number, skip = marker
        skip += len(text[skip:]) - len(text[skip:].lstrip(" \t\u3000"))
    name = text.replace("\n", "").replace(" ", "") if "\n" in text[: 2 * _NARROW] else ""
    if len(text) <= 3 * _NARROW and name in FIELDS:
        return Section(make_plain(document, folded, end, end), "field", -1, FIELDS[name], name)
    named = _field(text[skip:])
    if named:
        name, length = named
        section_start = start + skip + length
        plain = make_plain(document, folded, section_start, end)
        return Section(plain, style or "field", number or -1, FIELDS[name], name)
    label, length = read_label(text[skip : skip + 40], bool(marker))
    plain = make_plain(document, folded, start + skip + length, end)
    if not plain.text:
        return None
    heading = label or read_heading(plain.text, bool(marker))
    return Section(plain, style, number, role_of(heading), heading)


def _attach(root: Section, current: Section, section: Section) -> Section:
    """Hang a section under the right parent; returns what is now open."""
    parent = _parent(root, current, section)
    while parent.depth >= DEEPEST and parent.parent is not None:
        parent = parent.parent
    section.parent, section.depth = parent, parent.depth + 1
    section.place = len(parent.children)
    if section.role is Role.OPEN and parent.role not in (Role.OPEN, Role.GENERAL):
        section.role = parent.role
    parent.children.append(section)
    is_paragraph = not section.style
    introduces = bool(_INTRODUCES.search(section.plain.text[-60:]))
    return section if not is_paragraph or introduces or section.role is not parent.role else parent


def _parent(root: Section, current: Section, section: Section) -> Section:
    open_sections = [current, *current.ancestors()]
    style, number = section.style, section.number
    if not style:  # a plain paragraph after a list leaves the introducing paragraph
        return next((node for node in open_sections if node.style or node is root), root)
    if style == "field":
        return _parent_of_field(open_sections, root)
    if _RANK[style] < _FIXED:
        return _above(open_sections, style, root)
    for node in open_sections:
        if node.style == style and node.parent is not None and number > node.number:
            return node.parent
    return current if number <= 1 else _above(open_sections, style, root, fields=True)


def _parent_of_field(open_sections: list[Section], root: Section) -> Section:
    twin = next((node for node in open_sections if node.style == "field"), None)
    if twin is not None and twin.parent is not None:
        return twin.parent
    return next(
        (node for node in open_sections if node.style in ("1.", "一、", "（一）", ROW, "条", "章")), root
    )


def _above(open_sections: list[Section], style: str, root: Section, fields: bool = False) -> Section:
    """The nearest open section of a higher rank (or a field, where asked)."""
    for node in open_sections:
        if node is root or (fields and node.style == "field"):
            return node
        if node.style in _RANK and _RANK[node.style] < _RANK[style]:
            return node
    return root
