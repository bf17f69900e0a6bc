"""The daily housekeeping: what has ended is proposed once, and takes effect by a person's word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy_corpus.model import ItemStatus, Relation, Validity
from service.errors import ProposalNotFound, UnusableDecision
from service.store.data_folder import DataFolder
from service.store.proposals import Proposal, ProposalKind, ProposalState
from service.store.shelf import read_shelf
from service.workflows.upkeep.deciding import accept, add_relation, decline, put_off
from service.workflows.upkeep.run import run_upkeep
from tests.service.workflows.upkeep.conftest import CLERK, NOW, OTHER, TODAY, Load, measures

OPENING = "第三条 申报时间为{days}。\n"


def run(folder: DataFolder, today: date = TODAY) -> dict[str, int]:
    return run_upkeep(folder, today=today, now=NOW)


def only(folder: DataFolder, kind: ProposalKind) -> Proposal:
    (found,) = folder.proposals.each(kind=kind)
    return found


def listed(folder: DataFolder, today: date = TODAY) -> set[str]:
    return {item.id for item in read_shelf(folder, today).items()}


@pytest.fixture
def repealed(folder: DataFolder, load: Load) -> tuple[str, str]:
    """(old, new): the second says that it repeals the first."""
    old = load(measures(number="示例府〔2023〕8号", dated="2023年2月1日", term="本措施自发布之日起施行。"))
    new = load(
        measures(
            "示例市加快企业创新若干政策",
            number="示例府〔2026〕3号",
            more="第八条 《示例市支持企业创新若干措施》（示例府〔2023〕8号）同时废止。\n",
        )
    )
    assert old.document_id and new.document_id and new.edition is None
    return old.document_id, new.document_id


def test_a_repeal_holds_until_a_person_declines_it(folder: DataFolder, repealed: tuple[str, str]) -> None:
    old, new = repealed
    run(folder)
    proposal = only(folder, ProposalKind.RELATION)
    assert (proposal.document_id, proposal.other_id) == (old, new)
    assert proposal.place and "废止" in proposal.place.quote
    assert folder.documents.validities(TODAY)[old] is Validity.REPEALED
    decline(folder, [proposal.id], by=CLERK, now=NOW, note="仅部分条款")
    assert folder.documents.validities(TODAY)[old] is Validity.IN_FORCE
    assert {item_id[:16] for item_id in listed(folder)} == {old, new}
    assert run(folder)["new"] == 0
    kept = folder.proposals.get(proposal.id)
    assert (kept.state, kept.note, kept.decided_by) == (ProposalState.DECLINED, "仅部分条款", CLERK.name)


def test_a_confirmed_repeal_makes_its_items_ready_to_expire(
    folder: DataFolder, repealed: tuple[str, str]
) -> None:
    run(folder)
    assert not folder.proposals.each(kind=ProposalKind.EXPIRY)
    accept(folder, [only(folder, ProposalKind.RELATION).id], by=CLERK, now=NOW)
    run(folder)
    expiries = folder.proposals.each(kind=ProposalKind.EXPIRY)
    assert [proposal.document_id for proposal in expiries] == [repealed[0]]
    assert accept(folder, [expiries[0].id], by=OTHER, now=NOW) == 1
    statuses = {item.status for item in folder.policies.items(document_id=repealed[0])}
    assert statuses == {ItemStatus.EXPIRED}


def test_a_relation_can_be_added_by_hand_and_a_declined_one_taken_back(
    folder: DataFolder, repealed: tuple[str, str]
) -> None:
    old, new = repealed
    run(folder)
    decline(folder, [only(folder, ProposalKind.RELATION).id], by=CLERK, now=NOW)
    add_relation(folder, new, old, Relation.REPEALS, day=date(2026, 6, 1), by=OTHER, now=NOW)
    assert folder.documents.validities(date(2026, 5, 31))[old] is Validity.IN_FORCE
    assert folder.documents.validities(date(2026, 6, 1))[old] is Validity.REPEALED
    assert not folder.proposals.each(kind=ProposalKind.RELATION)
    add_relation(folder, old, new, Relation.EXTENDS, day=date(2030, 1, 1), by=OTHER, now=NOW)
    assert folder.documents.extensions()[new].until == date(2030, 1, 1)
    for given in ((old, old, Relation.REPEALS, None), (old, new, Relation.EXTENDS, None)):
        with pytest.raises(UnusableDecision):
            add_relation(folder, *given[:3], day=given[3], by=OTHER, now=NOW)


def test_a_document_past_its_term_is_proposed_with_all_its_items(folder: DataFolder, load: Load) -> None:
    load(measures(term="本措施自2024年1月1日起施行，有效期至2026年11月23日。"))
    other = load(measures("示例市另一若干措施", number="示例府〔2026〕7号"))
    run(folder)
    expiries = folder.proposals.each(kind=ProposalKind.EXPIRY)
    assert len(expiries) == 1 and expiries[0].reason == "所在文件有效期已满（2 个事项）"
    accept(folder, [proposal.id for proposal in expiries], by=CLERK, now=NOW)
    assert {item_id[:16] for item_id in listed(folder)} == {other.document_id}
    assert run(folder) == {"new": 0, "dropped": 0, "open": 0}


def test_a_closed_window_expires_and_an_item_withdrawn_meanwhile_is_dropped(
    folder: DataFolder, load: Load
) -> None:
    loaded = load(measures(more=OPENING.format(days="2026年3月1日至2026年4月30日")))
    run(folder)
    expiries = folder.proposals.each(kind=ProposalKind.EXPIRY)
    assert expiries and all("2026年4月30日截止" in proposal.reason for proposal in expiries)
    items = [item.id for item in folder.policies.items(document_id=loaded.document_id)]
    folder.policies.set_status(items, ItemStatus.WITHDRAWN)
    assert run(folder)["dropped"] == len(expiries) and not folder.proposals.each()


def test_a_yearly_window_rolls_over_by_a_persons_yes(folder: DataFolder, load: Load) -> None:
    loaded = load(measures(more=OPENING.format(days="每年3月1日至4月30日")))
    windows = {item.window for item in folder.policies.items(document_id=loaded.document_id) if item.window}
    assert windows and all(window.yearly for window in windows)
    run(folder, date(2026, 11, 24))
    rounds = folder.proposals.each(kind=ProposalKind.ROUND)
    assert len(rounds) == 1 and rounds[0].place and rounds[0].place.quote == "3月1日至4月30日"
    assert (rounds[0].details["opens_on"], rounds[0].details["closes_on"]) == ("2027-03-01", "2027-04-30")
    assert not folder.proposals.each(kind=ProposalKind.EXPIRY)
    accept(folder, [proposal.id for proposal in rounds], by=CLERK, now=NOW)
    rolled = folder.policies.get(rounds[0].details["items"][0])
    assert rolled.window and rolled.window.closes_on == date(2027, 4, 30) and rolled.window.yearly
    assert run(folder) == {"new": 0, "dropped": 0, "open": 0}
    assert folder.versions.all(rolled.id)[-1].note == "续期到下一轮申报期"


def test_a_declined_round_lets_the_item_expire(folder: DataFolder, load: Load) -> None:
    load(measures(more=OPENING.format(days="每年3月1日至4月30日")))
    run(folder)
    rounds = folder.proposals.each(kind=ProposalKind.ROUND)
    decline(folder, [proposal.id for proposal in rounds], by=CLERK, now=NOW)
    run(folder)
    assert len(folder.proposals.each(kind=ProposalKind.EXPIRY)) == len(rounds)


def test_no_round_is_proposed_beyond_the_term_of_the_document(folder: DataFolder, load: Load) -> None:
    load(
        measures(
            more=OPENING.format(days="每年3月1日至4月30日"), term="本措施自2026年1月1日起施行，有效期至2026年12月31日。"
        )
    )  # fmt: skip
    run(folder)
    assert not folder.proposals.each(kind=ProposalKind.ROUND)


def test_the_same_benefit_at_two_levels_is_linked_by_a_persons_yes(folder: DataFolder, load: Load) -> None:
    province = load(
        measures("江西省支持企业创新若干措施", issuer="江西省人民政府", number="赣府示〔2026〕1号")
    )
    city = load(
        measures("九江市支持企业创新若干措施", issuer="九江市人民政府", number="九府示〔2026〕1号", reward=20)
    )
    assert city.edition is None
    run(folder)
    links = folder.proposals.each(kind=ProposalKind.SAME_BENEFIT)
    pairs = {(link.details["higher"], link.details["lower"]) for link in links}
    first = f"{province.document_id}-001", f"{city.document_id}-001"
    assert first in pairs
    accept(folder, [link.id for link in links if link.details["higher"] == first[0]], by=CLERK, now=NOW)
    assert folder.links.linked(first[0]) == [first[1]] and folder.links.linked(first[1]) == [first[0]]
    decline(folder, [link.id for link in links if link.details["higher"] != first[0]], by=CLERK, now=NOW)
    assert run(folder) == {"new": 0, "dropped": 0, "open": 0}


def test_what_is_put_off_comes_back_after_a_week(folder: DataFolder, repealed: tuple[str, str]) -> None:
    run(folder)
    proposal = only(folder, ProposalKind.RELATION)
    until = put_off(folder, [proposal.id], by=CLERK, now=NOW)
    assert until == NOW.date() + timedelta(days=7)
    assert folder.proposals.each(today=TODAY) == [] and len(folder.proposals.each(today=until)) == 1
    assert folder.proposals.counts(today=TODAY)[ProposalKind.RELATION] == 0


def test_deciding_twice_is_deciding_once_and_every_decision_is_on_record(
    folder: DataFolder, repealed: tuple[str, str]
) -> None:
    run(folder)
    proposal = only(folder, ProposalKind.RELATION)
    assert accept(folder, [proposal.id, proposal.id], by=CLERK, now=NOW) == 1
    assert decline(folder, [proposal.id], by=OTHER, now=NOW) == 0
    assert folder.documents.validities(TODAY)[repealed[0]] is Validity.REPEALED
    events = [row["event"] for row in folder.db.query("select event from audit_log where kind = 'proposal'")]
    assert events == ["proposal.accept"] and folder.audit.find_break() is None
    with pytest.raises(ProposalNotFound):
        accept(folder, [9999], by=CLERK, now=NOW)


def test_running_twice_proposes_nothing_twice(folder: DataFolder, repealed: tuple[str, str]) -> None:
    first = run(folder)
    assert first["new"] == first["open"] > 0
    assert run(folder) == {"new": 0, "dropped": 0, "open": first["open"]}
