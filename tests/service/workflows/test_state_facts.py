"""What a company says of itself: added, kept aside where a better source says otherwise, taken back, never of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from matching.model import Enterprise, Fact
from service.actors import Actor, Role
from service.errors import UnusableStatement
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.workflows.correct_facts import correct_fact
from service.workflows.state_facts import add_statement, drop_statement, state_fact, take_back
from tests.factories import OTHER_USCC, USCC

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
OWNER = Actor("示例企业", Role.ENTERPRISE)
LIST = "导入：名录.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        for uscc, name in ((USCC, "示例甲公司"), (OTHER_USCC, "示例乙公司")):
            facts = {"employees": Fact(Decimal(20), LIST, date(2026, 6, 1), "2025")}
            opened.enterprises.register(Enterprise(uscc, name, facts), NOW, "导入人")
        yield opened


def facts(folder: DataFolder, uscc: str = USCC) -> dict[str, object]:
    return {key: fact.value for key, fact in folder.enterprises.get(uscc).facts.items()}


def test_a_stated_fact_counts_with_its_source_and_year(folder: DataFolder) -> None:
    done = state_fact(folder, USCC, "revenue", "3,600万元", by=OWNER, now=NOW)
    assert done.counted and done.before is None
    fact = folder.enterprises.get(USCC).facts["revenue"]
    assert (fact.value, fact.source, fact.period, fact.dated) == (
        Decimal(36_000_000),
        "企业填报",
        "2025",
        date(2026, 11, 24),
    )
    assert "revenue" not in facts(folder, OTHER_USCC)
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.state"))
    assert (told.subject, told.after) == (USCC, {"指标": "营业收入"})
    assert "3600" not in f"{told}"


def test_what_a_list_says_of_the_same_year_stands_and_the_statement_is_kept_aside(folder: DataFolder) -> None:
    done = state_fact(folder, USCC, "employees", "35", period="2025", by=OWNER, now=NOW)
    assert not done.counted and done.against == LIST
    assert facts(folder)["employees"] == 20
    held = folder.enterprises.get_held(USCC)
    assert [aside.value for aside in held.asides["employees"]] == [Decimal(35)]
    later = state_fact(folder, USCC, "employees", "36", period="2026", by=OWNER, now=NOW)
    assert later.counted and facts(folder)["employees"] == 36


def test_taking_back_lets_what_counted_before_count_again(folder: DataFolder) -> None:
    state_fact(folder, USCC, "employees", "36", period="2026", by=OWNER, now=NOW)
    take_back(folder, USCC, "employees", by=OWNER, now=NOW)
    fact = folder.enterprises.get(USCC).facts["employees"]
    assert (fact.value, fact.source) == (20, LIST)
    state_fact(folder, USCC, "revenue", "1", by=OWNER, now=NOW)
    take_back(folder, USCC, "revenue", by=OWNER, now=NOW)
    assert "revenue" not in facts(folder)


def test_what_others_say_cannot_be_taken_back(folder: DataFolder) -> None:
    with pytest.raises(UnusableStatement, match="异议"):
        take_back(folder, USCC, "employees", by=OWNER, now=NOW)
    correct_fact(folder, USCC, "event", "首次认定", reason="核对", by=Actor("管理员", Role.ADMIN), now=NOW)
    with pytest.raises(UnusableStatement, match="管理员更正"):
        drop_statement(folder, USCC, "event", "首次认定", by=OWNER, now=NOW)


def test_statements_are_added_one_by_one_and_dropped_one_by_one(folder: DataFolder) -> None:
    for phrase in ("购置工业机器人", "参加示例展会", "购置工业机器人"):
        add_statement(folder, USCC, "event", (phrase,), by=OWNER, now=NOW)
    assert facts(folder)["event"] == ("参加示例展会", "购置工业机器人")
    drop_statement(folder, USCC, "event", "参加示例展会", by=OWNER, now=NOW)
    assert facts(folder)["event"] == ("购置工业机器人",)
    drop_statement(folder, USCC, "event", "购置工业机器人", by=OWNER, now=NOW)
    assert "event" not in facts(folder) and "event" not in facts(folder, OTHER_USCC)
    with pytest.raises(UnusableStatement, match="刷新"):
        drop_statement(folder, USCC, "event", "购置工业机器人", by=OWNER, now=NOW)


@pytest.mark.parametrize(
    ("key", "given", "period", "told"),
    [
        ("revenue", "很多", None, "无法识别"),
        ("revenue", "", None, "请填写营业收入"),
        ("revenue", "100", "2027", "年度"),
        ("revenue", "100", "上年", "年度"),
        ("founded_on", "2027-01-01", None, "不能晚于今天"),
        ("size_class", "巨型", None, "应为下列之一"),
        ("founded_years", "3", None, "没有这一项"),
        ("x", "3", None, "没有这一项"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_stored(
    folder: DataFolder, key: str, given: str, period: str | None, told: str
) -> None:
    before = facts(folder)
    with pytest.raises(UnusableStatement, match=told):
        state_fact(folder, USCC, key, given, period=period, by=OWNER, now=NOW)
    assert facts(folder) == before
