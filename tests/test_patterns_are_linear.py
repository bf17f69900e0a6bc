"""Every regular expression of policy_corpus takes time linear in the text (the rules stand in linearity/costs.py)."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from policy_corpus.extraction.conditions.added_facts import one_of
from policy_corpus.folding import foldable_characters
from tests.linearity.costs import Refused, steps_of
from tests.linearity.patterns import ROOT, Written, compiled_on_import, written_in_functions

# Words that an administrator could add to make a pattern slow, were they not taken as they stand.
_HOSTILE = ("甲", "甲甲", "(甲+)+", ".*.*", "甲或甲", "、", "[甲-", "一级", "级")
# Module -> the patterns it builds when the program runs, from tables or from words that were added: those are judged.
BUILT_WHEN_RUN: dict[str, Callable[[], list[re.Pattern[str]]]] = {
    "policy_corpus/folding.py": lambda: [foldable_characters()],
    "policy_corpus/extraction/conditions/added_facts.py": lambda: [one_of(_HOSTILE)],
}
# Pattern -> why it may stand although the rules refuse it. Keep it empty: a pattern is sooner mended than argued for.
EXEMPT: dict[str, str] = {}


def _fault(one: Written) -> str | None:
    build = BUILT_WHEN_RUN.get(one.place.rpartition(":")[0])
    if one.pattern is None and build is not None:
        faults = [_fault(Written(one.place, built.pattern, built.flags)) for built in build()]
        return next((fault for fault in faults if fault), None)
    if one.pattern is None:
        return f"{one.place}: depends on what is known at run time only; build it from constants"
    try:
        steps_of(one.pattern, one.flags)
    except Refused as refusal:
        return f"{one.place}: {refusal}: {one.pattern}"
    return None


def test_every_pattern_is_linear() -> None:
    found = [*compiled_on_import("policy_corpus"), *written_in_functions("policy_corpus")]
    assert len(found) > 400, "the patterns are no longer found"
    faults = [fault for one in found if one.pattern not in EXEMPT and (fault := _fault(one))]
    assert not faults, "\n".join(faults)


def test_no_pattern_comes_by_another_way_than_re() -> None:
    for path in (ROOT / "policy_corpus").rglob("*.py"):
        names = [word for node in ast.walk(ast.parse(path.read_text("utf-8"))) for word in _imported(node)]
        assert not {"re.compile", "re.search", "re.match", "regex", "re2"} & set(names), path


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_every_exemption_is_still_needed() -> None:
    for pattern, reason in EXEMPT.items():
        assert reason and _fault(Written("", pattern))


def test_patterns_of_tables_factories_closures_and_calls_are_found() -> None:
    compiled = compiled_on_import("policy_corpus")
    places = {one.place.rpartition(":")[0] for one in compiled}
    assert "policy_corpus/extraction/conditions/measures.py" in places  # made by a factory from a table
    assert "policy_corpus/describing/kinds.py" in places  # held by closures
    written = {one.place.rpartition(":")[0] for one in written_in_functions("policy_corpus")}
    assert "policy_corpus/extraction/titles.py" in written
