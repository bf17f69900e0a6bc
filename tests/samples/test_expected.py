from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from policy_corpus.facts import FACTS
from samples.build_enterprises import TARGET
from samples.policy_sources import SOURCES, read_sources

EXPECTED: dict[str, Any] = yaml.safe_load((SOURCES.parent / "expected.yaml").read_text(encoding="utf-8"))
TEXTS = {source.head["title"]: "\n".join(source.body) for source in read_sources()}
NAMES = [json.loads(line)["name"] for line in TARGET.read_text(encoding="utf-8").splitlines()]
CLAIMS = [(case["enterprise"], claim) for case in EXPECTED["cases"] for claim in case["expect"]]


def test_expectations_are_about_showcase_enterprises() -> None:
    assert {case["enterprise"] for case in EXPECTED["cases"]} <= set(NAMES[:12])


@pytest.mark.parametrize(("enterprise", "claim"), CLAIMS, ids=[claim["phrase"] for _, claim in CLAIMS])
def test_each_expectation_points_at_one_place_of_one_document(enterprise: str, claim: dict[str, Any]) -> None:
    assert TEXTS[claim["document"]].count(claim["phrase"]) == 1
    assert set(claim["verdicts"]) <= {"eligible", "undetermined", "ineligible"}
    assert claim["because"]
    assert claim.get("attribute") is None or claim["attribute"] in FACTS
    assert claim.get("open") in {None, "open", "upcoming", "closed", "always", "unknown"}


def test_documents_that_must_yield_nothing_are_among_the_samples() -> None:
    assert {entry["document"] for entry in EXPECTED["absent"]} <= set(TEXTS)
