"""Corrections by hand: with a reason, against the state that was read, in the history, undone without deleting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from service.actors import Actor, Role
from service.errors import EnterpriseNotFound, FactConflict, UnusableCorrection
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.enterprise_history import former_names, history_of
from service.workflows.correct_facts import correct_fact, rename_company, restore_fact
from tests.factories import OTHER_USCC, USCC, make_enterprise

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLERK = Actor("示例管理员", Role.ADMIN)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        opened.enterprises.register(make_enterprise(USCC, "示例甲公司", revenue=1_000_000), NOW, "导入人")
        opened.enterprises.register(make_enterprise(OTHER_USCC, "示例乙公司", revenue=5), NOW)
        yield opened


def revenue(folder: DataFolder, uscc: str = USCC) -> object:
    fact = folder.enterprises.get(uscc).facts.get("revenue")
    return fact.value if fact else None


def correct(folder: DataFolder, given: str, **kw: object) -> object:
    return correct_fact(
        folder, USCC, "revenue", given, **{"reason": "审计报告", "by": CLERK, "now": NOW, **kw}
    )  # type: ignore[arg-type]


def test_a_correction_counts_and_its_history_says_who_and_why(folder: DataFolder) -> None:
    correct(folder, "120万元", period="2025")
    assert revenue(folder) == Decimal(1_200_000) and revenue(folder, OTHER_USCC) == 5
    newest, oldest = history_of(folder.db, USCC, "revenue")
    assert (newest.claim.source, newest.by, newest.reason, newest.is_current) == (
        "管理员更正",
        "示例管理员",
        "审计报告",
        True,
    )
    assert newest.claim.period == "2025" and (oldest.by, oldest.is_current) == ("导入人", False)
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.edit"))
    assert (told.before, told.after) == ({"营业收入": "100 万元"}, {"营业收入": "120 万元（2025）"})


def test_unknown_sets_a_fact_back_without_deleting_its_history(folder: DataFolder) -> None:
    correct(folder, "未知")
    assert "revenue" not in folder.enterprises.get(USCC).facts
    assert [one.claim.value for one in history_of(folder.db, USCC, "revenue")] == [None, Decimal(1_000_000)]
    restore_fact(folder, USCC, "revenue", None, by=CLERK, now=NOW)
    assert revenue(folder) == Decimal(1_000_000)


def test_undoing_the_first_value_makes_it_unknown_and_open_to_the_next_import(folder: DataFolder) -> None:
    correct_fact(folder, USCC, "employees", "7", reason="来电", by=CLERK, now=NOW)
    restore_fact(folder, USCC, "employees", None, by=CLERK, now=NOW)
    assert "employees" not in folder.enterprises.get(USCC).facts
    folder.enterprises.register(make_enterprise(USCC, "示例甲公司", employees=9), NOW)
    assert (
        "employees" not in folder.enterprises.get(USCC).facts
    )  # the company itself is trusted less than a person
    restored = [one for one in history_of(folder.db, USCC, "employees") if one.is_aside]
    restore_fact(folder, USCC, "employees", restored[0].claim.id, by=CLERK, now=NOW)
    assert folder.enterprises.get(USCC).facts["employees"].value == 9


def test_what_somebody_else_changed_is_not_overwritten(folder: DataFolder) -> None:
    read = folder.enterprises.get_held(USCC).claims["revenue"].id
    correct(folder, "120万元", expected=read)
    with pytest.raises(FactConflict, match="120 万元"):
        correct(folder, "130万元", expected=read)
    with pytest.raises(FactConflict):
        correct(folder, "130万元", expected=0)
    assert revenue(folder) == Decimal(1_200_000)


@pytest.mark.parametrize(
    ("given", "reason", "said"), [("很多", "审计", "无法识别"), ("5", " ", "理由"), ("-5", "审计", "为负")]
)
def test_what_cannot_be_is_refused_with_the_reason(
    folder: DataFolder, given: str, reason: str, said: str
) -> None:
    with pytest.raises(UnusableCorrection, match=said):
        correct(folder, given, reason=reason)
    assert revenue(folder) == Decimal(1_000_000)


def test_unknown_facts_and_companies_are_refused(folder: DataFolder) -> None:
    with pytest.raises(UnusableCorrection, match="可用的指标有"):
        correct_fact(folder, USCC, "利润", "5", reason="示例", by=CLERK, now=NOW)
    with pytest.raises(EnterpriseNotFound):
        correct_fact(folder, "0" * 18, "revenue", "5", reason="示例", by=CLERK, now=NOW)


def test_a_renamed_company_is_still_found_by_its_old_name(folder: DataFolder) -> None:
    rename_company(folder, USCC, "示例甲新公司", reason="更名登记", by=CLERK, now=NOW, expected="示例甲公司")
    assert [one.uscc for one in folder.enterprises.find("甲公司")] == [USCC]
    assert folder.enterprises.get(USCC).name == "示例甲新公司"
    assert [one.name for one in former_names(folder.db, USCC)] == ["示例甲公司"]
    with pytest.raises(FactConflict):
        rename_company(
            folder, USCC, "示例丙公司", reason="更名登记", by=CLERK, now=NOW, expected="示例甲公司"
        )
