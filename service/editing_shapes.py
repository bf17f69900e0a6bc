"""The JSON of editing that the review screen and the command line show: edits, problems, versions, differences, impact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from matching.delta import Change
from matching.item_wording import FieldChange
from matching.model import Enterprise
from matching.state_words import STATUS_WORDS
from matching.wording import describe_condition
from policy_corpus.coverage import coverage
from policy_corpus.item_checks import Problem
from policy_corpus.item_difference import placed_leaves
from policy_corpus.item_editing import Fault
from policy_corpus.item_json import item_to_json
from policy_corpus.model import PolicyItem
from service.store.item_versions import VERSION_EVENTS, Version
from service.workflows.edit_items import Edit
from service.workflows.weigh_changes import ItemImpact

Json = dict[str, Any]
FIRST = 10  # companies named of those that gain, and of those that lose


def edit_to_json(edit: Edit, problems: Sequence[Problem]) -> Json:
    """An item as it is being edited, with all that stands in its way and how much of it is understood."""
    return {
        "item_id": edit.item.id,
        "revision": edit.revision,
        "version": edit.version,
        "is_working_copy": edit.is_working_copy,
        "by": edit.by,
        "at": edit.at.isoformat(timespec="seconds") if edit.at else None,
        "note": edit.note,
        "status": edit.item.status.value,
        "status_label": STATUS_WORDS[edit.item.status],
        "edited": list(edit.edited),
        "item": item_to_json(edit.item),
        **understanding_to_json(edit.item, problems),
    }


def understanding_to_json(item: PolicyItem, problems: Sequence[Problem]) -> Json:
    """Problems, coverage, and every condition in words by its path."""
    covered = coverage(item)
    return {
        "problems": [problem_to_json(problem) for problem in problems],
        "coverage": {
            "parsed": covered.parsed,
            "self_stated": covered.self_stated,
            "free_text": covered.free_text,
        },
        "words": {
            path: describe_condition(leaf) for path, leaf in placed_leaves("conditions", item.conditions)
        },
    }


def problem_to_json(problem: Problem) -> Json:
    """One problem: severity ("error", "warning"), path, message."""
    return {"severity": problem.severity.value, "path": problem.path, "message": problem.message}


def faults_to_json(faults: Iterable[Fault]) -> list[Json]:
    """What could not be read of changes, each with its path."""
    return [{"path": fault.path, "message": fault.message} for fault in faults]


def version_to_json(version: Version) -> Json:
    """One version, without its text."""
    return {
        "item_id": version.item_id,
        "version": version.version,
        "event": version.event,
        "event_label": VERSION_EVENTS.get(version.event, version.event),
        "status": version.status.value,
        "at": version.at.isoformat(timespec="seconds"),
        "by": version.by,
        "note": version.note,
        "edited": list(version.edited),
    }


def change_to_json(change: FieldChange) -> Json:
    """One difference between two versions, in words."""
    return {
        "path": change.path,
        "label": change.label,
        "before": change.before,
        "after": change.after,
    }


def weight_to_json(impact: ItemImpact, enterprise_of: Callable[[str], Enterprise]) -> Json:
    """What publishing would change: counts per verdict, and how many gain and lose with the first of them."""

    def named(changes: Sequence[Change]) -> Json:
        first = [
            {
                "uscc": change.key,
                "name": enterprise_of(change.key).name,
                "before": change.before.value if change.before else None,
                "after": change.after.value if change.after else None,
            }
            for change in changes[:FIRST]
        ]
        return {"count": len(changes), "first": first}

    return {
        "item_id": impact.item.id,
        "title": impact.item.title,
        "counts": {kind.value: count for kind, count in impact.counts.items()},
        "gains": named(impact.gains),
        "losses": named(impact.losses),
    }
