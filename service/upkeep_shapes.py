"""The JSON that CLI and pages show of the upkeep: proposals, editions side by side, clocks."""

from __future__ import annotations

from typing import Any

from service.store.proposals import KIND_WORDS, Proposal
from service.workflows.upkeep.clock import Clock
from service.workflows.upkeep.editions import EditionView
from service.workflows.upkeep.links import DeadLink

Json = dict[str, Any]


def proposal_to_json(proposal: Proposal) -> Json:
    """A proposal with its sentence and what became of it."""
    place = proposal.place
    return {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "kind_words": KIND_WORDS[proposal.kind],
        "state": proposal.state.value,
        "reason": proposal.reason,
        "document_id": proposal.document_id,
        "other_id": proposal.other_id,
        "item_id": proposal.item_id,
        "quote": place and {"document_id": place.document_id, "start": place.start, "end": place.end, "text": place.quote},
        "details": proposal.details,
        "made_at": proposal.made_at.isoformat(),
        "later_until": proposal.later_until.isoformat() if proposal.later_until else None,
        "decided_at": proposal.decided_at.isoformat() if proposal.decided_at else None,
        "decided_by": proposal.decided_by,
        "note": proposal.note,
    }  # fmt: skip


def edition_to_json(view: EditionView) -> Json:
    """What became of each item, and which edits wait for a decision."""
    return {
        "items": [
            {
                "fate": row.change.fate.value,
                "old_id": row.change.old.id if row.change.old else None,
                "new_id": row.change.new.id if row.change.new else None,
                "title": row.item.title,
                "likeness": round(row.change.likeness, 3),
                "changed": list(row.change.fields),
                "kept": list(row.carried.kept) if row.carried else [],
                "conflicts": [conflict.field for conflict in row.carried.conflicts] if row.carried else [],
                "unsaved": row.unsaved,
            }
            for row in view.rows
        ]
    }


def clock_to_json(clock: Clock) -> Json:
    """One document's term."""
    return {
        "document_id": clock.document_id,
        "title": clock.title,
        "received_on": clock.received_on.isoformat(),
        "due_on": clock.due_on.isoformat(),
        "decided_on": clock.decided_on.isoformat() if clock.decided_on else None,
        "state": clock.state.value,
        "days": clock.days,
        "waiting": clock.waiting,
    }


def dead_link_to_json(dead: DeadLink) -> Json:
    """A dead link with the documents that show it."""
    return {
        "address": dead.link.address,
        "fault": dead.link.fault,
        "good_at": dead.link.good_at.isoformat() if dead.link.good_at else None,
        "failing_since": dead.link.failing_since.isoformat() if dead.link.failing_since else None,
        "documents": [{"id": document.id, "title": document.title} for _, document in dead.shown_by],
    }
