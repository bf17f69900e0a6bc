"""What a whole match costs: one company's list with its findings, and one item's audience."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import make_policies
from bench.corpus_enterprises import make_enterprises
from bench.ours import audience_of, make_catalogue, make_companies, match_company, publish_file
from bench.protocol import Contender, Timing, ask_in_blocks
from bench.results import MATCH
from bench.sizes import TOP, Run
from bench.texts import policy

ASKED = 50
FILE_LENGTH, PUBLISHED = 3_000, 5


def measure_match(run: Run) -> None:
    """One company: text, eligibility, order, findings of the first twenty."""
    companies = list(islice(make_enterprises(ASKED, run.size.root), ASKED))
    with TemporaryDirectory() as folder:
        day = make_catalogue(make_policies(run.size.items, run.size.root), Path(folder))
        asked = Contender("ours", lambda enterprise: match_company(day, enterprise, TOP))
        found = ask_in_blocks([asked], companies, min(run.block, ASKED), run.rounds, run.seconds)["ours"]
    _row(run, "one company's list", run.size.items, 1, found)


def measure_audience(run: Run) -> None:
    """Whom one item fits, among all companies."""
    policies = make_policies(run.size.items, run.size.root)
    companies = make_companies(make_enterprises(run.size.enterprises, run.size.root))
    with TemporaryDirectory() as folder:
        day = make_catalogue(policies, Path(folder))
        items = [policy.item for policy in policies[:: max(len(policies) // ASKED, 1)]][:ASKED]
        asked = Contender("ours", lambda item: audience_of(day, companies, item))
        found = ask_in_blocks([asked], items, min(run.block, ASKED), run.rounds, run.seconds)["ours"]
        _row(run, "one item's audience", 1, run.size.enterprises, found)
        file = policy(FILE_LENGTH).replace("示例市", "九江市").encode()
        asked = Contender("ours", lambda name: publish_file(day, companies, file, name))
        names = [f"{number}.txt" for number in range(PUBLISHED)]
        found = ask_in_blocks([asked], names, min(run.block, PUBLISHED), run.rounds, run.seconds)["ours"]
    _row(run, f"a file of {FILE_LENGTH:,} characters to its companies", "", run.size.enterprises, found)


def _row(run: Run, what: str, items: object, companies: int, found: Timing) -> None:
    run.results.add(
        MATCH, what, items, companies, found.p50_ms, found.p95_ms, found.cpu_ms, len(found.wall), found.load
    )
