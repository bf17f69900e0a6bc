"""企业库: facts come back as they went in, keep their history, and stay with their own enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from matching.model import Enterprise, Fact
from service.errors import EnterpriseNotFound
from service.store.data_folder import DataFolder
from service.store.enterprises import EnterpriseLibrary, Registered
from tests.factories import OTHER_USCC, USCC, make_enterprise

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def library(folder: DataFolder) -> EnterpriseLibrary:
    return folder.enterprises


FACTS = {
    "revenue": Fact(Decimal("36000000"), "企业填报", date(2026, 3, 1), "2025"),
    "rd_ratio": Fact(Decimal("4.56"), "导入", None, "2025"),
    "tax_paid": Fact(Decimal("0.1234567890123456789"), "导入"),
    "above_scale": Fact(False, "导入"),
    "founded_on": Fact("2015-05-01", "导入"),
    "qualification": Fact(("高新技术企业", "专精特新中小企业"), "导入"),
}


def test_every_kind_of_fact_comes_back_as_it_went_in(library: EnterpriseLibrary) -> None:
    enterprise = Enterprise(USCC, "九江示例有限公司", FACTS)
    assert library.register(enterprise, NOW) == Registered(created=True, facts_changed=len(FACTS))
    assert library.get(USCC) == enterprise


def test_the_same_facts_again_change_nothing(library: EnterpriseLibrary) -> None:
    version = None
    for _ in range(2):
        library.register(Enterprise(USCC, "九江示例有限公司", FACTS), NOW)
        version = version or library.version()
    assert library.version() == version and len(library) == 1


def test_a_changed_fact_replaces_the_old_one_and_keeps_it_as_history(folder: DataFolder) -> None:
    folder.enterprises.register(make_enterprise(revenue=1_000_000, employees=10), NOW)
    folder.enterprises.register(make_enterprise(revenue=2_000_000), NOW)
    known = folder.enterprises.get(USCC)
    assert known.facts["revenue"].value == 2_000_000 and known.facts["employees"].value == 10
    kept = folder.db.query("select value, current from enterprise_facts where key = 'revenue' order by id")
    assert [(row["value"], row["current"]) for row in kept] == [("1000000", 0), ("2000000", 1)]


def test_what_changed_since_a_version_is_named_be_it_only_the_name(library: EnterpriseLibrary) -> None:
    library.register(make_enterprise(revenue=1), NOW)
    library.register(make_enterprise(OTHER_USCC, "乙", revenue=1), NOW)
    before = library.version()
    library.register(make_enterprise(revenue=1), NOW)
    assert library.version() == before and list(library.changed_since(before)) == []
    library.register(make_enterprise(OTHER_USCC, "乙公司"), NOW)
    assert [one.name for one in library.changed_since(before)] == ["乙公司"]


def test_two_enterprises_never_share_a_fact(library: EnterpriseLibrary) -> None:
    first, second = (
        make_enterprise(revenue=1),
        replace(make_enterprise(employees=2), uscc=OTHER_USCC, name="乙"),
    )
    library.register(first, NOW)
    library.register(second, NOW)
    assert list(library.all()) == sorted([first, second], key=lambda one: one.uscc)
    assert "revenue" not in library.get(OTHER_USCC).facts


def test_finding_by_part_of_the_name_or_the_start_of_the_code(library: EnterpriseLibrary) -> None:
    library.register(make_enterprise(name="九江示例云帆公司", revenue=1), NOW)
    library.register(make_enterprise(OTHER_USCC, "湖州示例100%公司"), NOW)
    assert [one.uscc for one in library.find("云帆")] == [USCC]
    assert [one.uscc for one in library.find("100%")] == [OTHER_USCC]
    assert library.find("_") == [] and library.find("%示例云") == []
    assert len(library.find(USCC[:10].lower())) == 2


def test_a_missing_enterprise_is_named_with_what_to_do(library: EnterpriseLibrary) -> None:
    with pytest.raises(EnterpriseNotFound, match=f"{USCC} 的企业，请核对代码"):
        library.get(USCC)
