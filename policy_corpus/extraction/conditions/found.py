"""What a rule finds in a stretch of plain text, before it becomes a Condition with a span."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import Condition, FreeText, Leaf, Operator, Value


@dataclass(frozen=True, slots=True)
class Found:
    """A condition at text[start:end] of a Plain. attribute "" is a clause that no rule understood (FreeText).

    core: the part of the words that is used up, so that other rules leave it alone.
    """

    attribute: str
    op: Operator
    value: Value
    start: int
    end: int
    unit: str | None = None
    core: tuple[int, int] | None = None

    @property
    def negated(self) -> bool:
        """Negation and NOT_HAS always go together."""
        return self.op is Operator.NOT_HAS

    def moved(self, by: int) -> Found:
        """The same find, counted from an earlier beginning."""
        core = (self.core[0] + by, self.core[1] + by) if self.core else None
        return replace(self, start=self.start + by, end=self.end + by, core=core)

    def taken(self) -> tuple[int, int]:
        """The characters that this find uses up."""
        return self.core or (self.start, self.end)

    def leaf(self, plain: Plain) -> Leaf:
        """The condition with the document's own words."""
        span = plain.span(self.start, self.end)
        if not self.attribute:
            return FreeText(span)
        return Condition(self.attribute, self.op, self.value, span, self.unit, negated=self.negated)
