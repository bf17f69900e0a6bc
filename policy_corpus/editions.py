"""A document that came again with other bytes (再次载入): is it a new edition, and what became of each of its items.

Pure: two documents, or the items of both, in; the verdict out. `library` asks on loading, the re-import workflow and
its page ask for the changes. Nothing here decides: a person does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from policy_corpus.describing.numbers import normalise_number
from policy_corpus.describing.relations import plain_title
from policy_corpus.folding import fold
from policy_corpus.item_json import item_to_json
from policy_corpus.model import Document, DocumentKind, PolicyItem
from policy_corpus.near_duplicates import NEAR_DUPLICATE

FIELDS = (
    "title",
    "conditions",
    "benefits",
    "window",
    "department",
    "materials",
    "contacts",
    "channel",
    "no_application",
)
# A notice of another year is another document even where its title is the same.
_ONE_EDITION = timedelta(days=180)
_YEAR = re.compile(r"20\d\d")
_RENAMED_ALIKE = 0.9  # how alike the texts of one number under two titles must be to be one paper
_SAME_NUMBER_ALIKE = (
    0.3  # an interpretation may bear the number of what it explains; an edition repeats its text
)
# What nearly every grant says; two matters are not one because both give money.
_SAID_OF_ALL = re.compile(
    r"\d{1,9}|给予|一次性|奖励|补助|补贴|资助|支持|奖补|万元|最高|不超过|首次|新认定|新获批|认定|企业|对|的|[，。；、：（）]"
)
_PAIRED = 0.45  # likeness from which two items are the same one in two editions


class EditionReason(StrEnum):
    """Why a document is taken for a new edition of another."""

    SAME_ADDRESS = "来源地址相同"
    SAME_NUMBER = "发文字号相同"
    SAME_TITLE = "标题、发文机关相同且正文相近"


@dataclass(frozen=True, slots=True)
class EarlierEdition:
    """A document already in 文件库 of which a new one is another edition, and why."""

    document_id: str
    title: str
    similarity: float
    reason: EditionReason


class ItemFate(StrEnum):
    """What became of an item in a new edition."""

    UNCHANGED = "未变化"
    CHANGED = "有变化"
    NEW = "新增"
    GONE = "不再出现"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item in two editions. fields: those that mean something else now; likeness 0-1 of the texts."""

    fate: ItemFate
    old: PolicyItem | None
    new: PolicyItem | None
    likeness: float = 0.0
    fields: tuple[str, ...] = ()


def edition_reason(
    new: Document, old: Document, similarity: float, same_address: bool = False
) -> EditionReason | None:
    """Why `new` is another edition of `old`, None where it is a document of its own. similarity: of the texts, 0-1.

    A formal paper is not an edition of its 征求意见稿, nor an interpretation one of what it explains.
    """
    if new.id == old.id or (new.kind is DocumentKind.DRAFT) != (old.kind is DocumentKind.DRAFT):
        return None
    if same_address:
        return EditionReason.SAME_ADDRESS
    if new.kind is not old.kind:
        return None
    mine, theirs = _number(new), _number(old)
    if mine and mine == theirs:
        # Cards of single benefits cite the number of the paper that they come from: other titles, other papers.
        alike = _SAME_NUMBER_ALIKE if _same_name(new, old) else _RENAMED_ALIKE
        return EditionReason.SAME_NUMBER if similarity >= alike else None
    if mine and theirs and mine != theirs:
        return None
    if _same_name(new, old) and similarity >= NEAR_DUPLICATE and not _far_apart(new, old):
        return EditionReason.SAME_TITLE
    return None


def is_same_document(document: Document, other: Document) -> bool:
    """Same title and no number or date that differs: one document in two files, not two years of a notice."""
    if "".join(document.title.split()) != "".join(other.title.split()):
        return False
    pairs = [
        (document.document_number, other.document_number),
        (document.dated_on, other.dated_on),
        (document.published_on, other.published_on),
    ]
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _number(document: Document) -> str:
    written = "".join(fold(document.document_number or "").split())
    return normalise_number(written) or written


