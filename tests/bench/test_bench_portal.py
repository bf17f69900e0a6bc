"""The benchmark of the portal runs against a real server and keeps its row. No timing is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.bench_portal import PORTAL, main


def test_a_company_signs_in_sees_its_list_and_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("# Results\n", encoding="utf-8")
    main(40, 2, results)
    row = results.read_text(encoding="utf-8").strip().splitlines()[-1]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == len(PORTAL.columns) and cells[1] == "40"
    assert all(int(cell) > 0 for cell in cells[2:7])
    assert "answer to new list" in capsys.readouterr().out
