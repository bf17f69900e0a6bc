"""Decide proposals: accept, decline, put off. What is decided already stays so: to do it twice changes nothing.

Each kind has one function for its yes and, where a no has an effect, one for its no; both run inside the transaction
that notes the decision, with the entry in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from policy_corpus.model import ItemStatus, PolicyItem, Relation
from policy_corpus.validity import Decision
from service.actors import Actor
from service.errors import UnusableDecision
from service.store.data_folder import DataFolder
from service.store.proposals import KIND_WORDS, Draft, Proposal, ProposalKind, ProposalState
from service.workflows.edit_items import hand_edited
from service.workflows.item_states import move_item
from service.workflows.release_documents import note_release
from service.workflows.upkeep.editions import accept_edition, decline_edition
from service.workflows.upkeep.finding import relation_key

LATER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person adds to a yes. day: of a repeal or extension. keep: new item -> edited fields to keep as they were.

    separate: a no to a new edition because it is a document of its own.
    """

    day: date | None = None
    keep: Mapping[str, Sequence[str]] | None = None
    take: Mapping[str, Sequence[str]] | None = None
    separate: bool = False


_NOTHING = Choices()


def accept(
    folder: DataFolder,
    proposal_ids: Sequence[int],
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    choices: Choices = _NOTHING,
) -> int:
    """Let proposals take effect, all or none; returns how many did. Raises ProposalNotFound, UnusableDecision, NotPublishable."""
    return _decide(folder, proposal_ids, ProposalState.ACCEPTED, by, now, note, choices)


def decline(
    folder: DataFolder,
    proposal_ids: Sequence[int],
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    choices: Choices = _NOTHING,
) -> int:
    """Turn proposals down for good, all or none; returns how many were. Raises ProposalNotFound."""
    return _decide(folder, proposal_ids, ProposalState.DECLINED, by, now, note, choices)


def put_off(folder: DataFolder, proposal_ids: Sequence[int], *, by: Actor, now: datetime) -> date:
    """Leave open proposals out of the list for a week; returns the day they come back. Raises ProposalNotFound."""
    until = now.date() + LATER
    with folder.writing():
        for proposal_id in dict.fromkeys(proposal_ids):
            proposal = folder.proposals.get(proposal_id)
            folder.proposals.put_off(proposal_id, until)
            folder.audit.record(
                by, "proposal.later", "proposal", str(proposal_id), at=now, after={"until": until.isoformat()},
                note=proposal.reason,
            )  # fmt: skip
    return until


def _decide(
    folder: DataFolder,
    proposal_ids: Sequence[int],
    state: ProposalState,
    by: Actor,
    now: datetime,
    note: str,
    choices: Choices,
) -> int:
    decided = 0
    with folder.writing():
        for proposal_id in dict.fromkeys(proposal_ids):
            proposal = folder.proposals.get(proposal_id)
            if proposal.state is ProposalState.OPEN:
                _take_effect(folder, proposal, state, by, now, note, choices)
                decided += 1
    return decided


def _take_effect(
    folder: DataFolder,
    proposal: Proposal,
    state: ProposalState,
    by: Actor,
    now: datetime,
    note: str,
    choices: Choices,
) -> None:
    effects = _YES if state is ProposalState.ACCEPTED else _NO
    if effect := effects.get(proposal.kind):
        effect(folder, proposal, by, now, choices)
    folder.proposals.decide(proposal.id, state, by=by.name, at=now, note=note)
    folder.audit.record(
        by,
        "proposal.accept" if state is ProposalState.ACCEPTED else "proposal.decline",
        "proposal",
        str(proposal.id),
        at=now,
        before={"state": proposal.state.value},
        after={"state": state.value, "kind": KIND_WORDS[proposal.kind], "reason": proposal.reason},
        note=note,
    )


def _relation(stands: bool) -> Effect:
    def effect(folder: DataFolder, proposal: Proposal, by: Actor, now: datetime, choices: Choices) -> None:
        relation = Relation(proposal.details["relation"])
        decision = Decision(proposal.other_id or "", proposal.document_id, relation, stands, choices.day)
        folder.documents.decide_relation(decision, now)
        if stands and proposal.other_id:  # what ends a document that companies know must be there to be read
            note_release(folder, [proposal.other_id], by=by, now=now)

    return effect


