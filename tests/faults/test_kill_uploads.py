"""A few kills of web and worker in the middle of uploads; the long run is `python -m tests.faults.kill_uploads`."""

from __future__ import annotations

from pathlib import Path

from tests.faults.kill_uploads import run


def test_whatever_is_killed_every_accepted_file_ends_once(tmp_path: Path) -> None:
    found = run(tmp_path / "data", kills=4, kills_a_round=2, seed=5)
    assert not found.faults
    assert (found.kills, found.accepted) == (4, 40)
