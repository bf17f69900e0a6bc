"""The doctor names the programs that formats need, and what a missing one costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_corpus.reading.recognising import is_installed
from service.store.data_folder import DataFolder
from service.workflows.check_installation import Grade, check_installation


def test_a_missing_program_is_named_with_what_it_costs(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {check.name: check for check in check_installation(folder)}
    assert found["soffice"].grade is Grade.WARNING and "自动编号" in found["soffice"].message
    assert "antiword" in found["soffice"].message and ".wps" in found["antiword"].message
    recognition = found["文字识别"]
    assert (recognition.grade is Grade.FINE) is is_installed()
    assert is_installed() or "make ocr" in recognition.message
