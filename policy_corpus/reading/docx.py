"""A DOCX -> Reading: paragraphs and tables in place, automatic numbers written out, tracked changes accepted.

Called by dispatch. The XML is walked directly: python-docx gives neither automatic numbers nor tracked
insertions, content controls or text boxes, and fails on relations that WPS writes (LIBRARIES.md, trap 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from policy_corpus.model import Reading
from policy_corpus.reading.docx_numbering import Numbering
from policy_corpus.reading.docx_package import DocxPackage, child, local, value
from policy_corpus.reading.docx_runs import Inline, inline_text
from policy_corpus.reading.docx_table import table_lines
from policy_corpus.reading.normalising import count_hanzi, normalise_text

_PASSED_THROUGH = frozenset((
    "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "txbxContent",
))  # fmt: skip
_DROPPED = frozenset((
    "del", "moveFrom", "sectPr", "tblPr", "tblGrid", "pPr", "sdtPr", "sdtEndPr", "customXmlPr",
))  # fmt: skip
_MAX_NESTING = 60
_TITLE_STYLES = ("title", "标题", "文件标题", "公文标题")


@dataclass
class _Walk:
    """What is carried along while walking the document."""

    numbering: Numbering
    style_names: dict[str, str]
    centred_styles: frozenset[str] = frozenset()
    lines: list[str] = field(default_factory=list)
    carried: str = ""  # text of a paragraph whose mark was deleted: it runs on into the next
    title: list[str] = field(default_factory=list)
    title_done: bool = False


def read_docx(data: bytes) -> Reading:
    """Read a DOCX. Raises UnreadableDocument for a damaged, encrypted or hostile file."""
    package = DocxPackage(data)
    root = package.document()
    styles = package.related("styles")
    walk = _Walk(
        Numbering(package.related("numbering"), styles), _style_names(styles), _centred_styles(styles)
    )
    body = child(root, "body")
    _blocks(body if body is not None else root, walk, 0)
    _flush(walk)
    text = normalise_text("\n".join(walk.lines))
    fields = _core_fields(package.core_properties())
    title = "".join(walk.title) or None
    return Reading("docx", text, title=title or _title_from(fields, text), fields=fields)


def _blocks(container: Element, walk: _Walk, depth: int) -> None:
    if depth > _MAX_NESTING:
        raise RecursionError("blocks nested too deep")
    for block in container:
        name = local(block)
        if name == "p":
            _paragraph(block, walk, depth)
        elif name == "tbl":
            _flush(walk)
            walk.title_done = walk.title_done or bool(walk.title)
            walk.lines.extend(table_lines(block, lambda cell: _cell_lines(cell, walk, depth + 1)))
        elif name == "sdt":
            if not _is_contents_list(block):
                _blocks(block, walk, depth + 1)
        elif name == "AlternateContent":
            _blocks(_chosen(block), walk, depth + 1)
        elif name in _PASSED_THROUGH or (name not in _DROPPED and child(block, "p") is not None):
            _blocks(block, walk, depth + 1)


def _cell_lines(cell: Element, walk: _Walk, depth: int) -> list[str]:
    """The lines inside a table cell, numbered on with the document's lists."""
    inner = _Walk(walk.numbering, walk.style_names, title_done=True)
    _blocks(cell, inner, depth)
    _flush(inner)
    return inner.lines


def _paragraph(paragraph: Element, walk: _Walk, depth: int) -> None:
    properties = child(paragraph, "pPr")
    style = walk.style_names.get(value(child(properties, "pStyle")) or "", "")
    if style.startswith("toc ") or style.startswith("目录"):
        return
    inline = inline_text(paragraph)
    text = walk.carried + inline.text
    walk.carried = ""
    mark = child(properties, "rPr")
    if child(mark, "del") is not None:  # 17.13.5.15: a deleted paragraph mark joins it to the next paragraph
        walk.carried = text
        return
    label = walk.numbering.label(properties)  # an empty numbered paragraph counts too
    if text.strip():
        walk.lines.extend((label + text.lstrip()).split("\n") if label else text.split("\n"))
        _consider_title(walk, text, style, properties)
    elif walk.lines and walk.lines[-1]:
        walk.lines.append("")
    _text_boxes(inline, walk, depth)


def _text_boxes(inline: Inline, walk: _Walk, depth: int) -> None:
    for box in inline.boxes:
        _blocks(box, walk, depth + 1)


def _flush(walk: _Walk) -> None:
    if walk.carried.strip():
        walk.lines.append(walk.carried)
    walk.carried = ""


def _consider_title(walk: _Walk, text: str, style: str, properties: Element | None) -> None:
    """The title is the first run of centred paragraphs, or of those in a title style, before the body begins."""
    if walk.title_done:
        return
    plain = " ".join(text.split())
    own = value(child(properties, "jc"))
    by_style = (value(child(properties, "pStyle")) or "") in walk.centred_styles or style in _TITLE_STYLES
    centred = own == "center" or (own is None and by_style)
    if not centred:
        walk.title_done = bool(walk.title) or len(walk.lines) > 12
    elif "〕" in plain or plain.startswith(("（", "(", "目")) or count_hanzi(plain) < 4:
        walk.title_done = bool(walk.title)
    else:
        walk.title.append(plain)


def _is_contents_list(block: Element) -> bool:
    gallery = child(child(child(block, "sdtPr"), "docPartObj"), "docPartGallery")
    return value(gallery) == "Table of Contents"


def _chosen(block: Element) -> Element:
    choice = child(block, "Choice")
    fallback = child(block, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else block


def _styles(styles: Element | None) -> Iterator[Element]:
    return (style for style in (styles if styles is not None else ()) if local(style) == "style")


def _style_names(styles: Element | None) -> dict[str, str]:
    return {value(row, "styleId") or "": (value(child(row, "name")) or "").lower() for row in _styles(styles)}


def _centred_styles(styles: Element | None) -> frozenset[str]:
    centred = (row for row in _styles(styles) if value(child(child(row, "pPr"), "jc")) == "center")
    return frozenset(value(row, "styleId") or "" for row in centred)


def _core_fields(core: Element | None) -> dict[str, str]:
    """Document properties that can be true: most are left over from a template or name the typist."""
    names = {"title": "标题", "subject": "主题", "keywords": "主题词"}
    fields: dict[str, str] = {}
    for element in core if core is not None else ():
        name, text = names.get(local(element)), " ".join((element.text or "").split())
        if name is not None and count_hanzi(text) >= 4 and len(text) <= 120 and "文档" not in text:
            fields[name] = text
    return fields


def _title_from(fields: dict[str, str], text: str) -> str | None:
    """The title property, believed only if its words stand near the top of the text."""
    title = fields.get("标题")
    return title if title and title in text[:1000] else None
