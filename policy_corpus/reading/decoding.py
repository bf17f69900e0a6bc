"""Bytes of a text -> characters, by evidence: byte order mark, strict UTF-8, then what reads as Chinese.

Called by the txt, md and html readers. Every candidate that decodes is scored by how many of its Chinese
characters are common ones: a wrong decoding gives rare characters, so Big5 is never taken for GB18030.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.normalising import count_control_characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 200_000
_GOOD = 0.85  # share of common characters in real Chinese prose is above 0.97; wrong decodings stay below 0.6
_MOSTLY = 0.3
_UNKNOWN_ENCODING = "文件的文字编码无法识别，请另存为 UTF-8 编码后重新载入"
_MAX_DAMAGE = 0.002
_MAX_CONTROL = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and what was wrong with it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_text(data: bytes, declared: Iterable[str] = ()) -> Decoded:
    """Decode a text file. declared: encodings the file itself claims. Raises UnreadableDocument for binary junk."""
    decoded = _with_bom(data) or _as_utf8(data) or _best_guess(data, tuple(declared))
    junk = count_control_characters(decoded.text)
    if junk > max(8, len(decoded.text) * _MAX_CONTROL):
        raise UnreadableDocument("文件内容不是文本（含大量控制字符），请核对文件格式后重新载入")
    if junk:
        note = f"已去除 {junk} 个控制字符"
        return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, note))
    return decoded


def _with_bom(data: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _forgiving(data[len(bom) :], encoding)
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    nuls = data.count(b"\x00")
    if nuls > len(data) // 20:  # UTF-16 in which every byte happens to be ASCII
        return None
    return Decoded(text, "utf-8")


def _best_guess(data: bytes, declared: tuple[str, ...]) -> Decoded:
    sample = data[:_SAMPLE_BYTES]
    names = [name for name in declared if _is_known(name)]
    scored = [(_score(sample, name), name) for name in dict.fromkeys([*names, *_CANDIDATES])]
    best, encoding = max(scored, key=lambda pair: pair[0])
    damaged = _damaged_utf8(data)
    if damaged is not None and best < 0.97:
        return damaged
    if best < _GOOD:
        encoding = _ask_charset_normalizer(sample) or encoding
        if _is_gibberish(sample, encoding):
            raise UnreadableDocument(_UNKNOWN_ENCODING)
    return _forgiving(data, encoding)


def _is_gibberish(sample: bytes, encoding: str) -> bool:
    """Whether the best that can be made of the bytes is foreign through and through, and not Chinese."""
    text = sample.decode(encoding, "replace")
    foreign = sum(char > "\x7f" for char in text)
    return foreign > len(text) * _MOSTLY and _score(sample, encoding) < _MOSTLY


def _is_known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in (
            "utf-8",
            "utf-16",
            "utf-32",
            "utf-7",
            "idna",
            "punycode",
            "charmap",
        )
    except (LookupError, ValueError):
        return False


def _score(sample: bytes, encoding: str) -> float:
    """Share of the non-ASCII characters that are common Chinese characters or punctuation, 0-1; -1 if undecodable."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(sample, final=False)
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    common = _common_characters()
    return sum(char in common for char in foreign) / len(foreign) - 5 * text.count("\ufffd") / len(foreign)


@cache
def _common_characters() -> frozenset[str]:
    """Level-1 characters of GB 2312 and of Big5, kana left out, with Chinese punctuation and full-width forms."""
    gb = "".join(
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
    )
    big5 = "".join(
        bytes((row, cell)).decode("big5", "ignore")
        for row in range(0xA4, 0xC7)
        for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    )
    marks = "　，。；：？！（）《》〈〉“”‘’、【】〔〕—…·％＋－×０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩●■□※"
    return frozenset(char for char in gb + big5 if char >= "\u4e00") | frozenset(marks)


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost > max(2, len(text) * _MAX_DAMAGE) or not any(char > "\x7f" and char != "\ufffd" for char in text):
        return None
    return Decoded(text, "utf-8", (f"有 {lost} 处字符无法识别，已用“\ufffd”代替",))


def _ask_charset_normalizer(sample: bytes) -> str | None:
    import charset_normalizer

    found = charset_normalizer.from_bytes(sample).best()
    return None if found is None else found.encoding


def _forgiving(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > len(text) * 0.05 and lost > 3:
        raise UnreadableDocument(_UNKNOWN_ENCODING)
    warnings = (f"有 {lost} 处字符无法识别，已用“\ufffd”代替",) if lost else ()
    return Decoded(text, encoding, warnings)
