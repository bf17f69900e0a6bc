"""Write a sample policy as a Word file with real numbering, tables and tracked changes (the door to python-docx)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from samples.policy_sources import BUILT_AT, MARK, Block, Source, blocks_of, chinese_date


def render_docx(source: Source) -> bytes:
    """A Word file with real numbering, tables and tracked changes; the same bytes every time."""

    document: Any = Document()
    properties = document.core_properties
    properties.title, properties.author = source.head["title"], source.head["authority"]
    properties.comments = MARK
    properties.created = properties.modified = BUILT_AT.replace(tzinfo=None)
    numbering = _add_numbering(document) if source.head.get("numbering") == "auto" else 0
    for block in blocks_of(source):
        _add_block(document, block, numbering)
    document.add_paragraph(chinese_date(source.head["dated"])).alignment = 2
    _add_page_number(document)
    packed = io.BytesIO()
    document.save(packed)
    return _with_fixed_times(packed.getvalue())


def _add_block(document: Any, block: Block, numbering: int) -> None:
    if block.kind == "table":
        table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
        for row in block.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        return
    paragraph = document.add_paragraph()
    if block.kind in ("title", "number", "mark", "chapter"):
        paragraph.alignment = 1
    elif block.kind == "sign":
        paragraph.alignment = 2
    elif block.kind in ("条", "款"):
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = ("条", "款").index(block.kind)
        properties.get_or_add_numId().val = numbering
    for state, text in tracked_runs(block.text):
        _add_run(paragraph, state, text, bold=block.kind in ("title", "chapter", "heading"))


def tracked_runs(text: str) -> Iterator[tuple[str, str]]:
    """Split at the marks of tracked changes.

    >>> list(tracked_runs("按--8%--++10%++给予"))
    [('', '按'), ('del', '8%'), ('ins', '10%'), ('', '给予')]
    """
    for part in re.split(r"(\+\+.+?\+\+|--.+?--)", text):
        if part:
            state = {"++": "ins", "--": "del"}.get(part[:2], "")
            yield state, part[2:-2] if state else part


def _add_run(paragraph: Any, state: str, text: str, *, bold: bool) -> None:

    run = paragraph.add_run(text)
    run.bold = bold or None
    if not state:
        return
    change: Any = OxmlElement(f"w:{state}")
    for key, value in (("id", "1"), ("author", "示例"), ("date", "2026-06-01T00:00:00Z")):
        change.set(qn(f"w:{key}"), value)
    run._r.addprevious(change)
    change.append(run._r)
    if state == "del":
        for element in run._r.findall(qn("w:t")):
            element.tag = qn("w:delText")


_NUMBERING = """<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/>
<w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>"""


def _add_numbering(document: Any) -> int:

    root = document.part.numbering_part.element
    first = root.find(qn("w:num"))  # the schema wants every abstractNum before the first num
    first.addprevious(parse_xml(_NUMBERING))
    return int(root.add_num(90).numId)


def _add_page_number(document: Any) -> None:

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    field = f'<w:fldSimple xmlns:w="{space}" w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = 1
    paragraph._p.append(parse_xml(field))


def _with_fixed_times(packed: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, BUILT_AT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
