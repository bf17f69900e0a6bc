"""The pages of the upkeep: what is proposed is shown with its sentence and decided there, also without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_corpus.model import ItemStatus
from service.actors import Role
from service.store.data_folder import DataFolder
from service.store.proposals import Proposal, ProposalKind, ProposalState
from tests.signed_in import SignedInClient, open_app, signed_in


@pytest.fixture
def clerk(data: Path) -> SignedInClient:
    return signed_in(open_app(data), Role.ADMIN)


def proposals(data: Path, kind: ProposalKind, state: ProposalState = ProposalState.OPEN) -> list[Proposal]:
    with DataFolder.open(data) as folder:
        return folder.proposals.each(kind=kind, state=state)


def post(clerk: SignedInClient, where: str, **form: str | list[str]) -> str:
    answer = clerk.post(f"/admin/upkeep{where}", data=form, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_everything_that_waits_is_listed_with_its_sentence(clerk: SignedInClient) -> None:
    page = clerk.get("/admin/upkeep").text
    for words in ("新版文件", "废止、替代与延期", "到期事项", "下一轮申报期", "各层级同类政策"):
        assert words in page
    assert "同时废止" in page and "采纳" in page and "稍后" in page
    assert "所在文件有效期已满（2 个事项）" in page


def test_one_several_or_all_of_a_kind_are_decided(clerk: SignedInClient, data: Path) -> None:
    (relation,) = proposals(data, ProposalKind.RELATION)
    assert "未采纳 1 条建议" in post(clerk, "/decide", deed=f"decline:{relation.id}", note="仅部分条款")
    assert proposals(data, ProposalKind.RELATION, ProposalState.DECLINED)[0].note == "仅部分条款"
    (round_,) = proposals(data, ProposalKind.ROUND)
    assert "已采纳 1 条建议" in post(clerk, "/decide", deed="accept", proposal_id=[str(round_.id)])
    assert "已采纳 1 条建议" in post(clerk, "/decide", deed="accept:all", all="expiry")
    with DataFolder.open(data) as folder:
        assert folder.policies.counts()[ItemStatus.EXPIRED] == 2
    assert "已处理" in clerk.get("/admin/upkeep?tab=decided").text


@pytest.mark.parametrize(
    "form", [{}, {"deed": "accept"}, {"deed": "burn:1"}, {"deed": "accept:x"}, {"deed": "decline:all"}]
)
def test_nothing_chosen_is_said_and_nothing_happens(
    clerk: SignedInClient, data: Path, form: dict[str, str]
) -> None:
    assert 'role="alert"' in post(clerk, "/decide", **form)
    with DataFolder.open(data) as folder:
        assert not folder.proposals.each(state=ProposalState.ACCEPTED)


def test_what_is_put_off_is_no_longer_listed(clerk: SignedInClient, data: Path) -> None:
    (relation,) = proposals(data, ProposalKind.RELATION)
    assert relation.reason not in post(clerk, "/decide", deed=f"later:{relation.id}")


def test_two_editions_are_compared_and_every_conflict_must_be_chosen(
    clerk: SignedInClient, data: Path
) -> None:
    (edition,) = proposals(data, ProposalKind.EDITION)
    where = f"/editions/{edition.id}"
    page = clerk.get(f"/admin/upkeep{where}").text
    assert "奖励 30万元" in page and "奖励 50万元" in page and "高企奖励" in page
    assert "曾由人工修改" in post(clerk, where, deed="accept")
    with DataFolder.open(data) as folder:
        first = folder.policies.items(document_id=edition.document_id)[0]
    told = post(clerk, where, deed="accept", note="修订", **{f"choice:{first.id}:title": "keep"})
    assert "旧版事项已被替代" in told
    with DataFolder.open(data) as folder:
        assert folder.policies.get(first.id).title == "高企奖励"
        assert folder.policies.get(first.id).status is ItemStatus.PUBLISHED
    assert "已采纳" in clerk.get(f"/admin/upkeep{where}").text


@pytest.mark.parametrize(
    ("deed", "status"), [("decline", ItemStatus.WITHDRAWN), ("separate", ItemStatus.DRAFT)]
)
def test_an_edition_can_be_turned_down_or_stand_for_itself(
    clerk: SignedInClient, data: Path, deed: str, status: ItemStatus
) -> None:
    (edition,) = proposals(data, ProposalKind.EDITION)
    post(clerk, f"/editions/{edition.id}", deed=deed)
    with DataFolder.open(data) as folder:
        assert {item.status for item in folder.policies.items(document_id=edition.document_id)} == {status}


def test_a_relation_is_noted_by_hand_or_refused_with_the_reason(clerk: SignedInClient, data: Path) -> None:
    with DataFolder.open(data) as folder:
        first, second = folder.documents.ids()[:2]
    form = {"by_document_id": first, "document_id": second, "relation": "废止", "day": "2026-06-01"}
    assert "已注明文件关系" in post(clerk, "/relate", **form)
    with DataFolder.open(data) as folder:
        assert folder.documents.endings()[second].by_document_id == first
    for wrong in ({"day": "明天"}, {"document_id": first}, {"relation": "吞并"}, {"by_document_id": "没有"}):
        assert 'role="alert"' in post(clerk, "/relate", **{**form, **wrong})


def test_the_clock_and_what_ends_soon(clerk: SignedInClient) -> None:
    clock = clerk.get("/admin/upkeep?tab=clock").text
    assert "九江市待审核的措施" in clock and "2026年11月" in clock and "7 个工作日" in clock
    soon = clerk.get("/admin/upkeep?tab=soon").text
    assert "0—30 天内" in soon and "61—90 天内" in soon


def test_the_search_runs_at_once_and_finds_nothing_twice(clerk: SignedInClient) -> None:
    assert "新建议 0 条" in post(clerk, "/run")


def test_a_proposal_that_there_is_not_is_not_found(clerk: SignedInClient) -> None:
    assert clerk.get("/admin/upkeep/editions/9999").status_code == 404


def test_an_empty_page_teaches(tmp_path: Path) -> None:
    clerk = signed_in(open_app(tmp_path / "data"), Role.ADMIN)
    assert "系统每天清晨查找" in clerk.get("/admin/upkeep").text
    for tab in ("clock", "soon", "decided"):
        assert clerk.get(f"/admin/upkeep?tab={tab}").status_code == 200
