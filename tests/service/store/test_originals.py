"""Original files: kept under their content, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_corpus.errors import DocumentNotFound
from service.store.originals import Originals, content_hash


def test_the_bytes_come_back_and_twice_is_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    digest = originals.keep(b"policy")
    assert originals.keep(b"policy") == digest == content_hash(b"policy")
    assert originals.read(digest) == b"policy"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [digest]


def test_a_file_cut_short_is_written_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    digest = originals.keep(b"policy")
    originals.path(digest).write_bytes(b"pol")
    originals.keep(b"policy")
    assert originals.read(digest) == b"policy"


def test_a_missing_original_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound, match="请重新载入"):
        Originals(tmp_path).read("0" * 64)
