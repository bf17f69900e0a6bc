"""A source that came again: nothing listed twice, nothing missing, hand edits kept or shown, a person decides."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.editions import EditionReason, ItemFate
from policy_corpus.model import BenefitKind, ItemStatus
from policy_corpus.reading.sandbox import Sandbox
from service.errors import UnusableDecision
from service.store.data_folder import DataFolder
from service.store.proposals import Proposal, ProposalKind, ProposalState
from service.store.shelf import read_shelf
from service.store.uploads import Batch, NewFile, UploadState
from service.workflows.edit_items import open_edit, save_edit
from service.workflows.load_policies import enter_source
from service.workflows.policy_sources import Source
from service.workflows.review_policies import NotPublishable, approve
from service.workflows.upkeep.deciding import Choices, accept, decline
from service.workflows.upkeep.editions import read_edition
from tests.service.workflows.upkeep.conftest import CLERK, NOW, TODAY, Load, measures


def listed(folder: DataFolder) -> list[tuple[str, str]]:
    """What companies see: (document, title) of every item on the shelf."""
    return sorted((item.document_id, item.title) for item in read_shelf(folder, TODAY).items())


def proposal_of(folder: DataFolder) -> Proposal:
    (proposal,) = folder.proposals.each(kind=ProposalKind.EDITION)
    return proposal


def test_a_new_edition_waits_and_the_old_one_stays_listed(folder: DataFolder, load: Load) -> None:
    old = load(measures())
    before = listed(folder)
    new = load(measures(reward=50, more="第三条 对新认定的示例工厂，给予一次性奖励10万元。\n"))
    assert new.edition is not None and new.edition.document_id == old.document_id
    assert new.published == 0 and new.items == 3
    assert listed(folder) == before
    rows = read_edition(folder, proposal_of(folder)).rows
    assert sorted(row.change.fate for row in rows) == sorted(
        [ItemFate.CHANGED, ItemFate.UNCHANGED, ItemFate.NEW]
    )


def test_an_item_of_a_new_edition_cannot_be_published_past_the_decision(
    folder: DataFolder, load: Load
) -> None:
    load(measures())
    new = load(measures(reward=50))
    items = [item.id for item in folder.policies.items(document_id=new.document_id)]
    with pytest.raises(NotPublishable, match="时效维护"):
        approve(folder, items, by=CLERK, now=NOW)


def test_accepting_takes_the_new_edition_over_in_one_step(folder: DataFolder, load: Load) -> None:
    old, new = load(measures()), load(measures(reward=50))
    proposal = proposal_of(folder)
    assert accept(folder, [proposal.id], by=CLERK, now=NOW) == 1
    assert {document for document, _ in listed(folder)} == {new.document_id}
    assert len(listed(folder)) == 2
    statuses = {item.status for item in folder.policies.items(document_id=old.document_id)}
    assert statuses == {ItemStatus.SUPERSEDED}
    for item in folder.policies.items(document_id=new.document_id):
        earlier = folder.links.find_earlier(item.id)
        assert earlier and folder.links.find_later(earlier) == item.id
    decided = folder.proposals.get(proposal.id)
    assert (decided.state, decided.decided_by) == (ProposalState.ACCEPTED, CLERK.name)


def test_accepting_twice_changes_nothing(folder: DataFolder, load: Load) -> None:
    load(measures())
    load(measures(reward=50))
    proposal = proposal_of(folder)
    accept(folder, [proposal.id, proposal.id], by=CLERK, now=NOW)
    before = list(folder.db.query("select id, status, body from policy_items order by id"))
    assert accept(folder, [proposal.id], by=CLERK, now=NOW) == 0
    assert decline(folder, [proposal.id], by=CLERK, now=NOW) == 0
    assert list(folder.db.query("select id, status, body from policy_items order by id")) == before


def test_declining_leaves_the_old_edition_and_sets_the_new_one_aside(folder: DataFolder, load: Load) -> None:
    load(measures())
    before = listed(folder)
    new = load(measures(reward=50))
    decline(folder, [proposal_of(folder).id], by=CLERK, now=NOW)
    assert listed(folder) == before
    statuses = {item.status for item in folder.policies.items(document_id=new.document_id)}
    assert statuses == {ItemStatus.WITHDRAWN}


def test_a_document_of_its_own_goes_into_review(folder: DataFolder, load: Load) -> None:
    load(measures())
    new = load(measures(reward=50))
    decline(folder, [proposal_of(folder).id], by=CLERK, now=NOW, choices=Choices(separate=True))
    items = folder.policies.items(document_id=new.document_id)
    assert {item.status for item in items} == {ItemStatus.DRAFT}
    approve(folder, [item.id for item in items], by=CLERK, now=NOW)


def edit_first(folder: DataFolder, document_id: str | None) -> str:
    """Correct what was read of the first item: it is a subsidy. Published."""
    item = folder.policies.items(document_id=document_id)[0]
    benefit = {
        "kind": BenefitKind.SUBSIDY.value,
        "amount_yuan": 300_000,
        "max_yuan": None,
        "rate_percent": None,
        "base": None,
        "span": [item.benefits[0].span.start, item.benefits[0].span.end, item.benefits[0].span.quote],
    }
    save_edit(folder, item.id, {"benefits": [benefit], "title": "高企奖励"}, revision=0, by=CLERK, now=NOW)
    approve(folder, [item.id], by=CLERK, now=NOW)
    return item.id


def test_a_hand_edit_stays_where_its_sentence_did_not_change(folder: DataFolder, load: Load) -> None:
    old = load(measures())
    edit_first(folder, old.document_id)
    new = load(measures(cap=300))
    accept(folder, [proposal_of(folder).id], by=CLERK, now=NOW)
    first, second = folder.policies.items(document_id=new.document_id)
    assert first.title == "高企奖励" and first.benefits[0].kind is BenefitKind.SUBSIDY
    assert open_edit(
        folder, first.id
    ).edited  # still known as a person's hand, for the edition after this one
    assert second.benefits[0].max_yuan == Decimal(3_000_000)


def test_a_hand_edit_whose_sentence_changed_must_be_decided(folder: DataFolder, load: Load) -> None:
    old = load(measures())
    edit_first(folder, old.document_id)
    before = listed(folder)
    new = load(measures(reward=50))
    proposal = proposal_of(folder)
    with pytest.raises(UnusableDecision, match="支持标准"):
        accept(folder, [proposal.id], by=CLERK, now=NOW)
    assert listed(folder) == before and folder.proposals.get(proposal.id).state is ProposalState.OPEN
    first = folder.policies.items(document_id=new.document_id)[0]
    choices = Choices(keep={first.id: ["title"]}, take={first.id: ["benefits"]})
    accept(folder, [proposal.id], by=CLERK, now=NOW, choices=choices)
    after = folder.policies.get(first.id)
    assert after.title == "高企奖励" and after.benefits[0].amount_yuan == Decimal(500_000)


def test_changes_that_nobody_has_published_hold_the_decision_up(folder: DataFolder, load: Load) -> None:
    old = load(measures())
    item = folder.policies.items(document_id=old.document_id)[0]
    save_edit(folder, item.id, {"title": "高企奖励"}, revision=0, by=CLERK, now=NOW)
    load(measures(cap=300))
    with pytest.raises(UnusableDecision, match="尚未发布的修改"):
        accept(folder, [proposal_of(folder).id], by=CLERK, now=NOW)


def test_a_copy_in_which_nothing_changed_asks_nobody(folder: DataFolder, load: Load) -> None:
    load(measures())
    before = listed(folder)
    copy = load(measures() + "\n（此件公开发布）\n")
    assert copy.near is not None and copy.edition is None and copy.published == 0
    assert listed(folder) == before and not folder.proposals.each()
    assert {item.status for item in folder.policies.items(document_id=copy.document_id)} == {
        ItemStatus.WITHDRAWN
    }


def test_of_two_new_editions_one_takes_over_and_the_other_is_set_aside(
    folder: DataFolder, load: Load
) -> None:
    load(measures())
    second, third = load(measures(reward=50)), load(measures(reward=60))
    proposals = folder.proposals.each(kind=ProposalKind.EDITION)
    assert {proposal.document_id for proposal in proposals} == {second.document_id, third.document_id}
    accept(folder, [proposals[1].id], by=CLERK, now=NOW)
    assert {document for document, _ in listed(folder)} == {proposals[1].document_id}
    assert not folder.proposals.each()


def test_an_edition_of_a_withdrawn_item_stays_withdrawn(folder: DataFolder, load: Load) -> None:
    old = load(measures())
    items = folder.policies.items(document_id=old.document_id)
    folder.policies.set_status([items[0].id], ItemStatus.WITHDRAWN)
    new = load(measures(reward=50))
    accept(folder, [proposal_of(folder).id], by=CLERK, now=NOW)
    statuses = [item.status for item in folder.policies.items(document_id=new.document_id)]
    assert statuses == [ItemStatus.WITHDRAWN, ItemStatus.PUBLISHED]


def test_another_number_or_another_year_is_a_stranger(folder: DataFolder, load: Load) -> None:
    load(measures())
    stranger = load(measures(number="示例府〔2026〕9号", dated="2026年12月20日"))
    assert stranger.edition is None and stranger.published == 2


def test_another_text_at_the_same_address_is_a_new_edition(
    folder: DataFolder, sandbox: Sandbox, load: Load
) -> None:
    """Whatever its title: the page of a department that was rewritten is the same page."""
    first, second = (
        measures("示例市旧的若干措施"),
        measures("示例市全新的若干措施", number="示例府〔2026〕9号", reward=50),
    )
    batch = Batch("b" * 16, NOW, CLERK.name, "addresses")
    with folder.writing():
        folder.uploads.open_batch(batch)
    documents = []
    for number, text in enumerate((first, second)):
        data = text.encode()
        new = NewFile("page.txt", address="https://example.com/policy", token=str(number))
        with folder.writing():
            file, _ = folder.uploads.add(batch.id, new, at=NOW)
            folder.uploads.set_content(
                file.id, name="page.txt", size=len(data), digest=folder.originals.keep(data)
            )
        outcome = enter_source(folder, Source("page.txt", data), sandbox, lambda: NOW, publish=True)
        with folder.writing():
            folder.uploads.finish(
                file.id, UploadState.LOADED, document_id=outcome.document_id, details={}, at=NOW
            )
        documents.append(outcome)
    assert documents[1].edition is not None
    assert documents[1].edition.document_id == documents[0].document_id
    assert documents[1].edition.reason is EditionReason.SAME_ADDRESS
