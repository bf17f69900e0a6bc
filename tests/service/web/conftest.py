"""What several tests of pages stand on: a library in the middle of its life, filled once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.service.web.admin.lifecycle import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only: take `data`."""
    path = tmp_path_factory.mktemp("lifecycle") / "data"
    fill(path)
    return path


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(filled, tmp_path / "data"))
