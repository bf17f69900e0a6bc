"""How much of an item's conditions a machine can check; called by loading and by what is shown of an item."""

from __future__ import annotations

from dataclasses import dataclass

from policy_corpus.facts import SELF_STATED
from policy_corpus.model import Condition, FreeText, PolicyItem, leaves


@dataclass(frozen=True, slots=True)
class Coverage:
    """Written conditions by who can answer them (解析覆盖).

    parsed: understood, in either of two ways; self_stated: those of them that only the company can confirm
    (events, activities, compliance, others); free_text: not understood, for a person to read.
    """

    parsed: int
    self_stated: int
    free_text: int


def coverage(item: PolicyItem) -> Coverage:
    """Count the leaves of an item, conditions that merely follow from the issuer left out."""
    found = [leaf for leaf in leaves(item.conditions) if not (isinstance(leaf, Condition) and leaf.implied)]
    free = sum(isinstance(leaf, FreeText) for leaf in found)
    stated = sum(isinstance(leaf, Condition) and leaf.attribute in SELF_STATED for leaf in found)
    return Coverage(parsed=len(found) - free, self_stated=stated, free_text=free)
