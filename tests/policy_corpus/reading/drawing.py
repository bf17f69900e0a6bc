"""Pages drawn as pictures for tests, as a scanner would give them; skipped by name where no Chinese font is found."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from policy_corpus.reading.recognising import is_installed

_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Regular.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "uming.ttc",
    "simsun.ttc",
)
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def find_font() -> Path | None:
    """A font with Chinese characters, None if the machine has none that we know."""
    found = (path for folder in _FOLDERS for name in _FONTS for path in sorted(folder.rglob(name)))
    return next(found, None)


needs_font = pytest.mark.skipif(find_font() is None, reason="no Chinese font is installed")
needs_recognition = pytest.mark.skipif(
    not is_installed(), reason="the extra `ocr` is not installed (make ocr)"
)


def draw(lines: Sequence[str], size: int = 40, width: int = 1240, height: int = 900) -> Image.Image:
    """Lines of text on a white page, the first as a title."""
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    top = 60
    for index, line in enumerate(lines):
        font = ImageFont.truetype(str(find_font()), size if index else round(size * 1.3))
        left = 80 if index else (width - pen.textlength(line, font)) / 2
        pen.text((left, top), line, 0, font)
        top += round(size * 1.9)
    return page


def as_file(*pages: Image.Image, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages[1:])} if len(pages) > 1 else {}
    pages[0].save(out, form, **more)
    return out.getvalue()
