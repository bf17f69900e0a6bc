"""The conditions of one benefit among several given 分别: the tier that stands in its place; called by items."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.trees import compose
from policy_corpus.extraction.statements import Grant
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import FreeText, Node, Operator


def own_conditions(plain: Plain, grant: Grant) -> tuple[Node, ...]:
    """The nodes of a grant; of a list that is given 分别 only the member in its place."""
    gift = grant.gift
    if gift.places < 2:
        return compose(plain, grant.conditions)
    picked = picked_conditions(grant)
    if picked is not None:
        return compose(plain, picked)
    words = FreeText(plain.span(0, max(gift.start, 1)))
    return (*compose(plain, grant.conditions), words)


def pick_tier(conditions: tuple[Found, ...], place: int, places: int) -> tuple[Found, ...] | None:
    """The conditions that hold for the place-th of several benefits; None where none of them is a list of that length."""
    for one in conditions:
        if isinstance(one.value, tuple) and one.op is Operator.IN and len(one.value) == places:
            chosen = Found(
                one.attribute, _single(one.attribute), str(one.value[place - 1]), one.start, one.end, one.unit
            )
            return tuple(chosen if other is one else other for other in conditions)
    attributes = [one.attribute for one in conditions]
    for attribute in dict.fromkeys(attributes):
        same = [one for one in conditions if one.attribute == attribute]
        if len(same) == places:
            return tuple(one for one in conditions if one.attribute != attribute or one is same[place - 1])
    return None


def picked_conditions(grant: Grant) -> tuple[Found, ...] | None:
    """The conditions of a grant, of lists given 分别 only the member in its place; None where no list fits."""
    gift = grant.gift
    if gift.places < 2:
        return grant.conditions
    picked = pick_tier(grant.conditions, gift.place, gift.places)
    in_words = _pick_in_words(picked or grant.conditions, gift.place, gift.places)
    return in_words or picked


_VERB_END = re.compile(
    r".{0,30}(?:评定为|认定为|获评|评为|评定|认定|晋升|通过|获得|取得|入选|列入|制定|新建|引进|完成|达到|建设|获|为)(?=.)"
)
_IN_WORDS = ("event", "activity", "other", "qualification")
_NO_MEMBER = re.compile("[、，；]")
_JOIN = re.compile("、|和|以及|及|或")


def _pick_in_words(conditions: tuple[Found, ...], place: int, places: int) -> tuple[Found, ...] | None:
    """ "首次评定为五级、四级、三级的养老机构" in the second place: 首次评定为四级的养老机构."""
    chosen = {}
    for index, one in enumerate(conditions):
        if one.attribute in _IN_WORDS and isinstance(one.value, str):
            words = _member(one.value, place, places)
            if words:
                chosen[index] = replace(one, value=words)
    if not chosen:
        return None
    return tuple(chosen.get(index, one) for index, one in enumerate(conditions))


def _member(words: str, place: int, places: int) -> str | None:
    """The words with only the place-th member of the list in them; None without a list of that length.

    >>> _member("首次评定为五级、四级、三级的养老机构", 2, 3), _member("主持制定国际标准、国家标准", 1, 2)
    ('首次评定为四级的养老机构', '主持制定国际标准')
    """
    members = _members(words, places)
    if not members:
        return None
    verb = _VERB_END.match(members[0])
    head = verb[0] if verb else ""
    members[0] = members[0][len(head) :]
    tail = members[-1].find(members[0][-1:]) + 1
    rest, members[-1] = members[-1][tail:], members[-1][:tail]
    if not tail or not all(members):
        return None
    return head + members[place - 1] + rest


def _members(words: str, places: int) -> list[str]:
    """The members of a list of that length; empty where the words are none. A first member may hold "和" itself."""
    joins = list(_JOIN.finditer(words))[1 - places :]
    starts = [0, *(join.end() for join in joins)]
    ends = [*(join.start() for join in joins), len(words)]
    members = [words[start:end] for start, end in zip(starts, ends, strict=True)]
    fit = all(1 <= len(one) <= 30 and not _NO_MEMBER.search(one) for one in members)
    inner = all(len(one) <= 16 and "的" not in one for one in members[1:-1])
    return members if fit and inner and len(members) == places else []


def _single(attribute: str) -> Operator:
    return (
        Operator.HAS
        if attribute in ("qualification", "event", "activity", "other", "patents")
        else Operator.EQ
    )
