"""The daily housekeeping: keep what is found as proposals, drop open ones that no longer stand. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from service.store.data_folder import DataFolder
from service.store.proposals import Draft, ProposalKind
from service.workflows.job_context import JobContext
from service.workflows.upkeep.finding import find_endings_and_rounds, find_links, find_relations

UPKEEP = "upkeep.run"


def run_upkeep(folder: DataFolder, *, today: date, now: datetime) -> dict[str, int]:
    """Look at the whole library; returns how many proposals are new, how many were dropped and how many are open."""
    found: dict[ProposalKind, list[Draft]] = {
        kind: [] for kind in ProposalKind if kind is not ProposalKind.EDITION
    }
    for draft in _all(folder, today):
        found[draft.kind].append(draft)
    new = dropped = 0
    with folder.writing():
        for kind, drafts in found.items():
            dropped += folder.proposals.drop_stale(kind, [draft.key for draft in drafts])
            new += sum(folder.proposals.make(draft, now) is not None for draft in drafts)
    return {"new": new, "dropped": dropped, "open": sum(folder.proposals.counts().values())}


def _all(folder: DataFolder, today: date) -> Iterator[Draft]:
    yield from find_relations(folder)
    yield from find_endings_and_rounds(folder, today)
    yield from find_links(folder, today)


def upkeep_job(folder: DataFolder, _: Mapping[str, Any], context: JobContext) -> dict[str, int]:
    """The housekeeping as a background job."""
    context.report("查找到期、废止和可续期的事项")
    now = context.now()  # in Beijing, as every face of the product tells the time
    return run_upkeep(folder, today=now.date(), now=now)
