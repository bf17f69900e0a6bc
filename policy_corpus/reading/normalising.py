"""Bring text from any reader to one shape: "\\n" line ends, no invisible characters, no idle blank lines.

Called by every reader before it returns. Full-width digits and traditional characters stay as written:
they are folded where they are matched (`policy_corpus.folding`), never in the text.
"""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT_CHARS = 5_000_000

# Zero-width characters, BOM, soft hyphen, direction marks and lone surrogates carry no text.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_SPELLED = str.maketrans(
    dict.fromkeys("\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | {"\u2e3a": "——", "\u2e3b": "———"}  # PDF printers join the two halves of a Chinese dash
)
# Radicals that PDF generators write for the characters they look like (⼈ for 人): UAX #44,
# EquivalentUnifiedIdeograph. Kangxi radicals and compatibility characters have mappings in Unicode itself,
# but that of ⼾ is 戶, and simplified texts mean 户.
_RADICALS = dict(
    zip(
        "⺁⺈⺌⺜⺝⺟⺠⺧⺩⺫⺬⺮⺶⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾",
        "厂刀小日月母民牛王目示竹羊虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufad9]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EDGES = " \u3000"


def count_control_characters(text: str) -> int:
    """How many characters of the text are NULs or other control characters that no text needs."""
    return len(_CONTROL.findall(text))


def normalise_text(text: str) -> str:
    """The text with "\\n" line ends, invisible characters dropped and blank lines collapsed to one.

    Indents made of spaces or full-width spaces are dropped; tabs, which separate cells, stay inside a line.

    >>> normalise_text("　　第一条\\u00a0为了\\u200b促进\\r\\n\\r\\n\\r\\n　　第二条  ")
    '第一条 为了促进\\n\\n第二条'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text)).translate(_SPELLED)
    text = without_radicals(text)
    lines: list[str] = []
    for line in text.split("\n"):
        line = _tidy_line(line)
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


def without_radicals(text: str) -> str:
    """The text with radicals and compatibility characters replaced by the characters they stand for.

    >>> without_radicals("⽰例市⼈⺠政府")
    '示例市人民政府'
    """
    return _RADICAL.sub(
        lambda found: _RADICALS.get(found[0]) or unicodedata.normalize("NFKC", found[0]), text
    )


def _tidy_line(line: str) -> str:
    if "\t" not in line:
        return line.strip(_EDGES)
    cells = [cell.strip(_EDGES) for cell in line.split("\t")]
    if not any(cells):
        return ""
    return "\t".join(cells).rstrip(_EDGES + "\t")


def is_hanzi(char: str) -> bool:
    """Whether a character is a Chinese character of the basic block or its first extension.

    >>> is_hanzi("企"), is_hanzi("a"), is_hanzi("")
    (True, False, False)
    """
    return "\u3400" <= char <= "\u9fff"


def count_hanzi(text: str) -> int:
    """How many Chinese characters the text holds."""
    return sum("\u3400" <= char <= "\u9fff" for char in text)


def without_stretches(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks; an opening without its closing stays. Linear in time.

    >>> without_stretches("甲<!-- x -->乙<!-- y", "<!--", "-->")
    '甲乙<!-- y'
    """
    kept: list[str] = []
    at = 0
    while True:
        start = text.find(opening, at)
        end = text.find(closing, start + len(opening)) if start >= 0 else -1
        if end < 0:
            return "".join((*kept, text[at:]))
        kept.append(text[at:start])
        at = end + len(closing)
