"""ZIPs: names as they were written, files inside files, and everything hostile refused by name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import Sandbox
from policy_corpus.reading import archive as archive_module
from policy_corpus.reading.archive import ArchiveLimits, members, unpack
from tests.policy_corpus.reading.docx_factory import make_docx, para, zip_of
from tests.policy_corpus.reading.zip_factory import (
    locked,
    lying_about_size,
    overlapping,
    with_link,
    with_unicode_path,
    zip_with,
)

MB = 1024 * 1024
FILES = {"示例市/若干措施.txt": b"one", "示例市/实施细则（试行）.txt": b"two", "readme.txt": b"three"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def refusals(data: bytes, limits: ArchiveLimits | None = None) -> dict[str, str | None]:
    return {one.path: one.refusal for one in members(data, limits)}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_come_out_as_they_were_written_though_the_zip_does_not_tell_how(encoding: str) -> None:
    assert {one.path: one.data for one in members(zip_with(FILES, encoding))} == FILES


def test_names_marked_as_utf8_and_those_of_the_extra_field_are_read() -> None:
    assert {one.path: one.data for one in members(zip_of(FILES))} == FILES
    assert [one.path for one in members(with_unicode_path("资金管理办法—甲.txt", b"x"))] == [
        "资金管理办法—甲.txt"
    ]


@given(st.text(alphabet="政策措施奖励补贴办法细则通知联通一二三abc123（）-", min_size=1, max_size=12))
def test_any_chinese_name_survives_gbk(name: str) -> None:
    assert [one.path for one in members(zip_with({f"{name}.txt": b"x"}))] == [f"{name}.txt"]


def test_windows_separators_make_folders() -> None:
    assert [one.path for one in members(zip_with({"政策\\措施.txt": b"x"}))] == ["政策/措施.txt"]


def test_zips_inside_are_opened_two_deep_and_no_deeper() -> None:
    data = zip_of({"a.txt": b"x"})
    for name in ("三", "二", "一"):
        data = zip_of({f"{name}.zip": data, f"{name}.txt": b"y"})
    found = refusals(data)
    assert list(found) == ["一.zip/二.zip/三.zip", "一.zip/二.zip/三.txt", "一.zip/二.txt", "一.txt"]
    assert "套得太深" in (found["一.zip/二.zip/三.zip"] or "")


def test_a_zip_inside_is_known_by_content_and_a_document_stays_a_document() -> None:
    docx = make_docx(para("对企业给予奖励。"))
    found = list(members(zip_of({"无名": zip_of({"a.txt": b"x"}), "措施.docx": docx, "措施.zip": docx})))
    assert [(one.path, one.data == docx) for one in found] == [
        ("无名/a.txt", False), ("措施.docx", True), ("措施.zip", True),
    ]  # fmt: skip


def test_files_of_systems_and_editors_are_passed_over_and_told_apart() -> None:
    names = (
        "__MACOSX/._a.txt",
        "Thumbs.db",
        "政策/~$措施.docx",
        ".git/config",
        "政策/.DS_Store",
        "政策/措施.txt",
    )
    found = list(members(zip_of(dict.fromkeys(names, b"x"))))
    assert [one.path for one in found if not one.passed_over] == ["政策/措施.txt"]
    assert sum(one.passed_over for one in found) == 5


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        (locked(zip_of({"a.txt": b"x"})), "a.txt", "有密码"),
        (zip_of({"../../etc/a.txt": b"x"}), "../../etc/a.txt", "指向包外"),
        (zip_of({"/etc/a.txt": b"x"}), "/etc/a.txt", "指向包外"),
        (zip_with({"C:\\a.txt": b"x"}), "C:/a.txt", "指向包外"),
        (zip_of({"a.txt": b"0" * (2 * MB)}), "a.txt", "压缩炸弹"),
        (with_link("a.txt", "/etc/passwd"), "a.txt", "是链接"),
        (zip_with({"a.txt": b"x" * 99}, method=zipfile.ZIP_BZIP2), "a.txt", "压缩方式不受支持"),
        (zip_of({"a.zip": b"PK\x03\x04 and nothing"}), "a.zip", "损坏"),
        (zip_with({"a.txt": b"right"}, method=zipfile.ZIP_STORED).replace(b"right", b"wrong"), "a.txt", "损坏"),
        (lying_about_size(zip_of({"a.txt": b"0" * 3000}), 7), "a.txt", "损坏"),
        (lying_about_size(zip_of({"a.txt": b"0" * 3000}), 99 * MB), "a.txt", "超过 50 MB"),
    ],
    ids=["locked", "up", "root", "drive", "bomb", "link", "bzip2", "broken zip", "wrong sum", "too short", "too long"],
)  # fmt: skip
def test_what_is_hostile_is_refused_by_name(data: bytes, path: str, reason: str) -> None:
    [(found, why)] = refusals(data).items()
    assert found == path and reason in (why or "")


def test_of_overlapping_files_only_the_first_is_taken() -> None:
    found = list(members(overlapping(zip_of({"a.txt": b"x"}), 5)))
    assert [one.data for one in found] == [b"x", b"", b"", b"", b""]
    assert all("重叠" in (one.refusal or "") for one in found[1:])


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (zip_of({f"{i}.txt": b"x" for i in range(5)}), ArchiveLimits(members=4), "超过 4 个"),
        (zip_of({"a.txt": b"ab" * MB, "b.txt": b"x"}), ArchiveLimits(total_bytes=2 * MB), "超过 2 MB"),
        (b"PK\x03\x04 and then nothing", None, "不完整或已损坏"),
    ],
    ids=["too many", "too large", "broken"],
)
def test_a_zip_beyond_measure_is_refused_as_a_whole(
    data: bytes, limits: ArchiveLimits | None, reason: str
) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        list(members(data, limits))


def test_limits_count_what_is_inside_zips_inside() -> None:
    inner = zip_of({f"{i}.txt": b"x" for i in range(3)})
    found = refusals(zip_of({"a.zip": inner, "b.zip": inner}), ArchiveLimits(members=6))
    assert "超过 6 个" in (found["b.zip"] or "") and found["a.zip/2.txt"] is None


def test_the_child_gives_the_same_in_portions(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk = {f"{i}.txt": bytes([i]) * 1000 for i in range(7)} | {"x.zip": zip_of(FILES), "../b": b"x"}
    data = zip_of(bulk)
    assert list(unpack(sandbox, data, "包.zip")) == list(members(data))
    monkeypatch.setattr(archive_module, "_PORTION_BYTES", 1500)
    portions, start, done = [], 0, False
    while not done:
        rows, done, bodies = archive_module._split(
            archive_module.portion(data, "包.zip", str(start).encode())
        )
        portions.append(len(rows))
        assert sum(row[1] for row in rows) == len(bodies)
        start += len(rows)
    assert sum(portions) == len(list(members(data))) and len(portions) > 5


def test_what_is_no_archive_gives_nothing_or_its_reason(sandbox: Sandbox) -> None:
    assert list(unpack(sandbox, make_docx(para("甲")), "a.zip")) == []
    for data in (zip_of({}), zip_of({"a/": b""})):
        with pytest.raises(UnreadableDocument, match="空的"):
            list(unpack(sandbox, data, "a.zip"))
    with pytest.raises(UnreadableDocument, match="损坏"):
        list(unpack(sandbox, b"PK\x03\x04" + b"\x00" * 50, "a.zip"))
