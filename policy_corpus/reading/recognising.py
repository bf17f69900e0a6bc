"""A page of a scan or a picture -> the lines of text in it with their places and how sure each is.

The only import of rapidocr and pypdfium2; runs in a child of its own (assistance.py), since it takes 0.8 GB. The models
are those that come with the package: nothing is ever fetched.
"""

from __future__ import annotations

import importlib.util
import io
import json
import math
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.pictures import opened_picture, stretches

_DPI = 200
_POINTS = 72
_LONGEST_SIDE = 3000  # pixels of a page as it is drawn; an A4 page at 200 dpi has 2339
_PAGE_WIDTH = 595.0  # points that a picture of unknown size is taken to be wide
_LEAST_SURE = 0.3  # below it are the scratches and the ornaments of seals
_MOST_RULES = 1000
_LONG_LINE = 10  # characters of a line that tells how the page leans
_LEAST_LEAN, _MOST_LEAN = 0.15, 10.0  # degrees

_Found = tuple[str, float, list[tuple[float, float]]]
_MODELS = 3  # to find lines, to turn them, to read them
_INCOMPLETE = "文字识别组件不完整（缺少模型文件），请重新运行 make ocr 安装"
_THINNEST = 20  # times as long as wide; a strip of a long screenshot has 10
_TURNED = 0.6  # share of the lines that are taller than wide on a page that lies on its side


def is_installed() -> bool:
    """Whether the packages that recognise text are there (the extra `ocr`)."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def recognition_fault() -> str | None:
    """What is wrong with the recognition of text here and what it costs; None if it can be done."""
    if not is_installed():
        return "未安装，仅影响：扫描件（无文字的 PDF）和图片的读取；运行 make ocr 安装"
    return None if _has_models() else _INCOMPLETE


def page(data: bytes, file_name: str, order: bytes) -> dict[str, Any]:
    """The lines of one page, in points from its top left corner: what the child answers.

    order: JSON with the format ("pdf" or that of a picture) and the number of the page, from 1.
    Answers {"width", "height", "lines": [[text, sure 0-1, x0, top, x1, bottom], …], "rules": [[x0, top, x1, bottom], …]}.
    """
    wanted = json.loads(order)
    pixels, points = _drawn(data, wanted["form"], wanted["page"])
    height, width = pixels.shape[:2]
    if max(height, width) > _THINNEST * min(height, width):
        raise UnreadableDocument("图片过于狭长，不像一页文件，请裁切后重新载入")
    found = _found(pixels)
    if _lies_on_its_side(found):
        pixels = pixels.swapaxes(0, 1)[::-1].copy()
        height, width = width, height
        found = _found(pixels)
    pixels, found = _straightened(pixels, found)
    lines = [(text, sure, _box(corners)) for text, sure, corners in found]
    if wanted["form"] != "pdf":
        first, last = _cut_lines(data, wanted["page"], height)
        lines = [one for one in lines if first <= (one[2][1] + one[2][3]) / 2 < last]
    rows = [[text, sure, *(round(edge * points, 2) for edge in box)] for text, sure, box in lines]
    rules = [[round(edge * points, 2) for edge in rule] for rule in _rules(pixels)]
    return {"width": width * points, "height": height * points, "lines": rows, "rules": rules}


def _drawn(data: bytes, form: str, number: int) -> tuple[Any, float]:
    """The pixels of a page, blue first, and how many points a pixel is."""
    if form == "pdf":
        return _drawn_pdf(data, number)
    import numpy as np

    with opened_picture(data) as picture:
        parts = stretches(picture)
        if len(parts) > 1:
            top, bottom = parts[number - 1]
            picture = picture.crop((0, top, picture.width, bottom))
        else:
            picture.seek(number - 1)
        pixels = np.asarray(_upright(picture))
    return pixels[:, :, ::-1].copy(), _PAGE_WIDTH / max(pixels.shape[1], 1)


def _cut_lines(data: bytes, number: int, height: int) -> tuple[float, float]:
    """Between which heights lines belong to this part of a long screenshot: the middles of what it shares with its neighbours."""
    with opened_picture(data) as picture:
        parts = stretches(picture)
    if len(parts) == 1:
        return 0.0, float(height)
    top, bottom = parts[number - 1]
    scale = height / (bottom - top)
    first = (parts[number - 2][1] - top) / 2 if number > 1 else 0
    last = (parts[number][0] - top + bottom - top) / 2 if number < len(parts) else bottom - top
    return first * scale, last * scale


def _upright(picture: Any) -> Any:
    """The picture on white ground, as its camera says that it must be turned, and no larger than of use."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    clear = turned.convert("RGBA")
    ground = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, clear).convert("RGB")


