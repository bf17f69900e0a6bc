"""The main job on the samples, end to end: files in, and three companies' lists against answers worked out by hand.

`samples/expected.yaml` was made by reading the policies, not by running the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from matching.match import rank_items
from matching.model import Eligibility, Enterprise, Match
from policy_corpus.folding import fold
from policy_corpus.reading.sandbox import Sandbox
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf, read_shelf
from service.workflows.load_policies import Outcome, find_files, load_policies
from service.workflows.register_enterprises import register_enterprises

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
AS_OF = date.fromisoformat(EXPECTED["as_of"])
BEST_FIRST = (Eligibility.ELIGIBLE, Eligibility.UNDETERMINED, Eligibility.INELIGIBLE)


@dataclass(frozen=True)
class Journey:
    """The loaded samples and every match of the three companies, ineligible and closed ones too."""

    shelf: Shelf
    matches: dict[str, tuple[Match, ...]]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with DataFolder.open(tmp_path_factory.mktemp("samples")) as folder, Sandbox() as sandbox:
        outcomes = list(
            load_policies(folder, find_files([SAMPLES / "policies"]), sandbox, lambda: now, publish=True)
        )
        assert all(outcome.outcome is Outcome.LOADED for outcome in outcomes), [
            outcome for outcome in outcomes if outcome.outcome is not Outcome.LOADED
        ]
        report = register_enterprises(folder, SAMPLES / "enterprises.jsonl", lambda: now)
        assert report.created == 200
        shelf = read_shelf(folder, AS_OF)
        wanted = {case["enterprise"] for case in EXPECTED["cases"]}
        found = {one.name: _everything(one, shelf) for one in folder.enterprises.all() if one.name in wanted}
    yield Journey(shelf, found)


def _everything(enterprise: Enterprise, shelf: Shelf) -> tuple[Match, ...]:
    return rank_items(enterprise, shelf.day, include_ineligible=True, include_closed=True).matches()


def _squash(text: str) -> str:
    return "".join(fold(text).split())


def _cases() -> list[Any]:
    return [
        pytest.param(case["enterprise"], line, id=f"{case['enterprise'][:6]}-{line['phrase'][:24]}")
        for case in EXPECTED["cases"]
        for line in case["expect"]
    ]


def _meant(journey: Journey, enterprise: str, line: dict[str, Any]) -> list[Match]:
    phrase = _squash(line["phrase"])
    return [
        match
        for match in journey.matches[enterprise]
        if _squash(journey.shelf.documents[match.item.document_id].title) == _squash(line["document"])
        and any(
            phrase in _squash(span.quote)
            for span in (*match.item.spans, *(benefit.span for benefit in match.item.benefits))
        )
    ]


@pytest.mark.parametrize(("enterprise", "line"), _cases())
def test_the_verdict_is_the_one_worked_out_by_hand(
    journey: Journey, enterprise: str, line: dict[str, Any]
) -> None:
    found = _meant(journey, enterprise, line)
    assert found, f"no item for {line['phrase']}"
    best = min(found, key=lambda match: BEST_FIRST.index(match.eligibility))
    findings = [(finding.verdict.value, finding.text, finding.reason) for finding in best.findings]
    assert best.eligibility.value in line["verdicts"], (line["because"], findings)


@pytest.mark.parametrize("line", EXPECTED["absent"], ids=lambda line: line["document"][:20])
def test_what_must_not_be_listed_is_not_listed(journey: Journey, line: dict[str, Any]) -> None:
    title = _squash(line["document"])
    listed = {_squash(journey.shelf.documents[item.document_id].title) for item in journey.shelf.items()}
    assert title not in listed, line["because"]


def test_different_companies_get_different_lists(journey: Journey) -> None:
    fitting = {
        name: {match.item.id for match in matches if match.eligibility is not Eligibility.INELIGIBLE}
        for name, matches in journey.matches.items()
    }
    assert len(fitting) >= 3 and all(fitting.values())
    names = sorted(fitting)
    for one, other in zip(names, names[1:] + names[:1], strict=True):
        assert fitting[one] - fitting[other] and fitting[other] - fitting[one]


def test_every_finding_points_at_words_of_its_document(journey: Journey, tmp_path: Path) -> None:
    for matches in journey.matches.values():
        for match in matches:
            for finding in match.findings:
                span = finding.condition.span
                assert span.quote and span.end - span.start == len(span.quote)
                assert finding.text and finding.reason
