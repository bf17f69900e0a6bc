"""DOC, WPS, RTF and ODT by an office program: numbers kept, nothing reached, nothing left behind, refused without one."""

from __future__ import annotations

import os
import shutil
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import Sandbox, read_safely
from policy_corpus.reading.office import OfficeLimits, convert, find_antiword, find_office
from tests.policy_corpus.reading.docx_factory import zip_of

FIXTURES = Path(__file__).parent / "fixtures"
ODT = "application/vnd.oasis.opendocument.text"
DOC = (FIXTURES / "notice.doc").read_bytes()
needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
needs_antiword = pytest.mark.skipif(find_antiword() is None, reason="antiword is not installed")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of the test's own, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


def only(monkeypatch: pytest.MonkeyPatch, folder: Path, **programs: str | None) -> None:
    """Let only these programs be found: links to real ones."""
    (folder / "bin").mkdir()
    for name, path in programs.items():
        if path is not None:
            (folder / "bin" / name).symlink_to(path)
    monkeypatch.setenv("PATH", str(folder / "bin"))


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a shell script in the place of LibreOffice."""
    (folder / "bin").mkdir()
    soffice = folder / "bin" / "soffice"
    soffice.write_text(f"#!/bin/sh\n{script}\n")
    soffice.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")


def odt(body: str) -> bytes:
    names = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f"{entry.format('/', ODT)}{entry.format('content.xml', 'text/xml')}</manifest:manifest>"
    )
    parts = {"mimetype": ODT, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zip_of({name: text.encode() for name, text in parts.items()})


@needs_office
@pytest.mark.parametrize("name", ["notice.doc", "notice.wps"])
def test_automatic_numbers_and_tables_survive(sandbox: Sandbox, name: str) -> None:
    reading = read_safely(sandbox, (FIXTURES / name).read_bytes(), name)
    assert reading.format == name[-3:] and not reading.warnings
    assert reading.title == "示例市人民政府关于印发示例市支持企业创新若干措施的通知"
    lines = reading.text.split("\n")
    assert lines[2:6] == [
        "第一条　对首次认定的高新技术企业，给予一次性奖励30万元。",
        "第二条　支持标准如下：",
        "（一）上年度营业收入2000万元以上的，奖励20万元；",
        "（二）上年度营业收入1亿元以上的，奖励50万元。",
    ]
    assert lines[7] == "升规奖励\t首次升规入统\t10万元"


@needs_office
def test_rtf_and_odt_are_read_the_same_way(sandbox: Sandbox) -> None:
    escaped = "".join(f"\\u{ord(char)}?" for char in "对示例企业给予奖励。")
    rtf = read_safely(sandbox, f"{{\\rtf1\\ansi {escaped}\\par}}".encode(), "a.doc")
    assert (rtf.format, rtf.text) == ("rtf", "对示例企业给予奖励。")
    reading = read_safely(sandbox, odt("<text:p>对示例企业给予奖励。</text:p>"), "a.odt")
    assert (reading.format, reading.text) == ("odt", "对示例企业给予奖励。")


@needs_antiword
def test_antiword_reads_the_text_and_says_that_numbers_may_be_missing(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(monkeypatch, tmp_path, antiword=find_antiword())
    reading = read_safely(sandbox, DOC, "a.doc")
    assert "对首次认定的高新技术企业，给予一次性奖励30万元。" in reading.text.split("\n")
    assert "升规奖励\t首次升规入统\t10万元" in reading.text
    assert "自动编号" in reading.warnings[0]
    with pytest.raises(UnreadableDocument, match="需要 LibreOffice，"):
        read_safely(sandbox, b"{\\rtf1 x}", "a.rtf")


def test_without_a_program_the_reason_names_what_to_install_and_what_to_save_as(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(monkeypatch, tmp_path)
    with pytest.raises(UnreadableDocument, match=r"LibreOffice（或 antiword），.*另存为 \.docx 后重新载入"):
        read_safely(sandbox, DOC, "a.doc")
    with pytest.raises(UnreadableDocument, match="WPS 文字"):
        read_safely(sandbox, DOC, "a.wps")


def test_a_locked_file_says_so_whoever_is_there(sandbox: Sandbox) -> None:
    locked = bytearray(DOC)
    at = DOC.index(b"\xec\xa5")
    (flags,) = struct.unpack_from("<H", DOC, at + 10)
    struct.pack_into("<H", locked, at + 10, flags | 0x0100)
    with pytest.raises(UnreadableDocument, match="打开密码"):
        read_safely(sandbox, bytes(locked), "a.doc")


@needs_office
@pytest.mark.parametrize("keep", [600, 3000])
def test_a_broken_file_is_refused(sandbox: Sandbox, keep: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"无法转换|没有找到正文"):
        read_safely(sandbox, DOC[:keep] + b"WordDocument".decode().encode("utf-16-le"), "a.doc")


def test_a_bomb_is_refused_before_any_program_sees_it(sandbox: Sandbox) -> None:
    bomb = zip_of({"mimetype": ODT.encode(), "content.xml": b" " * (60 << 20)})
    with pytest.raises(UnreadableDocument, match="ODF 文件的压缩结构异常（疑似压缩炸弹）"):
        read_safely(sandbox, bomb, "a.odt")


@needs_office
@pytest.mark.parametrize("text", ["{" * 100_000, "\\bin2000000000 x"], ids=["nested", "short of its bytes"])
def test_hostile_rtf_ends_as_a_reason(text: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"无法转换|转换超过"):
        convert(f"{{\\rtf1 {text}}}".encode(), "rtf", OfficeLimits(wall_s=5))


@needs_office
def test_what_a_file_links_to_is_neither_fetched_nor_read(sandbox: Sandbox, tmp_path: Path) -> None:
    hits: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None:
            pass

    secret = tmp_path / "secret.txt"
    secret.write_text("不该读到")
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        picture = f"http://127.0.0.1:{server.server_port}/x.png"
        body = (
            f'<text:p>甲<draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{picture}"/></draw:frame></text:p>'
            f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}"/><text:p>乙</text:p></text:section>'
        )
        odt_text = read_safely(sandbox, odt(body), "a.odt").text
        field = f'INCLUDETEXT "{secret.as_uri()}" }}{{\\fldrslt x}}}}{{\\field{{\\*\\fldinst INCLUDEPICTURE "{picture}" \\\\d'
        rtf = f"{{\\rtf1\\ansi text {{\\field{{\\*\\fldinst {field}}}{{\\fldrslt y}}}}\\par}}"
        rtf_text = read_safely(sandbox, rtf.encode(), "a.rtf").text
        server.shutdown()
    assert "甲" in odt_text and "text" in rtf_text
    assert not hits and "不该读到" not in odt_text + rtf_text


def test_a_program_that_hangs_is_ended_with_all_it_has_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    marks = tmp_path / "started"
    program(tmp_path, monkeypatch, f'sleep 300 & echo $! > "{marks}"; wait')
    with pytest.raises(UnreadableDocument, match="转换超过 1 秒"):
        convert(DOC, "doc", OfficeLimits(wall_s=1))
    child = int(marks.read_text())
    for _ in range(100):
        if not _is_alive(child):
            break
        time.sleep(0.05)
    assert not _is_alive(child)


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


@pytest.mark.parametrize("script", ["exit 3", "kill -9 $$", "echo noise; echo noise >&2"])
def test_a_program_that_fails_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    program(tmp_path, monkeypatch, script)
    with pytest.raises(UnreadableDocument, match="无法转换"):
        convert(DOC, "doc")


def test_the_program_sees_none_of_our_settings_and_is_bounded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HUIQI_SECRET", "示例")
    seen = tmp_path / "seen"
    program(tmp_path, monkeypatch, f'env > "{seen}"; ulimit -v >> "{seen}"; ulimit -t >> "{seen}"')
    with pytest.raises(UnreadableDocument):
        convert(DOC, "doc", OfficeLimits(memory_bytes=1 << 30, wall_s=7))
    text = seen.read_text()
    assert "HUIQI" not in text and text.split()[-2:] == [str(1 << 20), "7"]


def test_what_a_killed_process_left_is_swept_away(temporary: Path) -> None:
    left = temporary / "huiqi-office-old"
    (left / "profile").mkdir(parents=True)
    os.utime(left, (0, 0))
    fresh = temporary / "huiqi-office-new"
    fresh.mkdir()
    with pytest.raises(UnreadableDocument):
        convert(b"junk", "odt", OfficeLimits(wall_s=30))
    assert not left.exists() and fresh.exists()
    shutil.rmtree(fresh)
