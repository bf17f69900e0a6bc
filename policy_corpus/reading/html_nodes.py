"""What the html modules need of a parsed page: the shape of a node, walking it without recursion, its text.

Only html.py knows which library parses; the others see this protocol. Pages can be nested a thousand deep,
so every walk here is a loop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Protocol

TEXT = "-text"


class Node(Protocol):
    """A node of the page: an element with a tag and attributes, or a text ("-text")."""

    @property
    def tag(self) -> str: ...  # noqa: D102
    @property
    def attributes(self) -> dict[str, str | None]: ...  # noqa: D102
    @property
    def text_content(self) -> str | None: ...  # noqa: D102
    @property
    def child(self) -> Node | None: ...  # noqa: D102
    @property
    def next(self) -> Node | None: ...  # noqa: D102
    @property
    def parent(self) -> Node | None: ...  # noqa: D102
    @property
    def mem_id(self) -> int: ...  # noqa: D102


# Elements whose content is never text of the page.
SILENT = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio",
    "video", "map", "select", "option", "button", "input", "textarea", "head", "title", "meta", "link",
    "-comment",
))  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_silent(node: Node) -> bool:
    """Whether nothing of this node is shown: scripts, form fields, comments, hidden elements."""
    tag = node.tag
    if tag == TEXT:
        return False
    if tag in SILENT or tag.startswith(("-", "!")):
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def children(node: Node) -> Iterator[Node]:
    """The children of a node, in order."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def walk(root: Node, skip: Callable[[Node], bool] = is_silent) -> Iterator[tuple[Node, bool]]:
    """Every shown node below and including root, as (node, True) on entering and (node, False) on leaving."""
    stack: list[tuple[Node, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if not entering or node.tag == TEXT:
            continue
        stack.append((node, False))
        stack.extend((child, True) for child in reversed(list(children(node))) if not skip(child))


def text_of(node: Node, most_nodes: int = 100_000) -> str:
    """All shown text of a node with white space collapsed; what comes after `most_nodes` nodes is left out."""
    parts: list[str] = []
    for part, entering in islice(walk(node), most_nodes):
        if entering and part.tag == TEXT:
            parts.append(part.text_content or "")
        elif entering and part.tag == "br":
            parts.append(" ")
    return " ".join("".join(parts).split())


def names_of(node: Node) -> str:
    """The class and id of an element, lower case, in one string."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()
