"""Searching items and documents of a data folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matching.catalogue.day import Day, Standing
from policy_corpus.model import ItemStatus
from policy_corpus.reading.sandbox import Sandbox
from service.store.data_folder import DataFolder
from service.store.policy_index import documents_index, item_search_index, rebuild_indexes, version_of
from service.store.shelf import Shelf, read_shelf
from service.workflows.check_installation import Grade, check_installation
from service.workflows.load_policies import Outcome, find_files, load_policies
from service.workflows.search_policies import FACETS, DocumentSearch, search_documents, search_items
from tests.service.workflows.conftest import now, write_measures

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def samples(sample_data: Path) -> tuple[DataFolder, Shelf]:
    folder = DataFolder.open(sample_data)
    return folder, read_shelf(folder, AS_OF)


@pytest.mark.parametrize(
    ("words", "in_title"),
    [
        ("高企", "高新技术企业"),
        ("高新技木企业", "高新技术企业"),
        ("小巨人", "小巨人"),
        ("稳岗", "稳岗"),
        ("企業上市", "上市"),
    ],
)
def test_the_first_hit_says_it_in_its_title(
    samples: tuple[DataFolder, Shelf], words: str, in_title: str
) -> None:
    found = search_items(*samples, words)
    assert in_title in found.hits[0].item.title
    assert found.total >= len(found.hits) > 0
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_most_items_are_no_answer_to_a_few_telling_words(samples: tuple[DataFolder, Shelf]) -> None:
    _, shelf = samples
    assert search_items(*samples, "高新技术企业").total < shelf.size / 3
    assert search_items(*samples, "量子纠缠对撞机").total == 0


def test_without_words_all_items_are_listed_by_id(samples: tuple[DataFolder, Shelf]) -> None:
    _, shelf = samples
    found = search_items(*samples, " ", limit=10_000)
    assert [hit.item.id for hit in found.hits] == sorted(item.id for item in shelf.items())
    assert (found.total, found.terms) == (shelf.size, ())
    assert sum(found.facets["open"].values()) == shelf.size
    kinds = Counter(
        kind for item in shelf.items() for kind in {benefit.kind.value for benefit in item.benefits}
    )
    assert found.facets["kind"] == dict(kinds)


@pytest.mark.parametrize("facet", FACETS)
def test_choosing_a_value_leaves_as_many_as_were_counted(
    samples: tuple[DataFolder, Shelf], facet: str
) -> None:
    everything = search_items(*samples, "企业奖励")
    for value, count in everything.facets[facet].items():
        narrowed = search_items(*samples, "企业奖励", chosen={facet: value})
        assert narrowed.total == count
        assert narrowed.facets[facet] == everything.facets[facet]


def test_an_unknown_value_leaves_nothing_and_an_unknown_facet_is_passed_over(
    samples: tuple[DataFolder, Shelf],
) -> None:
    everything = search_items(*samples, "奖励")
    assert search_items(*samples, "奖励", chosen={"region": "999999"}).total == 0
    assert search_items(*samples, "奖励", chosen={"colour": "red", "level": ""}).total == everything.total


def test_pages_follow_one_another(samples: tuple[DataFolder, Shelf]) -> None:
    whole = [hit.item.id for hit in search_items(*samples, "奖励", limit=30).hits]
    pages = [search_items(*samples, "奖励", offset=start, limit=10).hits for start in (0, 10, 20)]
    assert [hit.item.id for page in pages for hit in page] == whole


def test_a_document_is_found_by_a_question(samples: tuple[DataFolder, Shelf]) -> None:
    folder, _ = samples
    hits = search_documents(folder, "九江市对稳岗扩岗有哪些支持？", limit=3)
    assert "稳岗" in hits[0].document.title and hits[0].excerpt
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def _load(folder: DataFolder, sandbox: Sandbox, path: Path) -> None:
    outcomes = list(load_policies(folder, find_files([path]), sandbox, now, publish=True))
    assert {outcome.outcome for outcome in outcomes} == {Outcome.LOADED}


def test_indexes_follow_what_is_loaded_and_withdrawn(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    _load(folder, sandbox, write_measures(tmp_path / "一.txt", number=1, amount=30))
    assert len(documents_index(folder).ids) == 1
    _load(folder, sandbox, write_measures(tmp_path / "二.txt", number=2, amount=70))
    grown = documents_index(folder)
    assert sorted(grown.ids) == folder.documents.ids() and len(grown.ids) == 2
    assert grown.version == version_of(folder.documents.ids())
    ranked = DocumentSearch(folder).search("首次认定奖励70万元")
    rebuild_indexes(folder)
    assert [hit.score for hit in DocumentSearch(folder).search("首次认定奖励70万元")] == [
        hit.score for hit in ranked
    ]

    assert sorted(item_search_index(folder).ids) == sorted(folder.policies.published_states())
    before = search_items(folder, read_shelf(folder, AS_OF), "高企")
    assert before.total > 0
    folder.policies.set_status([hit.item.id for hit in before.hits], ItemStatus.WITHDRAWN)
    assert search_items(folder, read_shelf(folder, AS_OF), "高企").total == 0


def test_an_item_that_is_not_on_the_shelf_is_no_hit(samples: tuple[DataFolder, Shelf]) -> None:
    folder, shelf = samples
    best = search_items(folder, shelf, "高企").hits[0].item
    standings = {**shelf.day.standings, best.document_id: Standing(listed=False)}
    less = replace(shelf, day=Day.of(shelf.day.catalogue, shelf.as_of, standings))
    assert best.id not in {hit.item.id for hit in search_items(folder, less, "高企", limit=1000).hits}


def test_damaged_indexes_are_noticed_and_built_anew(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    _load(folder, sandbox, write_measures(tmp_path / "一.txt"))
    rebuild_indexes(folder)
    grades = {check.name: check.grade for check in check_installation(folder)}
    assert {grades[name] for name in ("事项索引", "事项检索索引", "文件索引")} == {Grade.FINE}
    for name in ("documents", "search"):
        (folder.index_path / name / "current").write_bytes(b"\xff")
    grades = {check.name: check.grade for check in check_installation(folder)}
    assert grades["事项检索索引"] == grades["文件索引"] == Grade.WARNING
    assert len(documents_index(folder).ids) == 1 and len(item_search_index(folder)) > 0
