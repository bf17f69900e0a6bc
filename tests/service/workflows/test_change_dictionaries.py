"""Entries of the dictionaries added, changed, retired and removed: in every process from then on, and in the log."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matching.segmenting import tokens
from policy_corpus.additions import NOTHING, AddedTerm, current
from policy_corpus.codes.regions import find_region
from policy_corpus.facts import FACTS
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor
from service.enterprise_table import read_table, write_template
from service.errors import DictionaryConflict, DictionaryEntryNotFound, DictionaryRefused
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.workflows.change_dictionaries import (
    add_entry,
    change_entry,
    refresh_additions,
    remove_entry,
    retire_entry,
)
from tests.factories import make_enterprise
from tests.service.workflows.conftest import now
from tests.service.workflows.dictionary_town import (
    ANNE,
    BERT,
    EVERY_KIND,
    MANY,
    ROBOTS,
    TERM,
    TITLE,
    ZONE,
    fill,
)


def add(folder: DataFolder, kind: str, given: dict[str, Any]) -> int:
    return add_entry(folder, kind, given, by=ANNE, now=now).id


def test_entries_of_every_kind_are_in_place_once_they_are_taken(folder: DataFolder) -> None:
    for kind, given in EVERY_KIND:
        add(folder, kind, given)
    assert current() == NOTHING  # until this process looks again
    folder.dictionaries.put_in_place()
    assert "示例科创贷" in tokens("支持示例科创贷发展")
    assert find_region("示例滨江产业区").code == "360400-SP"
    assert FACTS["robots"].label == "机器人数量" and FACTS["robots"].unit == "台"
    assert current() == folder.dictionaries.additions()


def test_taking_everything_out_leaves_nothing(folder: DataFolder) -> None:
    ids = [add(folder, kind, given) for kind, given in EVERY_KIND]
    versions = [folder.dictionaries.version()]
    for id_ in reversed(ids):
        remove_entry(folder, id_, revision=1, by=ANNE, now=now)
        versions.append(folder.dictionaries.version())
    assert folder.dictionaries.additions() == NOTHING and not folder.dictionaries.entries()
    assert versions == sorted(set(versions))


def test_every_change_is_in_the_log_with_before_and_after(folder: DataFolder) -> None:
    id_ = add(folder, *TITLE)
    change_entry(folder, id_, TITLE[1] | {"level": "省级"}, revision=1, by=BERT, now=now)
    remove_entry(folder, id_, revision=2, by=ANNE, now=now)
    found = folder.audit.entries(EntryFilter(event="dictionary.change"))
    assert [entry.actor for entry in reversed(found)] == ["示例甲", "示例乙", "示例甲"]
    assert [entry.subject for entry in found] == ["title/示例链长企业"] * 3
    assert "level" not in found[1].before and found[1].after["level"] == "省级"
    assert found[2].before is None and found[0].after is None


@pytest.mark.parametrize("act", ["change", "remove"])
def test_of_two_administrators_the_second_is_told(folder: DataFolder, act: str) -> None:
    id_ = add(folder, *TITLE)
    change_entry(folder, id_, TITLE[1] | {"level": "省级"}, revision=1, by=ANNE, now=now)
    acts: dict[str, Callable[[], Any]] = {
        "change": lambda: change_entry(
            folder, id_, TITLE[1] | {"level": "市级"}, revision=1, by=BERT, now=now
        ),
        "remove": lambda: remove_entry(folder, id_, revision=1, by=BERT, now=now),
    }
    with pytest.raises(DictionaryConflict, match="示例甲") as told:
        acts[act]()
    assert told.value.theirs.body["level"] == "省级"  # type: ignore[attr-defined]
    assert folder.dictionaries.get(id_).body["level"] == "省级"


def test_what_is_gone_is_told_as_gone(folder: DataFolder) -> None:
    with pytest.raises(DictionaryEntryNotFound, match="已被他人删除"):
        remove_entry(folder, 7, revision=1, by=ANNE, now=now)


def test_a_fact_that_a_company_states_is_retired_and_not_removed(folder: DataFolder, tmp_path: Path) -> None:
    id_ = add(folder, *ROBOTS)
    folder.dictionaries.put_in_place()
    folder.enterprises.register(make_enterprise(MANY, robots=31), now())
    with pytest.raises(DictionaryRefused, match=r"已被 1 家企业使用，不能删除；可改为停用"):
        remove_entry(folder, id_, revision=1, by=ANNE, now=now)
    with pytest.raises(DictionaryRefused, match="类型不能再改"):
        change_entry(folder, id_, ROBOTS[1] | {"kind": "yuan"}, revision=1, by=ANNE, now=now)
    retire_entry(folder, id_, revision=1, by=ANNE, now=now)
    folder.dictionaries.put_in_place()
    assert FACTS["robots"].retired and folder.enterprises.get(MANY).facts["robots"].value == 31


def test_a_fact_that_an_item_asks_for_is_not_removed(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    id_ = add(folder, *ROBOTS)
    folder.dictionaries.put_in_place()
    fill(folder, sandbox, tmp_path / "in")
    with pytest.raises(DictionaryRefused, match="个事项"):
        remove_entry(folder, id_, revision=1, by=ANNE, now=now)


def test_a_zone_that_a_company_is_in_is_not_removed(folder: DataFolder) -> None:
    id_ = add(folder, *ZONE)
    folder.dictionaries.put_in_place()
    folder.enterprises.register(make_enterprise(MANY, region="360400-SP"), now())
    with pytest.raises(DictionaryRefused, match=r"家企业使用，不能删除$"):
        remove_entry(folder, id_, revision=1, by=ANNE, now=now)


def test_only_facts_are_retired(folder: DataFolder) -> None:
    id_ = add(folder, *TERM)
    with pytest.raises(DictionaryRefused, match="直接删除"):
        retire_entry(folder, id_, revision=1, by=ANNE, now=now)


def test_key_code_and_place_of_an_entry_stay(folder: DataFolder) -> None:
    fact, zone = add(folder, *ROBOTS), add(folder, *ZONE)
    folder.dictionaries.put_in_place()
    changed = change_entry(
        folder, fact, ROBOTS[1] | {"key": "other", "label": "机器人台数"}, revision=1, by=ANNE, now=now
    )
    assert (changed.body["key"], changed.name) == ("robots", "机器人台数")
    moved = change_entry(
        folder, zone, {"name": "示例滨江新城", "parent": "330100"}, revision=1, by=ANNE, now=now
    )
    assert (moved.body["code"], moved.body["parent"]) == ("360400-SP", "360400")


def test_an_added_fact_is_in_the_import_template_and_read_from_a_table(
    folder: DataFolder, tmp_path: Path
) -> None:
    add(folder, *ROBOTS)
    folder.dictionaries.put_in_place()
    write_template(tmp_path / "template.xlsx")
    heads = "统一社会信用代码,企业名称,机器人数量（台）\n"
    (tmp_path / "in.csv").write_text(heads + f"{MANY},示例公司,31台\n", encoding="utf-8")
    (row,) = read_table(tmp_path / "in.csv")
    assert row.enterprise is not None and row.enterprise.facts["robots"].value == 31
    assert (tmp_path / "template.xlsx").read_bytes()[:2] == b"PK"


def test_of_two_who_add_the_same_at_once_one_is_told(folder: DataFolder) -> None:
    told: list[str] = []

    def add_it(by: Actor) -> None:
        with DataFolder.open(folder.path) as own:
            try:
                add_entry(own, *TERM, by=by, now=now)
            except DictionaryRefused as refused:
                told.append(str(refused))

    threads = [threading.Thread(target=add_it, args=[by]) for by in (ANNE, BERT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) == 1 and "已经添加过" in told[0]
    assert len(folder.dictionaries.entries()) == 1


def test_frequencies_of_another_program_are_worked_out_anew(folder: DataFolder) -> None:
    add(folder, *TERM)
    right = folder.dictionaries.additions()
    folder.dictionaries.put_additions(replace(right, terms=(AddedTerm("示例科创贷", 999),)))
    assert refresh_additions(folder) and folder.dictionaries.additions() == right
    assert not refresh_additions(folder)


def test_a_refused_entry_changes_nothing(folder: DataFolder) -> None:
    version = folder.dictionaries.version()
    with pytest.raises(DictionaryRefused):
        add(folder, "term", {"word": "高新技术企业"})
    assert folder.dictionaries.version() == version and not folder.audit.entries(EntryFilter())
