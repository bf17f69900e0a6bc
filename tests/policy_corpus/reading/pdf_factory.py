"""Small hand-made PDFs for tests: text at given places in a font that is not embedded, ruled lines, no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

A4 = (595, 842)


@dataclass(frozen=True)
class Put:
    """A piece of text with its left end and baseline, in points from the bottom left."""

    text: str
    x: float
    y: float
    size: float = 16


def make_pdf(*pages: Sequence[Put | str], extra_trailer: str = "") -> bytes:
    """A PDF; a page is a list of texts and of raw drawing operators (strings)."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for page in pages:
        stream = "\n".join(item if isinstance(item, str) else _show(item) for item in page).encode("ascii")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (*A4, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assemble(objects, extra_trailer)


def _show(put: Put) -> str:
    return f"BT /F1 {put.size} Tf {put.x} {put.y} Td <{put.text.encode('utf-16-be').hex()}> Tj ET"


def _assemble(objects: list[bytes], extra_trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, extra_trailer.encode("ascii"))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def flow(paragraphs: Sequence[str], width: int = 26, top: float = 760, size: float = 16) -> list[Put]:
    """Paragraphs set in lines of `width` full-width characters with a two-character indent, from the top down."""
    left, y = 90.0, top
    puts = []
    for paragraph in paragraphs:
        first, rest = paragraph[: width - 2], paragraph[width - 2 :]
        puts.append(Put(first, left + 2 * size, y, size))
        y -= size * 1.75
        while rest:
            puts.append(Put(rest[:width], left, y, size))
            rest, y = rest[width:], y - size * 1.75
    return puts


def grid(
    rows: Sequence[Sequence[str]], top: float, left: float = 90, width: float = 100, height: float = 30
) -> list[Put | str]:
    """A ruled table of equal cells."""
    items: list[Put | str] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = left + c * width, top - (r + 1) * height
            items.append(f"{x} {y} {width} {height} re S")
            if text:
                items.append(Put(text, x + 4, y + 10, 12))
    return items
