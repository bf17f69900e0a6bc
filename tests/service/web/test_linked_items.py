"""The same benefit at other levels beside an item, days that nobody has confirmed, and the next edition of a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask

from service.actors import Role
from service.store.data_folder import DataFolder
from service.store.proposals import ProposalKind
from service.workflows.upkeep.deciding import Choices, accept, decline
from tests.service.workflows.upkeep.conftest import CLERK
from tests.signed_in import NOW, open_app, signed_in


@pytest.fixture
def app(data: Path) -> APIFlask:
    return open_app(data)


def test_a_confirmed_link_is_shown_at_both_ends_and_no_other(app: APIFlask, data: Path) -> None:
    with DataFolder.open(data) as folder:
        links = folder.proposals.each(kind=ProposalKind.SAME_BENEFIT)
        pair = links[0].details["higher"], links[0].details["lower"]
        accept(folder, [links[0].id], by=CLERK, now=NOW)
        decline(folder, [link.id for link in links[1:]], by=CLERK, now=NOW)
    for mine, other in (pair, pair[::-1]):
        page = app.test_client().get(f"/items/{mine}").text
        assert "同类政策（其他层级）" in page and f"/items/{other}" in page
        assert f"{other[:16]}" in signed_in(app, Role.ADMIN).get(f"/admin/items/{mine}/history").text
    with DataFolder.open(data) as folder:
        folder.links.remove(*pair)
    assert "同类政策" not in app.test_client().get(f"/items/{pair[0]}").text


def test_days_carried_on_from_an_earlier_year_are_said_to_be_so(app: APIFlask, data: Path) -> None:
    with DataFolder.open(data) as folder:
        (round_,) = folder.proposals.each(kind=ProposalKind.ROUND)
        item_id = round_.details["items"][0]
        assert "以当年通知为准" in app.test_client().get(f"/items/{item_id}").text
        accept(folder, [round_.id], by=CLERK, now=NOW)
    page = app.test_client().get(f"/items/{item_id}").text
    assert "以当年通知为准" not in page and "2027年3月1日起申报" in page


def test_a_document_says_that_there_is_a_newer_edition(app: APIFlask, data: Path) -> None:
    with DataFolder.open(data) as folder:
        (edition,) = folder.proposals.each(kind=ProposalKind.EDITION)
        first = folder.policies.items(document_id=edition.document_id)[0].id
        accept(folder, [edition.id], by=CLERK, now=NOW, choices=Choices(keep={first: ["title"]}))
    clerk = signed_in(app, Role.ADMIN)
    assert "本文件已有新版" in clerk.get(f"/documents/{edition.other_id}").text
    assert "上一版文件中的本事项" in clerk.get(f"/admin/items/{first}/history").text
