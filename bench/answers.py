"""Whether two engines of the same formula give the same answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench.cosines import Answer

SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over all questions: the largest difference of scores at the same rank, and how many answers differ."""

    questions: int
    difference: float
    differing: int

    def told(self) -> str:
        return (
            f"max score difference {self.difference:.1e}, {self.differing} of {self.questions} answers differ"
        )


def agreement(pairs: Iterable[tuple[Answer, Answer]]) -> Agreement:
    """Compare answer by answer; zero scores are no answers."""
    count, worst, differing = 0, 0.0, 0
    for ours, theirs in pairs:
        mine, other = _above_zero(ours), _above_zero(theirs)
        count += 1
        worst = max([worst, *(abs(a[1] - b[1]) for a, b in zip(mine, other, strict=False))])
        differing += not same_answer(mine, other)
    return Agreement(count, worst, differing)


def same_answer(ours: list[tuple[int, float]], theirs: list[tuple[int, float]]) -> bool:
    """The same scores to six places and the same items, but for the order and the cut among equal scores."""
    if len(ours) != len(theirs):
        return False
    last = ours[-1][1] if ours else 0.0
    clear = [{at for at, score in hits if score > last + 2 * SAME} for hits in (ours, theirs)]
    close = all(abs(mine[1] - other[1]) <= SAME for mine, other in zip(ours, theirs, strict=True))
    return close and clear[0] == clear[1]


def _above_zero(answer: Answer) -> list[tuple[int, float]]:
    rows = zip(answer[0].tolist(), answer[1].tolist(), strict=True)
    return [(at, score) for at, score in rows if score > SAME / 2]
