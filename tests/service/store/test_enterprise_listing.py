"""The list of companies: searched, narrowed, sorted and paged, with the weight of what is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.store.data_folder import DataFolder
from service.store.enterprise_listing import CompanyFilter, CompanyList, OverviewKeeper
from tests.factories import make_enterprise, make_fact, make_uscc

MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
A, B, C = (make_uscc(number) for number in (1, 2, 3))
WEIGHTS = {"revenue": 3, "rd_expense": 1}


@pytest.fixture
def companies(tmp_path: Path) -> Iterator[CompanyList]:
    with DataFolder.open(tmp_path) as folder:
        first = make_enterprise(A, "示例甲公司", region="360404", industry="C3973", revenue=1, rd_expense=1)
        second = make_enterprise(B, "示例乙100%公司", region="360400-ET", size_class="小型", revenue=2)
        third = make_enterprise(
            C, "示例丙公司", region="330500", industry="C3973", employees=5, qualification=("高企",)
        )
        folder.enterprises.register(first, MONDAY)
        folder.enterprises.register(second, TUESDAY)
        folder.enterprises.register(third, MONDAY)
        yield CompanyList(folder.db, WEIGHTS)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CompanyFilter(), [A, B, C]),
        (CompanyFilter(words="示例乙"), [B]),
        (CompanyFilter(words=A[:18].lower()), [A]),
        (CompanyFilter(words="100%"), [B]),
        (CompanyFilter(words="%"), [B]),
        (CompanyFilter(region="360400"), [A, B]),
        (CompanyFilter(region="360404"), [A]),
        (CompanyFilter(region="360400-ET"), [B]),
        (CompanyFilter(region="330000"), [C]),
        (CompanyFilter(industry="C39"), [A, C]),
        (CompanyFilter(industry="%"), []),
        (CompanyFilter(size="小型"), [B]),
        (CompanyFilter(since="2026-11-24"), [B]),
        (CompanyFilter(missing="revenue"), [C]),
        (CompanyFilter(source="企业填报"), [A, B, C]),
        (CompanyFilter(source="企业"), []),
        (CompanyFilter(at_least=0.9), [A]),
        (CompanyFilter(at_least=0.4, below=0.9), [B]),
        (CompanyFilter(below=0.4), [C]),
        (CompanyFilter(region="360400", missing="rd_expense"), [B]),
    ],
)
def test_the_list_is_narrowed(companies: CompanyList, wanted: CompanyFilter, found: list[str]) -> None:
    total, rows = companies.page(wanted, "code")
    assert (total, [row.uscc for row in rows]) == (len(found), sorted(found))


def test_the_list_is_sorted_and_paged(companies: CompanyList) -> None:
    assert [row.uscc for row in companies.page(CompanyFilter(), "completeness")[1]] == [C, B, A]
    total, rows = companies.page(CompanyFilter(), "changed", limit=1)
    assert (total, [row.uscc for row in rows]) == (3, [B])
    assert [row.uscc for row in companies.page(CompanyFilter(), "code", limit=1, offset=2)[1]] == [
        sorted([A, B, C])[2]
    ]


def test_shares_weigh_facts_by_how_many_items_ask_for_them(companies: CompanyList) -> None:
    found = companies.overview()
    assert found.shares == {0.0: 1, 0.75: 1, 1.0: 1} and found.lacking == {"revenue": 1, "rd_expense": 2}
    assert found.sources == ("企业填报",)
    assert CompanyList(companies.db, {}).overview().shares == {1.0: 3}


def test_an_overview_is_kept_until_something_changes(companies: CompanyList, tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        keeper = OverviewKeeper()
        first = keeper.get(folder.enterprises, companies)
        assert keeper.get(folder.enterprises, companies) is first
        folder.enterprises.register(make_enterprise(C, "示例丙公司", revenue=1), TUESDAY)
        assert keeper.get(folder.enterprises, companies).lacking["revenue"] == 0


def test_a_company_whose_sources_differ_stands_out(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        for uscc, source in ((A, "导入：一.xlsx"), (B, "企业填报")):
            listed = make_enterprise(uscc, "示例公司")
            facts = {"revenue": make_fact(5, source)}
            folder.enterprises.register(type(listed)(uscc, listed.name, facts), MONDAY)
            folder.enterprises.register(make_enterprise(uscc, "示例公司", revenue=7), TUESDAY)
        total, rows = CompanyList(folder.db, {}).page(CompanyFilter(conflicts=True))
        assert (total, [row.uscc for row in rows]) == (1, [A])
        assert folder.enterprises.get(A).facts["revenue"].value == 5
