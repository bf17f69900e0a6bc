"""Markdown -> Reading: the words without their light markup, tables as tab rows; called by dispatch for .md."""

from __future__ import annotations

import re

from policy_corpus.model import Link, Reading
from policy_corpus.reading.attachments import is_attachment
from policy_corpus.reading.decoding import decode_text
from policy_corpus.reading.normalising import normalise_text, without_stretches

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+")
_BULLET = re.compile(r"^[ \t]*[*+-][ \t]+")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_RULE = re.compile(r"^[ \t]*[-*_][ \t]*[-*_][ \t]*[-*_][-*_ \t]*$")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^)\[\n]{0,2000}\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{0,500})\]\(((?:[^()\[\s]|\([^()\[\s]{0,200}\)){0,2000})(?:[ \t]+\"[^\"\n]{0,500}\")?\)"
)
_STRONG = re.compile(r"\*\*(?=\S)([^*_\n]{1,2000}?)\*\*|__(?=\S)([^*_\n]{1,2000}?)__")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)")


def read_markdown(data: bytes) -> Reading:
    """Read a Markdown file: heading marks, bold, links and table rules dropped. Raises UnreadableDocument."""
    decoded = decode_text(data)
    source = without_stretches(decoded.text.replace("\r\n", "\n").replace("\r", "\n"), "<!--", "-->")
    title: str | None = None
    lines: list[str] = []
    for line in source.split("\n"):
        heading = _HEADING.match(line)
        plain = _plain(line)
        if heading is not None and title is None and len(heading[1]) == 1:
            title = plain
        if plain is not None:
            lines.append(plain)
    text = normalise_text("\n".join(lines))
    return Reading("md", text, title=title or None, links=_attachments(source), warnings=decoded.warnings)


def _plain(line: str) -> str | None:
    if _FENCE.match(line) or _RULE.match(line) or _is_table_rule(line):
        return None
    line = _BULLET.sub("", _QUOTE.sub("", line))
    heading = _HEADING.match(line)
    if heading is not None:
        line = line[heading.end() :].rstrip(" \t#")
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    line = _CODE.sub(r"\1", _STRONG.sub(r"\1\2", line))
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        line = "\t".join(cell.strip() for cell in stripped.strip("|").split("|"))
    return _ESCAPE.sub(r"\1", line)


def _is_table_rule(line: str) -> bool:
    """The line below the head of a table: "| --- | :--: |"."""
    return "--" in line and not line.strip(" \t|:-")


def _attachments(source: str) -> tuple[Link, ...]:
    found = (Link(title.strip(), address) for title, address in _LINK.findall(source))
    return tuple(dict.fromkeys(link for link in found if is_attachment(link.address, link.title)))
