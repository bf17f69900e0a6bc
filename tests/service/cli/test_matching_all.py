"""`huiqi match --all`: its options, and that it is refused where they do not go together."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import cli
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from tests.service.exports.town import COMPANIES, make_town


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["match", *arguments])
    return result.exit_code, result.output


def test_all_companies_are_matched_in_this_process_and_in_two(tmp_path: Path) -> None:
    data = str(make_town(tmp_path / "data"))
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for workers, out in enumerate(files, 1):
        told = ("--data", data, "--as-of", "2026-11-24", "--workers", str(workers))
        assert _run("--all", "--out", str(out), *told) == (0, f"已匹配 {COMPANIES} 家企业，结果写入 {out}\n")
    assert files[0].read_bytes() == files[1].read_bytes()
    with DataFolder.open(tmp_path / "data") as folder:
        assert folder.audit.count(EntryFilter(event="match.export")) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("91360400MA35A00018", "--workers", "2"), "与 --all 一起使用"),
        (("91360400MA35A00018", "--cluster", "local"), "与 --all 一起使用"),
        (("--all", "--out", "a.csv", "--workers", "2", "--cluster", "local"), "只能用一个"),
        (("--all", "--out", "a.csv", "--workers", "0"), "--workers"),
        (("--all", "--out", "a.csv", "--cluster", "local:0"), "tcp://主机:端口"),
        (("--all", "--out", "a.csv", "--cluster", "10.0.0.1"), "tcp://主机:端口"),
        (("--all", "--out", "a.csv", "--cluster", "tcp://10.0.0.1:8786/x"), "tcp://主机:端口"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(arguments: tuple[str, ...], said: str) -> None:
    status, output = _run(*arguments)
    assert status == 2 and said in output