def _drawn_pdf(data: bytes, number: int) -> tuple[Any, float]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
            leaf = document[number - 1]
            longest = max(leaf.get_size()) or 1.0
            scale = min(_DPI / _POINTS, _LONGEST_SIDE / longest)
            pixels = leaf.render(scale=scale, rev_byteorder=False).to_numpy()
            return pixels[:, :, :3].copy() if pixels.ndim == 3 else _three(pixels), 1 / scale
    except pypdfium2.PdfiumError as trouble:
        raise UnreadableDocument(f"第 {number} 页无法绘制，可能已损坏") from trouble


def _three(pixels: Any) -> Any:
    import numpy as np

    return np.stack([pixels] * 3, axis=2)


def _found(pixels: Any) -> list[_Found]:
    """Text, sureness and the four corners in pixels of each line found."""
    found = _engine()(pixels)
    if found.txts is None or found.boxes is None or found.scores is None:
        return []
    return [
        (text.strip(), float(sure), [(float(x), float(y)) for x, y in corners])
        for corners, text, sure in zip(found.boxes, found.txts, found.scores, strict=True)
        if text.strip() and sure >= _LEAST_SURE
    ]


def _box(corners: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The upright box (x0, top, x1, bottom) about the corners of a line."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _straightened(pixels: Any, found: list[_Found]) -> tuple[Any, list[_Found]]:
    """The page and its lines turned by what the long lines lean, since paper lies askew on the glass."""
    import cv2

    leans = [
        math.degrees(math.atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0]))
        for text, _, corners in found
        if len(text) >= _LONG_LINE
    ]
    lean = median(leans) if leans else 0.0
    if not _LEAST_LEAN <= abs(lean) <= _MOST_LEAN:
        return pixels, found
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), lean, 1.0)
    (a, b, c), (d, e, f) = turn.tolist()
    turned = [
        (text, sure, [(a * x + b * y + c, d * x + e * y + f) for x, y in corners])
        for text, sure, corners in found
    ]
    return cv2.warpAffine(pixels, turn, (width, height), borderValue=(255, 255, 255)), turned


def _rules(pixels: Any) -> list[tuple[float, float, float, float]]:
    """The straight rules drawn on a page, as boxes in pixels: dark runs longer than any stroke of a character."""
    import cv2

    width = pixels.shape[1]
    dark = cv2.adaptiveThreshold(
        cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY),
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        25,
        15,
    )
    found: list[tuple[float, float, float, float]] = []
    for length, kernel in ((width // 15, (width // 30, 1)), (width // 25, (1, width // 30))):
        kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        for outline in cv2.findContours(kept, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0][:_MOST_RULES]:
            x, y, w, h = cv2.boundingRect(outline)
            if max(w, h) >= length and min(w, h) <= width // 100:
                middle_x, middle_y = x + w / 2, y + h / 2
                level = w > h
                found.append((x, middle_y, x + w, middle_y) if level else (middle_x, y, middle_x, y + h))
    return found


def _lies_on_its_side(found: list[_Found]) -> bool:
    boxes = [_box(corners) for text, _, corners in found if len(text) > 1]
    tall = sum(bottom - top > 1.5 * (x1 - x0) for x0, top, x1, bottom in boxes)
    return len(boxes) >= 4 and tall > _TURNED * len(boxes)


@cache
def _engine() -> Any:
    """The recogniser; making it takes two seconds, so that the child makes it once."""
    import rapidocr

    if not _has_models():  # it would look for them on the network
        raise UnreadableDocument(_INCOMPLETE)
    return rapidocr.RapidOCR(params={"Global.log_level": "critical", "Global.text_score": _LEAST_SURE})


def _has_models() -> bool:
    found = importlib.util.find_spec("rapidocr")
    folders = (found.submodule_search_locations or ()) if found else ()
    return sum(len(list((Path(folder) / "models").glob("*.onnx"))) for folder in folders) >= _MODELS
