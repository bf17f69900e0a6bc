"""Small hand-made OFDs for tests: the parts of GB/T 33190 that place text on pages, no more."""

from __future__ import annotations

from collections.abc import Sequence

from tests.policy_corpus.reading.docx_factory import zip_of
from tests.policy_corpus.reading.pdf_factory import A4, Put

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def make_ofd(*pages: Sequence[Put | str], title: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """An OFD whose pages hold texts at places that are given as for a PDF, and objects as XML (strings).

    parts: more files, or other ones.
    """
    listed = "".join(
        f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
    )
    files = {
        "OFD.xml": xml(
            "OFD",
            f"<ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
        ),
        "Doc_0/Document.xml": xml(
            "Document",
            "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>",
        ),
    }
    for i, page in enumerate(pages):
        objects = "".join(put if isinstance(put, str) else _text_object(n, put) for n, put in enumerate(page))
        layer = f'<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content>'
        files[f"Doc_0/Pages/Page_{i}/Content.xml"] = xml("Page", layer)
    return zip_of(files | (parts or {}))


def xml(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} {_NAMESPACE}>{inner}</ofd:{root}>'.encode()


def _text_object(number: int, put: Put) -> str:
    x, y, size = put.x * _MM, (A4[1] - put.y) * _MM, put.size * _MM
    steps = " ".join(f"{size if char > '⁀' else size / 2:.4f}" for char in put.text[:-1])
    return (
        f'<ofd:TextObject ID="{number + 100}" Boundary="0 0 210 297" Font="1" Size="{size:.4f}">'
        f'<ofd:TextCode X="{x:.4f}" Y="{y:.4f}" DeltaX="{steps}">{put.text}</ofd:TextCode></ofd:TextObject>'
    )


def ruled(
    rows: Sequence[Sequence[str]], top: float, width: float = 40, height: float = 12
) -> list[Put | str]:
    """A ruled table of equal cells; top, width and height in millimetres."""
    items: list[Put | str] = []
    left, across, down = 20.0, width * len(rows[0]), height * len(rows)
    rules = [(0, r * height, across, r * height) for r in range(len(rows) + 1)]
    rules += [(c * width, 0, c * width, down) for c in range(len(rows[0]) + 1)]
    for x0, y0, x1, y1 in rules:
        items.append(
            f'<ofd:PathObject ID="9" Boundary="{left} {top} {across} {down}"><ofd:AbbreviatedData>'
            f"M {x0} {y0} L {x1} {y1}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = left + c * width + 2, top + (r + 0.7) * height
            items.append(Put(text, x / _MM, A4[1] - y / _MM, 12))
    return items
