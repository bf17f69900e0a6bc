"""Conditions on trades: what a class of the classification answers differs from its parent's in few words only.

A word covers classes; whether it covers a class or a part of it can differ from what it does to the class above only
where one of the classes it names lies inside that one. So of thousands of words a dozen are judged for a new class,
all only for a section. Called by `pieces`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.columns.remembering import Remembered
from matching.judging.places import trades_meant, words_asked
from policy_corpus.codes.industries import get_industry, path
from policy_corpus.errors import CorpusError
from policy_corpus.model import Condition

Int8 = npt.NDArray[np.int8]
JudgeSome = Callable[[str, Sequence[int]], list[int]]  # class, numbers of conditions -> their verdicts
_REMEMBERED = 4096  # classes; the classification has some 1,900


class TradeVerdicts:
    """The verdicts of each class of the classification on conditions that name one word each.

    judge: asks the judge; everything else here only spares asking it.
    """

    def __init__(self, singles: Sequence[Condition], judge: JudgeSome) -> None:
        self._singles, self._judge = singles, judge
        self._known: Remembered[Int8] = Remembered(_REMEMBERED)

    def of(self, code: str) -> Int8:
        """The verdicts on all conditions for a company of a class; not to be written to."""
        return self._known.get(code, lambda: self._find(code))

    def _find(self, code: str) -> Int8:
        try:
            above = get_industry(code).parent_code
        except CorpusError:
            above = None
        if above is None:
            return np.array(self._judge(code, range(len(self._singles))), np.int8)
        found = self.of(above).copy()
        numbers = self._naming_inside[above]
        found[numbers] = self._judge(code, numbers)
        return found

    @cached_property
    def _naming_inside(self) -> dict[str, list[int]]:
        """For each class the conditions whose word names it or a class inside it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, single in enumerate(self._singles):
            named = {code for scope in trades_meant(words_asked(single)) for codes in scope for code in codes}
            for above in {step.code for code in named for step in path(code)}:
                found[above].append(number)
        return found
