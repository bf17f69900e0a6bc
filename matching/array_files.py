"""Keep named arrays on disk: each as a memory-mapped .npy, the small rest as JSON, never pickle.

Called by whoever keeps a compiled form of the catalogue. Each save writes a folder of its own (`g-…`, a
generation) and then moves the pointer file `current` to it by one rename: a reader sees the old generation
or the new one, whole, and a save that is killed leaves only a folder that nobody points to, which the next
save removes. The manifest holds size and SHA-256 of every file; files that differ are refused, never used.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.durable import sync_folder, write_durably
from matching.errors import IndexNotBuilt

FORMAT_VERSION = 2
_POINTER = "current"
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Stored:
    """What a generation holds: arrays by name, mapped read-only, and details, whatever JSON can say.

    generation: its name; it differs from `current_generation(directory)` once somebody saved anew.
    """

    arrays: Mapping[str, npt.NDArray[Any]]
    details: Any
    generation: str


def write_new(
    directory: Path,
    arrays: Mapping[str, npt.NDArray[Any]],
    details: Any,
    kept: Iterable[str] = (),
    kept_from: str | None = None,
) -> str:
    """Write a complete new generation, switch to it, remove all but it and the last one; return its name.

    arrays: of any shape, no objects; a name may hold `/`. details: what JSON can say. kept: names of arrays that
    are the same in the generation `kept_from`: as long as that is the present one they are taken over, not
    written again. One writer at a time.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with _only_writer(directory):
        before = _last_generation(directory)
        generation = Path(tempfile.mkdtemp(prefix="g-", dir=directory))
        taken = _take_over(directory / before, generation, kept) if before and before == kept_from else {}
        _write_generation(generation, arrays, details, taken)
        write_durably(directory / f"{_POINTER}.new", generation.name.encode())
        (directory / f"{_POINTER}.new").replace(directory / _POINTER)
        sync_folder(directory)
        for old in directory.glob("g-*"):
            if old.name not in (generation.name, before):
                shutil.rmtree(old, ignore_errors=True)
    return generation.name


def read_current(directory: Path, verify: bool = False) -> Stored:
    """The generation pointed at. verify: read every byte and compare checksums; sizes are always compared.

    Raises IndexNotBuilt with the reason: no pointer, foreign format, file missing, wrong size or checksum.
    """
    while True:
        name = current_generation(directory)
        if name is None:
            raise IndexNotBuilt("尚未建立检索索引，请运行 huiqi index")
        try:
            return _read_generation(directory / name, verify)
        except IndexNotBuilt:
            if current_generation(directory) == name:
                raise  # else it was replaced, and removed, while it was read


def _read_generation(generation: Path, verify: bool) -> Stored:
    manifest = _read_manifest(generation)
    arrays = {}
    for key, expected in manifest["arrays"].items():
        path = _file_of(generation, key)
        _check_file(path, expected, verify)
        arrays[key] = _map_array(path, expected)
    return Stored(arrays, manifest["details"], generation.name)


def current_generation(directory: Path) -> str | None:
    """The name of the generation pointed at, None where nothing was ever saved. Raises IndexNotBuilt."""
    try:
        name = (directory / _POINTER).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise _damaged(directory / _POINTER, "已损坏") from error
    if not name.startswith("g-") or Path(name).name != name:
        raise _damaged(directory / _POINTER, "已损坏")
    return name


def keep_generation(directory: Path, generation: str, into: Path) -> None:
    """Give a generation a second place, from which no later save removes it and where `read_current` finds it.

    into: a new folder, best of the same file system, where it takes no room. Raises IndexNotBuilt if it is gone.
    """
    with _only_writer(directory):
        if not (directory / generation / _MANIFEST).is_file():
            raise _damaged(directory / generation, "已被更新的版本取代")
        for path in sorted((directory / generation).rglob("*")):
            if path.is_file():
                _second_name(path, into / path.relative_to(directory))
    write_durably(into / _POINTER, generation.encode())


def under(arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> dict[str, npt.NDArray[Any]]:
    """The arrays whose names begin with the prefix, without it: what one part kept among others."""
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}


def _last_generation(directory: Path) -> str | None:
    """The name of the generation pointed at; None too where the pointer is damaged, for it is written anew."""
    try:
        return current_generation(directory)
    except IndexNotBuilt:
        return None


def _damaged(path: Path, what: str) -> IndexNotBuilt:
    return IndexNotBuilt(f"检索索引文件 {path.name} {what}，请运行 huiqi index 重新建立")


@contextmanager
def _only_writer(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file_of(generation: Path, key: str) -> Path:
    return generation / f"{key}.npy"


def _take_over(before: Path, generation: Path, kept: Iterable[str]) -> dict[str, Any]:
    """Give files of one generation a second name in the next, and tell what the manifest says of them."""
    said = _read_manifest(before)["arrays"]
    names = {name: said[name] for name in kept}
    for name in names:
        _second_name(_file_of(before, name), _file_of(generation, name))
    return names


def _second_name(path: Path, other: Path) -> None:
    other.parent.mkdir(parents=True, exist_ok=True)
    try:
        other.hardlink_to(path)
    except OSError:  # a file system without second names
        shutil.copyfile(path, other)


def _write_generation(
    generation: Path, arrays: Mapping[str, npt.NDArray[Any]], details: Any, taken: Mapping[str, Any]
) -> None:
    entries = dict(taken)
    for key in sorted(arrays.keys() - taken.keys()):
        if PurePosixPath(key).is_absolute() or ".." in PurePosixPath(key).parts:
            raise ValueError(f"an array cannot be called {key}")
        path, array = _file_of(generation, key), np.ascontiguousarray(arrays[key])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            np.save(out, array, allow_pickle=False)
            out.flush()
            os.fsync(out.fileno())
        entries[key] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "size": path.stat().st_size,
            "sha256": _digest(path),
        }
    body = json.dumps(
        {"format_version": FORMAT_VERSION, "details": details, "arrays": entries},
        ensure_ascii=False,
        sort_keys=True,
    )
    sealed = {"sha256": hashlib.sha256(body.encode()).hexdigest(), "manifest": body}
    write_durably(generation / _MANIFEST, json.dumps(sealed, ensure_ascii=False).encode())
    for folder in {_file_of(generation, key).parent for key in entries} | {generation}:
        sync_folder(folder)


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


def _map_array(path: Path, expected: Mapping[str, Any]) -> npt.NDArray[Any]:
    try:
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError) as error:
        raise _damaged(path, "已损坏") from error
    if mapped.dtype.str != expected["dtype"] or list(mapped.shape) != expected["shape"]:
        raise _damaged(path, "格式不符")
    array: npt.NDArray[Any] = mapped.view(np.ndarray)  # a plain array costs less at every slice
    return array


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
