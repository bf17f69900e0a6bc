"""What may be added to the dictionaries and facts: a proposal as typed -> its name and body as kept, or every reason why not.

Pure but for the tables in place: whoever calls it (`change_dictionaries`, the previews) hands over the other entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from matching.segmenting import built_in_terms
from matching.terms import built_in_synonyms
from policy_corpus.folding import fold
from service.errors import DictionaryRefused
from service.store.dictionaries import KINDS, DictionaryEntry
from service.workflows.dictionary_words import (
    MOST_NAMES,
    Checked,
    Faults,
    is_clean,
    shown,
    text_given,
    words_given,
)
from service.workflows.fact_checks import check_fact
from service.workflows.title_checks import check_title
from service.workflows.zone_checks import check_zone

_TERM = re.compile(r"(?=.*[\u4e00-\u9fd5])[\u4e00-\u9fd5A-Za-z0-9]{2,20}")


def check_entry(kind: str, given: dict[str, Any], others: Sequence[DictionaryEntry]) -> Checked:
    """The proposal as it is kept. others: all entries but the one that it takes the place of. Raises DictionaryRefused."""
    if kind not in KINDS:
        raise DictionaryRefused(f"没有“{kind[:20]}”这一类，应为{'、'.join(KINDS.values())}之一")
    return _CHECKS[kind](given, [entry for entry in others if entry.kind == kind])


def name_of(kind: str, given: dict[str, Any]) -> str:
    """The name under which a proposal would be kept."""
    match kind:
        case "term":
            return fold(text_given(given.get("word")))
        case "synonym":
            return "=".join(_synonyms_given(given))
        case "zone":
            return fold(text_given(given.get("name")))
        case _:
            return text_given(given.get("label" if kind == "fact" else "name"))


def _synonyms_given(given: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word).lower() for word in words_given(given.get("words"))))


def _term(given: dict[str, Any], others: Sequence[DictionaryEntry]) -> Checked:
    faults = Faults()
    word = fold(text_given(given.get("word")))
    faults.unless(
        _TERM.fullmatch(word) is not None,
        f"“{shown(word)}”不能作为政策词：应为 2 至 20 个汉字、字母或数字，至少一个汉字，中间不加空格和标点",
    )
    faults.unless(word not in built_in_terms(), f"“{shown(word)}”已在内置政策词中")
    faults.unless(all(entry.name != word for entry in others), f"“{shown(word)}”已经添加过")
    faults.check()
    return Checked(word, {"word": word})


def _synonym(given: dict[str, Any], others: Sequence[DictionaryEntry]) -> Checked:
    faults = Faults()
    words = _synonyms_given(given)
    for word in words:
        faults.unless(
            is_clean(word, 2, 40), f"“{shown(word)}”不能作为同义词：应为 2 至 40 个字，不含空格和特殊符号"
        )
    faults.unless(2 <= len(words) <= MOST_NAMES, f"一组同义词应有 2 至 {MOST_NAMES} 个词，用顿号或等号隔开")
    groups = [*built_in_synonyms(), *(tuple(entry.body["words"]) for entry in others)]
    known = {word: group for word in words if (group := _group_of(word, groups))}
    if len(known) > 1:
        one, other = list(known)[:2]
        faults.unless(
            known[one] != known[other], f"“{one}”与“{other}”已是同义词（{'＝'.join(sorted(known[one]))}）"
        )
        faults.unless(
            known[one] == known[other],
            f"“{one}”与“{other}”各在一组同义词中，合在一起会把两组连成一圈，请只写其中一个",
        )
    faults.check()
    return Checked("=".join(words), {"words": list(words)})


def _group_of(word: str, groups: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """All words that are one with a word, itself included; empty where there are none."""
    groups, found = list(groups), {word}
    while True:
        wider = found.union(*(group for group in groups if not found.isdisjoint(group)))
        if wider == found:
            return frozenset(found) if len(found) > 1 else frozenset()
        found = wider


_CHECKS: dict[str, Callable[[dict[str, Any], Sequence[DictionaryEntry]], Checked]] = {
    "term": _term,
    "synonym": _synonym,
    "title": check_title,
    "zone": check_zone,
    "fact": check_fact,
}
