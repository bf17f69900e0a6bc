"""Facts that administrators have added -> the words by which clauses name them; called by measures and traits.

A policy names such a fact by its label or one of its synonyms, and only so: figures are then compared like those of the
built-in facts, a yes or no is the word itself, a choice the word of it that stands nearest behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from policy_corpus.additions import current, forgets
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.words.negation import is_denied
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.folding import fold
from policy_corpus.model import Operator

DIMENSIONS = {FactKind.YUAN: "yuan", FactKind.COUNT: "count", FactKind.PERCENT: "percent"}
_NEAR = 12  # characters between the name of a fact and the choice that it is to have
_BOUND_BEFORE = re.compile("不?[低高]于|不?少于|超过|至少|最低|达到")
_STOP, _JOINT = re.compile("[，；。]"), re.compile("、|或者?|和|及")
_BOUND_BEHIND = re.compile("（?[及或含]?以?[上下]")


@dataclass(frozen=True, slots=True)
class NamedFact:
    """An added fact and the pattern of its names, the longest first."""

    row: FactDefinition
    names: re.Pattern[str]


@forgets
@cache
def named_facts() -> tuple[NamedFact, ...]:
    """The added facts that are in use, those with the longest name first: the more exact name decides."""
    rows = [row for added in current().facts if (row := FACTS.get(added.key)) and not row.retired]
    named = [NamedFact(row, one_of(names_of(row))) for row in rows]
    return tuple(sorted(named, key=lambda one: (-max(map(len, names_of(one.row))), one.row.key)))


def names_of(row: FactDefinition) -> tuple[str, ...]:
    """The words by which a text may name a fact, folded, the longest first."""
    names = dict.fromkeys(fold(name) for name in (row.label, *row.synonyms))
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def one_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as they stand, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def find_added_traits(clause: str) -> list[Found]:
    """The added facts of a yes or a choice that one clause names, denied ones with NOT_HAS."""
    found: list[Found] = []
    for named in named_facts():
        if named.row.kind in (FactKind.YES_NO, FactKind.CHOICE):
            match = named.names.search(clause)
            one = _trait(clause, named.row, match) if match else None
            found += [one] if one else []
    return found


def _trait(clause: str, row: FactDefinition, named: re.Match[str]) -> Found | None:
    start, end = named.span()
    if row.kind is FactKind.YES_NO:
        op = Operator.NOT_HAS if is_denied(clause, start, end) else Operator.EQ
        return Found(row.key, op, True, start, end)
    choices, last = _choices_behind(clause, row, end)
    if not choices or _BOUND_BEFORE.search(clause[end:last]) or _BOUND_BEHIND.match(clause, last):
        return None  # "3级以上": which choices stand above another is not known, so a person decides
    op = Operator.EQ if len(choices) == 1 else Operator.IN
    op = Operator.NOT_HAS if is_denied(clause, start, last) else op
    return Found(row.key, op, choices[0] if len(choices) == 1 else choices, start, last)


def _choices_behind(clause: str, row: FactDefinition, start: int) -> tuple[tuple[str, ...], int]:
    """The choices named behind the name ("A级或B级" is two), and where they end; none, and the start."""
    words = {fold(choice): choice for choice in row.choices}
    one = one_of(words)
    found = one.search(clause, start, start + _NEAR + max(map(len, words), default=0))
    if found is None or found.start() - start > _NEAR or _STOP.search(clause, start, found.start()):
        return (), start
    listed, last = [found[0]], found.end()
    while (joint := _JOINT.match(clause, last)) and (found := one.match(clause, joint.end())):
        listed.append(found[0])
        last = found.end()
    return tuple(dict.fromkeys(words[word] for word in listed)), last
