"""What relevance is computed from: the words of an enterprise, and the words of an item.

An enterprise's words come from its facts: the names of its industry up to the section, its titles, what it
states of itself, its size and standing, and its name. Figures and places are left out: conditions decide
about those, text only ranks. An item's words are its title, the title of its document, and the sentences
and benefits that it was read from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from matching.derived_facts import find_fact
from matching.model import Enterprise, Fact
from matching.terms import cut, synonyms_of
from policy_corpus.codes.industries import path
from policy_corpus.errors import CorpusError
from policy_corpus.facts import SELF_STATED
from policy_corpus.folding import fold
from policy_corpus.model import Condition, PolicyItem, leaves


def _names(fact: Fact) -> Iterator[str]:
    for name in fact.value if isinstance(fact.value, tuple) else ():
        yield name
        yield from synonyms_of(fold(name).lower())


def _trade(fact: Fact) -> Iterator[str]:
    try:
        yield from (step.name for step in path(str(fact.value)))
    except CorpusError:  # a code outside the table adds no words; the conditions say so where it matters
        return


def _size(fact: Fact) -> Iterator[str]:
    yield f"{fact.value}企业"
    if fact.value in ("中型", "小型", "微型"):
        yield "中小企业 中小微企业"
    if fact.value in ("小型", "微型"):
        yield "小微企业"


def _above_scale(fact: Fact) -> Iterator[str]:
    if fact.value is True:
        yield "规模以上 规上"


def _listing(fact: Fact) -> Iterator[str]:
    if fact.value != "未上市":
        yield f"{fact.value} 上市"


def _research(fact: Fact) -> Iterator[str]:
    if fact.value:
        yield "研发 研发费用 科技创新"


def _patents(fact: Fact) -> Iterator[str]:
    if fact.value:
        yield "知识产权 专利"


_WORDS: dict[str, Callable[[Fact], Iterator[str]]] = {
    "industry": _trade,
    "qualification": _names,
    "size_class": _size,
    "above_scale": _above_scale,
    "listing": _listing,
    "rd_expense": _research,
    "patents": _patents,
    **{key: _names for key in sorted(SELF_STATED)},
}


def enterprise_terms(enterprise: Enterprise, as_of: date) -> list[str]:
    """The terms of an enterprise's profile, repeats kept."""
    pieces = [enterprise.name]
    for key, words in _WORDS.items():
        fact = find_fact(enterprise, key, as_of)
        if fact is not None:
            pieces.extend(words(fact))
    return cut("\n".join(pieces))


def item_terms(item: PolicyItem, document_title: str = "") -> list[str]:
    """The terms that an item is indexed by, repeats kept."""
    return cut(item_text(item, document_title))


def item_text(item: PolicyItem, document_title: str = "") -> str:
    """The text that an item is found by: titles, passages, benefits, and what a person added, each sentence once."""
    quotes = [span.quote for span in item.spans]
    benefits = [benefit.span.quote for benefit in item.benefits]
    kinds = [benefit.kind.value for benefit in item.benefits if benefit.kind.value != "other"]
    return "\n".join(dict.fromkeys([item.title, document_title, *quotes, *benefits, *kinds, *_added(item)]))


def _added(item: PolicyItem) -> Iterator[str]:
    """The words of conditions that stand in no passage, for a person added them."""
    for leaf in leaves(item.conditions):
        if isinstance(leaf, Condition) and not leaf.span.quote:
            values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            yield from (value for value in values if isinstance(value, str))
