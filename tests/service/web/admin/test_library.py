"""政策库 for administrators: every item whatever its state, narrowed by anything, exported so that nothing runs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.model import Openness
from policy_corpus.model import BenefitKind, ItemStatus, Level, Validity
from service.actors import Role
from service.store.data_folder import DataFolder
from service.store.item_list import ItemFilter
from service.store.shelf import read_shelf
from service.web.admin.library import HEADS
from service.workflows.list_items import LibraryFilter, each_in_library, list_library
from tests.service.web.admin.lifecycle import fill
from tests.signed_in import TODAY, SignedInClient, open_app, signed_in


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "data"
    fill(path)
    return path


@pytest.fixture
def clerk(data: Path) -> SignedInClient:
    return signed_in(open_app(data), Role.ADMIN)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (LibraryFilter(), 14),
        (LibraryFilter(ItemFilter(status=ItemStatus.DRAFT)), 4),
        (LibraryFilter(ItemFilter(level=Level.PROVINCE)), 2),
        (LibraryFilter(ItemFilter(kind=BenefitKind.REWARD)), 7),
        (LibraryFilter(ItemFilter(words="展会补助")), 2),
        (LibraryFilter(ItemFilter(words="九商示〔2026〕5号")), 2),
        (LibraryFilter(ItemFilter(department="商务局")), 2),
        (LibraryFilter(ItemFilter(edited_by_hand=True)), 1),
        (LibraryFilter(ItemFilter(without_deadline=True)), 12),
        (LibraryFilter(region="360000"), 14),
        (LibraryFilter(region="330000"), 0),
        (LibraryFilter(validity=Validity.REPEALED), 2),
        (LibraryFilter(open=Openness.UPCOMING), 2),
        (LibraryFilter(ItemFilter(words="展会"), region="360400", open=Openness.UPCOMING), 2),
        (LibraryFilter(ItemFilter(words="没有这样的")), 0),
    ],
)
def test_the_list_is_narrowed_and_its_count_is_its_length(
    data: Path, wanted: LibraryFilter, count: int
) -> None:
    with DataFolder.open(data) as folder:
        shelf = read_shelf(folder, TODAY)
        page = list_library(folder, shelf, wanted, limit=100)
        assert page.total == len(page.items) == count
        assert [one.item.id for one in each_in_library(folder, shelf, wanted)] == [
            one.item.id for one in page.items
        ]
        parts = [list_library(folder, shelf, wanted, offset=at, limit=5).items for at in range(0, 20, 5)]
        assert [one.item.id for part in parts for one in part] == [one.item.id for one in page.items]


def test_the_page_shows_where_each_item_stands_and_leads_to_its_review(clerk: SignedInClient) -> None:
    page = clerk.get("/admin/library").text
    for words in (
        "草稿",
        "已发布",
        "文件已废止",
        "人工修改",
        "高企奖励",
        "江西省九江市",
        "/admin/documents/",
    ):
        assert words in page


def test_filters_stay_and_an_unknown_region_is_said(clerk: SignedInClient) -> None:
    page = clerk.get("/admin/library?q=展会&status=published&region=九江市").text
    assert '共 <span class="num">2</span>' in page and 'value="展会"' in page
    assert 'role="alert"' in clerk.get("/admin/library?region=乌有之乡").text
    assert "没有符合条件的事项" in clerk.get("/admin/library?q=没有这样的").text
    assert clerk.get("/admin/library?page=999&status=nonsense").status_code == 200


def test_what_is_exported_is_what_is_listed_and_is_on_record(clerk: SignedInClient, data: Path) -> None:
    answer = clerk.post("/admin/library/export", data={"status": "published", "q": "展会"})
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[0] == HEADS and len(rows) == 3
    assert {row[2] for row in rows[1:]} == {"已发布"} and "高新技术企业" in str(rows[1:])
    with DataFolder.open(data) as folder:
        assert folder.db.query("select 1 from audit_log where event = 'library.export'")


def test_an_empty_library_teaches(tmp_path: Path) -> None:
    clerk = signed_in(open_app(tmp_path / "data"), Role.ADMIN)
    assert "上传文件" in clerk.get("/admin/library").text