def _expire(folder: DataFolder, proposal: Proposal, by: Actor, now: datetime, _: Choices) -> None:
    for item in _published(folder, proposal):
        move_item(folder, item, ItemStatus.EXPIRED, by=by, now=now, note=proposal.reason)


def _roll_over(folder: DataFolder, proposal: Proposal, by: Actor, now: datetime, _: Choices) -> None:
    """Give the windows the days of their next round; what is being edited of the items is not touched."""
    opens, closes = (_day(proposal.details[name]) for name in ("opens_on", "closes_on"))
    for item in _published(folder, proposal):
        if item.window is None:
            continue
        after = replace(item, window=replace(item.window, opens_on=opens, closes_on=closes))
        edited = hand_edited(folder, after)
        folder.versions.record(after, "edit", by=by.name, at=now, note="续期到下一轮申报期", edited=edited)
        folder.policies.put(after)
        before, days = item.window.closes_on, {"opens_on": opens, "closes_on": closes}
        folder.audit.record(
            by, "window.roll_over", "item", item.id, at=now, before={"closes_on": before}, after=days
        )


def _link(folder: DataFolder, proposal: Proposal, by: Actor, now: datetime, _: Choices) -> None:
    folder.links.add(proposal.details["higher"], proposal.details["lower"], now)


def _edition(folder: DataFolder, proposal: Proposal, by: Actor, now: datetime, choices: Choices) -> None:
    accept_edition(folder, proposal, by=by, now=now, keep=choices.keep or {}, take=choices.take or {})


def _no_edition(folder: DataFolder, proposal: Proposal, by: Actor, now: datetime, choices: Choices) -> None:
    if not choices.separate:
        decline_edition(folder, proposal, by=by, now=now)


Effect = Callable[[DataFolder, Proposal, Actor, datetime, Choices], None]
_YES: dict[ProposalKind, Effect] = {
    ProposalKind.RELATION: _relation(True),
    ProposalKind.EXPIRY: _expire,
    ProposalKind.ROUND: _roll_over,
    ProposalKind.SAME_BENEFIT: _link,
    ProposalKind.EDITION: _edition,
}
_NO: dict[ProposalKind, Effect] = {
    ProposalKind.RELATION: _relation(False),
    ProposalKind.EDITION: _no_edition,
}


def _published(folder: DataFolder, proposal: Proposal) -> Iterator[PolicyItem]:
    """The items of a proposal that are still published."""
    for item_id in proposal.details["items"]:
        item = folder.policies.get(item_id)
        if item.status is ItemStatus.PUBLISHED:
            yield item


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def add_relation(
    folder: DataFolder,
    by_document_id: str,
    document_id: str,
    relation: Relation,
    *,
    day: date | None,
    by: Actor,
    now: datetime,
    note: str = "",
) -> int:
    """Note by hand that one document repeals, replaces or extends another; returns the proposal, accepted.

    Raises DocumentNotFound, UnusableDecision (a document and itself, an extension without its last day).
    """
    ending, ended = folder.documents.get(by_document_id), folder.documents.get(document_id)
    if ending.id == ended.id:
        raise UnusableDecision("文件不能废止、替代或延长自己，请选择另一份文件")
    if relation is Relation.EXTENDS and day is None:
        raise UnusableDecision("延长有效期须写明延长到哪一天，请填写日期")
    draft = Draft(
        ProposalKind.RELATION,
        relation_key(ending.id, ended.id, relation),
        ended.id,
        f"人工添加：《{ending.title}》{relation.value}本文件",
        other_id=ending.id,
        details={"relation": relation.value, "day": day.isoformat() if day else None},
    )
    with folder.writing():
        folder.documents.decide_relation(Decision(ending.id, ended.id, relation, True, day), now)
        proposal_id = folder.proposals.make(draft, now) or _known(folder, draft.key)
        folder.proposals.decide(
            proposal_id, ProposalState.ACCEPTED, by=by.name, at=now, note=note, again=True
        )
        folder.audit.record(
            by, "proposal.accept", "proposal", str(proposal_id), at=now,
            after={"kind": KIND_WORDS[ProposalKind.RELATION], "reason": draft.reason, **draft.details}, note=note,
        )  # fmt: skip
    return proposal_id


def _known(folder: DataFolder, key: str) -> int:
    found = folder.proposals.each(state=None, kind=ProposalKind.RELATION)
    return next(proposal.id for proposal in found if proposal.key == key)
