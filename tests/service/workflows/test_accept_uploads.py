"""Uploads: what is accepted is kept, done once whatever happens, and told with its reason."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from policy_corpus.model import ItemStatus
from policy_corpus.reading.sandbox import Sandbox
from service.actors import COMMAND_LINE, Actor, Role
from service.errors import NoRoom, UnusableFile, UploadNotFound, UploadTooLarge
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.jobs import Job, JobState
from service.store.uploaded import Batch, UploadedFile, UploadState
from service.workflows import accept_uploads
from service.workflows.accept_uploads import (
    accept,
    accept_addresses,
    accept_file,
    new_batch_id,
    open_batch,
    retry_files,
)
from service.workflows.check_installation import Grade, check_installation
from service.workflows.job_context import JobContext, Tools
from service.workflows.jobs import HANDLERS
from service.workflows.load_uploads import fail_upload, sweep_uploads
from service.workflows.run_jobs import run_jobs
from tests.service.workflows.conftest import MEASURES, now

CLERK = Actor("示例管理员", Role.ADMIN, "192.0.2.7")


def measures(number: int = 1, amount: int = 30) -> bytes:
    return MEASURES.format(number=number, amount=amount).encode()


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def work(folder: DataFolder, sandbox: Sandbox) -> list[Job]:
    told: list[Job] = []
    run_jobs(folder.path, Tools(now, sandbox), once=True, report=told.append, periodic=())
    return told


def taken(folder: DataFolder, *files: tuple[str, bytes]) -> Batch:
    return accept(folder, files, by=CLERK, now=now)


def states(folder: DataFolder, batch: Batch) -> list[tuple[str, str]]:
    return [(file.name, file.state.value) for file in folder.uploads.files(batch.id)]


def only(folder: DataFolder, batch: Batch) -> UploadedFile:
    [file] = folder.uploads.files(batch.id)
    return file


def test_accepted_files_wait_and_then_become_documents_with_drafts(
    folder: DataFolder, sandbox: Sandbox
) -> None:
    batch = taken(folder, ("申报/甲.txt", measures(1)), ("乙.txt", measures(2)))
    assert states(folder, batch) == [("申报/甲.txt", "received"), ("乙.txt", "received")]
    assert {job.state for job in work(folder, sandbox)} == {JobState.DONE}
    assert states(folder, batch) == [("申报/甲.txt", "loaded"), ("乙.txt", "loaded")]
    assert {item.status for item in folder.policies.items()} == {ItemStatus.DRAFT}
    first = next(folder.uploads.files(batch.id))
    assert first.details["items"] == 2 and folder.documents.get(first.document_id or "").file_name == "甲.txt"
    assert folder.uploads.of_document(first.document_id or "") == [first]


def test_the_same_bytes_twice_are_one_document(folder: DataFolder, sandbox: Sandbox) -> None:
    batch = taken(folder, ("甲.txt", measures()), ("甲 副本.txt", measures()))
    work(folder, sandbox)
    assert [state for _, state in states(folder, batch)] == ["loaded", "already"]
    again = taken(folder, ("甲.txt", measures()))
    work(folder, sandbox)
    assert only(folder, again).state is UploadState.ALREADY and len(folder.documents) == 1


def test_a_refused_file_says_why_and_costs_no_other(folder: DataFolder, sandbox: Sandbox) -> None:
    batch = taken(folder, ("空.txt", b""), ("图.exe", b"MZ" + bytes(100)), ("好.txt", measures()))
    work(folder, sandbox)
    files = list(folder.uploads.files(batch.id))
    assert [file.state.value for file in files] == ["refused", "refused", "loaded"]
    assert all(file.reason and "请" in file.reason for file in files[:2])
    events = [entry.event for entry in folder.audit.each(EntryFilter(actor=CLERK.name))]
    assert sorted(events) == ["document.load", "upload.accept", "upload.refuse", "upload.refuse"]


def test_a_job_begun_again_after_its_effect_changes_nothing(folder: DataFolder, sandbox: Sandbox) -> None:
    batch = taken(folder, ("甲.txt", measures()))
    [job] = work(folder, sandbox)
    for _ in range(2):
        HANDLERS[job.kind](folder, job.payload, JobContext(job, Tools(now, sandbox)))
    fail_upload(folder, job.payload, "迟到的失败", now())
    assert only(folder, batch).state is UploadState.LOADED
    assert len(folder.documents) == 1 and len(folder.policies) == 2


def test_a_file_in_process_says_so_and_a_failed_job_refuses_it(folder: DataFolder) -> None:
    batch = taken(folder, ("甲.txt", measures()))
    job = folder.jobs.take("示例", at=now())
    assert job and only(folder, batch).state is UploadState.PROCESSING
    folder.jobs.fail(job, "程序出错，请重试", at=now())
    fail_upload(folder, job.payload, "程序出错，请重试", now())
    assert (only(folder, batch).state, only(folder, batch).reason) == (
        UploadState.REFUSED,
        "程序出错，请重试",
    )


def test_a_zip_is_opened_and_each_of_its_files_told(folder: DataFolder, sandbox: Sandbox) -> None:
    packed = zipped(**{"申报/甲.txt": measures(1), "乙.txt": measures(2), "Thumbs.db": b"x", "坏.txt": b""})
    batch = taken(folder, ("合集.zip", packed), ("丙.txt", measures(3)))
    work(folder, sandbox)
    assert states(folder, batch) == [
        ("合集.zip", "opened"),
        ("合集.zip/申报/甲.txt", "loaded"),
        ("合集.zip/乙.txt", "loaded"),
        ("合集.zip/坏.txt", "refused"),
        ("丙.txt", "loaded"),
    ]
    assert next(folder.uploads.files(batch.id)).details == {"members": 3, "passed_over": 1}


def test_a_zip_opened_again_after_a_kill_makes_no_second_row(folder: DataFolder, sandbox: Sandbox) -> None:
    batch = taken(folder, ("合集.zip", zipped(**{"甲.txt": measures(1), "乙.txt": measures(2)})))
    job = folder.jobs.take("示例", at=now())
    assert job
    HANDLERS[job.kind](folder, job.payload, JobContext(job, Tools(now, sandbox)))
    folder.db.execute(
        "update upload_files set state = 'received', finished_at = null where parent_id is null"
    )
    work(folder, sandbox)
    assert [state for _, state in states(folder, batch)] == ["opened", "loaded", "loaded"]
    assert len(folder.documents) == 2


def test_a_damaged_zip_is_one_refused_file(folder: DataFolder, sandbox: Sandbox) -> None:
    batch = taken(folder, ("坏.zip", zipped(**{"甲.txt": measures()})[:60]))
    work(folder, sandbox)
    assert only(folder, batch).state is UploadState.REFUSED


def test_a_repeated_request_makes_no_second_row(folder: DataFolder) -> None:
    batch = open_batch(folder, new_batch_id(), by=CLERK, now=now)
    first, second = (
        accept_file(folder, batch.id, "甲.txt", measures(), by=CLERK, now=now, token="a") for _ in range(2)
    )
    assert first.id == second.id
    other = accept_file(folder, batch.id, "甲.txt", measures(), by=CLERK, now=now, token="b")
    assert other.id != first.id


def test_limits_are_said_before_anything_is_promised(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accept_uploads, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(accept_uploads, "MAX_FILES", 2)
    batch = open_batch(folder, new_batch_id(), by=CLERK, now=now)
    with pytest.raises(UploadTooLarge, match=r"大\.txt.*超过 .* MB，请拆分"):
        accept_file(folder, batch.id, "大.txt", bytes(1001), by=CLERK, now=now)
    assert states(folder, batch) == [("大.txt", "refused")]
    accept_file(folder, batch.id, "小.txt", b"x", by=CLERK, now=now)
    with pytest.raises(UploadTooLarge, match="一批最多 2 个文件"):
        accept_file(folder, batch.id, "再来.txt", b"y", by=CLERK, now=now)
    monkeypatch.setattr(accept_uploads, "MAX_BYTES", 3)
    other = open_batch(folder, new_batch_id(), by=CLERK, now=now, continues=batch.id)
    with pytest.raises(UploadTooLarge, match="一批最多"):
        accept_file(folder, other.id, "中.txt", b"four", by=CLERK, now=now)
    assert len(list(folder.uploads.files(batch.id))) == 2


def test_without_room_nothing_is_accepted(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accept_uploads, "_KEPT_FREE_BYTES", 1 << 60)
    batch = open_batch(folder, new_batch_id(), by=CLERK, now=now)
    with pytest.raises(NoRoom, match="磁盘空间不足"):
        accept_file(folder, batch.id, "甲.txt", measures(), by=CLERK, now=now)
    assert states(folder, batch) == []


def test_a_batch_nobody_opened_takes_nothing(folder: DataFolder) -> None:
    with pytest.raises(UploadNotFound):
        accept_file(folder, "0" * 16, "甲.txt", measures(), by=CLERK, now=now)
    with pytest.raises(UnusableFile):
        open_batch(folder, "../../etc", by=CLERK, now=now)


def test_an_overflow_batch_is_shown_with_the_one_it_continues(folder: DataFolder) -> None:
    first = open_batch(folder, new_batch_id(), by=CLERK, now=now)
    second = open_batch(folder, new_batch_id(), by=CLERK, now=now, continues=first.id)
    third = open_batch(folder, new_batch_id(), by=CLERK, now=now, continues=second.id)
    for batch in (first, second, third):
        accept_file(folder, batch.id, f"{batch.id}.txt", measures(), by=CLERK, now=now)
    assert len(states(folder, first)) == 3 and folder.uploads.count_batches() == 1
    assert [batch.id for batch in folder.uploads.batches()] == [first.id]


def test_only_what_was_refused_is_tried_again(folder: DataFolder, sandbox: Sandbox) -> None:
    batch = taken(folder, ("空.txt", b""), ("好.txt", measures()))
    work(folder, sandbox)
    assert retry_files(folder, batch.id, None, by=CLERK, now=now) == 1
    assert [state for _, state in states(folder, batch)] == ["received", "loaded"]
    assert retry_files(folder, batch.id, None, by=CLERK, now=now) == 0
    work(folder, sandbox)
    assert [state for _, state in states(folder, batch)] == ["refused", "loaded"]


def test_names_are_kept_and_shown_safely(folder: DataFolder) -> None:
    batch = taken(folder, ("=cmd|'x'!A1\n.txt", measures()), ("C:\\桌面\\乙.txt", measures()))
    assert [name for name, _ in states(folder, batch)] == ["=cmd|'x'!A1\ufffd.txt", "C:/桌面/乙.txt"]


def test_waiting_and_refused_files_are_no_orphans_until_they_are_cleared_away(
    folder: DataFolder, sandbox: Sandbox
) -> None:
    batch = taken(folder, ("空白.txt", b"   "), ("好.txt", measures()))

    def orphans() -> list[str]:
        checks = check_installation(folder)
        return [check.message for check in checks if check.name == "原件" and check.grade is not Grade.FINE]

    assert not orphans()
    [bad, _] = folder.uploads.files(batch.id)
    job = work(folder, sandbox)[0]
    assert not orphans()

    def later() -> object:
        return now() + timedelta(days=100)

    for clock, removed in ((now, 0), (later, 1), (later, 0)):
        context = JobContext(job, Tools(clock, sandbox))  # type: ignore[arg-type]
        assert sweep_uploads(folder, {}, context) == {"removed": removed}
    assert not folder.originals.path(bad.digest or "").exists() and not orphans()
    assert retry_files(folder, batch.id, None, by=CLERK, now=now) == 0


def test_addresses_are_rows_each_once_and_remarks_are_left_out(folder: DataFolder) -> None:
    lines = [
        "https://example.com/a.html",
        "",
        "# 市级",
        " https://example.com/a.html ",
        "https://example.com/b",
    ]
    batch = accept_addresses(folder, lines, by=COMMAND_LINE, now=now, with_attachments=True)
    files = list(folder.uploads.files(batch.id))
    assert [file.address for file in files] == ["https://example.com/a.html", "https://example.com/b"]
    assert all(file.with_attachments for file in files)
    with pytest.raises(UnusableFile, match="没有可用的网址"):
        accept_addresses(folder, ["", "#"], by=COMMAND_LINE, now=now)


def test_doctor_tells_of_work_that_nobody_does(folder: DataFolder, tmp_path: Path) -> None:
    taken(folder, ("甲.txt", measures()))
    told = next(check for check in check_installation(folder) if check.name == "后台任务")
    assert told.grade is Grade.WARNING and "没有后台进程" in told.message
