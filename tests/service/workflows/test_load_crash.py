"""kill -9 in the middle of a load, then the same load again: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from service.store.data_folder import DataFolder
from tests.service.workflows.conftest import write_measures

FILES = 12
KILLS = 6


def start(data: Path, files: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "service.cli", "--data", str(data), "load", str(files), "--publish"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def contents(data: Path) -> dict[str, list[object]]:
    with DataFolder.open(data) as folder:
        stored = sorted(path.name for path in (data / "files").rglob("*") if path.is_file())
        return {
            "documents": [(document.id, document.title) for document in folder.documents.all()],
            "items": folder.policies.items(),
            "originals": [name for name in stored if "." not in name],
            "integrity": [row[0] for row in folder.db.execute("pragma integrity_check").fetchall()],
        }


def test_a_load_killed_again_and_again_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    files = tmp_path / "in"
    for number in range(FILES):
        write_measures(files / f"{number:02d}.txt", number + 1, 10 + number)
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    began = time.monotonic()
    assert start(undisturbed, files).wait() == 0
    whole_s = time.monotonic() - began
    chance = random.Random(7)
    for _ in range(KILLS):
        process = start(killed, files)
        time.sleep(chance.uniform(0, whole_s))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert start(killed, files).wait() == 0
    assert contents(killed) == contents(undisturbed)
    assert len(contents(killed)["documents"]) == FILES
