"""Documents read again after a change: drafts take it in, what is published or edited waits for a person."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from policy_corpus.model import ItemStatus, PolicyItem, leaves
from policy_corpus.reading.sandbox import Sandbox
from service.errors import DictionaryRefused
from service.store.data_folder import DataFolder
from service.store.jobs import JobState
from service.workflows.change_dictionaries import add_entry, remove_entry
from service.workflows.edit_items import open_edit, save_edit
from service.workflows.job_context import Tools
from service.workflows.reread_documents import Reread, ask_to_reread, reread
from service.workflows.run_jobs import run_jobs
from tests.service.workflows.conftest import now
from tests.service.workflows.dictionary_town import ANNE, BERT, ROBOTS, fill


def asked(item: PolicyItem) -> set[str]:
    return {leaf.attribute for leaf in leaves(item.conditions) if hasattr(leaf, "attribute")}


def about_robots(folder: DataFolder) -> list[PolicyItem]:
    return [item for item in folder.policies.items() if "30台" in "".join(span.quote for span in item.spans)]


def read_again(folder: DataFolder, sandbox: Sandbox) -> Reread:
    folder.dictionaries.put_in_place()
    return reread(folder, ["机器人保有量"], sandbox, why="示例原因", by=BERT, now=now)


def set_up(folder: DataFolder, sandbox: Sandbox, tmp_path: Path, **more: Any) -> list[PolicyItem]:
    fill(folder, sandbox, tmp_path / "in", **more)
    add_entry(folder, *ROBOTS, by=ANNE, now=now)
    found = about_robots(folder)
    assert len(found) == 2 and all("robots" not in asked(item) for item in found)
    return found


def test_drafts_change_in_place_and_only_once(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> None:
    set_up(folder, sandbox, tmp_path, publish=False)
    assert asdict(read_again(folder, sandbox)) == asdict(Reread(documents=2, drafts=2))
    for item in about_robots(folder):
        assert "robots" in asked(item) and item.status is ItemStatus.DRAFT
        assert [version.event for version in folder.versions.all(item.id)] == ["load", "reimport"]
        assert not open_edit(folder, item.id).edited  # nobody's hand: it was read so
    assert asdict(read_again(folder, sandbox)) == asdict(Reread(documents=2))


def test_published_items_stay_and_get_a_working_copy(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    published = set_up(folder, sandbox, tmp_path)
    assert read_again(folder, sandbox).copies == 2
    assert about_robots(folder) == published
    for item in published:
        edit = open_edit(folder, item.id)
        assert edit.is_working_copy and "robots" in asked(edit.item) and edit.note == "示例原因"
    assert read_again(folder, sandbox).copies == 0
    with pytest.raises(DictionaryRefused, match="已被 2 个事项使用"):  # though only working copies name it
        remove_entry(folder, folder.dictionaries.entries("fact")[0].id, revision=1, by=ANNE, now=now)


def test_what_a_person_has_edited_is_kept(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> None:
    one, other = set_up(folder, sandbox, tmp_path, publish=False)
    save_edit(folder, one.id, {"conditions": {"all": []}}, revision=0, by=ANNE, now=now())
    save_edit(folder, other.id, {"title": "示例改过的标题"}, revision=0, by=ANNE, now=now())
    found = read_again(folder, sandbox)
    assert (found.kept, found.copies, found.drafts) == (1, 1, 0)
    assert not asked(open_edit(folder, one.id).item)
    renamed = open_edit(folder, other.id).item
    assert renamed.title == "示例改过的标题" and "robots" in asked(renamed)


def test_it_is_a_job_with_progress_and_a_result(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> None:
    set_up(folder, sandbox, tmp_path, publish=False)
    entry = folder.dictionaries.entries("fact")[0]
    job = ask_to_reread(folder, entry, by=BERT, at=now())
    assert ask_to_reread(folder, entry, by=BERT, at=now()) == job  # one at a time
    run_jobs(folder.path, Tools(now, sandbox), once=True, periodic=())
    done = folder.jobs.get(job)
    assert done.state is JobState.DONE and done.result == asdict(Reread(documents=2, drafts=2))
    assert all("robots" in asked(item) for item in about_robots(folder))
