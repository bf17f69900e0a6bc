"""Arrays on disk: round trip, switch, kill and damage."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from matching import array_files
from matching.array_files import current_generation, read_current, write_new
from matching.errors import IndexNotBuilt

ARRAYS = {
    "text/ones": np.arange(7, dtype=np.uint16),
    "text/norms": np.linspace(0, 1, 5),
    "grid": np.arange(6, dtype=np.int32).reshape(2, 3),
    "nothing": np.empty(0, np.float32),
}


def test_what_was_written_is_read_back_mapped_and_read_only(tmp_path: Path) -> None:
    name = write_new(tmp_path / "a" / "b", ARRAYS, {"版本": 7, "列": ["甲", None]})
    stored = read_current(tmp_path / "a" / "b", verify=True)
    assert stored.generation == name == current_generation(tmp_path / "a" / "b")
    assert stored.details == {"版本": 7, "列": ["甲", None]}
    assert set(stored.arrays) == set(ARRAYS)
    for key, array in ARRAYS.items():
        assert stored.arrays[key].dtype == array.dtype
        assert stored.arrays[key].tolist() == array.tolist()
        assert not stored.arrays[key].flags.writeable
    assert isinstance(stored.arrays["text/ones"].base, np.memmap)


def test_a_new_generation_replaces_the_old_and_tidies_up(tmp_path: Path) -> None:
    first = write_new(tmp_path, {"x": np.arange(3)}, 1)
    held = read_current(tmp_path)
    for number in (2, 3, 4):
        assert write_new(tmp_path, {"x": np.arange(number)}, number) != first
    assert read_current(tmp_path).details == 4
    assert len(list(tmp_path.glob("g-*"))) == 2
    assert held.arrays["x"].tolist() == [0, 1, 2]  # a reader of the old one is not disturbed
    assert held.generation != current_generation(tmp_path)


def test_a_save_that_was_killed_changes_nothing(tmp_path: Path) -> None:
    write_new(tmp_path, ARRAYS, 7)
    half = tmp_path / "g-halfdone"
    half.mkdir()
    (half / "grid.npy").write_bytes(b"\x93NUMPY")
    assert read_current(tmp_path).details == 7
    write_new(tmp_path, ARRAYS, 8)
    assert not half.exists()


def test_a_writer_waits_for_the_other(tmp_path: Path) -> None:
    write_new(tmp_path, ARRAYS, 1)
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # free again after a save
        with (tmp_path / "lock").open("w") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_generation_replaced_while_it_is_read_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_new(tmp_path, ARRAYS, 1)
    point = array_files.current_generation

    def late(directory: Path) -> str | None:
        name = point(directory)
        monkeypatch.undo()
        write_new(tmp_path, ARRAYS, 2)  # two saves between the pointer and the files
        write_new(tmp_path, ARRAYS, 3)
        return name

    monkeypatch.setattr(array_files, "current_generation", late)
    assert read_current(tmp_path).details == 3


def test_nothing_saved_is_said_in_chinese_with_the_next_step(tmp_path: Path) -> None:
    assert current_generation(tmp_path / "nowhere") is None
    with pytest.raises(IndexNotBuilt, match="huiqi index"):
        read_current(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_an_array_cannot_be_written_outside_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        write_new(tmp_path / "in", {name: np.arange(3)}, None)
    assert current_generation(tmp_path / "in") is None


def test_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        write_new(tmp_path, {"x": np.array([{}], object)}, None)


def _files(directory: Path) -> list[Path]:
    (generation,) = directory.glob("g-*")
    return sorted(path for path in generation.rglob("*") if path.is_file())


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "empty", "extend"])
def test_every_damaged_file_is_noticed(damage: str, tmp_path: Path) -> None:
    write_new(tmp_path / "good", ARRAYS, {})
    for number, path in enumerate(_files(tmp_path / "good")):
        bad = tmp_path / f"bad{number}"
        shutil.copytree(tmp_path / "good", bad)
        victim = bad / path.relative_to(tmp_path / "good")
        content = bytearray(victim.read_bytes())
        if damage == "remove":
            victim.unlink()
        else:
            content[len(content) // 2] ^= 1
            damaged = {
                "flip": content,
                "truncate": content[:-1],
                "empty": b"",
                "extend": bytes(content) + b" ",
            }
            victim.write_bytes(damaged[damage])
        with pytest.raises(IndexNotBuilt, match=path.name):
            read_current(bad, verify=True)


def test_without_a_full_check_a_wrong_size_is_still_noticed(tmp_path: Path) -> None:
    write_new(tmp_path, ARRAYS, {})
    victim = next(tmp_path.glob("g-*/text/ones.npy"))
    victim.write_bytes(victim.read_bytes()[:-2])
    with pytest.raises(IndexNotBuilt, match="大小不符"):
        read_current(tmp_path)


@pytest.mark.parametrize(
    "pointer",
    [b"", b"../elsewhere", b"g-gone", b"\xff\xfe", b"g-/../x"],
    ids=["empty", "outside", "gone", "bytes", "path"],
)
def test_a_damaged_pointer_is_noticed(pointer: bytes, tmp_path: Path) -> None:
    write_new(tmp_path, ARRAYS, {})
    (tmp_path / "current").write_bytes(pointer)
    with pytest.raises(IndexNotBuilt):
        read_current(tmp_path)


def _reseal(directory: Path, old: str, new: str) -> None:
    manifest = next(directory.glob("g-*")) / "manifest.json"
    body = json.loads(manifest.read_text("utf-8"))["manifest"].replace(old, new)
    sealed = {"manifest": body, "sha256": hashlib.sha256(body.encode()).hexdigest()}
    manifest.write_text(json.dumps(sealed), "utf-8")


def test_files_of_another_format_are_refused(tmp_path: Path) -> None:
    write_new(tmp_path, ARRAYS, {})
    _reseal(tmp_path, '"format_version": 2', '"format_version": 99')
    with pytest.raises(IndexNotBuilt, match="其他版本"):
        read_current(tmp_path)


def test_an_array_of_another_kind_than_said_is_refused(tmp_path: Path) -> None:
    write_new(tmp_path, ARRAYS, {})
    _reseal(tmp_path, "<u2", "<i2")
    with pytest.raises(IndexNotBuilt, match="格式不符"):
        read_current(tmp_path)


def test_a_damaged_pointer_does_not_keep_a_new_generation_from_being_saved(tmp_path: Path) -> None:
    write_new(tmp_path, {"a": np.arange(3)}, {})
    (tmp_path / "current").write_bytes(b"\xff")
    write_new(tmp_path, {"a": np.arange(5)}, {})
    assert read_current(tmp_path, verify=True).arrays["a"].tolist() == [0, 1, 2, 3, 4]
