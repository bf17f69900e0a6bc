"""Which way the loops run: by force, by the amount of work, by what is installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from matching.kernels import switch


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch, "_much_to_do", False)
    monkeypatch.delenv(switch.VARIABLE, raising=False)


def test_little_work_runs_plain_and_much_work_compiled() -> None:
    assert switch.loops("postings", 10).__name__.endswith("_plain")
    assert switch.loops("postings", switch.WORTH_COMPILING).__name__.endswith("_compiled")
    assert switch.loops("postings", 10).__name__.endswith("_compiled")  # it is loaded by now


def test_a_process_that_expects_much_runs_compiled() -> None:
    assert not switch.compiled()
    switch.expect_much()
    assert switch.compiled()


def test_either_way_can_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    with switch.force("compiled"):
        assert switch.compiled(0)
        with switch.force("plain"):
            assert not switch.compiled(switch.WORTH_COMPILING)
        assert switch.compiled(0)
    monkeypatch.setenv(switch.VARIABLE, "plain")
    assert not switch.compiled(switch.WORTH_COMPILING)
    monkeypatch.setenv(switch.VARIABLE, "compiled")
    assert switch.compiled(0)


def test_without_numba_everything_runs_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch, "numba_is_there", lambda: False)
    switch.expect_much()
    with switch.force("compiled"):
        assert not switch.compiled()
    assert not switch.compiled(switch.WORTH_COMPILING)


def test_a_small_index_does_not_load_numba() -> None:
    program = (
        "import sys\n"
        "from matching.text_index import TextIndex\n"
        "index = TextIndex.build([['甲', '乙'], ['丙']] * 100)\n"
        "index.add([['丁']])\n"
        "index.refresh()\n"
        "index.top_many(index.column_rows([['甲']]))\n"
        "assert 'numba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
