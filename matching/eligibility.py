"""Judge an enterprise against a tree of conditions: met, not met or unknown, and why for every leaf.

`verdict_on` gives the verdict alone and is what the ranking of many items asks; `evaluate` adds a finding
for every leaf, in the order of the text, and is asked only for what is shown. Both judge each leaf by the
same table, one judge for each kind of fact. A condition that cannot be judged, for whatever fault of its
own, is unknown and says so; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from datetime import date

from matching.comparisons import MET, NOT_MET, UNKNOWN, all_of, any_of, negate
from matching.judging.choices import judge_choice, judge_credit
from matching.judging.figures import judge_age, judge_date, judge_figure, judge_patents, judge_yes_no
from matching.judging.judgement import Asked, Judgement, undecided
from matching.judging.keys import BROKEN, asked_form, is_judged
from matching.judging.places import judge_industry, judge_region
from matching.judging.stated import judge_stated
from matching.judging.titles import judge_title
from matching.model import Eligibility, Enterprise, Finding, Verdict
from matching.wording import finding_of
from policy_corpus.facts import FACTS, FactDefinition, FactKind
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Leaf, Node, Not, Operator

Judge = Callable[[Condition, FactDefinition, Asked], Judgement]

_BY_ATTRIBUTE: dict[str, Judge] = {
    "patents": judge_patents,
    "invention_patents": judge_patents,
    "credit": judge_credit,
}
_BY_KIND: dict[FactKind, Judge] = {
    FactKind.YUAN: judge_figure,
    FactKind.COUNT: judge_figure,
    FactKind.PERCENT: judge_figure,
    FactKind.YEARS: judge_age,
    FactKind.DATE: judge_date,
    FactKind.YES_NO: judge_yes_no,
    FactKind.CHOICE: judge_choice,
    FactKind.REGION: judge_region,
    FactKind.INDUSTRY: judge_industry,
    FactKind.NAMES: judge_title,
    FactKind.STATED: judge_stated,
}
_ELIGIBILITY = {
    MET: Eligibility.ELIGIBLE,
    UNKNOWN: Eligibility.UNDETERMINED,
    NOT_MET: Eligibility.INELIGIBLE,
}


class Evaluator:
    """One enterprise on one day; remembers its verdicts, for conditions recur from item to item."""

    def __init__(self, enterprise: Enterprise, as_of: date) -> None:
        self._asked = Asked(enterprise, as_of)
        self._known: dict[Hashable, Judgement] = {}

    def verdict_on(self, node: Node) -> Verdict:
        """The verdict on a whole tree by Kleene's rules; an empty group says nothing: unknown."""
        match node:
            case AllOf(children):
                return all_of(map(self.verdict_on, children))
            case AnyOf(children):
                return any_of(map(self.verdict_on, children))
            case Not(child):
                return negate(self.verdict_on(child))
            case Condition():
                return self.judge(node).verdict
            case _:
                return UNKNOWN

    def tally(self, node: Node) -> tuple[int, int]:
        """How many leaves are met, and how many there are; under Not a leaf is met when it does not hold."""
        verdicts = [self._signed(leaf, denied).verdict for leaf, denied in _signed_leaves(node)]
        return verdicts.count(MET), len(verdicts)

    def findings(self, node: Node) -> tuple[Finding, ...]:
        """A finding for every leaf, in the order of the text."""
        return tuple(
            finding_of(leaf, self._signed(leaf, denied), self._asked, denied=denied)
            for leaf, denied in _signed_leaves(node)
        )

    def judge(self, condition: Condition) -> Judgement:
        """The judgement on one condition, its own negation applied."""
        key = asked_form(condition)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = judge_condition(condition, self._asked)
        return found

    def _signed(self, leaf: Leaf, denied: bool) -> Judgement:
        if isinstance(leaf, FreeText):
            return undecided("该条件未能自动识别，请对照原文核对")
        judgement = self.judge(leaf)
        return replace(judgement, verdict=negate(judgement.verdict)) if denied else judgement


def evaluate(node: Node, enterprise: Enterprise, as_of: date) -> tuple[Verdict, tuple[Finding, ...]]:
    """The verdict on a condition tree and a finding for every leaf."""
    evaluator = Evaluator(enterprise, as_of)
    return evaluator.verdict_on(node), evaluator.findings(node)


def eligibility_of(verdict: Verdict) -> Eligibility:
    """What the verdict on an item's conditions means for applying."""
    return _ELIGIBILITY[verdict]


def judge_condition(condition: Condition, asked: Asked) -> Judgement:
    """The judgement on one condition, its own negation applied; nothing is remembered."""
    row = FACTS.get(condition.attribute)
    if row is None:
        return undecided("条件的内容无法识别，请对照原文核对")
    if not is_judged(condition):
        return undecided("条件的肯定与否定不一致，请对照原文核对")
    judge = _BY_ATTRIBUTE.get(condition.attribute) or _BY_KIND[row.kind]
    try:
        judgement = judge(condition, row, asked)
    except BROKEN:
        # One broken condition spoils only itself: it is shown as undecided, with the original words.
        return undecided("条件无法判断，请对照原文核对")
    if condition.op is Operator.NOT_HAS:
        return replace(judgement, verdict=negate(judgement.verdict))
    return judgement


def _signed_leaves(node: Node, denied: bool = False) -> Iterator[tuple[Leaf, bool]]:
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                yield from _signed_leaves(child, denied)
        case Not(child):
            yield from _signed_leaves(child, not denied)
        case Condition() | FreeText():
            yield node, denied
