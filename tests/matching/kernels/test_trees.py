"""The loop over programs joins verdicts by Kleene's rules, the same bits in both ways."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernels.switch import Way, force, loops

VERDICTS = np.array([0, 1, 2, 1, 0, 2], np.int8)
LEAVES = st.tuples(st.integers(0, len(VERDICTS) - 1), st.booleans())
TREES: Any = st.recursive(
    LEAVES, lambda parts: st.tuples(st.sampled_from([min, max]), st.lists(parts, max_size=4)), max_leaves=12
)


def _postfix(tree: Any) -> list[int]:
    head, rest = tree
    if isinstance(rest, bool):
        return [2 * head + rest]
    if not rest:
        return [-3]
    tokens = _postfix(rest[0])
    for part in rest[1:]:
        tokens += [*_postfix(part), -1 if head is min else -2]
    return tokens


def _judged(tree: Any) -> tuple[int, int]:
    head, rest = tree
    if isinstance(rest, bool):
        verdict = 2 - int(VERDICTS[head]) if rest else int(VERDICTS[head])
        return verdict, int(verdict == 2)
    parts = [_judged(part) for part in rest]
    return head((verdict for verdict, _ in parts), default=1), sum(met for _, met in parts)


def _run(trees: list[Any], flat: list[list[Any]], way: Way, cut: tuple[int, int]) -> list[Any]:
    programs = [_postfix(tree) for tree in trees] + [_postfix((min, one)) if one else [] for one in flat]
    programs = [[t for t in p if t >= 0] if n >= len(trees) else p for n, p in enumerate(programs)]
    tokens = np.array([token for program in programs for token in program], np.int32)
    starts = np.cumsum([0, *map(len, programs)]).astype(np.int64)
    nested = np.arange(len(programs)) < len(trees)
    count = len(programs)
    first, last = sorted(min(end, count) for end in cut)
    found = [np.empty(size, kind) for size in (count, last - first) for kind in (np.int8, np.int32)]
    with force(way):
        kernel = loops("trees")
        kernel.judge_span(tokens, starts, nested, VERDICTS, 0, count, 16, *found[:2])
        kernel.judge_span(tokens, starts, nested, VERDICTS, first, last, 16, *found[2:])
    assert found[2].tolist() == found[0][first:last].tolist()
    assert found[3].tolist() == found[1][first:last].tolist()
    return found


@settings(deadline=None, max_examples=200)
@given(
    st.lists(TREES, max_size=5),
    st.lists(st.lists(LEAVES, max_size=4), max_size=5),
    st.tuples(st.integers(0, 10), st.integers(0, 10)),
)
def test_programs_are_joined_by_the_rules(
    trees: list[Any], flat: list[list[Any]], cut: tuple[int, int]
) -> None:
    expected = [*map(_judged, trees), *(_judged((min, one)) for one in flat)]
    plain, compiled = _run(trees, flat, "plain", cut), _run(trees, flat, "compiled", cut)
    assert list(zip(plain[0].tolist(), plain[1].tolist(), strict=True)) == expected
    assert [one.tobytes() for one in plain] == [one.tobytes() for one in compiled]