def _same_name(new: Document, old: Document) -> bool:
    issuers = {new.issuing_authority, old.issuing_authority} - {None, ""}
    years = [set(_YEAR.findall(document.title)) for document in (new, old)]
    return len(issuers) <= 1 and years[0] == years[1] and plain_title(new.title) == plain_title(old.title)


def _far_apart(new: Document, old: Document) -> bool:
    days = [(new.dated_on, old.dated_on), (new.published_on, old.published_on)]
    return any(mine and theirs and abs(mine - theirs) > _ONE_EDITION for mine, theirs in days)


def pair_items(
    old: Sequence[PolicyItem], new: Sequence[PolicyItem]
) -> list[tuple[PolicyItem, PolicyItem, float]]:
    """Which item is which in the other edition: one to one, the most alike first; whatever the order of the input."""
    runs = {item.id: _runs(item) for item in (*old, *new)}
    found = [(one, other, _likeness(runs[one.id], runs[other.id])) for one in old for other in new]
    pairs, taken = [], set[str]()
    for one, other, likeness in sorted(found, key=_closeness):
        if likeness >= _PAIRED and not {one.id, other.id} & taken:
            taken |= {one.id, other.id}
            pairs.append((one, other, likeness))
    return sorted(pairs, key=lambda pair: (pair[0].ordinal, pair[0].id))


def _closeness(pair: tuple[PolicyItem, PolicyItem, float]) -> tuple[float, bool, int, str, str]:
    one, other, likeness = pair
    differs = _meaning(one) != _meaning(other)
    return -likeness, differs, abs(one.ordinal - other.ordinal), one.id, other.id


def _runs(item: PolicyItem) -> Counter[str]:
    """Two-character runs of what the item says; its passages and grants count more than its name, which a person may have changed."""
    told: Counter[str] = Counter()
    for text, weight in (
        (item.title, 1),
        ("".join(benefit.span.quote for benefit in item.benefits), 2),
        ("".join(span.quote for span in item.spans), 2),
    ):
        flat = _SAID_OF_ALL.sub("", "".join(fold(text).split()))
        for at in range(len(flat) - 1):
            told[flat[at : at + 2]] += weight
    return told


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def compare_editions(old: Sequence[PolicyItem], new: Sequence[PolicyItem]) -> tuple[ItemChange, ...]:
    """What became of each item: those of the old edition in their order, then the new ones."""
    pairs = {one.id: (one, other, likeness) for one, other, likeness in pair_items(old, new)}
    found = {other.id for _, other, _ in pairs.values()}
    changes = []
    for item in sorted(old, key=lambda item: (item.ordinal, item.id)):
        if item.id not in pairs:
            changes.append(ItemChange(ItemFate.GONE, item, None))
            continue
        one, other, likeness = pairs[item.id]
        fields = changed_fields(one, other)
        fate = ItemFate.CHANGED if fields else ItemFate.UNCHANGED
        changes.append(ItemChange(fate, one, other, likeness, fields))
    fresh = sorted((item for item in new if item.id not in found), key=lambda item: (item.ordinal, item.id))
    return (*changes, *(ItemChange(ItemFate.NEW, None, item) for item in fresh))


def changed_fields(old: PolicyItem, new: PolicyItem) -> tuple[str, ...]:
    """The fields that mean something else, in the order of FIELDS; where a sentence stands does not matter."""
    mine, theirs = _meaning(old), _meaning(new)
    return tuple(name for name in FIELDS if mine[name] != theirs[name])


def _meaning(item: PolicyItem) -> dict[str, str]:
    raw = item_to_json(item)
    return {
        name: json.dumps(_without_places(raw[name]), ensure_ascii=False, sort_keys=True) for name in FIELDS
    }


def _without_places(value: Any) -> Any:
    """A JSON value without spans; of what we could not parse the words themselves are the meaning."""
    if isinstance(value, dict):
        if "free_text" in value:
            return {"free_text": "".join(fold(value["free_text"][2]).split())}
        return {key: _without_places(inner) for key, inner in value.items() if key != "span"}
    if isinstance(value, list):
        return [_without_places(inner) for inner in value]
    return "".join(fold(value).split()) if isinstance(value, str) else value
