"""Loading: every file is in or named with its reason, twice is once, and only policies are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_corpus.model import ItemStatus
from policy_corpus.reading.sandbox import Sandbox
from service.actors import SYSTEM
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.shelf import read_shelf
from service.workflows.load_policies import FileOutcome, Outcome, find_files, is_publishable, load_policies
from service.workflows.review_policies import NotPublishable, approve, reject
from tests.factories import make_document
from tests.policy_corpus.reading.zip_factory import zip_with
from tests.service.workflows.conftest import now, write_measures


def load(folder: DataFolder, sandbox: Sandbox, *paths: Path, publish: bool = True) -> list[FileOutcome]:
    return list(load_policies(folder, find_files(paths), sandbox, now, publish=publish))


def test_a_policy_becomes_a_document_and_published_items(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    [outcome] = load(folder, sandbox, write_measures(tmp_path / "in" / "a.txt"))
    assert outcome.outcome is Outcome.LOADED and outcome.items == outcome.published == 2
    document = folder.documents.get(outcome.document_id or "")
    assert document.document_number == "示例府〔2026〕1号"
    for item in folder.policies.items():
        for span in item.spans:
            assert document.text[span.start : span.end] == span.quote
    assert folder.originals.read(document.content_hash) == (tmp_path / "in" / "a.txt").read_bytes()


def test_without_publish_items_wait_as_drafts_until_approved(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    load(folder, sandbox, write_measures(tmp_path / "a.txt"), publish=False)
    drafts = [item.id for item in folder.policies.items(status=ItemStatus.DRAFT)]
    assert len(drafts) == 2 and read_shelf(folder, now().date()).size == 0
    assert approve(folder, drafts[:1], by=SYSTEM, now=now()) == 1
    assert [item.id for item in read_shelf(folder, now().date()).items()] == drafts[:1]
    assert reject(folder, drafts[:1], by=SYSTEM, now=now()) == 1
    assert read_shelf(folder, now().date()).size == 0


def test_the_same_file_twice_is_one_document_and_a_later_publish_publishes_it(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    first, second = write_measures(tmp_path / "a.txt"), write_measures(tmp_path / "copy.txt")
    outcomes = load(folder, sandbox, first, second, publish=False)
    assert [outcome.outcome for outcome in outcomes] == [Outcome.LOADED, Outcome.ALREADY]
    assert len(folder.documents) == 1 and outcomes[1].published == 0
    [again] = load(folder, sandbox, first, publish=True)
    assert again.outcome is Outcome.ALREADY and again.published == 2


def test_one_bad_file_is_named_and_the_others_go_in(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    write_measures(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    (tmp_path / "in" / "c.txt").write_bytes(b"")
    write_measures(tmp_path / "in" / "d.txt", 2, 50)
    outcomes = load(folder, sandbox, tmp_path / "in", tmp_path / "missing.txt")
    by_name = {Path(outcome.path).name: outcome for outcome in outcomes}
    refused = {name for name, outcome in by_name.items() if outcome.outcome is Outcome.REFUSED}
    assert refused == {"b.pdf", "c.txt", "missing.txt"}
    assert all(by_name[name].reason for name in refused)
    assert "找不到文件" in (by_name["missing.txt"].reason or "")
    assert len(folder.documents) == 2


def test_a_near_duplicate_is_named_and_still_published(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    padding = "".join(f"第{n}类设备按目录第{n}页执行。" for n in range(10, 200))
    first, second = write_measures(tmp_path / "a.txt", 1), write_measures(tmp_path / "b.txt", 2, 40)
    for path in (first, second):
        path.write_text(path.read_text(encoding="utf-8") + padding, encoding="utf-8")
    loaded, near = load(folder, sandbox, first, second)
    assert near.near is not None and near.near.document_id == loaded.document_id and not near.near.same
    assert near.published == near.items == 2


def test_a_draft_for_comment_is_recognised_and_never_published(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "draft.txt"
    text = write_measures(path).read_text(encoding="utf-8")
    title = "关于公开征求《示例市支持企业创新若干措施（征求意见稿）》意见的公告\n示例市支持企业创新若干措施（征求意见稿）"
    path.write_text(title + text[text.index("\n") :], encoding="utf-8")
    [outcome] = load(folder, sandbox, path)
    assert outcome.published == 0
    assert read_shelf(folder, now().date()).size == 0
    drafts = [item.id for item in folder.policies.items()]
    if drafts:
        with pytest.raises(NotPublishable, match="征求意见稿"):
            approve(folder, drafts, by=SYSTEM, now=now())


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    shown = write_measures(tmp_path / "in" / "a.txt")
    write_measures(tmp_path / "in" / ".hidden" / "b.txt")
    write_measures(tmp_path / "in" / ".c.txt")
    assert find_files([tmp_path / "in", shown]) == [shown]


def test_a_fault_of_ours_in_one_file_spares_the_others(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = write_measures(tmp_path / "in" / "a.txt")
    bad.write_text(bad.read_text(encoding="utf-8") + "毛病", encoding="utf-8")
    write_measures(tmp_path / "in" / "b.txt", 2, 50)
    task = "tests.policy_corpus.reading.hostile_reader:crash_on_word"
    monkeypatch.setattr("policy_corpus.understanding._TASK", task)
    first, second = load(folder, sandbox, tmp_path / "in")
    assert first.outcome is Outcome.REFUSED and "KeyError，hostile_reader.py 第" in (first.reason or "")
    assert second.outcome is Outcome.LOADED


def test_each_file_of_a_zip_is_a_line_of_the_report(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    measures = write_measures(tmp_path / "a.txt").read_bytes()
    packed = {"示例市/措施.txt": measures, "示例市/空.txt": b"", "Thumbs.db": b"x", "../外.txt": measures}
    (tmp_path / "包.zip").write_bytes(zip_with(packed))
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 and nothing")
    outcomes = load(folder, sandbox, tmp_path / "包.zip", tmp_path / "坏.zip")
    assert [(Path(one.path).relative_to(tmp_path).as_posix(), one.outcome) for one in outcomes] == [
        ("包.zip/示例市/措施.txt", Outcome.LOADED),
        ("包.zip/示例市/空.txt", Outcome.REFUSED),
        ("包.zip/Thumbs.db", Outcome.PASSED_OVER),
        ("包.zip/../外.txt", Outcome.REFUSED),
        ("坏.zip", Outcome.REFUSED),
    ]
    assert outcomes[0].items == 2 and all(one.reason for one in outcomes if one.outcome is Outcome.REFUSED)
    assert folder.documents.get(outcomes[0].document_id or "").file_name == "措施.txt"
    [again, *_] = load(folder, sandbox, tmp_path / "包.zip")
    assert again.outcome is Outcome.ALREADY and len(folder.documents) == 1


def test_what_was_recognised_from_pictures_waits_for_a_person() -> None:
    assert is_publishable(make_document(), None)
    assert not is_publishable(make_document(confidence=0.99), None)


def test_an_item_that_denies_itself_is_held_back_and_the_others_are_published(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = write_measures(tmp_path / "a.txt")
    wrong = "第二条 上年度研发费用占营业收入的比例130%以上的企业，购置设备的，按设备投资额的10%给予补助。"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(wrong if one.startswith("第二条") else one for one in lines), encoding="utf-8")
    for _ in range(2):  # loaded, then there already
        [outcome] = load(folder, sandbox, path)
        assert (outcome.items, outcome.published, outcome.held_back) == (2, 1, 1)
    [left] = folder.policies.items(status=ItemStatus.DRAFT)
    with pytest.raises(NotPublishable, match="超过 100%"):
        approve(folder, [left.id], by=SYSTEM, now=now())


def test_what_is_loaded_and_published_has_its_history_and_its_entry(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = write_measures(tmp_path / "a.txt")
    load(folder, sandbox, path, publish=False)
    first = folder.policies.items()[0].id
    assert [(one.event, one.by) for one in folder.versions.all(first)] == [("load", "命令行")]
    load(folder, sandbox, path)
    assert [one.event for one in folder.versions.all(first)] == ["load", "publish"]
    said = [entry.event for entry in folder.audit.entries(EntryFilter())]
    assert said.count("document.load") == 1 and said.count("item.publish") == 2
