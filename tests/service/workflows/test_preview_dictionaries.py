"""The effect of a change before it takes effect: what would change, how much was looked at, and nothing changed by looking."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policy_corpus.additions import NOTHING, current, use
from policy_corpus.reading.sandbox import Sandbox
from service.dictionary_shapes import preview_lines
from service.errors import DictionaryRefused
from service.store.data_folder import DataFolder
from service.workflows.change_dictionaries import add_entry
from service.workflows.preview_dictionaries import preview_change, preview_removal
from service.workflows.preview_model import Preview
from tests.service.workflows.conftest import now
from tests.service.workflows.dictionary_town import (
    ANNE,
    EVERY_KIND,
    FEW,
    ROBOTS,
    SYNONYM,
    TERM,
    TITLE,
    ZONE,
    fill,
)

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    use(NOTHING)
    path = tmp_path_factory.mktemp("town")
    with DataFolder.open(path / "data") as folder, Sandbox() as sandbox:
        fill(folder, sandbox, path / "in")
    return path / "data"


@pytest.fixture
def folder(town: Path) -> Iterator[DataFolder]:
    with DataFolder.open(town) as opened:
        yield opened


def preview(folder: DataFolder, kind: str, given: dict[str, Any], **more: Any) -> Preview:
    return preview_change(folder, kind, given, as_of=AS_OF, **more)


def test_a_term_shows_the_sentences_that_would_be_cut_otherwise(folder: DataFolder) -> None:
    found = preview(folder, *TERM)
    assert (found.naming, found.checked, found.quoting, found.changed_texts) == (2, 2, 2, 2)
    assert "示例科创贷" not in found.texts[0].before and "示例科创贷" in found.texts[0].after


def test_a_term_that_no_document_has_changes_nothing(folder: DataFolder) -> None:
    found = preview(folder, "term", {"word": "示例海蓝贷"})
    assert found.changes_nothing and found.naming == 0
    assert any("没有" in line for line in preview_lines(found))


def test_a_synonym_shows_the_searches_that_would_answer_otherwise(folder: DataFolder) -> None:
    found = preview(folder, *SYNONYM)
    hits = {hit.word: hit for hit in found.hits}
    assert hits["自动化装备"].before < hits["自动化装备"].after and hits["自动化装备"].gained


def test_a_title_shows_the_companies_that_would_be_judged_otherwise(folder: DataFolder) -> None:
    found = preview(folder, *TITLE)
    assert (found.weighed_items, found.weighed_companies, found.changed_companies) == (2, 2, 1)
    told = {(change.uscc, change.before, change.after) for change in found.verdicts}
    assert told == {(FEW, "undetermined", "ineligible")}  # who states others does not hold what is known now


def test_a_zone_shows_the_conditions_that_would_be_read_otherwise(folder: DataFolder) -> None:
    found = preview(folder, *ZONE)
    assert found.naming == 2 and found.changed_items == 2
    assert "示例滨江产业区" in found.items[0].after[0][1]


def test_a_fact_shows_the_conditions_that_would_become_it(folder: DataFolder) -> None:
    found = preview(folder, *ROBOTS)
    assert (found.naming, found.changed_items, len(found.changed_documents)) == (2, 2, 2)
    change = found.items[0]
    assert change.status == "published" and change.after == ((change.after[0][0], "机器人数量不低于 30 台"),)
    assert change.before and change.before != change.after
    assert any("＋ 机器人数量不低于 30 台" in line for line in preview_lines(found))


def test_how_many_were_looked_at_is_said(folder: DataFolder) -> None:
    seen: list[tuple[int, int]] = []
    found = preview(folder, *ROBOTS, most=1, report=lambda done, total: seen.append((done, total)))
    assert (found.naming, found.checked, found.changed_items) == (2, 1, 1) and seen == [(1, 1)]
    assert "前 1 份" in next(preview_lines(found))


def test_what_is_refused_is_refused_before_anything_is_looked_at(folder: DataFolder) -> None:
    with pytest.raises(DictionaryRefused, match="内置政策词"):
        preview(folder, "term", {"word": "高新技术企业"})


def test_taking_an_entry_out_is_the_other_way_round(tmp_path: Path, sandbox: Sandbox) -> None:
    with DataFolder.open(tmp_path / "data") as folder:
        entry = add_entry(folder, *ROBOTS, by=ANNE, now=now)
        folder.dictionaries.put_in_place()
        fill(folder, sandbox, tmp_path / "in")
        found = preview_removal(folder, entry, as_of=AS_OF)
    assert found.changed_items == 2 and found.items[0].before[0][1] == "机器人数量不低于 30 台"


def test_a_preview_changes_nothing(folder: DataFolder, town: Path) -> None:
    for kind, given in EVERY_KIND:  # indexes are built where they are missing
        preview(folder, kind, given)
    before = _all_bytes(town)
    for kind, given in EVERY_KIND:
        preview(folder, kind, given)
    assert _all_bytes(town) == before and current() == NOTHING
    assert folder.dictionaries.version() == 1 and not folder.dictionaries.entries()


def _all_bytes(path: Path) -> dict[str, str]:
    files = (file for file in path.rglob("*") if file.is_file() and not file.name.endswith("-shm"))
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
