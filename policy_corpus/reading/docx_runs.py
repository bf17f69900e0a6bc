"""The text inside one Word paragraph: runs, insertions, hyperlinks and fields in, deletions and hidden text out.

Called by docx.py. Text boxes anchored in the paragraph are handed back beside the text, once each: Word
stores them twice, for new and for old readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from policy_corpus.reading.docx_package import child, is_on, local, value

_SKIPPED = frozenset((
    "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "fldData",
    "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "sdtPr", "sdtEndPr",
    "customXmlPr",
))  # fmt: skip
# Boxes that Word draws from symbol fonts (Wingdings), by the low byte of the character.
_SYMBOLS = dict.fromkeys(("A8", "A3", "6F", "71"), "□") | {
    "FE": "☑",
    "52": "☑",
    "53": "☒",
    "FD": "☒",
    "B7": "·",
}


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a paragraph ("\\n" for a manual line break) and the text boxes anchored in it."""

    text: str
    boxes: tuple[Element, ...] = ()


def inline_text(paragraph: Element) -> Inline:
    """The text a reader sees in a paragraph with all tracked changes accepted."""
    parts: list[str] = []
    boxes: list[Element] = []
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        name = local(element)
        if name in _SKIPPED or (name == "r" and _is_hidden(element)):
            continue
        if name == "t":
            parts.append(element.text or "")
        elif name in _WRITTEN:
            parts.append(_WRITTEN[name])
        elif name == "br":
            parts.append("" if value(element, "type") in ("page", "column") else "\n")
        elif name == "sym":
            parts.append(_SYMBOLS.get((value(element, "char") or "").upper()[-2:], ""))
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            stack.append(_choice(element))
        else:
            stack.extend(reversed(list(element)))
    return Inline("".join(parts), tuple(boxes))


_WRITTEN = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}


def _is_hidden(run: Element) -> bool:
    properties = child(run, "rPr")
    return is_on(child(properties, "vanish")) or child(properties, "del") is not None


def _choice(element: Element) -> Element:
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is not None and (
        fallback is None or any(local(part) in ("t", "txbxContent") for part in choice.iter())
    ):
        return choice
    return fallback if fallback is not None else element[0] if len(element) else Element("none")
