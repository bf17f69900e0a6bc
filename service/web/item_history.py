"""The history of a policy item: its versions with what each changed, for administrators whole, for the public what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import render_template

from matching.item_wording import FieldChange, difference
from matching.state_words import STATUS_WORDS
from policy_corpus.model import ItemStatus
from service.store.data_folder import DataFolder
from service.store.item_versions import VERSION_EVENTS, Version
from service.web.context import desk
from service.web.item_page import published_item
from service.workflows.review_policies import item_history


@dataclass(frozen=True, slots=True)
class Step:
    """One version in words. changes: what differs from the one before it in the list; none for the first."""

    version: Version
    event: str
    status: str
    changes: tuple[FieldChange, ...]


def show_item_history(item_id: str) -> str:
    """What the public saw of an item, and since when. Raises PolicyItemNotFound, also for what is not published."""
    folder = desk().folder
    item = published_item(item_id, desk().shelf())
    shown = [step for step in steps(folder, published_versions(folder, item.id)) if _is_news(step)]
    return render_template("portal/item_history.html", item=item, steps=shown[::-1])


def published_versions(folder: DataFolder, item_id: str) -> list[Version]:
    """The versions of an item that were published, the first one first."""
    return [one for one in item_history(folder, item_id) if one.status is ItemStatus.PUBLISHED]


def steps(folder: DataFolder, versions: Sequence[Version]) -> list[Step]:
    """Versions with what each changed of the one before it, in their order."""
    items = [folder.versions.item(one.item_id, one.version) for one in versions]
    changes = [(), *(difference(old, new) for old, new in pairwise(items))]
    return [
        Step(version, VERSION_EVENTS.get(version.event, version.event), STATUS_WORDS[version.status], changed)
        for version, changed in zip(versions, changes, strict=True)
    ]


def _is_news(step: Step) -> bool:
    return bool(step.changes) or step.version.event in ("publish", "load", "create")
