"""Carry what a person edited into the next edition of an item (人工修改的沿用), unless the sentence under it changed.

Nothing is lost silently: each edited field is either kept, with its quotes found again in the new text, or comes back
as a conflict that shows both readings. Called by the re-import workflow and its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from policy_corpus.editions import FIELDS
from policy_corpus.folding import fold
from policy_corpus.model import PolicyItem, Span

_SENTENCE_ENDS = re.compile(r"[。；;！？\n\t]")


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edited field whose sentence changed: the old item's value and the new reading stand to be decided."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Carried:
    """The new item with the edits kept. kept, conflicts: every edited field is in exactly one of the two."""

    item: PolicyItem
    kept: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def carry_hand_edits(
    old: PolicyItem,
    edited: Iterable[str],
    new: PolicyItem,
    old_text: str,
    new_text: str,
    *,
    decided: Iterable[str] = (),
) -> Carried:
    """The new item with what a person had edited in the old one.

    edited: paths of edited fields ("title", "benefits/0/amount_yuan"); the whole field is kept or in conflict.
    decided: fields that a person wants kept as edited although their sentence changed; kept wherever their quotes
    can be placed in the new text, on the new item's own passage otherwise.
    """
    wanted = set(decided)
    heads = {path.split("/")[0] for path in edited}
    kept, conflicts, item = list[str](), list[Conflict](), new
    for name in (name for name in FIELDS if name in heads):
        value: Any = getattr(old, name)
        force = name in wanted
        may_stay = force or _sentences_stand(old, new, name, old_text, new_text)
        placed = _placed(value, new, new_text, force=force) if may_stay else None
        if may_stay and (placed is not None or value is None):
            kept.append(name)
            item = replace(item, **_one(name, placed))
        else:
            conflicts.append(Conflict(name, value, getattr(new, name)))
    return Carried(item, tuple(kept), tuple(conflicts))


def _one(name: str, value: Any) -> dict[str, Any]:
    return {name: value}


def _sentences_stand(old: PolicyItem, new: PolicyItem, name: str, old_text: str, new_text: str) -> bool:
    """Whether the sentences under a field of either item stand in the text of the other."""
    before, after = _flat(old_text), _flat(new_text)
    mine = _sentences_under(old, name, old_text)
    theirs = _sentences_under(new, name, new_text)
    return all(sentence in after for sentence in mine) and all(sentence in before for sentence in theirs)


def _sentences_under(item: PolicyItem, name: str, text: str) -> set[str]:
    """The sentences that a field was read from; the whole passage for what is read from all of it."""
    spans = [span for span in spans_in(getattr(item, name)) if text[span.start : span.end] == span.quote]
    return {
        sentence
        for span in (spans or list(item.spans))
        for sentence in _sentences(text, span.start, span.end)
    }


def _sentences(text: str, start: int, end: int) -> list[str]:
    """The sentences that a stretch touches, white space and character forms ignored."""
    first = max((match.end() for match in _SENTENCE_ENDS.finditer(text, 0, start)), default=0)
    after = _SENTENCE_ENDS.search(text, max(end - 1, start))
    last = after.start() if after else len(text)
    return [flat for part in _SENTENCE_ENDS.split(text[first:last]) if (flat := _flat(part))]


def _flat(text: str) -> str:
    return "".join(fold(text).split())


def spans_in(value: Any) -> list[Span]:
    """Every span in a value of an item, in order."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for part in value for span in spans_in(part)]
    if is_dataclass(value) and not isinstance(value, type):
        return [span for entry in fields(value) for span in spans_in(getattr(value, entry.name))]
    return []


def _placed(value: Any, new: PolicyItem, new_text: str, *, force: bool) -> Any:
    """The value with its spans in the new text; None where a quote is not there (unless forced: the item's passage)."""
    if isinstance(value, Span):
        return place_quote(value.quote, new, new_text) or (new.spans[0] if force and new.spans else None)
    if isinstance(value, tuple):
        parts = tuple(_placed(part, new, new_text, force=force) for part in value)
        missing = any(part is None and was is not None for part, was in zip(parts, value, strict=True))
        return None if missing else parts
    if is_dataclass(value) and not isinstance(value, type):
        return _placed_in(value, new, new_text, force)
    return value


def _placed_in(value: Any, new: PolicyItem, new_text: str, force: bool) -> Any:
    inner = {entry.name: getattr(value, entry.name) for entry in fields(value)}
    placed = {name: _placed(part, new, new_text, force=force) for name, part in inner.items()}
    if any(placed[name] is None and part is not None for name, part in inner.items()):
        return None
    return replace(value, **placed)


def place_quote(quote: str, new: PolicyItem, text: str) -> Span | None:
    """Where a quote stands in a text, nearest to the item's own passage; white space may differ. None: nowhere."""
    wanted = "".join(quote.split())
    places = [place for place, char in enumerate(text) if not char.isspace()]
    flat = "".join(text[place] for place in places)
    if not wanted:
        return None
    home = new.spans[0].start if new.spans else 0
    best: Span | None = None
    at = flat.find(wanted)
    while at >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        if best is None or abs(start - home) < abs(best.start - home):
            best = Span(new.document_id, start, end, text[start:end])
        at = flat.find(wanted, at + 1)
    return best


def without_places(value: Any) -> Any:
    """The same value with its quotes but not where they stand, so that two editions can be compared."""
    if isinstance(value, Span):
        return Span("", 0, 0, _flat(value.quote))
    if isinstance(value, tuple):
        return tuple(without_places(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {entry.name: without_places(getattr(value, entry.name)) for entry in fields(value)}
        return replace(value, **inner)
    return value
