from __future__ import annotations

import os
import signal
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Link, Reading
from policy_corpus.reading import Limits, Sandbox
from tests.policy_corpus.reading.docx_factory import make_docx, para
from tests.policy_corpus.reading.pdf_factory import flow, make_pdf

HOSTILE = "tests.policy_corpus.reading.hostile_reader:read"
MB = 1024 * 1024
TIGHT = Limits(memory_bytes=256 * MB, cpu_s=1, wall_s=60, documents_per_child=100)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(TIGHT, HOSTILE) as sandbox:
        yield sandbox


def pid(sandbox: Sandbox) -> str:
    return sandbox.read(b"ok", "x").text.split()[1]


def test_reading_comes_back_whole(sandbox: Sandbox) -> None:
    reading = sandbox.read(b"ok", "措施.txt")
    assert reading == Reading(
        "txt", reading.text, "标题", {"文号": "〔2026〕1号"}, (Link("附件", "a.pdf"),), ("提示",)
    )
    assert reading.text.startswith("措施.txt")


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("spin", "处理器超过 1 秒"),
        ("eat", "内存超过 256 MB"),
        ("crash", "异常退出"),
        ("exit", "异常退出"),
        ("recurse", r"无法解析（RecursionError，hostile_reader\.py 第 \d+ 行）"),
        ("refuse", "^自己的理由$"),
        ("open", "无法解析（OSError，"),
    ],
)
def test_each_misfortune_has_its_reason_and_the_next_file_reads(
    sandbox: Sandbox, order: str, reason: str
) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        sandbox.read(order.encode(), "坏.pdf")
    assert sandbox.read(b"ok", "好.txt").text.startswith("好.txt")


def test_hanging_parser_is_ended_by_the_clock() -> None:
    with Sandbox(Limits(wall_s=1), HOSTILE) as sandbox:
        with pytest.raises(UnreadableDocument, match="解析超过 1 秒"):
            sandbox.read(b"hang", "坏.pdf")
        assert sandbox.read(b"ok", "好.txt").title == "标题"


def test_one_child_serves_many_files_and_is_replaced_in_time() -> None:
    with Sandbox(Limits(documents_per_child=3), HOSTILE) as sandbox:
        pids = [pid(sandbox) for _ in range(7)]
    assert len(set(pids[:3])) == len(set(pids[3:6])) == 1
    assert len(set(pids)) == 3


def test_child_that_died_while_idle_is_replaced_unnoticed(sandbox: Sandbox) -> None:
    first = pid(sandbox)
    os.kill(int(first), signal.SIGKILL)
    assert pid(sandbox) != first


def test_noise_of_parsers_reaches_neither_protocol_nor_console(
    sandbox: Sandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    assert sandbox.read(b"print", "x").title == "标题"
    assert sandbox.read(b"ok", "y").text.startswith("y")
    assert capfd.readouterr() == ("", "")


def test_child_can_write_no_file(sandbox: Sandbox, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with pytest.raises(UnreadableDocument):
        sandbox.read(b"write", str(target))
    assert not target.exists() or target.stat().st_size == 0


def test_child_has_no_terminal_and_none_of_our_settings(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIQI_SECRET", "示例")
    assert sandbox.read(b"limits", "x").text == "False True []"


def test_a_file_whose_child_is_killed_is_read_by_the_next_one(tmp_path: Path) -> None:
    with Sandbox(TIGHT, HOSTILE) as sandbox:
        mark = tmp_path / "killed"
        killed = sandbox.run("tests.policy_corpus.reading.hostile_reader:die_once", b"once", str(mark))
        assert killed == {"survived": True}
        with pytest.raises(UnreadableDocument, match="被系统中止"):
            sandbox.run("tests.policy_corpus.reading.hostile_reader:die", b"always", "x")
        assert sandbox.read(b"ok", "好.txt").text.startswith("好.txt")


def test_an_answer_beyond_measure_is_refused() -> None:
    with Sandbox(reader=HOSTILE) as sandbox, pytest.raises(UnreadableDocument, match="内容过多"):
        sandbox.run("tests.policy_corpus.reading.hostile_reader:flood", b"x", "x")


def test_closing_ends_the_child() -> None:
    with Sandbox(TIGHT, HOSTILE) as sandbox:
        child = int(pid(sandbox))
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_empty_and_oversized_files_are_refused_without_a_child() -> None:
    with Sandbox(TIGHT) as sandbox:
        with pytest.raises(UnreadableDocument, match="文件是空的"):
            sandbox.read(b"", "a.txt")
        with pytest.raises(UnreadableDocument, match="超过 50 MB"):
            sandbox.read(b"a" * (50 * MB + 1), "a.txt")


def test_threads_may_share_a_sandbox(sandbox: Sandbox) -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: texts.append(sandbox.read(b"ok", f"文件{n}").text.split()[0]))  # type: ignore[misc]  # default argument
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == [f"文件{n}" for n in range(8)]


def test_real_files_read_the_same_as_in_process() -> None:
    from policy_corpus.reading import read_document

    files = {
        "a.txt": "第一条 对企业给予奖励。".encode("gb18030"),
        "b.docx": make_docx(para("第一条 对企业给予奖励。")),
        "c.pdf": make_pdf(flow(["第一条 对企业给予奖励。"])),
        "d.html": "<html><body><p>第一条 对企业给予奖励。</p></body></html>".encode(),
        "e.md": "# 示例\n\n第一条 对企业给予奖励。".encode(),
    }
    with Sandbox() as sandbox:
        for name, data in files.items():
            assert sandbox.read(data, name) == read_document(data, name)


def test_hostile_files_are_refused_and_the_next_one_reads() -> None:
    files = {
        "嵌套.html": b"<div>" * 100_000,
        "嵌套.docx": make_docx("<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000),
        "炸弹.docx": make_docx("", parts={"word/document.xml": b" " * (20 << 20)}),
        "截断.pdf": make_pdf(flow(["第一条"]))[:-40],
        "程序.txt": b"\x7fELF" + bytes(range(256)) * 20,
    }
    with Sandbox(Limits(memory_bytes=400 * MB, cpu_s=10)) as sandbox:
        for name, data in files.items():
            with pytest.raises(UnreadableDocument) as refusal:
                sandbox.read(data, name)
            assert refusal.value.reason and refusal.value.reason.isprintable()
            assert sandbox.read("对企业给予奖励。".encode(), "好.txt").format == "txt"


def test_pdf_bomb_is_refused_for_its_hunger() -> None:
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(bytes(MB)) for _ in range(250)) + packer.flush()
    data = make_pdf(flow(["第一条"]))
    start, end = data.index(b"<< /Length"), data.index(b"endstream")
    bomb = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\n" % (len(packed), packed)
    with Sandbox(Limits(memory_bytes=200 * MB)) as sandbox:
        with pytest.raises(UnreadableDocument, match="内存超过 200 MB"):
            sandbox.read(data[:start] + bomb + data[end:], "炸弹.pdf")
        assert sandbox.read("对企业给予奖励。".encode(), "好.txt").format == "txt"
