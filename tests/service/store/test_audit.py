"""What was done stays as it was written down, and a change behind our back is noticed."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.actors import Actor, Role
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ONE = Actor("示例甲", Role.ADMIN, "10.0.0.1")
OTHER = Actor("示例乙", Role.OFFICE, "10.0.0.2")


def filled(path: Path) -> DataFolder:
    folder = DataFolder.open(path)
    folder.audit.record(
        ONE, "item.publish", "item", "a-001", at=NOW, before={"状态": "草稿"}, after={"状态": "已发布"}
    )
    folder.audit.record(OTHER, "session.open", "account", "示例乙", at=NOW)
    return folder


def test_entries_tell_who_when_what_before_and_after(tmp_path: Path) -> None:
    with filled(tmp_path) as folder:
        newest, oldest = folder.audit.entries(EntryFilter())
        assert (newest.actor, newest.role, newest.address) == ("示例乙", "office", "10.0.0.2")
        assert oldest.before == {"状态": "草稿"} and oldest.after == {"状态": "已发布"} and oldest.at == NOW


def test_entries_are_found_by_person_event_words_and_time(tmp_path: Path) -> None:
    with filled(tmp_path) as folder:
        find = folder.audit.entries
        assert [one.actor for one in find(EntryFilter(actor="示例甲"))] == ["示例甲"]
        assert [one.event for one in find(EntryFilter(event="session.open"))] == ["session.open"]
        assert [one.subject for one in find(EntryFilter(words="a-001"))] == ["a-001"]
        assert find(EntryFilter(since="2027-01-01")) == [] and folder.audit.count(EntryFilter()) == 2


@pytest.mark.parametrize("deed", ["update audit_log set actor = 'x'", "delete from audit_log"])
def test_an_entry_can_be_neither_changed_nor_removed(tmp_path: Path, deed: str) -> None:
    with filled(tmp_path) as folder, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        folder.db.execute(deed)


@pytest.mark.parametrize(
    ("deed", "broken"),
    [("update audit_log set note = 'x' where id = 1", 1), ("delete from audit_log where id = 1", 1)],
)
def test_a_change_behind_our_back_is_noticed(tmp_path: Path, deed: str, broken: int) -> None:
    with filled(tmp_path) as folder:
        assert folder.audit.find_break() is None
        for trigger in ("update", "delete"):
            folder.db.execute(f"drop trigger audit_log_no_{trigger}")
        folder.db.execute(deed)
        assert folder.audit.find_break() == broken


def test_an_entry_falls_with_the_transaction_of_its_change(tmp_path: Path) -> None:
    with filled(tmp_path) as folder:
        with pytest.raises(ValueError, match="stop"), folder.writing():
            folder.audit.record(ONE, "item.withdraw", "item", "a-001", at=NOW)
            raise ValueError("stop")
        assert folder.audit.count(EntryFilter(event="item.withdraw")) == 0


def test_an_event_that_nobody_named_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path) as folder, pytest.raises(KeyError):
        folder.audit.record(ONE, "item.vanish", "item", "a-001", at=NOW)
