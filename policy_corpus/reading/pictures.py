"""A picture of a page (PNG, JPG, TIFF, BMP, WebP, GIF) -> Reading, by what was recognised in it; called by dispatch.

The only import of PIL besides recognising.py. A picture is opened, not decoded, until it is known to be of bearable size.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.needs import Helper, NeedsHelp
from policy_corpus.reading.recognised import NEEDS_RECOGNITION, read_recognised, reading_of

PICTURES = frozenset(("png", "jpg", "tif", "bmp", "webp", "gif"))
_DAMAGED = "图片不完整或已损坏，请重新扫描或另存为 PNG、JPG 后重新载入"
_TOO_LARGE = "图片过大（超过 1 亿像素），请缩小后重新载入"
_MAX_PIXELS = 100_000_000
_SMALLEST = 64  # pixels; less is an icon, not a page
_MAX_FRAMES = 1000
_ORIENTATION = 0x0112  # the EXIF field that says how a camera was held
_LONG, _PART, _OVERLAP = 2.5, 1.6, 0.12  # of the width


def read_picture(data: bytes, form: str, aid: bytes) -> Reading:
    """Read what was recognised. Raises NeedsHelp while nothing is, UnreadableDocument for a broken or huge picture."""
    with opened_picture(data) as picture:
        frames = min(getattr(picture, "n_frames", 1), _MAX_FRAMES)
        count = frames if frames > 1 else len(stretches(picture))
    if not aid:
        pages = tuple(range(1, count + 1))
        raise NeedsHelp(f"图片{NEEDS_RECOGNITION}", Helper.RECOGNITION, form, pages)
    return reading_of(form, read_recognised(aid), count)


def stretches(picture: Any) -> list[tuple[int, int]]:
    """Where the parts of a long screenshot begin and end, which are recognised as pages; one part for any other picture.

    They overlap, so that every line stands whole in one of them.
    """
    width, height = picture.size
    turned = picture.getexif().get(_ORIENTATION, 1) != 1
    if turned or height <= _LONG * width:
        return [(0, height)]
    part, overlap = round(_PART * width), round(_OVERLAP * width)
    tops = range(0, max(height - overlap, 1), part - overlap)
    return [(top, min(top + part, height)) for top in tops]


@contextmanager
def opened_picture(data: bytes) -> Iterator[Any]:
    """The picture, its pixels not yet decoded. Raises UnreadableDocument if it is broken, huge or no page."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a size that is refused here anyway
            picture = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as trouble:
        raise UnreadableDocument(_TOO_LARGE) from trouble
    except (OSError, ValueError, SyntaxError, EOFError, TypeError) as trouble:
        raise UnreadableDocument(_DAMAGED) from trouble
    with picture:
        width, height = picture.size
        if width * height > _MAX_PIXELS:
            raise UnreadableDocument(_TOO_LARGE)
        if min(width, height) < _SMALLEST:
            raise UnreadableDocument("图片太小，看不清文字，不像一页文件，请核对后重新载入")
        try:
            yield picture
        except (OSError, ValueError, SyntaxError, EOFError) as trouble:
            raise UnreadableDocument(_DAMAGED) from trouble
