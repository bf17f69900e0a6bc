"""Keep an index on disk: arrays as memory-mapped .npy, lists and manifest as JSON, never pickle.

Called by `matching.index`. Each save writes a folder of its own (`g-…`) and then moves the pointer file
`current` to it by one rename: a reader sees the old index or the new one, whole, and a save that is killed
leaves only a folder that nobody points to, which the next save removes. The manifest holds size and
SHA-256 of every file; an index whose files differ is refused, never searched.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.errors import IndexNotBuilt

FORMAT_VERSION = 1
_POINTER = "current"
_MANIFEST = "manifest.json"
_ARRAYS = {"idf": "float64", "starts": "int64", "items": "int32", "weights": "float32"}
_LISTS = ("ids", "vocabulary")


@dataclass(frozen=True)
class Stored:
    """What is kept: arrays and lists of strings by name, and the version of the corpus they stand for."""

    corpus_version: str
    arrays: Mapping[str, npt.NDArray[Any]]
    lists: Mapping[str, Sequence[str]]


def write_new(directory: Path, stored: Stored) -> None:
    """Write a complete new generation into the folder, switch to it, remove all but it and the last one."""
    directory.mkdir(parents=True, exist_ok=True)
    with _only_writer(directory):
        before = _pointed_at(directory)
        generation = Path(tempfile.mkdtemp(prefix="g-", dir=directory))
        _write_generation(generation, stored)
        _write_durably(directory / f"{_POINTER}.new", generation.name.encode())
        (directory / f"{_POINTER}.new").replace(directory / _POINTER)
        _sync_folder(directory)
        for old in directory.glob("g-*"):
            if old.name not in (generation.name, before):
                shutil.rmtree(old, ignore_errors=True)


def read_current(directory: Path, verify: bool = True) -> Stored:
    """The generation pointed at; arrays mapped read-only. verify: read every byte and compare checksums.

    Raises IndexNotBuilt with the reason: no pointer, foreign format, file missing, wrong size or checksum.
    """
    name = _pointed_at(directory)
    if name is None:
        raise IndexNotBuilt("尚未建立检索索引，请运行 huiqi index")
    generation = directory / name
    manifest = _read_manifest(generation)
    for file_name, expected in manifest["files"].items():
        _check_file(generation / file_name, expected, verify)
    arrays = {key: _map_array(generation / f"{key}.npy", dtype) for key, dtype in _ARRAYS.items()}
    lists = {key: json.loads((generation / f"{key}.json").read_text("utf-8")) for key in _LISTS}
    return Stored(manifest["corpus_version"], arrays, lists)


def _damaged(path: Path, what: str) -> IndexNotBuilt:
    return IndexNotBuilt(f"检索索引文件 {path.name} {what}，请运行 huiqi index 重新建立")


@contextmanager
def _only_writer(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _pointed_at(directory: Path) -> str | None:
    try:
        name = (directory / _POINTER).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise _damaged(directory / _POINTER, "已损坏") from error
    if not name.startswith("g-") or Path(name).name != name:
        raise _damaged(directory / _POINTER, "已损坏")
    return name


def _write_generation(generation: Path, stored: Stored) -> None:
    for key in _ARRAYS:
        with (generation / f"{key}.npy").open("wb") as out:
            np.save(out, stored.arrays[key], allow_pickle=False)
            out.flush()
            os.fsync(out.fileno())
    for key in _LISTS:
        text = json.dumps(list(stored.lists[key]), ensure_ascii=False)
        _write_durably(generation / f"{key}.json", text.encode())
    names = sorted([f"{key}.npy" for key in _ARRAYS] + [f"{key}.json" for key in _LISTS])
    manifest = {
        "format_version": FORMAT_VERSION,
        "corpus_version": stored.corpus_version,
        "files": {name: {"size": (generation / name).stat().st_size, "sha256": _digest(generation / name)}
                  for name in names},
    }  # fmt: skip
    body = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    sealed = {"sha256": hashlib.sha256(body.encode()).hexdigest(), "manifest": body}
    _write_durably(generation / _MANIFEST, json.dumps(sealed, ensure_ascii=False).encode())
    _sync_folder(generation)


def _read_manifest(generation: Path) -> dict[str, Any]:
    path = generation / _MANIFEST
    try:
        sealed = json.loads(path.read_bytes())
        intact = hashlib.sha256(sealed["manifest"].encode()).hexdigest() == sealed["sha256"]
        manifest: dict[str, Any] = json.loads(sealed["manifest"])
    except FileNotFoundError as error:
        raise _damaged(path, "缺失") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, "已损坏") from error
    if not intact:
        raise _damaged(path, "已损坏")
    if manifest.get("format_version") != FORMAT_VERSION:
        raise _damaged(path, "由其他版本的程序建立")
    return manifest


def _check_file(path: Path, expected: Mapping[str, Any], verify: bool) -> None:
    if not path.is_file():
        raise _damaged(path, "缺失")
    if path.stat().st_size != expected["size"]:
        raise _damaged(path, "大小不符")
    if verify and _digest(path) != expected["sha256"]:
        raise _damaged(path, "内容已损坏")


def _map_array(path: Path, dtype: str) -> npt.NDArray[Any]:
    try:
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError as error:
        raise _damaged(path, "已损坏") from error
    if array.dtype != np.dtype(dtype) or array.ndim != 1:
        raise _damaged(path, "格式不符")
    return array


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
