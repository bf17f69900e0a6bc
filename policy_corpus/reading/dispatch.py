"""Choose the reader for a file by its content and run it in this process; called by the sandbox's child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.converted import CONVERTED, read_converted
from policy_corpus.reading.docx import read_docx
from policy_corpus.reading.html import read_html
from policy_corpus.reading.markdown import read_markdown
from policy_corpus.reading.normalising import MAX_TEXT_CHARS
from policy_corpus.reading.ofd import read_ofd
from policy_corpus.reading.pdf import read_pdf
from policy_corpus.reading.pictures import PICTURES, read_picture
from policy_corpus.reading.saved_page import read_saved_page
from policy_corpus.reading.signature import detect_format
from policy_corpus.reading.spreadsheet import SPREADSHEETS, read_spreadsheet
from policy_corpus.reading.txt import read_txt

_READERS: dict[str, Callable[[bytes], Reading]] = {
    "docx": read_docx,
    "html": read_html,
    "md": read_markdown,
    "ofd": read_ofd,
    "mht": read_saved_page,
    "txt": read_txt,
    **{name: partial(read_spreadsheet, form=name) for name in SPREADSHEETS},
}
_AIDED: dict[str, Callable[[bytes, str, bytes], Reading]] = {
    "pdf": read_pdf,
    **dict.fromkeys(CONVERTED, read_converted),
    **dict.fromkeys(PICTURES, read_picture),
}


def read_document(data: bytes, file_name: str, aid: bytes = b"") -> Reading:
    """Read a file; its name only helps to tell txt, md and html apart. Raises UnreadableDocument with a Chinese reason.

    aid: what a helper has made of it, where a call without has raised NeedsHelp.

    >>> read_document("示例市若干措施\\r\\n　　第一条 为了".encode("gb18030"), "示例.txt").text
    '示例市若干措施\\n第一条 为了'
    """
    found = detect_format(data, file_name)
    try:
        reading = _AIDED[found](data, found, aid) if found in _AIDED else _READERS[found](data)
    except (UnreadableDocument, MemoryError):
        raise
    except (
        Exception
    ) as trouble:  # whatever a parser throws at a bad file is a reason to refuse it, not to fail
        raise UnreadableDocument(
            f"文件无法解析（{found.upper()}，{type(trouble).__name__}），可能已损坏，请重新导出后载入"
        ) from trouble
    return _checked(reading)


def _checked(reading: Reading) -> Reading:
    if len(reading.text) > MAX_TEXT_CHARS:
        raise UnreadableDocument("正文超过 500 万字，不像一份政策文件，请拆分后重新载入")
    if not reading.text.strip():
        raise UnreadableDocument("文件中没有找到正文文字，请核对后重新载入")
    title = " ".join(reading.title.split()) if reading.title else None
    return replace(reading, title=title or None)
