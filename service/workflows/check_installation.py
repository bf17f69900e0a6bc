"""Check the installation and the data (`huiqi doctor`): what is missing, what it costs, what repairs it."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from matching.catalogue.catalogue_files import read_catalogue
from matching.errors import IndexNotBuilt
from matching.kernels.switch import numba_is_there
from matching.oracle import EXACT, largest_difference
from matching.search.documents import DocumentIndex
from matching.search.items import ItemIndex
from policy_corpus.reading.recognising import recognition_fault
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.jobs import JobState
from service.store.originals import content_hash
from service.store.policy_index import DOCUMENTS, ITEMS, SEARCH, version_of

# The first SQLite in which two connections that checkpoint and write at once cannot lose a commit
# (sqlite.org/wal.html#walresetbug); 3.44.6 and 3.50.7 carry the repair too.
_SAFE_SQLITE = (3, 51, 3)
_LOW_DISK_BYTES = 500 * 1024 * 1024
_PROGRAMS = {
    "chromium": "浏览器测试",
    "soffice": "RTF、ODT 不能读取，旧版 Word（.doc、.wps）改由 antiword 读取而缺自动编号；安装 LibreOffice Writer 即可",
    "antiword": "没有 LibreOffice 时旧版 Word（.doc、.wps）的读取",
}


class Grade(StrEnum):
    """How a check came out. A warning costs a feature or a margin, a fault must be repaired."""

    FINE = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report."""

    name: str
    grade: Grade
    message: str


def check_installation(folder: DataFolder) -> list[Check]:
    """Every check, faults and warnings included; reads only."""
    return [
        *_programs(),
        _sqlite(),
        _disk(folder),
        _integrity(folder),
        _audit(folder),
        *_originals(folder),
        *_indexes(folder),
        *_weights(folder),
        _jobs(folder),
    ]


def _programs() -> Iterator[Check]:
    yield Check("Python", Grade.FINE, sys.version.split()[0])
    for program, feature in _PROGRAMS.items():
        found = shutil.which(program)
        message = f"已安装：{found}" if found else f"未安装，仅影响：{feature}"
        yield Check(program, Grade.FINE if found else Grade.WARNING, message)
    recognition = recognition_fault()
    yield Check("文字识别", Grade.WARNING if recognition else Grade.FINE, recognition or "已安装")
    if not numba_is_there():
        message = "未安装或无处存放编译结果，大批量匹配会慢得多；可设置 NUMBA_CACHE_DIR"
        yield Check("numba", Grade.WARNING, message)
    if importlib.util.find_spec("pyarrow") is None:
        yield Check("pyarrow", Grade.WARNING, "未安装，不能导出 Parquet")


def _sqlite() -> Check:
    version = sqlite3.sqlite_version_info
    fine = version >= _SAFE_SQLITE or (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51)
    if fine:
        return Check("SQLite", Grade.FINE, sqlite3.sqlite_version)
    note = "低于 3.51.3：多个进程同时写入时有极小概率丢失提交，请避免同时运行多个写入任务，或升级系统 SQLite"
    return Check("SQLite", Grade.WARNING, f"{sqlite3.sqlite_version}，{note}")


def _disk(folder: DataFolder) -> Check:
    free = shutil.disk_usage(folder.path).free
    grade = Grade.FINE if free >= _LOW_DISK_BYTES else Grade.FAULT
    advice = "" if grade is Grade.FINE else "，请清理磁盘后再载入文件"
    return Check("磁盘空间", grade, f"剩余 {free // 1024**2} MB{advice}")


def _integrity(folder: DataFolder) -> Check:
    answers = [row[0] for row in folder.db.execute("pragma integrity_check(5)").fetchall()]
    if answers == ["ok"]:
        return Check(
            "数据库", Grade.FINE, f"{len(folder.documents)} 份文件，{len(folder.policies)} 个事项完好"
        )
    return Check("数据库", Grade.FAULT, "数据库损坏，请用备份恢复：" + "；".join(answers))


def _audit(folder: DataFolder) -> Check:
    broken = folder.audit.find_break()
    if broken is None:
        return Check("操作记录", Grade.FINE, f"{folder.audit.count(EntryFilter())} 条，前后衔接")
    return Check("操作记录", Grade.FAULT, f"第 {broken} 条与前一条不衔接，可能被改动；请保留现场，用备份核对")


