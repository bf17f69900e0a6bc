"""Finding and reading what an administrator names: nothing is passed over, nothing hangs, every refusal helps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.sandbox import Sandbox
from policy_corpus.reading.signature import MAX_FILE_BYTES
from service.store.data_folder import DataFolder
from service.workflows.load_policies import Outcome, load_policies
from service.workflows.policy_files import find_files, printable, read_file
from tests.service.workflows.conftest import now, write_measures


def reason(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read_file(path)
    return refusal.value.reason


def test_links_in_a_circle_are_walked_once_and_a_folder_named_twice_counts_once(tmp_path: Path) -> None:
    shown = write_measures(tmp_path / "in" / "a.txt")
    outside = write_measures(tmp_path / "outside" / "b.txt", 2)
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "linked").symlink_to(outside.parent)
    found = find_files([tmp_path / "in", tmp_path / "in"])
    assert found == [shown, tmp_path / "in" / "linked" / "b.txt"]


def test_each_odd_file_has_its_reason(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "循环" in reason(tmp_path / "loop")
    assert "已不存在" in reason(tmp_path / "gone")
    assert "不是普通文件" in reason(tmp_path / "pipe")
    assert "不是普通文件" in reason(Path(os.devnull))
    assert "超过 50 MB" in reason(tmp_path / "huge.txt")
    assert "过长" in reason(tmp_path / ("长" * 300))
    assert find_files([tmp_path / ("长" * 300)]) == [tmp_path / ("长" * 300)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_says_so(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    write_measures(locked / "a.txt").chmod(0)
    assert "没有读取权限" in reason(locked / "a.txt")
    locked.chmod(0)
    try:
        assert find_files([tmp_path]) == [locked]
        assert "没有读取权限" in reason(locked)
    finally:
        locked.chmod(0o700)


def test_names_in_another_encoding_or_with_line_breaks_are_loaded_and_shown(
    folder: DataFolder, sandbox: Sandbox, tmp_path: Path
) -> None:
    text = write_measures(tmp_path / "in" / "a\nb.txt").read_text(encoding="utf-8")
    for number, name in enumerate(("示例办法.txt".encode("gb18030"), b"bad\xff\xfe.txt"), 2):
        (tmp_path / "in" / os.fsdecode(name)).write_text(text.replace("1号", f"{number}号"), encoding="utf-8")
    outcomes = list(load_policies(folder, find_files([tmp_path / "in"]), sandbox, now))
    assert [outcome.outcome for outcome in outcomes] == [Outcome.LOADED] * 3
    names = {document.file_name for document in folder.documents.all()}
    assert names == {"a\ufffdb.txt", "示例办法.txt", "bad\ufffd\ufffd.txt"}
    for outcome in outcomes:
        assert outcome.path.isprintable() and outcome.path.encode("utf-8")


def test_direction_marks_cannot_disguise_a_name() -> None:
    assert printable("措施\u202etxt.exe") == "措施\ufffdtxt.exe"
