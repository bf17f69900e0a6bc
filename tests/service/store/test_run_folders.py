"""The folder of a run: there during the run, gone after it, whatever way it ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from service.store.run_folders import remove_left_over, run_folder

ROOT = Path(__file__).parents[3]


def _left(runs: Path) -> list[str]:
    return sorted(path.name for path in runs.iterdir() if path.is_dir())


def test_a_folder_is_gone_after_its_run_even_after_an_error(tmp_path: Path) -> None:
    with run_folder(tmp_path / "runs") as path:
        (path / "deep").mkdir()
        (path / "deep" / "piece").touch()
    with pytest.raises(KeyboardInterrupt), run_folder(tmp_path / "runs"):
        raise KeyboardInterrupt
    assert _left(tmp_path / "runs") == []


def test_what_a_killed_run_leaves_is_removed_and_a_living_run_is_left_alone(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom service.store.run_folders import run_folder\n"
        "with run_folder(Path(sys.argv[1])):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
    assert done.returncode == -9
    (killed,) = _left(tmp_path)
    (tmp_path / "gone-half").mkdir()  # killed while it was removing
    with run_folder(tmp_path) as living:
        assert _left(tmp_path) == [living.name] != [killed]
        with run_folder(tmp_path) as other:
            assert _left(tmp_path) == sorted([living.name, other.name])
        assert remove_left_over(tmp_path) == 0
        assert _left(tmp_path) == [living.name]
