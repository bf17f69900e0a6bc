"""The conditions of one benefit among several given 分别: the tier that stands in its place; called by items."""

from __future__ import annotations

from policy_corpus.extraction.found import Found
from policy_corpus.extraction.passages import Grant
from policy_corpus.extraction.plain import Plain
from policy_corpus.extraction.trees import compose
from policy_corpus.model import FreeText, Node, Operator


def own_conditions(plain: Plain, grant: Grant) -> tuple[Node, ...]:
    """The nodes of a grant; of a list that is given 分别 only the member in its place."""
    gift = grant.gift
    if gift.places < 2:
        return compose(plain, grant.conditions)
    picked = pick_tier(grant.conditions, gift.place, gift.places)
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


def _single(attribute: str) -> Operator:
    return (
        Operator.HAS
        if attribute in ("qualification", "event", "activity", "other", "patents")
        else Operator.EQ
    )
