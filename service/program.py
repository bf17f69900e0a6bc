"""Which program this is, to the byte: processes that name the same give the same answers. Called by match runs."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("matching", "policy_corpus", "service")
_KINDS = (".py", ".csv", ".json", ".txt")  # code and the tables it reads
# What decides an answer beside our own files.
_LIBRARIES = ("numpy", "jieba", "rjieba", "opencc", "pyarrow", "dask", "distributed")


@cache
def program() -> str:
    """Version and fingerprint of our files, of the libraries that decide answers, and of Python."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        digest.update(f" {library} {_version(library)}".encode())
    root = Path(__file__).parents[1]
    for path in sorted(path for package in _PACKAGES for path in (root / package).rglob("*")):
        if path.suffix in _KINDS:
            digest.update(f" {path.relative_to(root).as_posix()} {path.stat().st_size} ".encode())
            digest.update(path.read_bytes())
    return f"{_version('huiqi')}+{digest.hexdigest()[:10]}"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "-"
