"""What a sentence asks of one kind of applicant only ("…不超过5年，其中生物医药企业不超过7年") -> a tree that asks it of nobody else.

Read as plain requirements the second half would shut out every other company and hold the kind itself to the first
figure. Called by trees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import AllOf, AnyOf, Condition, Node

APPLICANTS = frozenset({"qualification", "industry", "legal_form", "size_class", "ownership", "above_scale"})
"""Attributes that say of what kind an applicant is."""
_AMONG_THEM = re.compile(r"其中[，：]?(?:对于?)?$")


def split_among(plain: Plain, found: Sequence[Found]) -> tuple[Sequence[Found], Sequence[Found]]:
    """The finds before "其中" and those of the kind behind it; the second part is empty where there is none."""
    for index, one in enumerate(found):
        if index and one.attribute in APPLICANTS:
            start = one.start  # the measure of "工业企业营业收入…" may begin with the kind
            if _AMONG_THEM.search(plain.text[:start]):
                general = [other for other in found if other.end <= start]
                return general, [one, *(other for other in found if other.end > start and other is not one)]
    return found, ()


def with_kind(plain: Plain, general: tuple[Node, ...], among: Sequence[Found]) -> tuple[Node, ...]:
    """The general requirements, the one that the kind has another figure for made a choice of the two.

    Where the kind is asked for something else besides, all of it stays a requirement: we rather ask too much.
    """
    kind, measures = among[0], among[1:]
    own = AllOf(tuple(one.leaf(plain) for one in among))
    attributes = {one.attribute for one in measures}
    eased = [node for node in general if isinstance(node, Condition) and node.attribute in attributes]
    if not measures or not eased or kind.negated:
        return (*general, *own.children)
    kept = tuple(node for node in general if node not in eased)
    basis = eased[0] if len(eased) == 1 else AllOf(tuple(eased))
    return (*kept, AnyOf((basis, own)))
