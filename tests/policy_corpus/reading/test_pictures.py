"""Pictures and scans: recognised where that is installed, else refused with what to install; hostile ones refused."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import Limits, Sandbox, read_document, read_safely
from policy_corpus.reading.limits import RecognitionLimits
from policy_corpus.reading.needs import Helper, NeedsHelp
from policy_corpus.understanding import understand_safely
from tests.policy_corpus.reading.drawing import as_file, draw, find_font, needs_font, needs_recognition

LINES = [
    "示例市支持企业创新若干措施",
    "第一条 对首次认定的高新技术企业，给予一次性奖励30万元。",
    "第二条 对软件企业，给予奖励10万元。",
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def blank(width: int = 200, height: int = 200, mode: str = "L") -> Image.Image:
    return Image.new(mode, (width, height), 255)


def squeezed(text: str) -> str:
    return "".join(text.split())


@needs_font
@needs_recognition
def test_a_scanned_page_among_others_is_recognised_in_its_place(sandbox: Sandbox) -> None:
    """A PDF of two pages, the first with text of its own and a picture of text as the second."""
    import pypdfium2

    scan = pypdfium2.PdfDocument(as_file(draw(LINES), form="PDF"))
    out = pypdfium2.PdfDocument.new()
    out.import_pages(pypdfium2.PdfDocument(_text_pdf()))
    out.import_pages(scan)
    data = io.BytesIO()
    out.save(data)
    found = understand_safely(sandbox, data.getvalue(), "扫描.pdf")
    text = squeezed(found.document.text)
    assert "前言一段文字" in text and text.index("前言") < text.index("第一条")
    assert squeezed(LINES[1]) in text and squeezed(LINES[2]) in text
    assert found.document.format == "pdf" and found.document.needs_review
    assert (found.document.confidence or 0) > 0.9
    assert "请对照原件核对" in found.document.warnings[0]
    assert len(found.items) == 2


def _text_pdf() -> bytes:
    from tests.policy_corpus.reading.pdf_factory import flow, make_pdf

    return make_pdf(flow(["前言一段文字，说明本措施的由来，并且足够长，不会被当作扫描页。"]))


@needs_font
@needs_recognition
def test_a_page_that_lies_on_its_side_is_turned(sandbox: Sandbox) -> None:
    reading = read_safely(sandbox, as_file(draw(LINES * 2).rotate(90, expand=True), form="JPEG"), "a.png")
    assert reading.format == "jpg" and squeezed(LINES[1]) in squeezed(reading.text)


def table_page(rows: Sequence[Sequence[str]], title: str) -> Image.Image:
    page = draw([title], height=700)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(find_font()), 36)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = (80 + c * 360, 200 + r * 90, 80 + (c + 1) * 360, 200 + (r + 1) * 90)
            pen.rectangle(box, outline=0, width=3)
            pen.text((box[0] + 20, box[1] + 20), text, 0, font)
    return page


@needs_font
@needs_recognition
@pytest.mark.parametrize("lean", [0, 1.2])
def test_a_ruled_table_in_a_picture_is_a_table(sandbox: Sandbox, lean: float) -> None:
    rows = [
        ("项目名称", "申报条件", "奖励标准"),
        ("升规奖励", "首次升规入统", "10万元"),
        ("上市奖励", "在科创板上市", "300万元"),
    ]
    page = table_page(rows, "示例市支持企业创新发展若干措施").rotate(
        lean, resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    reading = read_safely(sandbox, as_file(page), "a.png")
    assert reading.text.split("\n")[1:] == ["\t".join(row) for row in rows]


@needs_font
@needs_recognition
def test_a_long_screenshot_is_read_in_parts_and_no_line_twice(sandbox: Sandbox) -> None:
    lines = [f"第{n}条 对示例企业给予奖励{n}万元。" for n in range(10, 40)]
    picture = as_file(draw(["示例措施", *lines], size=40, width=800, height=2500))
    text = squeezed(read_safely(sandbox, picture, "a.png").text)
    assert [text.count(squeezed(line)) for line in lines] == [1] * len(lines)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_a_picture_asks_for_recognition_and_says_what_to_install(form: str) -> None:
    with pytest.raises(NeedsHelp, match=r"需要文字识别组件.*make ocr") as asked:
        read_document(as_file(blank(mode="RGB"), form=form), "a.txt")
    assert asked.value.helper is Helper.RECOGNITION and asked.value.pages == (1,)


def test_each_page_of_a_tiff_is_asked_for() -> None:
    with pytest.raises(NeedsHelp) as asked:
        read_document(as_file(blank(), blank(), blank(), form="TIFF"), "a.tif")
    assert asked.value.pages == (1, 2, 3)


def test_a_scan_asks_for_its_pages_and_a_mixed_pdf_is_read_without_where_nobody_helps() -> None:
    with pytest.raises(NeedsHelp) as asked:
        read_document(as_file(blank(), blank(), form="PDF"), "a.pdf")
    assert asked.value.pages == (1, 2) and not asked.value.partly


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels and has a few."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


HOSTILE = [
    ("cut", as_file(blank())[:40], "损坏"),
    ("huge", huge_png(20_000, 20_000), "图片过大"),
    ("boundless", huge_png(2**31 - 1, 2**31 - 1), "图片过大|损坏"),
    ("icon", as_file(blank(16, 16)), "图片太小"),
    ("nothing behind the name", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "损坏"),
    ("many frames", as_file(*[blank(64, 64) for _ in range(61)], form="TIFF"), "超过文字识别的上限 60 页|make ocr"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_hostile_is_refused_with_its_reason(sandbox: Sandbox, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_safely(sandbox, data, "a.png")


@needs_recognition
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (huge_png(2000, 2000), "损坏"),
        (as_file(blank()), "没有识别出文字"),
        (as_file(blank(6400, 64)), "过于狭长"),
        (as_file(blank(), form="PDF"), "没有识别出文字"),
    ],
    ids=["pixels missing", "blank", "strip", "blank scan"],
)
def test_a_page_without_text_is_refused(sandbox: Sandbox, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_safely(sandbox, data, "a.png")


@needs_recognition
def test_a_page_beyond_its_limits_is_refused_and_the_next_file_is_read() -> None:
    tight = Limits(recognition=RecognitionLimits(memory_bytes=256 * 1024**2))
    with Sandbox(tight) as sandbox:
        with pytest.raises(UnreadableDocument, match=r"内存超过 256 MB|异常退出|无法解析"):
            read_safely(sandbox, as_file(blank(800, 800)), "a.png")
        assert read_safely(sandbox, "对企业给予奖励。".encode(), "a.txt").text == "对企业给予奖励。"
