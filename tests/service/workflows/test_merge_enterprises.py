"""Two companies become one and two again: nothing is lost, the code that was given up finds the other everywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.model import Enterprise, Fact
from policy_corpus.model import AllOf, Condition, Operator
from service.actors import Actor, Role
from service.errors import EnterpriseNotFound, FactConflict, UnusableCorrection
from service.store.audit import EntryFilter
from service.store.company_roster import fresh_roster
from service.store.data_folder import DataFolder
from service.store.enterprise_history import history_of, merged_codes
from service.workflows.check_import import check_import, hand_in
from service.workflows.correct_facts import correct_fact
from service.workflows.merge_enterprises import (
    LOSER,
    WINNER,
    merge_enterprises,
    propose_merge,
    split_enterprises,
)
from service.workflows.register_enterprises import register_enterprises
from service.workflows.remove_enterprise import remove_enterprise
from tests.factories import make_enterprise, make_span, make_uscc

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLERK = Actor("示例管理员", Role.ADMIN)
A, B, C = (make_uscc(number) for number in (1, 2, 3))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        opened.enterprises.register(make_enterprise(A, "示例甲公司", revenue=100, employees=10), NOW)
        opened.enterprises.register(make_enterprise(B, "示例甲旧公司", revenue=200, patents=3), NOW)
        opened.enterprises.register(make_enterprise(C, "示例丙公司", revenue=300), NOW)
        yield opened


def merge(folder: DataFolder, winner: str = A, loser: str = B, **choices: str) -> None:
    merge_enterprises(folder, winner, loser, choices, reason="同一家", by=CLERK, now=NOW)


def test_a_merge_takes_what_was_chosen_and_by_the_rule_what_was_not(folder: DataFolder) -> None:
    assert [(choice.key, choice.preferred) for choice in propose_merge(folder, A, B).choices] == [
        ("employees", WINNER), ("revenue", LOSER), ("patents", LOSER)]  # fmt: skip
    merge(folder, revenue=WINNER, name=LOSER)
    one = folder.enterprises.get(A)
    assert {key: fact.value for key, fact in one.facts.items()} == {
        "revenue": 100,
        "employees": 10,
        "patents": 3,
    }
    assert one.name == "示例甲旧公司" and len(folder.enterprises) == 2
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.merge"))
    assert told.after == {"知识产权数量": "3 项", "并入的代码": B}


def test_the_code_that_was_given_up_finds_the_other_everywhere(folder: DataFolder, tmp_path: Path) -> None:
    merge(folder)
    assert folder.enterprises.get(B).uscc == A
    assert (
        [one.uscc for one in folder.enterprises.find(B)]
        == [A]
        == [one.uscc for one in folder.enterprises.find("甲旧")]
    )
    path = tmp_path / "一.csv"
    path.write_text(f"统一社会信用代码,企业名称,从业人员\n{B},示例甲旧公司,12\n", encoding="utf-8")
    report = register_enterprises(folder, path, lambda: NOW)
    assert (report.created, report.updated) == (0, 1)
    assert (
        folder.enterprises.get(A).facts["employees"].value == 12
        and folder.enterprises.get(A).name == "示例甲公司"
    )
    assert [one.uscc for one in folder.enterprises.all()] == sorted([A, C])


def test_the_roster_forgets_the_company_and_learns_of_it_again(folder: DataFolder) -> None:
    rich = AllOf((Condition("revenue", Operator.GE, Decimal(150), make_span()),))

    def fitting() -> list[str]:
        roster = fresh_roster(folder).roster
        met = (roster.judge_item(rich, date(2026, 11, 24)).verdict == 2) & roster.present
        return sorted(code for code, is_met in zip(roster.usccs, met.tolist(), strict=True) if is_met)

    assert fitting() == sorted([B, C])
    merge(folder)
    assert fitting() == sorted([A, C])
    split_enterprises(folder, B, by=CLERK, now=NOW)
    assert fitting() == sorted([B, C])
    remove_enterprise(folder, B, reason="依申请", by=CLERK, now=NOW)
    assert fitting() == [C] and B not in fresh_roster(folder).roster.usccs


def test_what_was_changed_since_the_merge_stays_and_is_named(folder: DataFolder) -> None:
    merge(folder)
    correct_fact(folder, A, "patents", "9", reason="示例", by=CLERK, now=NOW)
    assert split_enterprises(folder, B, by=CLERK, now=NOW).stay == ("知识产权数量",)
    assert folder.enterprises.get(A).facts["patents"].value == 9
    assert folder.enterprises.get(B).facts["patents"].value == 3


def test_merges_can_follow_one_another(folder: DataFolder) -> None:
    merge(folder)
    merge(folder, C, A)
    assert {folder.enterprises.get(code).uscc for code in (A, B, C)} == {C}
    assert merged_codes(folder.db, C) == sorted([A, B])
    assert {one.uscc for one in history_of(folder.db, C)} == {A, B, C}
    split_enterprises(folder, A, by=CLERK, now=NOW)
    assert folder.enterprises.get(B).uscc == A and folder.enterprises.get(C).facts["revenue"].value == 300


def test_a_merge_that_makes_no_sense_or_comes_too_late_is_refused(folder: DataFolder) -> None:
    revision = propose_merge(folder, A, B).revision
    with pytest.raises(UnusableCorrection, match="已经是同一家"):
        merge(folder, A, A)
    with pytest.raises(UnusableCorrection, match="理由"):
        merge_enterprises(folder, A, B, {}, reason=" ", by=CLERK, now=NOW)
    folder.enterprises.register(make_enterprise(B, "示例甲旧公司", revenue=900), NOW)
    with pytest.raises(FactConflict):
        merge_enterprises(folder, A, B, {}, reason="同一家", by=CLERK, now=NOW, revision=revision)
    with pytest.raises(UnusableCorrection, match="没有合并"):
        split_enterprises(folder, B, by=CLERK, now=NOW)


_FACTS = st.dictionaries(
    st.sampled_from(["revenue", "employees", "patents", "event"]),
    st.builds(
        Fact,
        st.integers(0, 5).map(Decimal),
        st.sampled_from(["管理员更正", "导入：一.xlsx", "企业填报"]),
        st.none(),
        st.sampled_from([None, "2024", "2025"]),
    ),
    max_size=4,
)


@settings(max_examples=40)
@given(
    _FACTS,
    _FACTS,
    st.dictionaries(st.sampled_from(["revenue", "employees", "name"]), st.sampled_from([WINNER, LOSER])),
)
def test_merging_and_splitting_gives_back_both(
    mine: dict[str, Fact], its: dict[str, Fact], choices: dict[str, str]
) -> None:
    mine, its = ({key: fact for key, fact in facts.items() if key != "event"} for facts in (mine, its))
    with tempfile.TemporaryDirectory() as path, DataFolder.open(Path(path)) as folder:
        for uscc, name, facts in ((A, "示例甲", mine), (B, "示例乙", its), (C, "示例丙", its)):
            folder.enterprises.register(Enterprise(uscc, name, facts), NOW)
        before = list(folder.enterprises.all())
        columns = "select uscc, known, sources, conflicts, size_class from enterprises order by uscc"
        summaries = list(folder.db.execute(columns))
        merge_enterprises(folder, A, B, choices, reason="同一家", by=CLERK, now=NOW)
        assert set(mine) <= set(folder.enterprises.get(A).facts) <= set(mine) | set(its)
        split_enterprises(folder, B, by=CLERK, now=NOW)
        assert list(folder.enterprises.all()) == before and list(folder.db.execute(columns)) == summaries


def test_removal_leaves_no_figure_and_no_file_of_the_company(folder: DataFolder) -> None:
    data = f"统一社会信用代码,企业名称,营业收入\n{B},示例甲旧公司,987654321\n{C},示例丙公司,1\n".encode()
    entry = hand_in(folder, "一.csv", data, by=CLERK, now=NOW)
    check_import(folder, entry.id, lambda: NOW)
    merge(folder)
    fresh_roster(folder)
    assert remove_enterprise(folder, B, reason="依申请删除", by=CLERK, now=NOW) == 1
    for code in (A, B):
        with pytest.raises(EnterpriseNotFound):
            folder.enterprises.get(code)
    assert history_of(folder.db, A) == [] and len(folder.enterprises) == 1
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.remove"))
    assert told.subject == A and told.before is None and told.after is None
    files = [path for path in (folder.path / "imports").rglob("*") if path.is_file()]
    assert files == []
    folder.enterprises.register(make_enterprise(A, "示例甲公司", revenue=1), NOW)
    assert A in fresh_roster(folder).roster.usccs


def test_accounts_go_with_their_company_and_come_back(folder: DataFolder) -> None:
    with folder.writing():
        folder.accounts.add("示例乙账户", Role.ENTERPRISE, B, "-", NOW)
        folder.accounts.add("示例甲账户", Role.ENTERPRISE, A, "-", NOW)
    merge(folder)
    assert [account.name for account in folder.accounts.of_company(A)] == ["示例乙账户", "示例甲账户"]
    split_enterprises(folder, B, by=CLERK, now=NOW)
    assert [account.name for account in folder.accounts.of_company(B)] == ["示例乙账户"]
    remove_enterprise(folder, B, reason="依申请", by=CLERK, now=NOW)
    assert [account.disabled_at for account in folder.accounts.of_company(B)] == [NOW]
    assert folder.accounts.of_company(A)[0].disabled_at is None