def _originals(folder: DataFolder) -> Iterator[Check]:
    known = {document.content_hash for document in folder.documents.all()}
    missing, changed = [], []
    for digest in sorted(known):
        path = folder.originals.path(digest)
        if not path.exists():
            missing.append(digest[:16])
        elif content_hash(path.read_bytes()) != digest:
            changed.append(digest[:16])
    if missing:
        yield Check("原件", Grade.FAULT, f"缺少 {len(missing)} 份：{_some(missing)}；请重新载入这些文件")
    if changed:
        yield Check("原件", Grade.FAULT, f"{len(changed)} 份内容与校验值不符：{_some(changed)}；请用备份恢复")
    handed_in = (
        folder.uploads.digests()
    )  # also of files that wait to be loaded, or were refused and may be tried again
    orphans = [path.name[:16] for path in _stored(folder) if path.name not in known | handed_in]
    if orphans:
        yield Check(
            "原件", Grade.WARNING, f"{len(orphans)} 个文件没有对应的文件记录（载入曾中断）：{_some(orphans)}"
        )
    if not (missing or changed or orphans):
        yield Check("原件", Grade.FINE, f"{len(known)} 份齐全，校验值相符")


def _stored(folder: DataFolder) -> list[Path]:
    return sorted(path for path in (folder.path / "files").rglob("*") if path.is_file())


def _some(names: list[str]) -> str:
    return "、".join(names[:5]) + (" 等" if len(names) > 5 else "")


def _indexes(folder: DataFolder) -> Iterator[Check]:
    version = str(folder.policies.version())
    items, documents = version_of(folder.policies.published_states()), version_of(folder.documents.ids())
    opened: tuple[tuple[str, Callable[[], tuple[str, int]], str], ...] = (
        ("事项索引", lambda: _matched(folder), version),
        ("事项检索索引", lambda: _searched(ItemIndex.open(folder.index_path / SEARCH, verify=True)), items),
        (
            "文件索引",
            lambda: _searched(DocumentIndex.open(folder.index_path / DOCUMENTS, verify=True)),
            documents,
        ),
    )
    for label, open_index, wanted in opened:
        try:
            found, size = open_index()
        except IndexNotBuilt as error:
            yield Check(label, Grade.WARNING, f"{error}；首次使用时自动建立，也可运行 huiqi index")
            continue
        message = (
            f"{size} 条" if found == wanted else "落后于政策库，下次使用时自动重建，也可运行 huiqi index"
        )
        yield Check(label, Grade.FINE if found == wanted else Grade.WARNING, message)


def _jobs(folder: DataFolder) -> Check:
    """Whether what waits in the queue is being done; failed jobs are told here too."""
    counts = folder.jobs.counts()
    open_ = counts[JobState.QUEUED] + counts[JobState.RUNNING]
    if open_ and not folder.workers.is_any_alive():
        advice = "没有后台进程在运行，请启动 huiqi serve 或 huiqi work"
        return Check("后台任务", Grade.WARNING, f"{open_} 个任务等待处理，但{advice}")
    if counts[JobState.FAILED]:
        advice = "用 huiqi work list --state failed 查看，huiqi work retry 重试"
        return Check("后台任务", Grade.WARNING, f"{counts[JobState.FAILED]} 个任务失败，{advice}")
    return Check("后台任务", Grade.FINE, f"{open_} 个进行中或等待，{counts[JobState.DONE]} 个已完成")


def _weights(folder: DataFolder) -> Iterator[Check]:
    """Relevance as the index computes it beside scikit-learn's, for some items against all."""
    try:
        text = read_catalogue(folder.index_path / ITEMS).text
    except IndexNotBuilt:  # told by the check of the index itself
        return
    difference = largest_difference(text)
    grade = Grade.FINE if difference <= EXACT else Grade.FAULT
    advice = "" if grade is Grade.FINE else "，请运行 huiqi index 重新建立"
    yield Check("相关度", grade, f"与 scikit-learn 计算结果的最大差异 {difference:.1e}{advice}")


def _matched(folder: DataFolder) -> tuple[str, int]:
    catalogue = read_catalogue(folder.index_path / ITEMS, verify=True)
    return str(catalogue.version), int(np.count_nonzero(catalogue.live))


def _searched(index: ItemIndex | DocumentIndex) -> tuple[str, int]:
    return index.version, len(index.ids)
