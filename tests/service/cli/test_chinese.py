"""The command line speaks Chinese, also where Click itself finds the fault."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        capture_output=True,
        text=True,
        env={"LANG": "C.UTF-8"},
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("math",), "没有 math 这个命令"),
        (("match", "--foo"), "没有 --foo 这个选项"),
        (("match", "--top", "0", "x"), "超出范围"),
        (("match", "--as-of", "gestern", "x"), "不是日期"),
        (("load",), "缺少参数"),
        (("enterprises", "import", "/没有这个文件.xlsx"), "不存在"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_status_2(arguments: tuple[str, ...], said: str) -> None:
    answer = run(*arguments)
    assert answer.returncode == 2 and said in answer.stderr and "用法：" in answer.stderr
    assert not re.search(r"Error|Usage|Try|Invalid", answer.stderr)


def test_help_is_in_chinese() -> None:
    answer = run("match", "--help")
    assert answer.returncode == 0 and "选项" in answer.stdout and "Show this" not in answer.stdout
