"""Real processes: their answers, and what happens when one of them, or this one, is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from matching.errors import PieceFailed
from matching.processes import in_processes
from tests.matching.chores import double, end_own_process, end_own_process_once, fail, own_id

ROOT = Path(__file__).parents[2]


def _wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_answers_come_in_order_and_an_error_of_the_task_is_raised() -> None:
    with in_processes(2) as run:
        assert list(run(double, range(20))) == [(n, 2 * n) for n in range(20)]
        with pytest.raises(ValueError, match="trouble"):
            list(run(fail, ["trouble"]))


def test_a_killed_process_costs_no_answer_and_one_that_always_kills_is_named(tmp_path: Path) -> None:
    with in_processes(2) as run:
        markers = [str(tmp_path / f"{n}") for n in (1, 2)]
        assert [answer for _, answer in run(end_own_process_once, markers)] == ["done", "done"]
    with in_processes(1) as run:
        answers = run(end_own_process, ["harmless", "deadly", "harmless"])
        assert next(answers) == ("harmless", "harmless")
        with pytest.raises(PieceFailed, match="deadly"):
            list(answers)


def test_the_processes_end_with_the_block_even_when_it_is_left_by_an_error() -> None:
    with pytest.raises(KeyboardInterrupt), in_processes(2) as run:
        answers = run(own_id, range(100))
        started = {next(answers)[1] for _ in range(3)}
        raise KeyboardInterrupt
    assert started and not any(map(_is_alive, started))


def test_the_processes_end_when_the_one_that_started_them_is_killed() -> None:
    code = (
        "from matching.processes import in_processes\n"
        "from tests.matching.chores import own_id\n"
        "with in_processes(1) as run:\n"
        "    for _, process in run(own_id, iter(int, 1)):\n"
        "        print(process, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert _is_alive(worker)
        parent.send_signal(signal.SIGKILL)
        parent.stdout.close()
    _wait_until(lambda: not _is_alive(worker))
